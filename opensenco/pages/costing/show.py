"""What the pages of costs show: one pupil's lines, and the list by class."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import may
from opensenco.cases import explain
from opensenco.costing import queries
from opensenco.costing.budget import Sums, of_places
from opensenco.costing.counting import Cost
from opensenco.costing.many import Summed, together
from opensenco.costing.place import OfPupil, with_delivered, with_pupils
from opensenco.costing.provision_cost import OfProvision
from opensenco.costing.queries import PupilCost
from opensenco.costing.states import Charged, RateKind
from opensenco.exchange.out import Table
from opensenco.ui.listing import Column, Listing
from opensenco.ui.words import day, money_pounds

USUAL = "class"


def amount(cost: Cost | Summed) -> str:
    """Write a cost: what hinders it stands with it, so that nobody takes a part for the whole."""
    said = money_pounds(cost.pence, ledger=True)
    if cost.missing and not cost.pence:
        return _("no rate entered")
    return _("%(sum)s or more: a rate is missing") % {"sum": said} if cost.missing else said


@dataclass(frozen=True)
class CostPage:
    """What one pupil's provision costs, for its page.

    Args:
        counted: how it was counted, in words.
    """

    cost: PupilCost
    top_ups: Sequence[Any]
    counted: Sequence[str]
    keeps: bool

    @property
    def year(self) -> str:
        """The year that is counted, in words."""
        return year_in_words(self.cost)


def year_in_words(cost: PupilCost | OfPupil | OfProvision) -> str:
    """Write the year of a cost."""
    assert cost.year.last is not None  # noqa: S101 (a funding year has an end)
    return _("%(first)s to %(last)s") % {
        "first": day(cost.year.first), "last": day(cost.year.last)
    }  # fmt: skip


def page_of(actor: Actor, pupil: Any) -> CostPage:
    """Gather what one pupil's provision costs."""
    cost, tops, way = queries.for_pupil(actor, pupil)
    return CostPage(
        cost, tops,
        [
            _("Rates: %(kind)s.") % {"kind": RateKind(way.basis.value).label},
            _("Groups: %(charge)s.") % {"charge": Charged(way.charge.value).label},
            _("A year has %(weeks)s weeks. A part of it counts by its school days.")
            % {"weeks": way.weeks},
            _("Where hours are set in the timetable, the sessions count that they make of the "
              "school’s open days in this year; days without hours count by the week."),
            *_limit(way.teacher_hours),
            *(explain.said(one) for one in cost.reasons),
        ],
        may(actor, Action.COST_KEEP, pupil),
    )  # fmt: skip


def _limit(hours: Any) -> list[str]:
    if hours is None:
        return []
    words = _("At most %(hours)s hours a week of a teacher count for one pupil.")
    return [words % {"hours": f"{float(hours):g}"}]


def rates_in_words(*, pay: bool) -> str:
    """Say at which rates a reader sees costs."""
    if pay:
        return _(
            "At the rates that your place counts with. Others who see costs see them at standard "
            "rates."
        )
    return _(
        "At standard rates, which are nobody’s pay. Whoever keeps the rates may see other sums."
    )


def classes_of(rows: Iterable[OfPupil]) -> list[str]:
    """Give the classes of pupils, each once."""
    return sorted({one.class_name for one in rows} - {""})


@dataclass(frozen=True)
class GroupSum:
    """The pupils of one class, or with one first need, together."""

    name: str
    pupils: int
    planned: str
    over: int
    above: int


@dataclass(frozen=True)
class Shown:
    """The list of costs as it is shown: filtered, sorted, a page of it."""

    form: Any
    rows: Sequence[OfPupil]
    page_rows: Sequence[OfPupil]
    listing: Listing
    groups: Sequence[tuple[str, str, Sequence[GroupSum]]]
    sums: Sequence[Sums]
    filtered: bool
    several: bool
    pay: bool
    may: Mapping[str, bool]

    @property
    def over(self) -> int:
        """How many are over the threshold."""
        return sum(1 for one in self.rows if one.over)

    @property
    def above(self) -> int:
        """By how much all of them together are."""
        return sum(one.over for one in self.rows)


