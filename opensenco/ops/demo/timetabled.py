"""When and where the school in depth gives what runs: rooms, hours, and one clash with a reason."""

from datetime import time, timedelta
from typing import Any

from opensenco.access.actor import Actor
from opensenco.ops.demo.world import SCHOOL, World
from opensenco.people.policy import on_day
from opensenco.provision.models import Allocation, Room
from opensenco.provision.operations import rooms
from opensenco.provision.operations.timetables import (
    At,
    clashes_with,
    set_timetable,
)
from opensenco.provision.queries.hours import key_of
from opensenco.provision.timetable import Hour, later

ROOMS = ("Rainbow room", "Library", "Small hall", "Garden room")
BEGINNINGS = (
    time(9, 5), time(9, 35), time(10, 5), time(11), time(11, 30), time(13, 15), time(13, 50),
    time(14, 25),
)  # fmt: skip
SCHOOL_WEEK = 5
#: so many units keep no time, so that the page of the week has something to ask for
LEFT_OPEN = 2
#: minutes of what is put beside something else
SHORT = 30
BECAUSE = "Both groups work in here, one at each end. Checked with the class teacher."


def make(world: World) -> None:
    """Give hours to what runs today, from this week's Monday on, as a SENCO would set them."""
    desk = world.senco(SCHOOL, world.today)
    with world.acting(desk, world.today, at=SCHOOL) as actor:
        used = [rooms.add_room(actor=actor, org=world.places[SCHOOL], name=name) for name in ROOMS]
        units = _units(world)
        *most, last = sorted(units[LEFT_OPEN:], key=lambda unit: unit[0].minutes <= SHORT)
        said = [
            _set(actor, unit, used[place % len(used)], place) for place, unit in enumerate(most)
        ]
        if said and said[0]:
            _beside(actor, last, said[0])


def _units(world: World) -> list[list[Allocation]]:
    """Give what runs on the day, as it is done together; what is too often has no one hour."""
    found: dict[Any, list[Allocation]] = {}
    running = Allocation.objects.filter(
        on_day(world.today), org=world.places[SCHOOL], in_error_at__isnull=True
    )
    for row in running.select_related("pupil__org", "provision", "group", "person").order_by("id"):
        if row.times_a_week <= SCHOOL_WEEK:
            found.setdefault(key_of(row), []).append(row)
    return list(found.values())


def _set(actor: Actor, unit: list[Allocation], room: Room, place: int) -> list[At]:
    """Choose the first time of day at which nothing else is; left open where there is none."""
    first = unit[0]
    starts = max(actor.today - timedelta(days=actor.today.weekday()), first.starts)
    days = sorted({turn * SCHOOL_WEEK // first.times_a_week for turn in range(first.times_a_week)})
    for turn in range(len(BEGINNINGS)):
        begins = BEGINNINGS[(place + turn) % len(BEGINNINGS)]
        hours = [At(Hour(day, begins, later(begins, first.minutes)), room) for day in days]
        if not clashes_with(unit, hours, starts, None):
            set_timetable(actor=actor, allocations=unit, hours=hours, starts=starts)
            return hours
    return []


def _beside(actor: Actor, unit: list[Allocation], other: list[At]) -> None:
    """Let something be where and when something else is, with the reason why."""
    first = other[0]
    hour = Hour(
        first.hour.weekday, first.hour.starts_at, later(first.hour.starts_at, unit[0].minutes)
    )
    set_timetable(
        actor=actor, allocations=unit, hours=[At(hour, first.room)], because=BECAUSE,
        starts=max(row.starts for row in unit),
    )  # fmt: skip
