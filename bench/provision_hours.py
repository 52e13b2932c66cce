"""Timetables for what the pupils of `bench.provision_rows` are promised, and the staff for them.

The pupils of a group are put into it, so that whoever runs it sees them. Each group has its hours,
every second promise to one pupil alone has them. Most name an assistant and a room of their own;
some are moved to where something else is, so that there is something to put right.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time

import tests.world  # noqa: F401 (sets Django up before any model is read)
from opensenco.access.actor import Actor
from opensenco.access.carrying import carry
from opensenco.access.models import Organisation, Person
from opensenco.people.models import GroupPupil
from opensenco.people.operations import staff
from opensenco.provision.models import Allocation, Room, Slot, Timetable
from opensenco.provision.operations import rooms
from opensenco.provision.states import Turn
from opensenco.provision.timetable import later
from opensenco.staffing.operations import cover, hours
from opensenco.staffing.states import Does
from tests.cast import LONG_AGO, TODAY

ASSISTANTS, DAYS, LONGEST = 30, 5, 60
#: hours begin at these times; no two on one place of a day meet
BEGINS = tuple(time(9 + n // 2, 30 * (n % 2)) for n in range(12) if n != 6)
#: every so many hours stand where others are, are of weeks A and B, or leave out the assistant
MOVED, TURNING, UNNAMED = 41, 11, 13
#: the assistant who is away today
AWAY = 5
#: the Monday whose week is A
WEEK_A = date(2026, 9, 7)


def fill(actor: Actor, here: Organisation, given: Sequence[Allocation]) -> None:
    """Hire assistants, open rooms, fill groups, set the hours, and let an assistant be away."""
    groups = {row.pupil_id: row.group_id for row in given if row.group_id}
    carry(
        [
            GroupPupil(org_id=here.pk, group_id=group, pupil_id=pupil, starts=LONG_AGO)
            for pupil, group in groups.items()
        ]
    )
    hired = list(_assistants(actor, here))
    opened = [rooms.add_room(actor=actor, org=here, name=f"Room {n:02}") for n in range(ASSISTANTS)]
    rooms.say_turns(actor=actor, org=here, monday=WEEK_A)
    tables = carry([
        Timetable(
            org_id=here.pk, pupil_id=row.pupil_id, allocation=row, starts=row.starts,
            person=actor.person, at=datetime.combine(row.starts, time(8), tzinfo=UTC),
            because="Agreed with both adults" if row.pk % MOVED == 1 else "",
        )
        for row in given if _has_hours(row)
    ])  # fmt: skip
    carry(list(_slots(tables, hired, opened)))
    cover.mark_away(actor=actor, org=here, who=hired[AWAY], on=TODAY)


def _assistants(actor: Actor, here: Organisation) -> Iterator[Person]:
    for number in range(ASSISTANTS):
        person = staff.add_person(
            actor=actor, first_name=f"Assistant{number:02}", last_name="Hired",
            email=f"assistant{number}@larkrise.example",
        )  # fmt: skip
        staff.give_role(actor=actor, org=here, person=person, role="TA", starts=LONG_AGO)
        hours.set_hours(
            actor=actor, org=here, who=person, post="Teaching assistant", does=Does.SUPPORTS,
            week=1_650, send=1_200, first=LONG_AGO,
        )  # fmt: skip
        yield person


def _has_hours(row: Allocation) -> bool:
    """Tell whether a promise has a timetable: all of groups, of the others every second."""
    return bool(row.group_id) or (row.minutes <= LONGEST and row.pupil_id % 2 == 0)


def _slots(
    tables: Sequence[Timetable], hired: Sequence[Person], opened: Sequence[Room]
) -> Iterator[Slot]:
    """Give the hours: what is done together at one, all others one after the other."""
    places: dict[tuple[int, date], int] = {}
    used: dict[date, int] = {}
    for table in tables:
        row = table.allocation
        key = (row.group_id or -row.pk, _month_of(row.starts))
        if key not in places:
            places[key] = used.get(key[1], 0)
            used[key[1]] = places[key] + row.times_a_week
        for n in range(row.times_a_week):
            yield _slot(table, places[key] + n, hired, opened)


def _month_of(day: date) -> date:
    """Give the first day of the month, which all promises of one year share."""
    return day.replace(day=1)


def _slot(table: Timetable, place: int, hired: Sequence[Person], opened: Sequence[Room]) -> Slot:
    row = table.allocation
    who, cell = place % ASSISTANTS, place // ASSISTANTS + (place % MOVED == 0)
    begins = BEGINS[(cell // DAYS) % len(BEGINS)]
    return Slot(
        org_id=table.org_id, timetable=table, weekday=cell % DAYS,
        week=(Turn.A, Turn.B)[place % 2] if place % TURNING < 2 else Turn.EVERY,
        starts_at=begins, ends_at=later(begins, row.minutes), minutes=row.minutes,
        room=opened[who], person=None if place % UNNAMED == 0 else hired[who],
    )  # fmt: skip
