"""What the pages of the week and of its clashes show, and the same as files."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.exchange.out import Table
from opensenco.kernel.dates import parse_day
from opensenco.kernel.errors import Invalid
from opensenco.kernel.refs import short
from opensenco.pages.provision import hours_said
from opensenco.pages.provision.choosing import reference
from opensenco.provision.clashes import Clash
from opensenco.provision.queries.expected import Expected, name_of
from opensenco.provision.queries.timetables import clashes_of
from opensenco.provision.queries.week import (
    PERSON,
    PUPIL,
    ROOM,
    SCHOOL,
    Row,
    Week,
    Without,
    without_hours,
)
from opensenco.provision.states import ClashOf, Turn
from opensenco.support.states import words_of
from opensenco.ui import words
from opensenco.ui.listing import Column, Listing, Pick

VIEWS = {
    SCHOOL: gettext_lazy("Whole school"),
    PERSON: gettext_lazy("By adult"),
    ROOM: gettext_lazy("By room"),
    PUPIL: gettext_lazy("By pupil"),
}
NOBODY = {PERSON: gettext_lazy("Nobody yet"), ROOM: gettext_lazy("No room said")}
ONE_WEEK = timedelta(days=7)
AWAY = timedelta(days=730)
#: so many clashes stand on the page
MOST_SHOWN = 100
#: so many promises without a time
MOST_WITHOUT = 30
#: so many pupils of a session are named in the grid
FEW = 4


@dataclass
class ShownWeek:
    """The page of a week."""

    week: Week
    sessions: list[Expected]
    rows: list[Row]
    listing: Listing | None
    gives: bool
    without: Without
    reader: Any

    def address(self, **changes: str) -> str:
        """Give the address of the same view with some of it changed."""
        query = QueryDict(mutable=True)
        query["by"], query["from"] = self.week.by, self.week.span.first.isoformat()
        if self.week.of:
            query["of"] = short(self.week.of)
        for name, value in changes.items():
            if value:
                query[name] = value
            else:
                query.pop(name, None)
        return f"{reverse('provision:week')}?{query.urlencode()}"

    @property
    def views(self) -> list[Pick]:
        """What the rows can be of."""
        return [
            Pick(label, self.address(by=by, of=""), by == self.week.by)
            for by, label in VIEWS.items()
        ]

    @property
    def around(self) -> list[Pick]:
        """The week before, and the week after."""
        first = self.week.span.first
        return [
            Pick(_("Week before"), self.address(**{"from": (first - ONE_WEEK).isoformat()})),
            Pick(_("Week after"), self.address(**{"from": (first + ONE_WEEK).isoformat()})),
        ]

    @property
    def columns(self) -> list[Column]:
        """The heads of the grid."""
        by_time = self.week.of or self.week.by == SCHOOL
        first = _("From") if by_time else {
            PERSON: _("Adult"), ROOM: _("Room"), PUPIL: _("Pupil")
        }[self.week.by]  # fmt: skip
        return [Column(first), *(Column(self.head(day)) for day in self.week.days)]

    def head(self, day: date) -> str:
        """Say a day over its column, and that school is closed."""
        if self.week.is_open(day):
            return words.day_short(day)
        return _("%(day)s, closed") % {"day": words.day_short(day)}

    def row_name(self, row: Row) -> str:
        """Say what a row is of."""
        if self.week.of or self.week.by == SCHOOL:
            return words.clock(row.thing)
        if row.thing is None:
            return str(NOBODY[self.week.by])
        return str(row.thing.register_name if self.week.by == PUPIL else row.thing.name)

    def row_url(self, row: Row) -> str:
        """Give the address of one adult's, room's or pupil's week; empty where there is none."""
        if self.week.of or self.week.by == SCHOOL or row.thing is None:
            return ""
        return self.address(of=short(row.thing.ref))

    def beside(self, one: Expected) -> str:
        """Say in which room a session is, by whom and for whom, less what its row says."""
        by = self.week.by
        words_of_it = []
        if by != ROOM and one.room:
            words_of_it.append(str(one.room.name))
        if by != PERSON:
            words_of_it.append(str(one.person.name) if one.person else _("nobody yet"))
        if by != PUPIL or self.week.of:
            few = len(one.pupils) <= FEW
            count = ngettext("%(num)s pupil", "%(num)s pupils", len(one.pupils))
            names = ", ".join(pupil.said for pupil in one.pupils)
            words_of_it.append(names if few else count % {"num": len(one.pupils)})
        return "; ".join(words_of_it)

    @property
    def adult(self) -> Any:
        """Whose week it is, where it is an adult's; None where it is not, or nothing is in it."""
        if not self.week.of or self.week.by != PERSON:
            return None
        if self.week.of == self.reader.ref:
            return self.reader
        return self.sessions[0].person if self.sessions else None

    @property
    def of_words(self) -> str:
        """Say whose week it is; empty for all."""
        if not self.week.of or not self.sessions:
            return ""
        one = self.sessions[0]
        if self.week.by == PUPIL:
            return str(one.first.pupil.name)
        return str(one.person.name if self.week.by == PERSON else one.room.name)

    @property
    def turn(self) -> str:
        """Say whether it is week A or B."""
        return words_of(Turn, self.week.turn)

    @property
    def chosen(self) -> str:
        """Say what is shown, without naming a pupil."""
        return f"{VIEWS[self.week.by]}, {words.day(self.week.span.first)}"

    def table(self) -> Table:
        """Give the sessions of the week as they go into a file."""
        heads = [_("Day"), _("From"), _("Until"), _("Minutes"), _("What"), _("Room"),
                 _("By whom"), _("Pupils")]  # fmt: skip
        rows = [
            (
                one.on, words.clock(one.hour.starts_at), words.clock(one.hour.ends_at),
                one.hour.minutes, one.name, one.room.name if one.room else "",
                one.person.name if one.person else "",
                "; ".join(pupil.register_name for pupil in one.pupils),
            )
            for one in self.sessions
        ]  # fmt: skip
        return Table(_("The week"), heads, rows)


