"""Hours of a week against the days of a school: plain days and times, no rows, no clock.

An hour is kept as the clock on the wall shows it. A session is expected on each day on which the
school is open, the weekday is the hour's, the weeks' turn is the hour's, and the hour holds.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import cached_property, lru_cache
from types import MappingProxyType

from opensenco.kernel.dates import Span
from opensenco.kernel.words import Sentence, sentence
from opensenco.law.calendar.cover import CalendarNotCovered
from opensenco.law.calendar.holidays import SATURDAY, england
from opensenco.law.calendar.school import SchoolCalendar
from opensenco.provision.minutes import BEYOND, WEEKDAYS
from opensenco.provision.states import Turn

HOUR = 60
ONE_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, order=True)
class Hour:
    """A time of a weekday, every week or in every second one. Monday is 0."""

    weekday: int
    starts_at: time
    ends_at: time
    week: str = Turn.EVERY

    @property
    def minutes(self) -> int:
        """How long it is on the clock."""
        return _minutes(self.ends_at) - _minutes(self.starts_at)

    def meets(self, other: "Hour") -> bool:
        """Tell whether both are at one time in some week; what follows at once does not meet."""
        if self.weekday != other.weekday or {self.week, other.week} == {Turn.A, Turn.B}:
            return False
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at

    def meets_within(self, other: "Hour", span: Span | None) -> bool:
        """Tell whether both are at one time on some day of a span."""
        if span is None or not self.meets(other):
            return False
        ahead = (self.weekday - span.first.weekday()) % 7
        return span.first + timedelta(days=ahead) in span


def _minutes(at: time) -> int:
    return at.hour * HOUR + at.minute


def later(at: time, minutes: int) -> time:
    """Give the time so many minutes later, or earlier, on the same day."""
    return time(*divmod(min(max(_minutes(at) + minutes, 0), 24 * HOUR - 1), HOUR))


@dataclass(frozen=True, slots=True)
class Turning:
    """What a school said of its weeks: from a Monday on they take turns with A first, or not."""

    monday: date
    takes_turns: bool = True


@dataclass(frozen=True)
class OpenDays:
    """The days of a closed span on which a school is open, with the turn of each week.

    Args:
        days: in order of time.
        turns: A or B by the Monday of a week; weeks that take no turns are not in it.
        remarks: what a reader must be told of how days were counted.
    """

    span: Span
    days: tuple[date, ...]
    turns: Mapping[date, str]
    remarks: tuple[Sentence, ...] = ()

    def on(self, hour: Hour, span: Span | None) -> Sequence[date]:
        """Give the days of a span on which an hour is."""
        days = self._by.get((hour.weekday, hour.week), ())
        first, stop = self._within(days, span)
        return days[first:stop]

    def count(self, hour: Hour, span: Span | None) -> int:
        """Count the days of a span on which an hour is."""
        first, stop = self._within(self._by.get((hour.weekday, hour.week), ()), span)
        return stop - first

    def all_in(self, span: Span | None) -> int:
        """Count the school days of a span."""
        first, stop = self._within(self.days, span)
        return stop - first

    def may_meet(self, one: Hour, other: Hour, span: Span) -> bool:
        """Tell whether hours that are at one time are so on an open day of a span.

        Where the span reaches beyond these days nobody knows, so that they may.
        """
        if self.span.overlap(span) != span:
            return True
        return self.count(one if one.week else other, span) > 0

    def turn_of(self, day: date) -> str:
        """Give the turn of a day's week; empty where weeks take none."""
        return self.turns.get(monday(day), "")

    def _within(self, days: Sequence[date], span: Span | None) -> tuple[int, int]:
        if span is None:
            return 0, 0
        first = bisect_left(days, span.first)
        return first, len(days) if span.last is None else bisect_right(days, span.last)

    @cached_property
    def _by(self) -> dict[tuple[int, str], tuple[date, ...]]:
        found: dict[tuple[int, str], list[date]] = {}
        for day in self.days:
            found.setdefault((day.weekday(), Turn.EVERY), []).append(day)
            if turn := self.turn_of(day):
                found.setdefault((day.weekday(), turn), []).append(day)
        return {key: tuple(days) for key, days in found.items()}


