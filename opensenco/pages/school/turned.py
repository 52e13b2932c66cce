"""What the pages of the school year show: where it stands, and what turning it would do."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensenco.access.actor import Actor
from opensenco.cases import term_years as calendar
from opensenco.cases.term_dates import terms_of
from opensenco.kernel.errors import NotFound
from opensenco.kernel.refs import short
from opensenco.law.calendar.years import AcademicYear
from opensenco.pages.school.aside import Aside, aside_of
from opensenco.people.turning import queries
from opensenco.people.turning.moves import Doubt, Kind, Move
from opensenco.people.turning.plan import Plan, default_highest, plan_of
from opensenco.provision.queries.turning import Promises, promises_round
from opensenco.support.queries.turning import reviews_between
from opensenco.ui import words
from opensenco.ui.listing import Column, Listing, Pick

ONE_DAY = timedelta(days=1)
DRAFT, APPLIED = "draft", "applied"
KINDS = {
    Kind.UP: gettext_lazy("Moves up"),
    Kind.STAYS: gettext_lazy("Stays in the year group"),
    Kind.YEAR: gettext_lazy("Other year group"),
    Kind.LEAVES: gettext_lazy("Leaves"),
    Kind.GONE: gettext_lazy("Leaves before"),
    Kind.JOINS: gettext_lazy("Joins"),
    Kind.ALREADY: gettext_lazy("Moved already"),
}
DOUBTS = {
    Doubt.NO_YEAR: gettext_lazy("No year group is recorded."),
    Doubt.NO_CLASS: gettext_lazy("In no class from the first day."),
    Doubt.ABOVE: gettext_lazy("In a year group above the highest of the school."),
    Doubt.AHEAD: gettext_lazy("Would be a year ahead of their age."),
}


@dataclass(frozen=True)
class Place:
    """Where the school year of one school stands.

    Args:
        coming: the academic year that would be prepared now.
        first_day: the first day of its first term; None where nobody has entered it.
    """

    actor: Actor
    places: list[Any]
    place: Any

    @cached_property
    def coming(self) -> AcademicYear:
        """From March on the year after this one; before, the one that runs."""
        here = AcademicYear.of(self.actor.today)
        return here.following() if 3 <= self.actor.today.month <= 8 else here

    @cached_property
    def first_day(self) -> date | None:
        """The first day of the first term of the coming year."""
        return self._term_edge(self.coming, first=True)

    def days(self) -> dict[str, Any]:
        """Give what the form of a new turn begins with."""
        first = self.first_day or self.coming.first
        return {
            "first_day": first,
            "leave_on": min(self.coming.first - ONE_DAY, first - ONE_DAY),
            "highest": default_highest(self.place, self.actor.today),
        }

    def gap(self, first_day: date) -> tuple[date, date]:
        """Give the summer before a first day: the last day of term, and that day."""
        before = AcademicYear.of(first_day - timedelta(days=60))
        return self._term_edge(before, first=False) or first_day - timedelta(days=42), first_day

    def _term_edge(self, year: AcademicYear, *, first: bool) -> date | None:
        terms = terms_of(calendar.term_year(self.place, year).entries)
        if not terms:
            return None
        return terms[0].first if first else terms[-1].last

    @cached_property
    def turns(self) -> list[Any]:
        """The years that are prepared or turned, the last first."""
        return queries.turns(self.actor, self.place)

    @property
    def current(self) -> Any:
        """The turn of the coming year, where there is one."""
        live = (one for one in self.turns if one.state in (DRAFT, APPLIED))
        return next((one for one in live if one.starts == self.coming.starts), None)

    @cached_property
    def joiners(self) -> list[Any]:
        """Pupils who are entered and have not begun."""
        return queries.joiners(self.actor, self.place)

    @property
    def by_place(self) -> list[Pick]:
        """The schools of a hat with several."""
        address = reverse("school:year")
        return [
            Pick(one.name, f"{address}?school={short(one.ref)}", one == self.place)
            for one in self.places
        ]

    @property
    def prepare(self) -> str:
        """Where the coming year is prepared."""
        return f"{reverse('school:prepare_year')}?school={short(self.place.ref)}"

    @property
    def columns(self) -> list[Column]:
        """The columns of those who come."""
        return [
            Column(_("Pupil")), Column(_("First day")), Column(_("Year group")),
            Column(_("Class")),
        ]  # fmt: skip

    def said_year(self, pupil: Any) -> str:
        """Say the year group of a joiner."""
        return words.year_group(pupil.year_on(pupil.joined_on))

    def year_of(self, turn: Any) -> str:
        """Say which year a turn begins: "2027/28"."""
        return str(AcademicYear(turn.starts))

    @property
    def term_dates(self) -> str:
        """Where the dates of the coming year are entered."""
        return f"{reverse('school:calendar')}?year={self.coming.starts}"


def put_in(shown: Place) -> bool:
    """Tell whether the coming year of a school is in the record."""
    return shown.current is not None and shown.current.state == APPLIED


def place(actor: Actor, query: Mapping[str, Any]) -> Place:
    """Gather the school that an address asks for, else the first."""
    places = queries.places(actor)
    row = next((one for one in places if short(one.ref) == query.get("school")), places[0])
    return Place(actor, places, row)


@dataclass(frozen=True)
class Line:
    """One pupil's move, in words."""

    pupil: Any
    kind: str
    before: str
    after: str
    now: str
    into: str
    leave_on: date | None
    left_to: str
    doubts: list[str]
    decided: bool


