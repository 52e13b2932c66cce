"""What the pages of the ledger show: lines, their addresses, and the same as a file."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensenco.access.actor import Actor
from opensenco.cases.explain import said
from opensenco.exchange.out import MOST, Table
from opensenco.kernel.refs import short
from opensenco.pages.provision.choosing import reference
from opensenco.provision.ledger import By, Figures, Line, Spell
from opensenco.provision.queries.gave import BY_OTHERS, FOR_OTHERS
from opensenco.provision.queries.ledger import NOBODY, Ledger, Wanted, by_staff
from opensenco.provision.states import MISSED_WORDS, Went, WhyNot
from opensenco.ui import words
from opensenco.ui.listing import Column, Listing, Pick

#: what one line leads to: put together by this, and narrowed down to the line
INTO = {By.PROVISION: By.PUPIL, By.CLASS: By.PUPIL, By.STAFF: By.PROVISION, By.PUPIL: By.PROMISE}
NARROWED = (By.PROVISION, By.CLASS, By.STAFF, By.PUPIL)
MISSED = "missed"
#: whether a session took place, in the address of the sessions
WHYS = ("", Went.DELIVERED.value, MISSED)
#: sessions that somebody else gave than they were promised of, told to who oversees others' time
APART = {BY_OTHERS: gettext_lazy("Given by others"), FOR_OTHERS: gettext_lazy("Gave for others")}


def wanted_of(query: Mapping[str, str]) -> Wanted:
    """Read from an address what is looked at; what it cannot mean is taken as the usual.

    Raises:
        NotFound: a reference that is none.
    """
    by, spell = query.get("by", ""), query.get("span", "")
    of: dict[str, uuid.UUID | str] = {}
    for name in NARROWED:
        asked = query.get(name.value, "")
        if found := NOBODY if asked == NOBODY else reference(asked):
            of[name.value] = found
    return Wanted(
        by if by in By.values else By.PROVISION.value,
        spell if spell in Spell.values else Spell.HALF.value,
        of,
    )


@dataclass(frozen=True)
class Reckoned:
    """The addresses and the words that both pages share."""

    wanted: Wanted
    found: Ledger
    path: str

    def address(self, path: str = "", **changes: str) -> str:
        """Give the address of the same stretch and choice, with some of it changed."""
        query = QueryDict(mutable=True)
        query["span"] = self.wanted.spell
        if self.wanted.by != By.PROVISION:
            query["by"] = self.wanted.by
        for name, ref in self.wanted.of.items():
            query[name] = ref if isinstance(ref, str) else short(ref)
        for name, value in changes.items():
            if value:
                query[name] = value
            else:
                query.pop(name, None)
        return f"{path or self.path}?{query.urlencode()}"

    @property
    def spells(self) -> list[Pick]:
        """The stretches of time to choose from."""
        return [
            Pick(one.label, self.address(span=one.value), one.value == self.wanted.spell)
            for one in Spell
        ]

    @property
    def days(self) -> str:
        """The first and the last day in words."""
        span = self.found.days.span
        return _("%(first)s to %(last)s") % {
            "first": words.day(span.first), "last": words.day(self.found.days.last),
        }  # fmt: skip

    @property
    def narrowed(self) -> list[tuple[str, str]]:
        """What it is narrowed down to, each with the address without it."""
        return [(words, self.address(**{by: ""})) for by, words in self.found.narrowed.items()]

    @property
    def chosen_words(self) -> str:
        """What was chosen, in words, for whoever reads the file."""
        spell = str(Spell(self.wanted.spell).label)
        return ", ".join([spell, self.days, *(words for words, _address in self.narrowed)])

    @property
    def remarks(self) -> list[str]:
        """How days were counted."""
        return [said(one) for one in self.found.days.remarks]


@dataclass(frozen=True)
class Reckoning(Reckoned):
    """The page of the ledger."""

    listing: Listing
    lines: list[Line]
    staff: bool

    @property
    def total(self) -> Figures:
        """All lines together."""
        return self.found.total

    @property
    def bys(self) -> list[Pick]:
        """What the figures can be put together by."""
        return [
            Pick(one.label, self.address(by=one.value), one.value == self.wanted.by)
            for one in By
            if self.staff or one is not By.STAFF
        ]

    def into(self, line: Line) -> str:
        """Give the address of what a line is made of."""
        if self.found.tells_apart and not line.figures.pupils:
            # nothing was promised of them: all they did was to give for others
            return self.sessions(line, FOR_OTHERS)
        if self.wanted.by == By.PROMISE:
            return reverse("provision:allocation", args=[line.thing.ref])
        following = INTO[By(self.wanted.by)]
        return self.address(by=following.value, **self._of(line))

    def sessions(self, line: Line | None = None, why: str = "") -> str:
        """Give the address of the sessions that a figure is made of."""
        of = self._of(line) if line else {}
        return self.address(reverse("provision:ledger_sessions"), by="", why=why, **of)

    def silent(self, line: Line | None = None) -> str:
        """Give the address of the promises of whose sessions nobody has said anything."""
        if line and self.wanted.by == By.PROMISE:
            return self.into(line)
        of = self._of(line) if line else {}
        return self.address(by=By.PROMISE.value, sort="-unaccounted", **of)

    def _of(self, line: Line) -> dict[str, str]:
        if self.wanted.by == By.PROMISE:
            given = line.thing
            return {By.PUPIL.value: short(given.pupil.ref),
                    By.PROVISION.value: short(given.provision.ref)}  # fmt: skip
        return {self.wanted.by: short(line.thing.ref) if line.thing else NOBODY}

    def table(self) -> Table:
        """Give all lines as they go into a file."""
        heads = [
            str(By(self.wanted.by).label), _("Pupils"), _("Minutes promised"), _("Minutes due"),
            _("Minutes delivered"), _("Sessions due"), _("Sessions delivered"),
            _("Sessions missed"), _("What stood in the way"), _("Made up"), _("Unaccounted"),
            _("Minutes in sessions that make up"),
        ]  # fmt: skip
        apart = self.found.tells_apart
        if apart:
            heads += [_("Sessions given by others"), _("Minutes given by others"),
                      _("Sessions given for others"), _("Minutes given for others")]  # fmt: skip
        rows: list[tuple[Any, ...]] = []
        for line in self.found.lines(self.listing.sort, 0, MOST):
            one = line.figures
            rows.append((
                line.name, one.pupils, one.promised, one.due, one.delivered, one.due_sessions,
                one.held, one.missed, one.reason_words, one.made_up, one.unaccounted, one.again,
                *((one.by_others, one.by_others_minutes, one.for_others, one.for_others_minutes)
                  if apart else ()),
            ))  # fmt: skip
        return Table(_("Promised and delivered"), heads, rows)


def ledger(actor: Actor, query: Mapping[str, str]) -> Reckoning:
    """Give the ledger that an address asks for."""
    wanted = wanted_of(query)
    found = Ledger(actor, wanted)
    listing = Listing(query, columns(wanted.by, apart=found.tells_apart), found.count)
    lines = found.lines(listing.sort, listing.start, listing.stop)
    return Reckoning(
        wanted, found, reverse("provision:ledger"), listing, lines, staff=by_staff(actor)
    )


def columns(by: str, *, apart: bool = False) -> list[Column]:
    """Give the columns of the ledger.

    Args:
        apart: with what others gave, and what was given for others.
    """
    told = [
        Column(gettext_lazy("Given by others"), "by_others", num=True),
        Column(gettext_lazy("Gave for others"), "for_others", num=True),
    ]
    return [
        Column(By(by).label, "name"),
        Column(gettext_lazy("Delivered of what is due"), "delivered"),
        Column(gettext_lazy("Missed"), "missed", num=True),
        Column(gettext_lazy("What stood in the way")),
        Column(gettext_lazy("Made up"), "made_up", num=True),
        Column(gettext_lazy("Unaccounted"), "unaccounted", num=True),
        *(told if apart else ()),
    ]


@dataclass(frozen=True)
class Made(Reckoned):
    """The page of the sessions that figures are made of."""

    why: str
    listing: Listing
    rows: Sequence[Any]
    apart: Mapping[str, int] = field(default_factory=dict)

    @property
    def picks(self) -> list[Pick]:
        """All, what took place, what was missed, and this by what stood in the way; of one member
        of staff also what others gave, and what they gave for others."""
        total = self.found.total
        named = {"": _("All"), Went.DELIVERED.value: _("Took place"), MISSED: _("Missed")}
        counts = {"": total.held + total.missed, Went.DELIVERED.value: total.held,
                  MISSED: total.missed}  # fmt: skip
        picks = [
            Pick(named[why], self.address(why=why), why == self.why, counts[why]) for why in WHYS
        ]
        return (
            picks
            + [
                Pick(str(said_so), self.address(why=why), why == self.why, count)
                for why, count, said_so in total.reasons
            ]
            + [
                Pick(str(APART[which]), self.address(why=which), which == self.why, count)
                for which, count in self.apart.items()
            ]
        )

    @property
    def back(self) -> str:
        """The address of the ledger that this was come from."""
        return self.address(reverse("provision:ledger"))

    def how(self, row: Any) -> str:
        """Say how one session went."""
        return str(row.how)

    def table(self) -> Table:
        """Give all of these sessions as they go into a file."""
        heads = [
            _("Day"), _("Pupil"), _("Provision"), _("How it went"), _("Note"), _("Minutes"),
            _("Makes up"), _("Given by"), _("Logged by"),
        ]  # fmt: skip
        rows = [
            (
                row.on, row.pupil.register_name, row.allocation.provision.name, self.how(row),
                row.note, row.minutes or None, row.makes_up and row.makes_up.on,
                row.given_by.name if row.went != Went.NOT_HELD else "", row.person.name,
            )
            for row in _sessions(self.found, self.why, self.listing)[:MOST]
        ]  # fmt: skip
        return Table(_("Sessions"), heads, rows)


SESSION_COLUMNS = [
    Column(gettext_lazy("Day"), "on"),
    Column(gettext_lazy("Pupil"), "pupil__sort_key"),
    Column(gettext_lazy("Provision"), "allocation__provision__name"),
    Column(gettext_lazy("How it went")),
    Column(gettext_lazy("Minutes"), "minutes", num=True),
    Column(gettext_lazy("Logged by"), "person__last_name"),
]


def sessions(actor: Actor, query: Mapping[str, str]) -> Made:
    """Give the sessions that an address asks for, the newest first."""
    wanted = wanted_of(query)
    found = Ledger(actor, wanted)
    asked = query.get("why", "")
    offered = _apart(actor, wanted, asked)
    told = {which: found.apart(which).count() for which in offered}
    why = asked if asked in WHYS or asked in MISSED_WORDS or asked in told else ""
    total = found.total
    counts = {"": total.held + total.missed, Went.DELIVERED.value: total.held,
              MISSED: total.missed, **told}  # fmt: skip
    count = counts[why] if why in counts else total.why.get(why, 0)
    listing = Listing(query, SESSION_COLUMNS, count, usual="-on")
    rows = list(_sessions(found, why, listing)[listing.start : listing.stop])
    path = reverse("provision:ledger_sessions")
    return Made(wanted, found, path, why, listing, rows, told)


def _apart(actor: Actor, wanted: Wanted, asked: str) -> list[str]:
    """Give what is told apart: of one member of staff both; of all, what others gave where that is
    asked for, because it is looked up for each session."""
    if not by_staff(actor):
        return []
    if wanted.of.get(By.STAFF, NOBODY) != NOBODY:
        return list(APART)
    return [BY_OTHERS] if asked == BY_OTHERS else []


def _sessions(found: Ledger, why: str, listing: Listing) -> Any:
    rows = found.apart(why) if why in APART else found.sessions
    if why == MISSED:
        rows = rows.exclude(went=Went.DELIVERED)
    elif why in WhyNot.values:
        rows = rows.filter(reason=why)
    elif why and why not in APART:
        rows = rows.filter(went=why)
    related = rows.select_related("pupil", "person", "gave", "makes_up", "allocation__provision")
    return related.order_by(listing.sort, "-on", "-id")
