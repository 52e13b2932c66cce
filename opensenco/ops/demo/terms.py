"""A believable school year for any year: terms, half-terms and staff days by rule.

Nobody's published calendar. Bank holidays come from the table that the law module keeps.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from opensenco.law.calendar.holidays import england
from opensenco.law.calendar.school import DayKind

ONE = timedelta(days=1)
MONDAY, WEDNESDAY, FRIDAY = 0, 2, 4
Span = tuple[date, date, DayKind]


@dataclass(frozen=True)
class Year:
    """One school year that starts in September of `starts`."""

    starts: int

    def rows(self) -> list[Span]:
        """Give the year as rows of a school's calendar."""
        year, after = self.starts, self.starts + 1
        autumn, spring, summer = self.terms
        halves = (
            last(MONDAY, date(year, 10, 31)),
            first(MONDAY, date(after, 2, 1)) + timedelta(days=14),
            last(MONDAY, date(after, 5, 31)),
        )
        training = (autumn[0], spring[0], halves[0] - 3 * ONE, halves[2] - 3 * ONE)
        return [
            (date(year, 9, 1), date(after, 8, 31), DayKind.YEAR),
            *((*term, DayKind.TERM) for term in (autumn, spring, summer)),
            *((half, half + 4 * ONE, DayKind.HALF_TERM) for half in halves),
            *((day, day, DayKind.INSET) for day in training),
        ]

    @property
    def terms(self) -> tuple[tuple[date, date], ...]:
        """The first and last day of autumn, spring and summer; the first two begin with staff."""
        year, after = self.starts, self.starts + 1
        sunday = easter(after)
        early = sunday <= date(after, 4, 12)
        return (
            (weekday(date(year, 9, 1)), last(FRIDAY, date(year, 12, 21))),
            (
                weekday(date(after, 1, 4)),
                sunday - (3 if early else 9) * ONE,
            ),
            (sunday + (15 if early else 8) * ONE, last(WEDNESDAY, date(after, 7, 24))),
        )

    def school_days(self) -> Iterator[date]:
        """Give the days on which pupils come in."""
        rows = self.rows()
        closed = {DayKind.HALF_TERM, DayKind.INSET}
        for start, end, kind in rows:
            if kind is not DayKind.TERM:
                continue
            for day in between(start, end):
                away = any(a <= day <= b for a, b, other in rows if other in closed)
                if is_working(day) and not away:
                    yield day


def year_of(day: date) -> Year:
    """Give the school year that holds a day."""
    return Year(day.year if day.month >= 9 else day.year - 1)


def between(start: date, end: date) -> Iterator[date]:
    """Give the days from one to another, both counted."""
    for number in range((end - start).days + 1):
        yield start + timedelta(days=number)


def is_working(day: date) -> bool:
    """Say whether offices work: Monday to Friday, no bank holiday that is known."""
    return day.weekday() <= FRIDAY and day not in england().titles


def weekday(day: date) -> date:
    """Give the first working day on or after a day."""
    while not is_working(day):
        day += ONE
    return day


def first(wanted: int, day: date) -> date:
    """Give the first such day of the week on or after a day."""
    return day + timedelta(days=(wanted - day.weekday()) % 7)


def last(wanted: int, day: date) -> date:
    """Give the last such day of the week on or before a day."""
    return day - timedelta(days=(day.weekday() - wanted) % 7)


def easter(year: int) -> date:
    """Give Easter Sunday of a year of the Gregorian calendar (the anonymous method)."""
    golden, century, rest = year % 19, year // 100, year % 100
    leap, odd = divmod(century, 4)
    moon = (19 * golden + century - leap - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    quarter, left = divmod(rest, 4)
    sunday = (32 + 2 * odd + 2 * quarter - moon - left) % 7
    shift = (golden + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


@cache
def school_days(starts: int) -> tuple[date, ...]:
    """Give the school days of the year that starts in September of `starts`, in order."""
    return tuple(sorted(Year(starts).school_days()))


def is_school_day(day: date) -> bool:
    """Say whether pupils come in on a day."""
    return day in school_days(year_of(day).starts)