@dataclass(frozen=True)
class Preview:
    """All that turning a year would do."""

    actor: Actor
    turn: Any
    plan: Plan

    @property
    def year(self) -> AcademicYear:
        """The academic year that begins."""
        return AcademicYear(self.turn.starts)

    @property
    def leave_words(self) -> str:
        """When those who leave by age do."""
        return _("last day %(day)s") % {"day": words.day(self.turn.leave_on)}

    @property
    def way_columns(self) -> list[Column]:
        """The columns of where classes go."""
        return [
            Column(_("Class now")), Column(_("Year group now")), Column(_("Pupils"), num=True),
            Column(_("Goes into")),
        ]  # fmt: skip

    @property
    def form_columns(self) -> list[Column]:
        """The same on the form."""
        return [
            Column(_("Class and year group now")), Column(_("Pupils"), num=True),
            Column(_("Goes into")),
        ]  # fmt: skip

    @property
    def class_columns(self) -> list[Column]:
        """The columns of the classes of the new year."""
        return [
            Column(_("Class")), Column(_("Pupils"), num=True), Column(_("Year groups")),
            Column(_("Who works with it")), Column(_("Change"), hidden=True),
        ]  # fmt: skip

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many move, leave, join and are doubtful."""
        return self.plan.counts()

    @property
    def moving(self) -> int:
        """How many are on the roll on the first day who are on it today."""
        return sum(self.counts[kind] for kind in ("up", "stays", "year", "already"))

    @cached_property
    def gap(self) -> tuple[date, date]:
        """The summer: last day of term, first day of the new year."""
        return Place(self.actor, [], self.turn.org).gap(self.turn.first_day)

    @cached_property
    def promises(self) -> Promises | None:
        """What was promised round the summer."""
        leavers = [one.pupil for one in self.plan.of(Kind.LEAVES)]
        return promises_round(self.actor, self.turn.org, self.gap, leavers)

    @cached_property
    def reviews(self) -> list[Any] | None:
        """Reviews that fall into the summer."""
        last, first = self.gap
        return reviews_between(self.actor, self.turn.org, last, first - ONE_DAY)

    @property
    def ways(self) -> list[dict[str, Any]]:
        """Where each class and year goes."""
        return [
            {
                "field": f"way_{short(self.plan.groups[one.group].ref)}_{one.year}",
                "key": (self.plan.groups[one.group], one.year),
                "name": self.plan.groups[one.group].name,
                "year": words.year_group(one.year),
                "pupils": one.pupils,
                "into": one.into,
                "decided": one.decided,
            }
            for one in self.plan.proposal.ways
        ]

    @property
    def classes(self) -> list[dict[str, Any]]:
        """The classes of the new year that run."""
        return [
            {
                "name": one.name, "key": one.key, "new": one.group is None, "pupils": one.pupils,
                "years": ", ".join(
                    words.year_group(year)
                    for year in sorted(one.years, key=lambda y: (y is None, y))
                ),
                "staff": [teach.person.name for teach in one.staff],
            }
            for one in self.plan.classes
            if one.runs_on
        ]  # fmt: skip

    def class_of(self, query: Mapping[str, str]) -> Any:
        """Give the class of the new year that an address asks for, else the first.

        Raises:
            NotFound: there is none.
        """
        rows = [one for one in self.plan.classes if one.runs_on]
        if not rows:
            raise NotFound
        return next((one for one in rows if one.key == query.get("class")), rows[0])

    def lines(self, moves: Iterable[Move]) -> list[Line]:
        """Put moves into words."""
        groups = self.plan.groups
        return [
            Line(
                self.plan.pupils[one.pupil], str(KINDS[one.kind]), words.year_group(one.before),
                "" if one.kind in (Kind.LEAVES, Kind.GONE) else words.year_group(one.after),
                groups[one.now].name if one.now else "", one.into, self._left(one), one.left_to,
                [str(DOUBTS[doubt]) for doubt in one.doubts], one.decided,
            )
            for one in moves
        ]  # fmt: skip

    @cached_property
    def aside(self) -> list[Aside]:
        """What was decided of records that have been set aside since the draft was begun."""
        return aside_of(self.turn, self.plan)

    def _left(self, move: Move) -> date | None:
        return move.leave_on or self.plan.pupils[move.pupil].left_on


def preview(actor: Actor, turn: Any) -> Preview:
    """Work out what turning a year would do now."""
    return Preview(actor, turn, plan_of(turn, actor.today))


#: the lists of a preview: name in the address, words, kinds of move
LISTS: dict[str, tuple[Any, tuple[Kind, ...]]] = {
    "all": (gettext_lazy("Everybody"), tuple(Kind)),
    "moves": (gettext_lazy("Stay at the school"), (Kind.UP, Kind.STAYS, Kind.YEAR, Kind.ALREADY)),
    "leave": (gettext_lazy("Leave"), (Kind.LEAVES, Kind.GONE)),
    "join": (gettext_lazy("Join"), (Kind.JOINS,)),
}


@dataclass(frozen=True)
class Chosen:
    """The moves that an address asks for: of a kind, doubtful, decided apart, or of a class."""

    shown: Preview
    query: Mapping[str, str]

    @property
    def which(self) -> str:
        """Which list."""
        asked = self.query.get("show", "")
        return asked if asked in (*LISTS, "doubt", "apart") else "all"

    @cached_property
    def moves(self) -> list[Move]:
        """The moves of the list, of one class where one was asked for."""
        plan = self.shown.plan
        if self.which == "doubt":
            found = plan.doubtful
        elif self.which == "apart":
            found = [one for one in plan.moves if one.decided]
        else:
            found = plan.of(*LISTS[self.which][1])
        name = self.class_name
        return [one for one in found if one.into == name] if name else found

    @property
    def class_name(self) -> str:
        """The class that was asked for."""
        key = self.query.get("class", "")
        return next((one.name for one in self.shown.plan.classes if key and one.key == key), "")

    @property
    def picks(self) -> list[Pick]:
        """The lists to choose from, each with its number."""
        plan = self.shown.plan
        numbers = {name: len(plan.of(*kinds)) for name, (_label, kinds) in LISTS.items()}
        numbers |= {"doubt": len(plan.doubtful), "apart": sum(one.decided for one in plan.moves)}
        labels = {name: str(label) for name, (label, _kinds) in LISTS.items()}
        labels |= {"doubt": _("To look at"), "apart": _("Decided one by one")}
        address = reverse("school:turn_list", args=[self.shown.turn.ref])
        return [
            Pick(label, f"{address}?show={name}", name == self.which, numbers[name])
            for name, label in labels.items()
        ]

    @property
    def columns(self) -> list[Column]:
        """The columns of the list."""
        return [
            Column(_("Pupil")), Column(_("Now")), Column(_("What becomes of them")),
            Column(_("From the first day")), Column(_("Change"), hidden=True),
        ]  # fmt: skip


__all__ = ["AcademicYear", "Chosen", "Listing", "Place", "Preview", "place", "preview"]