def heads(*, delivered: bool) -> list[Column]:
    """Give the heads of the list."""
    return [
        Column(_("Pupil"), "name"), Column(_("Class"), "class"),
        Column(_("Planned cost in the year"), "planned", num=True),
        *([Column(_("Delivered by today"), num=True)] if delivered else []),
        Column(_("Over the threshold by"), "over", num=True),
        Column(_("Top-up that comes in"), "comes", num=True),
        Column(_("Not covered"), "uncovered", num=True),
    ]  # fmt: skip


KEYS: Mapping[str, Any] = {
    "name": lambda one: one.sort_key,
    "class": lambda one: (one.class_name, -one.over, -one.planned.pence),
    "planned": lambda one: one.planned.pence,
    "over": lambda one: one.over,
    "comes": lambda one: one.comes_in,
    "uncovered": lambda one: one.uncovered,
}


def listed(actor: Actor, every: Sequence[OfPupil], query: Mapping[str, str], form: Any) -> Shown:
    """Give the list as the address says: filtered, sorted in one pass, a page of it."""
    form.is_valid()
    chosen = getattr(form, "cleaned_data", {})
    name, only = chosen.get("in_class", ""), chosen.get("only", "")
    beside = bool(chosen.get("beside"))
    rows = [
        one for one in every
        if (not name or one.class_name == name) and (not only or one.over)
    ]  # fmt: skip
    listing = Listing(query, heads(delivered=beside), len(rows), usual=USUAL)
    rows.sort(key=KEYS[listing.sort.removeprefix("-")], reverse=listing.sort.startswith("-"))
    page_rows = with_pupils(rows[listing.start : listing.stop])
    if beside:
        with_delivered(actor, page_rows)
    return Shown(
        form, rows, page_rows, listing, _groups(rows),
        [] if name or only else of_places(actor, every),
        filtered=bool(name or only), several=len(actor.hat.orgs) > 1,
        pay=queries.sees_pay(actor),
        may={"rates": actor.can_somewhere(Action.RATES_KEEP),
             "how": actor.can_somewhere(Action.COST_KEEP)},
    )  # fmt: skip


def _groups(rows: Sequence[OfPupil]) -> list[tuple[str, str, Sequence[GroupSum]]]:
    """Give the rows together by class, and by the broad area of the first need."""
    classes = [(one.class_name or _("No class"), one) for one in rows]
    areas = [(str(one.area) or _("No need ranked"), one) for one in rows]
    return [
        ("by-class", _("By class"), _summed(classes)),
        ("by-need", _("By first need"), _summed(areas)),
    ]


def _summed(pairs: Sequence[tuple[str, OfPupil]]) -> list[GroupSum]:
    found: dict[str, list[OfPupil]] = {}
    for name, one in pairs:
        found.setdefault(name, []).append(one)
    return [
        GroupSum(name, len(of), amount(together(one.planned for one in of)),
                 sum(1 for one in of if one.over), sum(one.over for one in of))
        for name, of in sorted(found.items())
    ]  # fmt: skip


def table(actor: Actor, rows: Sequence[OfPupil]) -> Table:
    """Give the list as it goes into a file, with what was delivered. Amounts are in pounds."""
    names = [_("Pupil"), _("Class"), _("First need"), _("School"),
             _("Planned cost in the year"), _("Delivered by today"), _("Threshold"),
             _("Over the threshold by"), _("Top-up that comes in"), _("Not covered")]  # fmt: skip
    lines = [
        (
            one.pupil.register_name, one.class_name,
            str(one.area), one.org.name, amount(one.planned), amount(one.delivered or Cost()),
            _plain(one.threshold), _plain(one.over), _plain(one.comes_in), _plain(one.uncovered),
        )
        for one in with_delivered(actor, with_pupils(rows))
    ]  # fmt: skip
    return Table(_("What provision costs"), names, lines)


def _plain(pence: int) -> str:
    return money_pounds(pence, ledger=True)


def at_home(actor: Actor) -> dict[str, Any]:
    """Give what the home page of who looks after money leads to; nothing for anybody else."""
    return {
        "sees": actor.can_somewhere(Action.COST_VIEW),
        "rates": actor.can_somewhere(Action.RATES_KEEP),
        "keeps": actor.can_somewhere(Action.COST_KEEP),
    }
