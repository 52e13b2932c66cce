"""How many sessions timetables expect of promises: for a few rows, and as sums of the database.

Whatever counts promises asks here. Days outside of a timetable are for the caller, who counts them
by the week (see `minutes.sessions_in`).
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from functools import cached_property
from typing import Any, Protocol

from django.db.models import (
    Case,
    IntegerField,
    QuerySet,
    Value,
    When,
)

from opensenco.audit.history import as_of
from opensenco.kernel.dates import Span
from opensenco.law.calendar.school import SchoolCalendar
from opensenco.provision.models import Allocation, Slot, Timetable
from opensenco.provision.queries.expected import turns_said
from opensenco.provision.queries.hours import hour_of
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
    slots = Slot.objects.filter(timetable__allocation__in=[row.pk for row in rows])
    if known_by is None:
        slots = slots.filter(timetable__taken_back_at__isnull=True)
        spans = None
    else:
        then = as_of(Timetable, known_by).filter(
            allocation_id__in=[row.pk for row in rows], taken_back_at__isnull=True
        )
        spans = {one.pk: Span(one.starts, one.ends) for one in then}
    tables: dict[Any, list[Slot]] = defaultdict(list)
    for slot in slots.select_related("timetable").order_by("id"):
        tables[slot.timetable].append(slot)
    found: dict[int, list[Period]] = defaultdict(list)
    for table, some in tables.items():
        span = Span(table.starts, table.ends) if spans is None else spans.get(table.pk)
        if span is not None:
            found[table.allocation_id].append(Period(span, tuple(map(hour_of, some))))
    return dict(found)


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
        return expected_in(span, periods, self._open(row.org_id, span))

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


@dataclass(frozen=True)
class Sums:
    """Expressions over promises: what timetables expect by a day, and on how many days."""

    sessions: Any
    minutes: Any
    days: Any


NOON = time(12)


class Stretch(Protocol):
    """What is asked of a stretch of time."""

    @property
    def open_days(self) -> Mapping[int, OpenDays]:
        """The open days at each place."""
        ...


NOTHING = Sums(Value(0), Value(0), Value(0))
#: of an hour of a promise: what is needed to count how often it is
COLUMNS = (
    "timetable__allocation", "timetable", "org_id", "weekday", "week", "minutes",
    "timetable__starts", "timetable__ends", "timetable__allocation__starts",
    "timetable__allocation__ends",
)  # fmt: skip


class Timed:
    """What timetables expect of promises from one day to several others, for the database to sum.

    The hours are read once and counted here; what is told to the database is which promises have
    which number. There are few different numbers, however many promises there are.
    """

    def __init__(
        self, promises: QuerySet[Allocation], first: date, untils: Sequence[date], stretch: Stretch
    ) -> None:
        self._first, self._untils, self._stretch = first, untils, stretch
        rows = Slot.objects.filter(
            timetable__allocation__in=promises.order_by().values("pk"),
            timetable__taken_back_at__isnull=True,
            timetable__starts__lte=max(untils),
        ).exclude(timetable__ends__lt=first)
        self._rows = list(rows.order_by().values_list(*COLUMNS))

    @property
    def sums(self) -> list[Sums]:
        """Give the expressions, for each of the days."""
        if not self._rows:
            return [NOTHING for _until in self._untils]
        return [self._sums(until) for until in self._untils]

    def _sums(self, until: date) -> Sums:
        sessions: Counter[int] = Counter()
        minutes: Counter[int] = Counter()
        days: dict[tuple[int, int], int] = {}
        for promise, table, org, weekday, week, length, *spans in self._rows:
            opened = self._stretch.open_days[org]
            span = self._span(until, spans)
            times = opened.count(Hour(weekday, NOON, NOON, week), span)
            sessions[promise] += times
            minutes[promise] += times * length
            if (promise, table) not in days:
                days[promise, table] = opened.all_in(span)
        in_all: Counter[int] = Counter()
        for (promise, _table), count in days.items():
            in_all[promise] += count
        return Sums(_told(sessions), _told(minutes), _told(in_all))

    def _span(self, until: date, spans: Sequence[date | None]) -> Span | None:
        begins = max(self._first, *(day for day in spans[::2] if day))
        ends = min(until, *(day for day in spans[1::2] if day), until)
        return Span(begins, ends) if begins <= ends else None


def _told(numbers: Counter[int]) -> Any:
    """Tell the database which promises have which number; those that are not named have none."""
    having: dict[int, list[int]] = defaultdict(list)
    for promise, number in numbers.items():
        if number:
            having[number].append(promise)
    whens = [When(pk__in=sorted(ids), then=Value(n)) for n, ids in sorted(having.items())]
    return Case(*whens, default=Value(0), output_field=IntegerField()) if whens else Value(0)
