"""Which sessions are expected, with hour, room, adult and pupils: as many questions for many."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases.calendar import own_calendar
from opensenco.kernel.dates import Span
from opensenco.law.calendar.years import AcademicYear
from opensenco.provision.models import Allocation, WeekTurn
from opensenco.provision.queries.hours import Held, Runs, held, key_of, runs, who
from opensenco.provision.timetable import Hour, OpenDays, Turning, open_days


@dataclass(frozen=True)
class Expected:
    """One session that is to be: what is done together on a day at an hour.

    Args:
        person: who is to deliver it; None while nobody is found.
        promises: of each pupil who is to be there, by register name.
    """

    on: date
    hour: Hour
    room: Any
    person: Any
    promises: list[Allocation] = field(default_factory=list)

    @property
    def first(self) -> Allocation:
        """The promise by which it is addressed."""
        return self.promises[0]

    @property
    def name(self) -> str:
        """What it is called: the provision, with its group where that is called otherwise."""
        return name_of(self.first)

    @property
    def pupils(self) -> list[Any]:
        """Who is to be there."""
        return [one.pupil for one in self.promises]


def name_of(row: Allocation) -> str:
    """Give what a promise is called: the provision, with its group where it is called otherwise."""
    what, group = row.provision.name, row.group
    if group is None or group.name.casefold() == what.casefold():
        return str(what)
    return f"{what}, {group.name}"


def turns_said(orgs: Collection[int]) -> dict[int, list[Turning]]:
    """Give what places said of their weeks, in order of time: asks once."""
    found: dict[int, list[Turning]] = defaultdict(list)
    for row in WeekTurn.objects.filter(org__in=orgs).order_by("monday", "id"):
        found[row.org_id].append(Turning(row.monday, row.takes_turns))
    return found


def takes_turns(org: int, day: date) -> bool:
    """Tell whether the weeks of a place take turns on a day, or will as far as anybody said."""
    said = turns_said([org]).get(org, [])
    begun = [one for one in said if one.monday <= day] or said[:1]
    return bool(begun) and begun[-1].takes_turns


def days_of_places(orgs: Collection[int], span: Span) -> dict[int, OpenDays]:
    """Give the school days of a closed span at places: one question, and one for each place."""
    said = turns_said(orgs)
    found = {}
    for org in sorted(orgs):
        reach = min([span.first, *(one.monday for one in said.get(org, ()))])
        calendar = own_calendar(org, Span(reach, span.last))
        found[org] = open_days(span, calendar, said.get(org, ()))
    return found


def days_ahead(orgs: Collection[int], first: date) -> dict[int, OpenDays]:
    """Give the school days of places from a day on, until the school year is over."""
    return days_of_places(orgs, Span(first, AcademicYear.of(first).last))


def expected_of(actor: Actor, span: Span, action: Action = Action.PROVISION_VIEW) -> list[Expected]:
    """Give the sessions of a closed span that this actor may see, by day and time."""
    hours = held(span.first, span.last, actor=actor, action=action)
    return expected(hours, span, days_of_places(actor.hat.orgs, span))


def expected(
    hours: Sequence[Held], span: Span, days: Mapping[int, OpenDays], staff: Runs | None = None
) -> list[Expected]:
    """Give the sessions that hours make of the days of a span; asks once at most.

    Pupils of one group who have one provision at one hour, in one room and with one adult, have it
    together: one who comes later, or goes, is among them from the one day until the other.
    """
    staff = staff or runs({one.promise.group_id for one in hours})
    on = lru_cache(maxsize=None)(lambda org, hour, held: days[org].on(hour, held))
    found: dict[Any, Expected] = {}
    for one in hours:
        promise, hour, room = one.promise, one.hour, one.room
        for day in on(one.org_id, hour, one.span):
            person = who(one.person, promise, staff, day)
            key = (day, hour, key_of(promise), room and room.pk, person and person.pk)
            session = found.get(key)
            if session is None:
                session = found[key] = Expected(day, hour, room, person)
            session.promises.append(promise)
    return sorted(found.values(), key=_in_time)


def _in_time(one: Expected) -> tuple[Any, ...]:
    return one.on, one.hour.starts_at, one.hour.ends_at, one.name, one.first.pk
