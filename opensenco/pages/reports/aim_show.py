"""What the pages of aims show, put into words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from opensenco.access.actor import Actor
from opensenco.exchange.out import Table
from opensenco.pages.reports.aim_forms import FilterForm
from opensenco.reports import aims, queries
from opensenco.reports.aims import Wanted
from opensenco.reports.measures import Figure, reached, say
from opensenco.reports.questions.aims import measured_by
from opensenco.reports.states import AimState, Measure
from opensenco.ui.listing import Column, Listing
from opensenco.ui.words import day


@dataclass(frozen=True)
class Line:
    """One aim with its figures, as a list or its page shows it."""

    row: Any
    now: Figure
    on: Any

    @property
    def measure(self) -> str:
        """By which figure it is measured."""
        return measured_by(self.row)

    @property
    def start(self) -> str:
        """The figure at the start."""
        return figure(self.row, Figure(self.row.start))

    @property
    def stands(self) -> str:
        """The figure as it stands."""
        return figure(self.row, self.now)

    @property
    def target(self) -> str:
        """The figure to be reached."""
        at_most = _("at most %(figure)s") if self.row.less_is_better else _("at least %(figure)s")
        return at_most % {"figure": say(self.row.measure, self.row.target)}

    @property
    def reached(self) -> bool:
        """Whether the figure as it stands is at its target."""
        value = self.now.value
        less = self.row.less_is_better
        return value is not None and reached(value, self.row.target, less=less)

    @property
    def going(self) -> bool:
        """Whether it is on the way."""
        return bool(self.row.state == AimState.GOING)


@dataclass(frozen=True)
class Shown:
    """Aims as a list shows them."""

    form: FilterForm
    lines: Sequence[Line]
    listing: Listing
    wanted: Wanted

    @property
    def said(self) -> str:
        """What was asked for, for the log of looks."""
        return " ".join(one for one in ("aims", self.wanted.state) if one)

    @property
    def filtered(self) -> bool:
        """Whether anything but the usual was asked for."""
        return self.wanted != Wanted()


def listed(actor: Actor, query: Mapping[str, str], every: int = 0) -> Shown:
    """Give aims, sorted and filtered as the address says.

    Args:
        every: rows at most where the whole list goes into a file; else a page of them.
    """
    form = FilterForm(query or None, owners=aims.owners(actor))
    form.is_valid()
    given = getattr(form, "cleaned_data", {})
    wanted = Wanted(given.get("state", ""), given.get("owner", ""))
    rows = aims.aims(actor, wanted)
    listing = Listing(query, heads(), rows.count(), usual="state")
    start, stop = (0, every) if every else (listing.start, listing.stop)
    return Shown(form, lines(actor, aims.listed(rows, listing.sort, start, stop)), listing, wanted)


def lines(actor: Actor, rows: Sequence[Any]) -> list[Line]:
    """Give aims with their figures, each figure asked once."""
    found = aims.figures_now(actor, rows)
    return [Line(row, *aims.now_of(row, found)) for row in rows]


def heads() -> list[Column]:
    """Give the heads of the list."""
    return [
        Column(_("Aim"), "aim"),
        Column(_("At the start")),
        Column(_("Now")),
        Column(_("Target")),
        Column(_("By when"), "by"),
        Column(_("Who answers for it"), "owner"),
        Column(_("How it stands"), "state"),
        Column(_("Next look"), "look"),
    ]


def figure(row: Any, one: Figure) -> str:
    """Say a figure, or why there is none."""
    if one.hidden:
        return _("too few pupils to say")
    return say(row.measure, one.value) if one.value is not None else _("no figure")


def table(shown: Sequence[Line]) -> Table:
    """Give the aims as they go into a file."""
    names = [
        _("Aim"), _("What is done, and who does it"), _("Measure"), _("At the start"), _("Day"),
        _("Where the number comes from"), _("Now"), _("Day of that figure"), _("Target"),
        _("By when"), _("Who answers for it"), _("How it stands"), _("Ended on"), _("Next look"),
        _("Noted last"), _("Noted on"), _("School"),
    ]  # fmt: skip
    rows = [
        (
            one.row.words, one.row.doing, one.measure, one.start, one.row.start_on,
            one.row.start_source, one.stands, one.on, one.target, one.row.by, one.row.owner.name,
            str(one.row.get_state_display()), one.row.ended_on,
            one.row.look_on if one.going else None, one.row.noted or "", one.row.noted_on,
            one.row.org.name,
        )
        for one in shown
    ]  # fmt: skip
    return Table(_("Aims of the strategic plan"), names, rows)


def facts(one: Line) -> list[tuple[str, str]]:
    """Give the facts of one aim, as terms and answers."""
    row = one.row
    found = [
        (_("By which figure anybody can tell"), one.measure),
        (_("At the start, %(day)s") % {"day": day(row.start_on)}, one.start),
    ]
    if row.start_source:
        found.append((_("Where the number comes from"), row.start_source))
    now = _("Now") if one.on is None else _("Noted on %(day)s") % {"day": day(one.on)}
    found += [
        (now, one.stands),
        (_("Target"), _("%(target)s by %(day)s") % {"target": one.target, "day": day(row.by)}),
        (_("Who answers for it"), row.owner.name),
    ]
    if one.going:
        found.append((_("Next look"), day(row.look_on)))
    return found


def changed(versions: Sequence[Any]) -> list[tuple[Any, list[str]]]:
    """Give each version of an aim with what it changed, the newest first."""
    found = []
    for row, before in zip(versions, [*versions[1:], None], strict=True):
        words = _what(row, before)
        if words:
            found.append((row, words))
    return found


def _what(row: Any, before: Any) -> list[str]:
    if before is None:
        return [_("Set: %(aim)s") % {"aim": row.words}]
    found = []
    if row.words != before.words:
        found.append(_("The aim, before: %(aim)s") % {"aim": before.words})
    if row.doing != before.doing:
        found.append(_("What is done, before: %(doing)s") % {"doing": before.doing or _("nothing")})
    if row.target != before.target:
        then = say(row.measure, before.target)
        found.append(_("The target, before: %(target)s") % {"target": then})
    if row.by != before.by:
        found.append(_("The day, before: %(day)s") % {"day": day(before.by)})
    if row.owner_id != before.owner_id:
        found.append(_("Who answers for it, before: %(who)s") % {"who": before.owner.name})
    if row.state != before.state:
        found.append(str(AimState(row.state).label))
    return found


def people(actor: Actor, places: Sequence[Any], *also: Any) -> list[tuple[str, str]]:
    """Give who can be chosen to answer for an aim, by name."""
    found = {str(one.ref): one.name for org in places for one in aims.can_answer(org, actor.today)}
    found |= {str(one.ref): one.name for one in also}
    return list(found.items())


def person(actor: Actor, places: Sequence[Any], ref: str, *also: Any) -> Any:
    """Give the person who was chosen, None where nobody of those was."""
    every = [one for org in places for one in aims.can_answer(org, actor.today)]
    return next((one for one in [*also, *every] if str(one.ref) == ref), None)


def editions(actor: Actor, org: Any) -> list[tuple[str, str]]:
    """Give the editions of our reports that can show something, with their days."""
    return [(str(one.ref), edition_name(one)) for one in aims.editions(actor, org)]


def edition_name(one: Any) -> str:
    """Say which edition of which report something is."""
    return _("%(title)s, edition %(number)s of %(day)s") % {
        "title": queries.title_of(one.kind), "number": one.number, "day": day(one.published_on),
    }  # fmt: skip


def is_own(row: Any) -> bool:
    """Whether an aim is measured by a number of our own."""
    return bool(row.measure == Measure.OWN)
