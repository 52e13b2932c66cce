"""One school's calendar: terms, half-terms and staff training days, given as rows (CAL-09)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from itertools import pairwise

from opensenco.kernel.dates import ONE_DAY, Span
from opensenco.kernel.errors import Invalid
from opensenco.kernel.words import mark
from opensenco.law.calendar.cover import CalendarNotCovered, count_in, nth_after
from opensenco.law.calendar.holidays import SATURDAY, BankHolidays
from opensenco.law.calendar.years import AcademicYear
from opensenco.law.registry import answers
from opensenco.law.rulebook.counting import CAL_09, CAL_10


class DayKind(StrEnum):
    """What a row of a school's calendar says of its days."""

    YEAR = "year"
    """The rows are complete for these days: what no other row names is holiday."""
    TERM = "term"
    HALF_TERM = "half-term"
    HOLIDAY = "holiday"
    INSET = "inset"
    CLOSED = "closed"
    """Closed though it is term, as for snow or an election."""
    OPEN = "open"
    """Open to pupils on a day that would otherwise not be, such as a Saturday."""


CLOSING = (DayKind.HALF_TERM, DayKind.HOLIDAY, DayKind.INSET, DayKind.CLOSED)


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """Days from `first` to `last`, both counted, and what they are."""

    first: date
    last: date
    kind: DayKind

    @property
    def span(self) -> Span:
        return Span(self.first, self.last)


@dataclass(frozen=True)
class SchoolCalendar:
    """The days on which one school is open to pupils.

    It answers only for days that some row names; Saturdays and Sundays between such days are taken
    in. Any other day raises CalendarNotCovered: a calendar that lacks a term is never counted over.
    Terms that overlap, or a row that ends before it begins, are Invalid.
    """

    name: str
    rows: tuple[CalendarRow, ...]
    holidays: BankHolidays

    def __post_init__(self) -> None:
        for row in self.rows:
            if row.last < row.first:
                raise Invalid("to", mark("A row of the calendar ends before it begins."))
        terms = self.terms
        for term, following in pairwise(terms):
            if term.overlap(following):
                raise Invalid("from", mark("Two terms of the calendar overlap."))

    @property
    def terms(self) -> tuple[Span, ...]:
        """The terms in order of time, as the school entered them."""
        spans = (row.span for row in self.rows if row.kind is DayKind.TERM)
        return tuple(sorted(spans, key=lambda span: span.first))

    def terms_of(self, year: AcademicYear) -> tuple[Span, ...]:
        """The terms of an academic year. Raises CalendarNotCovered unless all of it is covered."""
        piece = self._piece_with(year.first)
        if year.last not in piece:
            raise self._not_covered(piece.end or year.last)
        return tuple(term for term in self.terms if term.first in year.span)

    @answers(CAL_09)
    def is_school_day(self, day: date) -> bool:
        """Whether pupils come in on `day`. Raises CalendarNotCovered."""
        self._piece_with(day)
        return count_in(self._school_days, day.toordinal(), day.toordinal()) == 1

    @answers(CAL_10)
    def within_school_days(self, *, event: date, days: int) -> date:
        """The last day of "within `days` school days of `event`": the event is not counted.

        Raises Invalid for fewer than one day and CalendarNotCovered.
        """
        return self._nth_after(event, days)

    @answers(CAL_10)
    def school_days_beginning_with(self, *, event: date, days: int) -> date:
        """The last of `days` school days "beginning with" `event`, which counts if it is one.

        Raises Invalid for fewer than one day and CalendarNotCovered.
        """
        return self._nth_after(event - ONE_DAY, days)

    def school_days_in(self, span: Span) -> int:
        """How many school days a closed span holds. Raises CalendarNotCovered."""
        if span.last is None:
            raise ValueError("A span without an end cannot be counted.")
        piece = self._piece_with(span.first)
        if span.last not in piece:
            raise self._not_covered(piece.end or span.last)
        return count_in(self._school_days, span.first.toordinal(), span.last.toordinal())

    @cached_property
    def covered(self) -> tuple[Span, ...]:
        """The unbroken stretches for which this calendar answers, in order of time."""
        known = (row.span.overlap(self.holidays.covered) for row in self.rows)
        return _joined(span for span in known if span is not None)

    def _nth_after(self, start: date, days: int) -> date:
        if days < 1:
            raise Invalid("days", mark("Count at least one school day."))
        piece = self._piece_with(start + ONE_DAY)
        found = nth_after(self._school_days, start.toordinal(), days)
        if found is None or date.fromordinal(found) not in piece:
            raise self._not_covered(piece.end or start)
        return date.fromordinal(found)

    def _piece_with(self, day: date) -> Span:
        for piece in self.covered:
            if day in piece:
                return piece
        raise self._not_covered(day)

    def _not_covered(self, day: date) -> CalendarNotCovered:
        # The school may have entered the days while the bank holidays are not yet published.
        if day not in self.holidays.covered:
            return CalendarNotCovered(self.holidays.name, day, (self.holidays.covered,))
        return CalendarNotCovered(self.name, day, self.covered)

    @cached_property
    def _school_days(self) -> tuple[int, ...]:
        closed = _numbers(row.span for row in self.rows if row.kind in CLOSING)
        closed |= {day.toordinal() for day in self.holidays.titles}
        opened = _numbers(row.span for row in self.rows if row.kind is DayKind.OPEN)
        # as `date.weekday` counts, without a date for each of a thousand days
        term = {day for day in _numbers(self.terms) if (day + 6) % 7 < SATURDAY}
        return tuple(sorted((term - closed) | opened))


def _numbers(spans: Iterable[Span]) -> set[int]:
    """Each day of closed spans as its ordinal."""
    return {
        day
        for span in spans
        for day in range(span.first.toordinal(), (span.last or span.first).toordinal() + 1)
    }


def _joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans that touch, overlap, or have only a weekend between them become one."""
    joined: list[Span] = []
    for span in sorted(spans, key=lambda each: (each.first, each.last or each.first)):
        if joined and span.first <= _reach(joined[-1]):
            before = joined.pop()
            ends = [end for end in (before.last, span.last) if end is not None]
            span = Span(before.first, max(ends))
        joined.append(span)
    return tuple(joined)


def _reach(span: Span) -> date:
    """The first weekday after the span, or the day after where that is a weekday already."""
    day = (span.last or span.first) + ONE_DAY
    while day.weekday() >= SATURDAY:
        day += ONE_DAY
    return day
