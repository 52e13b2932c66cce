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

from opensenco.access.questions import Among, as_text, question
from opensenco.audit.history import as_of
from opensenco.kernel.dates import Span, iso_day
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

#: one timetable as the database says it: its first and last day, and its hours
Said = tuple[tuple[str, str | None], tuple[tuple[Any, ...], ...]]


def periods_of(rows: Sequence[Any], known_by: date | None = None) -> dict[int, tuple[Period, ...]]:
    """Give the timetables of promises, by promise: asks once. Who has the same has one tuple.

    Args:
        known_by: as they stood at the end of this day; asks once more.
    """
    promises = [row.pk for row in rows]
    then = _days_then(promises, known_by) if known_by is not None else None
    tables: dict[int, dict[tuple[Any, ...], list[tuple[Any, ...]]]] = {}
    for promise, table, starts, ends, taken_back, *hour in _slots.ask(promises=promises):
        now = None if taken_back else (starts, ends)
        days = now if then is None else then.get(table)
        if days is not None:
            tables.setdefault(promise, {}).setdefault((table, days), []).append(tuple(hour))
    # thousands of promises have their hours at the same times on the same days
    read = lru_cache(maxsize=None)(_periods)
    return {
        promise: read(tuple((days, tuple(hours)) for (_table, days), hours in said.items()))
        for promise, said in tables.items()
    }


def _days_then(promises: Sequence[int], day: date) -> dict[int, tuple[str, str | None]]:
    then = as_of(Timetable, day).filter(allocation_id__in=promises, taken_back_at__isnull=True)
    return {
        one.pk: (one.starts.isoformat(), one.ends.isoformat() if one.ends else None) for one in then
    }


def _periods(said: tuple[Said, ...]) -> tuple[Period, ...]:
    return tuple(
        Period(
            Span(iso_day(first), iso_day(last) if last else None),
            tuple(
                Hour(weekday, time.fromisoformat(begins), time.fromisoformat(until), week)
                for weekday, begins, until, week in hours
            ),
        )
        for (first, last), hours in said
    )


@question
def _slots() -> QuerySet[Any, Any]:
    rows: Any = Slot.objects.filter(Among("timetable__allocation", "promises")).order_by("id")
    texts = {
        "first": as_text("timetable__starts"), "last": as_text("timetable__ends"),
        "taken_back": as_text("timetable__taken_back_at"),
        "begins": as_text("starts_at"), "until": as_text("ends_at"),
    }  # fmt: skip
    found: QuerySet[Any, Any] = rows.annotate(**texts).values_list(
        "timetable__allocation", "timetable", "first", "last", "taken_back",
        "weekday", "begins", "until", "week",
    )  # fmt: skip
    return found


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

    def sums(self, row: Any, periods: Sequence[Period], span: Span | None) -> Expectation:
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
        self, org: int, hours: Sequence[tuple[int, str, int]], said: Sequence[str | None]
    ) -> tuple[Timetabled, ...]:
        """Count one timetable; of thousands most have the same hours on the same days."""
        spans = [iso_day(day) if day else None for day in said]
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
    rows: Any = Slot.objects.filter(
        Among("timetable__allocation", "promises"),
        timetable__taken_back_at__isnull=True,
        timetable__starts__lte=last,
    ).exclude(timetable__ends__lt=first)
    days = {
        "first": as_text("timetable__starts"), "last": as_text("timetable__ends"),
        "begins": as_text("timetable__allocation__starts"),
        "over": as_text("timetable__allocation__ends"),
    }  # fmt: skip
    found: QuerySet[Any, Any] = rows.order_by().annotate(**days).values_list(
        "timetable__allocation", "timetable", "org_id", "weekday", "week", "minutes",
        "first", "last", "begins", "over",
    )  # fmt: skip
    return found
