"""The arithmetic of the ledger: what is due of each promise, what came of it, and sums of both.

Plain numbers and days, no rows. Each promise is worked out once, whatever the page shows of it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
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
    pupil_key: str
    provision_name: str
    starts: date
    ends: date | None


class Gave(NamedTuple):
    """What somebody gave: so many sessions, of so many minutes."""

    sessions: int = 0
    minutes: int = 0


@dataclass(slots=True)
class Logged:
    """What was logged of one promise in a stretch of time.

    Args:
        linked: of those held, how many say which missed one they make up.
        again: the minutes of these.
        why: missed sessions by what stood in the way, a value of `Went` or `WhyNot`.
        gave: what each person gave of it, by their key; empty where that was not asked.
    """

    held: int = 0
    minutes: int = 0
    linked: int = 0
    again: int = 0
    why: dict[str, int] = field(default_factory=dict)
    gave: dict[int, Gave] = field(default_factory=dict)

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
        again=logged.again,
        unaccounted=unaccounted(before, logged.held, missed, logged.linked),
        pupils=1,
        why=logged.why,
    )


def summed(parts: Iterable[tuple[Promise, Figures]]) -> Figures:
    """Add up the figures of several promises; each pupil of theirs counts once."""
    promised = due = delivered = due_sessions = held = missed = made = silent = 0
    again = 0
    pupils: set[int] = set()
    why: dict[str, int] = {}
    for one, part in parts:
        promised += part.promised
        due += part.due
        delivered += part.delivered
        due_sessions += part.due_sessions
        held += part.held
        missed += part.missed
        made += part.made_up
        again += part.again
        silent += part.unaccounted
        pupils.add(one.pupil)
        _add(why, part.why)
    return Figures(
        promised=promised, due=due, delivered=delivered, due_sessions=due_sessions, held=held,
        missed=missed, made_up=made, again=again, unaccounted=silent, pupils=len(pupils), why=why,
    )  # fmt: skip


def told_apart(
    figures: Mapping[int | None, Figures], logged: Iterable[tuple[int | None, Logged]]
) -> dict[int | None, Figures]:
    """Lay beside what each adult was promised to give what others gave of it, and what they gave
    of others'. What was promised and delivered stays with whom it was promised of.

    Args:
        figures: by whom it was promised of; None of nobody yet.
        logged: of each promise, with the same key. What somebody gave of what nobody was named
            for they gave for others too, so both come to the same in all.

    Returns:
        The same figures, and a line for whoever only gave for others.
    """
    by_others: dict[int | None, Gave] = {}
    for_others: dict[int | None, Gave] = {}
    for key, one in logged:
        for person, gave in one.gave.items():
            if person != key:
                by_others[key] = _more(by_others.get(key), gave)
                for_others[person] = _more(for_others.get(person), gave)
    return {
        key: replace(
            figures.get(key, Figures()),
            by_others=by_others.get(key, Gave()).sessions,
            by_others_minutes=by_others.get(key, Gave()).minutes,
            for_others=for_others.get(key, Gave()).sessions,
            for_others_minutes=for_others.get(key, Gave()).minutes,
        )
        for key in [*figures, *(key for key in for_others if key not in figures)]
    }


def _more(one: Gave | None, other: Gave) -> Gave:
    one = one or Gave()
    return Gave(one.sessions + other.sessions, one.minutes + other.minutes)


def _add(sums: dict[str, int], more: Mapping[str, int]) -> None:
    for why, times in more.items():
        sums[why] = sums.get(why, 0) + times
