"""A term of sessions of a group: held, missed, somebody away, some written down a day late."""

import uuid
from collections.abc import Sequence
from datetime import date

from opensenco.ops.demo import terms
from opensenco.ops.demo.scene import school_day_after, school_day_before
from opensenco.ops.demo.world import World
from opensenco.provision.models import Allocation
from opensenco.provision.operations.sessions import Held, Mark, correct_session, log_session
from opensenco.provision.states import Went, WhyNot

#: on which days of the week a group meets, by how often
WEEK = {1: (2,), 2: (1, 3), 3: (0, 2, 4), 4: (0, 1, 3, 4), 5: (0, 1, 2, 3, 4)}
REASONS = (WhyNot.STAFF_ABSENT, WhyNot.STAFF_COVER, WhyNot.TRIP, WhyNot.ROOM)
#: every so many: not held, one pupil away, one who chose not to, written down on the next day
MISSED, AWAY, CHOSE_NOT, LATE = 9, 4, 11, 5
NOTES = (
    "Began before I had sat down.",
    "Did the last part alone and showed the others how.",
    "Tired after the fire drill; we stopped early.",
    "Asked to go on at break.",
)


def log(
    world: World, at: str, allocations: Sequence[Allocation], adult: str | None, turn: int
) -> None:
    """Log every session of a group until the last school day but one; that one waits."""
    if not allocations:
        return
    until = min(school_day_before(world.today, 2), allocations[0].ends or world.today)
    for number, day in enumerate(_days(allocations[0], until, turn)):
        written = school_day_after(day, 1) if (number + turn) % LATE == 0 else day
        who = adult or world.senco(at, written)
        with world.acting(who, written, at=at) as actor:
            rows = log_session(
                actor=actor,
                allocations=list(allocations),
                on=day,
                held=_held(number + turn),
                marks=_marks(allocations, number + turn),
            )
            if number == turn % 7 and rows[0].went == Went.DELIVERED:
                correct_session(actor=actor, sessions=rows, held=Held(minutes=15))


def _days(allocation: Allocation, until: date, turn: int) -> list[date]:
    """Give the days on which the group was to meet; each group has its own days of the week."""
    week = {(day + turn) % 5 for day in WEEK[allocation.times_a_week]}
    between = terms.between(allocation.starts, until)
    return [day for day in between if day.weekday() in week and terms.is_school_day(day)]


def _held(number: int) -> Held:
    if number % MISSED == MISSED - 1:
        return Held(not_held=REASONS[number % len(REASONS)])
    return Held()


def _marks(allocations: Sequence[Allocation], number: int) -> dict[uuid.UUID, Mark]:
    marks: dict[uuid.UUID, Mark] = {}
    one = allocations[number % len(allocations)]
    if number % AWAY == 1:
        marks[one.ref] = Mark(went=Went.AWAY)
    elif number % CHOSE_NOT == 2:
        marks[one.ref] = Mark(went=Went.CHOSE_NOT)
    elif number % 6 == 0:
        marks[one.ref] = Mark(note=NOTES[number % len(NOTES)])
    return marks
