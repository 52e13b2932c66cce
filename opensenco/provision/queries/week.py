"""One week of what is given as a grid: by the clock, by adult, by room, by pupil."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.questions import question
from opensenco.access.registry import visible
from opensenco.kernel.dates import Span
from opensenco.people.models import Pupil
from opensenco.people.policy import on_day
from opensenco.people.policy import standing as pupil_stands
from opensenco.provision.models import Allocation, Slot
from opensenco.provision.queries.expected import (
    Expected,
    days_of_places,
    expected,
)
from opensenco.provision.queries.hours import Held, held, promises_of, standing_slots
from opensenco.provision.timetable import OpenDays, monday

SCHOOL, PERSON, ROOM, PUPIL = "school", "person", "room", "pupil"
SCHOOL_DAYS = 5
LAST_OF_WEEK = timedelta(days=6)


@dataclass(frozen=True)
class Row:
    """One row of the grid.

    Args:
        thing: the adult, room or pupil; a time where rows are by the clock; None for nobody.
        cells: what is on each day of the week.
    """

    thing: Any
    cells: list[list[Expected]]

    @property
    def minutes(self) -> int:
        """How long it all takes."""
        return sum(one.hour.minutes for cell in self.cells for one in cell)


class Week:
    """The sessions of one week, as far as one actor sees them.

    Args:
        day: any day of the week.
        by: what the rows are of; with `of` they are times, and the sessions those of one of them.
    """

    def __init__(self, actor: Actor, day: date, by: str, of: uuid.UUID | None = None) -> None:
        self._actor, self.by, self.of = actor, by, of
        self.span = Span(monday(day), monday(day) + LAST_OF_WEEK)

    @cached_property
    def open(self) -> dict[int, OpenDays]:
        """The open days of the week at each place."""
        return days_of_places(self._actor.hat.orgs, self.span)

    @cached_property
    def days(self) -> list[date]:
        """The days that are shown: Monday to Friday, and others on which a place is open."""
        whole = list(self.span.days())
        further = {day for one in self.open.values() for day in one.days} & set(whole[SCHOOL_DAYS:])
        return [*whole[:SCHOOL_DAYS], *sorted(further)]

    @property
    def turn(self) -> str:
        """Whether it is week A or B; empty where weeks take no turns, or for several places."""
        turns = {one.turns.get(self.span.first, "") for one in self.open.values()}
        return turns.pop() if len(turns) == 1 else ""

    def is_open(self, day: date) -> bool:
        """Tell whether any place is open on a day."""
        return any(day in one.days for one in self.open.values())

    @cached_property
    def pupils(self) -> QuerySet[Pupil]:
        """The pupils who have hours in this week, by register name."""
        seen = visible(self._actor, Action.PROVISION_VIEW, Slot)
        slots = standing_slots(self.span.first, self.span.last, seen)
        theirs = slots.order_by().values("timetable__pupil")
        return Pupil.objects.filter(pk__in=theirs).order_by("sort_key", "id")

    def sessions(self, pupils: Iterable[Pupil] | None = None) -> list[Expected]:
        """Give the sessions, of some pupils alone where they are named."""
        found = expected(self._hours(pupils), self.span, self.open)
        if self.of and self.by == PERSON:
            found = [one for one in found if one.person and one.person.ref == self.of]
        return found

    def _hours(self, pupils: Iterable[Pupil] | None) -> list[Held]:
        of: dict[str, Any] = {}
        if pupils is not None:
            of = {"pupils": [one.pk for one in pupils]}
        elif self.of and self.by in (PUPIL, ROOM):
            of = {self.by: self.of}
        return held(
            self.span.first, self.span.last, actor=self._actor, action=Action.PROVISION_VIEW, **of
        )

    def rows(self, sessions: Iterable[Expected]) -> list[Row]:
        """Give sessions as the rows of the grid."""
        by: dict[Any, dict[date, list[Expected]]] = defaultdict(lambda: defaultdict(list))
        for one in sessions:
            for thing in self._things(one):
                by[thing][one.on].append(one)
        rows = [
            Row(thing, [cells.get(day, []) for day in self.days]) for thing, cells in by.items()
        ]
        return sorted(rows, key=lambda row: self._order(row.thing))

    def _things(self, one: Expected) -> Iterable[Any]:
        if self.of or self.by == SCHOOL:
            return [one.hour.starts_at]
        if self.by == PUPIL:
            return one.pupils
        return [one.person if self.by == PERSON else one.room]

    def _order(self, thing: Any) -> tuple[Any, ...]:
        if self.of or self.by == SCHOOL:
            return (thing,)
        if thing is None:
            return (1, "", "")
        if self.by == PUPIL:
            return (0, thing.sort_key, str(thing.pk))
        last = getattr(thing, "last_name", "")
        return (0, f"{last} {thing.name}".casefold(), str(thing.pk))


@dataclass(frozen=True)
class Without:
    """What is promised and has no time: how many, each group once, and the first of them."""

    count: int = 0
    first: Sequence[Allocation] = ()


def without_hours(actor: Actor, most: int) -> Without:
    """Give what is promised and runs today with no time said for today or later, each group once.

    Sorted by provision; asks six times.

    Args:
        most: so many are given.
    """
    found: dict[Any, int] = {}
    for pk, provision, group in _untimed.ask(actor, actor.today):
        found.setdefault((provision, group or 0, 0 if group else pk), pk)
    rows = promises_of(list(found.values())[:most])
    return Without(len(found), rows)


@question
def _untimed(actor: Actor, today: date) -> QuerySet[Any, tuple[int, int, int | None]]:
    said = standing_slots(today, None).order_by().values("timetable__allocation")
    rows = visible(actor, Action.PROVISION_VIEW, Allocation).filter(
        ~Q(pk__in=said), on_day(today), pupil_stands(), in_error_at__isnull=True
    )
    ordered = rows.order_by("provision__name", "pupil__sort_key", "id")
    return ordered.values_list("pk", "provision_id", "group_id")
