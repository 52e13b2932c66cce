"""The arithmetic of the ledger: what is due of each promise, what came of it, and sums of both.

Plain numbers and days, no rows. Each promise is worked out once, whatever the page shows of it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from opensenco.provision.ledger import Figures, made_up, unaccounted
from opensenco.provision.minutes import sessions_in


class Promise(NamedTuple):
    """What one pupil is promised, as far as the ledger counts it: keys, terms and names to sort by.

    A tuple, because a page reads thousands of them.
    """

    pk: int
    org: int
    pupil: int
    provision: int
    group: int | None
    person: int | None
    times: int
    minutes: int
    starts: date
    ends: date | None
    pupil_key: str
    provision_name: str


@dataclass(slots=True)
class Logged:
    """What was logged of one promise in a stretch of time.

    Args:
        linked: of those held, how many say which missed one they make up.
        why: missed sessions by what stood in the way, a value of `Went` or `WhyNot`.
    """

    held: int = 0
    minutes: int = 0
    linked: int = 0
    why: dict[str, int] = field(default_factory=dict)

    @property
    def missed(self) -> int:
        """How many sessions did not take place."""
        return sum(self.why.values())


NOTHING = Logged()


class Days(NamedTuple):
    """The school days of a promise within a stretch: all, those by today, those before today."""

    whole: int
    due: int
    before: int


class Timetabled(NamedTuple):
    """What timetables expect of a promise, and on how many school days they hold."""

    sessions: int = 0
    minutes: int = 0
    days: int = 0


UNTIMED = (Timetabled(),) * 3


def figures_of(
    one: Promise, days: Days, logged: Logged, timed: Sequence[Timetabled] = UNTIMED
) -> Figures:
    """Lay what was logged of one promise beside what was promised.

    Args:
        timed: what its timetables expect in all, by today and before today; only the days that none
            of them says are counted by the week.
    """
    weekly = [sessions_in(one.times, n - by.days) for n, by in zip(days, timed, strict=True)]
    _all, due, before = (n + by.sessions for n, by in zip(weekly, timed, strict=True))
    missed = logged.missed
    return Figures(
        promised=weekly[0] * one.minutes + timed[0].minutes,
        due=weekly[1] * one.minutes + timed[1].minutes,
        delivered=logged.minutes,
        due_sessions=due,
        held=logged.held,
        missed=missed,
        made_up=made_up(due, logged.held, missed, logged.linked),
        unaccounted=unaccounted(before, logged.held, missed, logged.linked),
        pupils=1,
        why=logged.why,
    )


def summed(parts: Iterable[tuple[Promise, Figures]]) -> Figures:
    """Add up the figures of several promises; each pupil of theirs counts once."""
    promised = due = delivered = due_sessions = held = missed = again = silent = 0
    pupils: set[int] = set()
    why: dict[str, int] = {}
    for one, part in parts:
        promised += part.promised
        due += part.due
        delivered += part.delivered
        due_sessions += part.due_sessions
        held += part.held
        missed += part.missed
        again += part.made_up
        silent += part.unaccounted
        pupils.add(one.pupil)
        _add(why, part.why)
    return Figures(
        promised=promised, due=due, delivered=delivered, due_sessions=due_sessions, held=held,
        missed=missed, made_up=again, unaccounted=silent, pupils=len(pupils), why=why,
    )  # fmt: skip


def _add(sums: dict[str, int], more: Mapping[str, int]) -> None:
    for why, times in more.items():
        sums[why] = sums.get(why, 0) + times
