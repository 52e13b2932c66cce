"""How many sessions timetables expect of promises: of a few along their own days, and of many.

Whatever counts promises asks here. Days outside of a timetable are for the caller, who counts them
by the week (see `minutes.sessions_in`).
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date, time
from functools import cached_property, lru_cache
from typing import Any

from django.db.models import QuerySet

from opensenco.access.questions import Among, question
from opensenco.audit.history import as_of
from opensenco.kernel.dates import Span
from opensenco.law.calendar.school import SchoolCalendar
from opensenco.provision.models import Allocation, Slot, Timetable
from opensenco.provision.queries.days import Days
from opensenco.provision.queries.expected import turns_said
from opensenco.provision.reckoning import Timetabled
from opensenco.provision.timetable import (
    Expectation,
    Hour,
    OpenDays,
    Period,
    Turning,
    expected_in,
    open_days,
)


def periods_of(rows: Sequence[Allocation], known_by: date | None = None) -> dict[int, list[Period]]:
    """Give the timetables of promises, by promise: asks once.

    Args:
        known_by: as they stood at the end of this day; asks once more.
    """
    promises = [row.pk for row in rows]
    spans = {}
    if known_by is not None:
        then = as_of(Timetable, known_by).filter(
            allocation_id__in=promises, taken_back_at__isnull=True
        )
        spans = {one.pk: Span(one.starts, one.ends) for one in then}
    tables: dict[tuple[int, int, Span], list[Hour]] = defaultdict(list)
    # thousands of promises have their hours at the same times on the same days
    hour_at = lru_cache(maxsize=None)(Hour)
    days = lru_cache(maxsize=None)(Span)
    period = lru_cache(maxsize=None)(Period)
    for promise, table, starts, ends, taken_back_at, *hour in _slots.ask(promises=promises):
        if known_by is None:
            span = None if taken_back_at else days(starts, ends)
        else:
            span = spans.get(table)
        if span is not None:
            tables[promise, table, span].append(hour_at(*hour))
    found: dict[int, list[Period]] = defaultdict(list)
    for (promise, _table, span), hours in tables.items():
        found[promise].append(period(span, tuple(hours)))
    return dict(found)


@question
def _slots() -> QuerySet[Any, Any]:
    return (
        Slot.objects.filter(Among("timetable__allocation", "promises"))
        .order_by("id")
        .values_list(
            "timetable__allocation", "timetable", "timetable__starts", "timetable__ends",
            "timetable__taken_back_at", "weekday", "starts_at", "ends_at", "week",
        )
    )  # fmt: skip


class OpenIn:
    """Counts what timetables expect of single promises, each along the days of its own span."""

    def __init__(
        self, calendars: Mapping[int, SchoolCalendar], timed: Mapping[int, Sequence[Period]]
    ) -> None:
        self._calendars, self._timed = calendars, timed
        self._days: dict[tuple[int, Span], OpenDays] = {}

    @cached_property
    def _said(self) -> Mapping[int, Sequence[Turning]]:
        """What was said of weeks, asked only where an hour is of week A or B."""
        turning = any(
            hour.week for some in self._timed.values() for one in some for hour in one.hours
        )
        return turns_said(self._calendars) if turning else {}

    def sums(self, row: Allocation, periods: Sequence[Period], span: Span | None) -> Expectation:
        """Give what is expected of a promise in a closed span of its days."""
        if span is None:
            return Expectation()
        return self._sums(row.org_id, span, tuple(periods))

    @cached_property
    def _sums(self) -> Callable[[int, Span, tuple[Period, ...]], Expectation]:
        """Count each shape once."""
        return lru_cache(maxsize=None)(
            lambda org, span, periods: expected_in(span, periods, self._open(org, span))
        )

    def days(self, row: Allocation, period: Period, span: Span) -> list[date]:
        """Give the days of a closed span on which a timetable expects sessions."""
        opened = self._open(row.org_id, span)
        within = period.span.overlap(span)
        return sorted({day for hour in period.hours for day in opened.on(hour, within)})

    def _open(self, org: int, span: Span) -> OpenDays:
        if (org, span) not in self._days:
            said = self._said.get(org, ())
            self._days[org, span] = open_days(span, self._calendars[org], said)
        return self._days[org, span]


NOON = time(12)


class Timed:
    """What timetables expect of many promises from one day to several others.

    The hours are read once, by one question; promises that have none are not told of.
    """

    def __init__(
        self, promises: Sequence[int], first: date, untils: Sequence[date], stretch: Days
    ) -> None:
        self._first, self._untils, self._stretch = first, untils, stretch
        self._rows = _hours.ask(first, max(untils), promises=promises)

    @cached_property
    def of(self) -> Mapping[int, tuple[Timetabled, ...]]:
        """What is expected by each of the days, by promise."""
        hours: dict[Any, list[tuple[int, str, int]]] = defaultdict(list)
        for promise, table, org, weekday, week, minutes, *spans in self._rows:
            hours[promise, table, org, *spans].append((weekday, week, minutes))
        counted = lru_cache(maxsize=None)(self._counted)
        found: dict[int, list[tuple[Timetabled, ...]]] = defaultdict(list)
        for (promise, _table, org, *spans), some in hours.items():
            found[promise].append(counted(org, tuple(sorted(some)), tuple(spans)))
        return {one: _together(parts) for one, parts in found.items()}

    def _counted(
        self, org: int, hours: Sequence[tuple[int, str, int]], spans: Sequence[date | None]
    ) -> tuple[Timetabled, ...]:
        """Count one timetable; of thousands most have the same hours on the same days."""
        opened, found = self._stretch.open_days[org], []
        for until in self._untils:
            span = self._span(until, spans)
            often = [opened.count(Hour(day, NOON, NOON, week), span) for day, week, _ in hours]
            minutes = sum(times * hour[2] for times, hour in zip(often, hours, strict=True))
            found.append(Timetabled(sum(often), minutes, opened.all_in(span)))
        return tuple(found)

    def _span(self, until: date, spans: Sequence[date | None]) -> Span | None:
        begins = max(self._first, *(day for day in spans[::2] if day))
        ends = min(until, *(day for day in spans[1::2] if day), until)
        return Span(begins, ends) if begins <= ends else None


def _together(parts: Sequence[tuple[Timetabled, ...]]) -> tuple[Timetabled, ...]:
    """Add up the timetables that a promise had one after the other."""
    return tuple(Timetabled(*map(sum, zip(*by, strict=True))) for by in zip(*parts, strict=True))


@question
def _hours(first: date, last: date) -> QuerySet[Any, Any]:
    rows = Slot.objects.filter(
        Among("timetable__allocation", "promises"),
        timetable__taken_back_at__isnull=True,
        timetable__starts__lte=last,
    ).exclude(timetable__ends__lt=first)
    return rows.order_by().values_list(
        "timetable__allocation", "timetable", "org_id", "weekday", "week", "minutes",
        "timetable__starts", "timetable__ends", "timetable__allocation__starts",
        "timetable__allocation__ends",
    )  # fmt: skip
