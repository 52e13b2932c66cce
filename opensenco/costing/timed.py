"""Hours of timetables as costs count them: the sessions that they make of a school's open days.

No database and no clock. A promise without hours on a day is counted by the week (see `counting`).
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import accumulate
from typing import NamedTuple

from opensenco.kernel.dates import Span
from opensenco.provision.states import Turn
from opensenco.provision.timetable import monday

#: days of weeks that take no turns
NO_TURN = ""


class Hour(NamedTuple):
    """One time of a week.

    Args:
        week: every week, or those of turn A or B.
        who: whose time it is, where it is not whose the promise is.
        at: what those share who have it together: from when until when, where and by whom; None
            where all who have the same together are there, whatever their own hours.
    """

    weekday: int
    week: str
    minutes: int
    who: int | None = None
    at: Hashable = None

    @property
    def often(self) -> Fraction:
        """How often it is in a week."""
        return Fraction(1) if self.week == Turn.EVERY else Fraction(1, 2)

    def on(self, weekday: int, turn: str) -> bool:
        """Tell whether it is on a weekday in weeks of a turn."""
        return self.weekday == weekday and self.week in (Turn.EVERY, turn)


class Hours(NamedTuple):
    """The hours of one promise, and the days on which they hold."""

    span: Span
    hours: tuple[Hour, ...]

    @property
    def weekly_minutes(self) -> Fraction:
        """Minutes of a week, of two weeks that take turns the middle."""
        return sum((hour.minutes * hour.often for hour in self.hours), Fraction(0))

    def has(self, hour: Hour, turn: str) -> bool:
        """Tell whether it holds the same hour in weeks of a turn."""
        return any(own.at == hour.at and own.on(hour.weekday, turn) for own in self.hours)


class Timed(NamedTuple):
    """How many sessions hours make, and how many minutes."""

    sessions: int = 0
    minutes: int = 0


UNTIMED = Timed()


def hours_on(timed: Iterable[Hours], day: date) -> Hours | None:
    """Give the hours that hold on a day; None where none do."""
    return next((one for one in timed if day in one.span), None)


class SchoolDays:
    """How many school days a year has up to each of its days, which is not counted: `up_to`.

    Args:
        turns: A or B by the Monday of a week, where weeks take turns.
    """

    def __init__(
        self, year: Span, open_on: Iterable[bool], turns: Mapping[date, str] | None = None
    ) -> None:
        self.year, self.first = year, year.first
        self._open = tuple(open_on)
        self._turns = turns or {}
        self.up_to = [0, *accumulate(map(int, self._open))]
        self._along: dict[tuple[int, str], list[int]] = {}
        self._every: dict[tuple[int, str], list[int]] = {}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SchoolDays) and (
            (self.year, self._open, self._turns) == (other.year, other._open, other._turns)
        )

    __hash__ = None  # type: ignore[assignment]

    @property
    def total(self) -> int:
        """School days of the whole year."""
        return self.up_to[-1]

    def between(self, first: date, last: date) -> int:
        """School days of a stretch of the year, both ends counted."""
        start, stop = self._at(first, last)
        return self.up_to[stop] - self.up_to[start]

    def turns_of(self, hour: Hour) -> Sequence[str]:
        """Give the turns of weeks in which an hour is."""
        if hour.week != Turn.EVERY:
            return (hour.week,)
        return (NO_TURN, Turn.A.value, Turn.B.value) if self._turns else (NO_TURN,)

    def along(self, weekday: int, turn: str) -> Sequence[int]:
        """Give how many of these open days there are up to each day, which is not counted."""
        if (weekday, turn) not in self._along:
            counted = (
                int(is_open and day.weekday() == weekday and self._turn(day) == turn)
                for is_open, day in zip(self._open, self.year.days(), strict=True)
            )
            self._along[weekday, turn] = [0, *accumulate(counted)]
        return self._along[weekday, turn]

    def along_every(self, hour: Hour) -> Sequence[int]:
        """Give the same of an hour: of all the weeks that it is in."""
        key = (hour.weekday, hour.week)
        if key not in self._every:
            each = [self.along(hour.weekday, turn) for turn in self.turns_of(hour)]
            self._every[key] = list(map(sum, zip(*each, strict=True)))
        return self._every[key]

    def times(self, weekday: int, turn: str, first: date, last: date) -> int:
        """Count these open days in a stretch of the year, both ends counted."""
        (start, stop), counts = self._at(first, last), self.along(weekday, turn)
        return counts[stop] - counts[start]

    def made_of(self, timed: Iterable[Hours], span: Span) -> Timed:
        """Add up what hours make in the days of a promise that lie in the year."""
        sessions = minutes = 0
        for one in timed:
            within = one.span.overlap(span)
            within = within.overlap(self.year) if within else None
            if within is None or within.last is None:
                continue
            for hour in one.hours:
                for turn in self.turns_of(hour):
                    times = self.times(hour.weekday, turn, within.first, within.last)
                    sessions, minutes = sessions + times, minutes + times * hour.minutes
        return Timed(sessions, minutes)

    def _turn(self, day: date) -> str:
        return self._turns.get(monday(day), NO_TURN) if self._turns else NO_TURN

    def _at(self, first: date, last: date) -> tuple[int, int]:
        return (first - self.first).days, (last - self.first).days + 1
