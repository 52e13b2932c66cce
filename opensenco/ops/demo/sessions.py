"""Sessions of a provision, spread over school days as the story counts them."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter

from opensenco.ops.demo import terms
from opensenco.ops.demo.files import Row
from opensenco.ops.demo.world import SCHOOL, World
from opensenco.provision.models import Allocation
from opensenco.provision.operations.sessions import Held, Mark, log_session
from opensenco.provision.states import Went, WhyNot

DAYS_A_WEEK = 5
REASONS = {
    "adult absent": WhyNot.STAFF_ABSENT,
    "adult used for cover": WhyNot.STAFF_COVER,
    "trip or event": WhyNot.TRIP,
    "room not free": WhyNot.ROOM,
}
MARKS = {"pupil absent": Went.AWAY, "pupil chose not to": Went.CHOSE_NOT}
#: missed for these in turn, where a file gives only the share that was delivered
USUAL = ("adult absent", "pupil absent", "adult used for cover", "trip or event")
DEFAULT_SHARE = 0.9
#: how far back sessions were logged outside the one school in depth
ELSEWHERE = timedelta(days=200)
#: nobody came and nobody said so: such sessions are not in the log at all
SILENT = "nobody assigned, not reported"


def log(
    world: World, allocations: list[Allocation], row: Row, until: date, at: str = SCHOOL
) -> None:
    """Log what came of a promise to one pupil, or to a group together, up to a day.

    Never more than was promised for the school days that there were.
    """
    first = allocations[0]
    last = min(until, first.ends) if first.ends else until
    if "quiet_since" in row:
        # nobody has said anything since
        last = min(last, world.when.base(row["quiet_since"]))
    begun = max(first.starts, _since(world, at))
    days = _spoken_of(row, [d for d in terms.between(begun, last) if terms.is_school_day(d)])
    went = how_they_went(row, first.times_a_week * len(days) // DAYS_A_WEEK)
    for day, several in groupby(_spread(went, days), key=itemgetter(0)):
        with world.acting(_who_logs(world, row["person"], at, day), day, at=at) as actor:
            for number, (_day, reason) in enumerate(several):
                log_session(
                    actor=actor,
                    allocations=allocations,
                    on=day,
                    held=Held(not_held=REASONS.get(reason, "")),
                    marks={first.ref: Mark(went=MARKS[reason])} if reason in MARKS else {},
                    again=number > 0,
                )


def how_they_went(row: Row, promised: int) -> list[str]:
    """Give for each session why it was missed, nothing where it was held, evenly mixed.

    Args:
        promised: more sessions than this are not given; the rest keeps the story's shares.
    """
    if "delivered" in row:
        counts = {one["reason"]: one["n"] for one in row["missed"]}
        counts.pop(SILENT, None)
        reasons = [reason for reason, count in counts.items() for _time in range(count)]
        total = row["delivered"] + len(reasons)
        number = min(total, promised)
        missed = round(len(reasons) * number / total) if total else 0
    else:
        number = promised
        missed = round(number * (1 - row.get("delivered_share", DEFAULT_SHARE)))
        reasons = [USUAL[turn % len(USUAL)] for turn in range(missed)]
    went = [""] * number
    for turn in range(missed):
        went[(2 * turn + 1) * number // (2 * missed)] = reasons[turn * len(reasons) // missed]
    return went


def _spread(went: list[str], days: list[date]) -> Iterator[tuple[date, str]]:
    for number, reason in enumerate(went):
        yield days[number * len(days) // len(went)], reason


def _spoken_of(row: Row, days: list[date]) -> list[date]:
    """Leave out the last days, where for so many sessions nobody came and nobody said so."""
    missed = {one["reason"]: one["n"] for one in row.get("missed", ())}
    silent, whole = missed.get(SILENT, 0), row.get("delivered", 0) + sum(missed.values())
    return days[: len(days) * (whole - silent) // whole] if silent else days


def _since(world: World, at: str) -> date:
    """Give since when sessions are logged: from the beginning, elsewhere for about two terms."""
    return world.begins(at) if at == SCHOOL else world.today - ELSEWHERE


def _who_logs(world: World, person: str, at: str, day: date) -> str:
    """Give who writes it down: who delivers it, the SENCO for a professional who visits."""
    visits = any(role["role"] == "PROFESSIONAL" for role in world.roles(person))
    return person if world.works(person, at, day) and not visits else world.senco(at, day)