def open_days(span: Span, calendar: SchoolCalendar, said: Sequence[Turning] = ()) -> OpenDays:
    """Give the open days of a closed span, counted as `minutes.school_days` counts them.

    Args:
        said: of the weeks' turns, in order of time, later rows of one Monday last. Weeks are
            counted from the Monday that was said, so the calendar should reach back to it.
    """
    return _opened(span, calendar, tuple(said))


@lru_cache(maxsize=256)
def _opened(span: Span, calendar: SchoolCalendar, said: tuple[Turning, ...]) -> OpenDays:
    """Count once what each page of a school asks for again."""
    days, remarks = _days(span, calendar)
    return OpenDays(span, tuple(days), MappingProxyType(_turns(span, calendar, said)), remarks)


def _days(span: Span, calendar: SchoolCalendar) -> tuple[list[date], tuple[Sentence, ...]]:
    with suppress(CalendarNotCovered):
        calendar.school_days_in(span)
        return [day for day in span.days() if calendar.is_school_day(day)], ()
    covered = england().covered.overlap(span)
    days = [day for day in covered.days() if england().is_working_day(day)] if covered else []
    beyond = () if covered == span else (sentence(BEYOND),)
    return days, (sentence(WEEKDAYS), *beyond)


def monday(day: date) -> date:
    """Give the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def _turns(span: Span, calendar: SchoolCalendar, said: Sequence[Turning]) -> dict[date, str]:
    """Let the weeks that hold a school day take turns, from the last Monday that was said on."""
    begun = [one.monday for one in said if one.monday <= (span.last or span.first)]
    if not begun:
        return {}
    # a week has the same turn in whatever stretch it is looked at: counted from what was said
    before = [day for day in begun if day <= span.first]
    days = Span(before[-1] if before else begun[0], span.last).days()
    turns: dict[date, str] = {}
    of, place = None, 0
    for week in dict.fromkeys(monday(day) for day in days if _is_open(day, calendar)):
        newest = next((one for one in reversed(said) if one.monday <= week), None)
        if newest is not of:
            of, place = newest, 0
        if newest is not None and newest.takes_turns:
            turns[week] = Turn.B if place % 2 else Turn.A
            place += 1
    return turns


def _is_open(day: date, calendar: SchoolCalendar) -> bool:
    """Tell whether a school is open; by weekday where nobody has said."""
    with suppress(CalendarNotCovered):
        return calendar.is_school_day(day)
    with suppress(CalendarNotCovered):
        return england().is_working_day(day)
    return day.weekday() < SATURDAY


@dataclass(frozen=True, slots=True)
class Period:
    """The hours of one timetable, and the days on which it holds."""

    span: Span
    hours: tuple[Hour, ...]


@dataclass(frozen=True, slots=True)
class Expectation:
    """Sessions and minutes that are expected, and the school days that no timetable says."""

    sessions: int = 0
    minutes: int = 0
    untold: int = 0


def expected_in(span: Span | None, periods: Iterable[Period], days: OpenDays) -> Expectation:
    """Add up what timetables expect in a span, and count the school days outside of them."""
    sessions = minutes = 0
    untold = days.all_in(span)
    for one in periods:
        within = one.span.overlap(span) if span else None
        untold -= days.all_in(within)
        for hour in one.hours:
            times = days.count(hour, within)
            sessions += times
            minutes += times * hour.minutes
    return Expectation(sessions, minutes, untold)


def hours_on(periods: Iterable[Period], day: date) -> tuple[Hour, ...]:
    """Give the hours that hold on a day, or those next to hold where none does."""
    ahead = sorted(
        (one for one in periods if one.span.last is None or one.span.last >= day),
        key=lambda one: one.span.first,
    )
    return tuple(sorted(ahead[0].hours)) if ahead else ()


def overlap(*spans: Span) -> Span | None:
    """Give the days that are in all of some spans, or None."""
    found: Span | None = spans[0]
    for span in spans[1:]:
        found = found.overlap(span) if found is not None else None
    return found


def dates(hours: Iterable[Hour], span: Span | None, days: OpenDays) -> Iterator[tuple[date, Hour]]:
    """Give each session that is expected in a span: the day and the hour, in order of time."""
    found = [(day, hour) for hour in hours for day in days.on(hour, span)]
    yield from sorted(found, key=lambda pair: (pair[0], pair[1].starts_at, pair[1].ends_at))