def shown(actor: Actor, query: Mapping[str, str], *, whole: bool = False) -> ShownWeek:
    """Give the week that an address asks for; what it cannot mean is this week's.

    Args:
        whole: for a file: all pupils, and not one page of them.
    """
    by = query.get("by", "") if query.get("by", "") in VIEWS else SCHOOL
    of = reference(query.get("of", "")) if by != SCHOOL else None
    week = Week(actor, _day(actor, query.get("from", "")), by, of)
    listing, pupils = None, None
    if by == PUPIL and not of and not whole:
        listing = Listing(query, [], week.pupils.count())
        pupils = list(week.pupils[listing.start : listing.stop])
    sessions = week.sessions(pupils)
    gives = actor.can_somewhere(Action.PROVISION_ALLOCATE)
    without = without_hours(actor, MOST_WITHOUT) if gives and by == SCHOOL else Without()
    return ShownWeek(week, sessions, week.rows(sessions), listing, gives, without, actor.person)


def _day(actor: Actor, text: str) -> date:
    """Read the day of an address; this week where it is none, or too far away."""
    try:
        day = parse_day(text)
    except Invalid:
        return actor.today
    return day if abs(day - actor.today) <= AWAY else actor.today


@dataclass(frozen=True)
class Meets:
    """One clash as the list shows it."""

    clash: Clash

    @property
    def kind(self) -> str:
        """Say what is needed twice."""
        return words_of(ClashOf, self.clash.kind)

    @property
    def thing(self) -> str:
        """Name it."""
        thing = self.clash.thing
        return str(thing.register_name if self.clash.kind is ClashOf.PUPIL else thing.name)

    @property
    def day(self) -> str:
        """Name the weekday."""
        return str(WEEKDAYS[self.clash.one.hour.weekday])

    @property
    def sides(self) -> list[tuple[Any, str, str]]:
        """Both promises, what each is called, and when it is."""
        return [
            (use.of, name_of(use.of), hours_said.hour(use.hour))
            for use in (self.clash.one, self.clash.other)
        ]

    @property
    def because(self) -> str:
        """Why it was done all the same, where somebody said so."""
        return " ".join(self.clash.because)


@dataclass(frozen=True)
class ShownClashes:
    """The page of what clashes: what nobody has explained comes first."""

    open: list[Meets]
    explained: list[Meets]
    #: so many are shown of each
    most: int = MOST_SHOWN

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.open) + len(self.explained)

    def table(self) -> Table:
        """Give them as they go into a file."""
        heads = [_("What is needed twice"), _("Who or which"), _("Weekday"), _("One"), _("When"),
                 _("Other"), _("When"), _("From"), _("Why all the same")]  # fmt: skip
        rows = [
            (
                one.kind, one.thing, one.day, one.sides[0][1], one.sides[0][2], one.sides[1][1],
                one.sides[1][2], one.clash.span.first, one.because,
            )
            for one in (*self.open, *self.explained)
        ]  # fmt: skip
        return Table(_("Clashes"), heads, rows)


def shown_clashes(actor: Actor) -> ShownClashes:
    """Give what clashes from today on."""
    found = [Meets(one) for one in clashes_of(actor)]
    return ShownClashes(
        [one for one in found if not one.because], [one for one in found if one.because]
    )
