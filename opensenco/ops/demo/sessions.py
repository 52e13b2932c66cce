"""Sessions of a provision, spread over school days as the story counts them."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from operator import itemgetter

from opensenco.ops.demo import terms
from opensenco.ops.demo.files import Row, rows
from opensenco.ops.demo.world import SENCO, World
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


def log(world: World, allocations: list[Allocation], row: Row, until: date) -> None:
    """Log what came of a promise to one pupil, or to a group together, up to a day.

    Never more than was promised for the school days that there were.
    """
    first = allocations[0]
    last = min(until, first.ends) if first.ends else until
    days = [day for day in terms.between(first.starts, last) if terms.is_school_day(day)]
    went = how_they_went(row, first.times_a_week * len(days) // DAYS_A_WEEK)
    who = _who_logs(row["person"])
    for day, several in groupby(_spread(went, days), key=itemgetter(0)):
        with world.acting(who, day) as actor:
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
        reasons = [one["reason"] for one in row["missed"] for _time in range(one["n"])]
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


def _who_logs(person: str) -> str:
    """Give who writes it down: who delivers it, the SENCO for a professional who visits."""
    roles = next(row["roles"] for row in rows("people", "person") if row["id"] == person)
    return SENCO if any(role["role"] == "PROFESSIONAL" for role in roles) else person
