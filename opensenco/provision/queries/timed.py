"""How many sessions timetables expect of promises: for a few rows, and as sums of the database.

Whatever counts promises asks here. Days outside of a timetable are for the caller, who counts them
by the week (see `minutes.sessions_in`).
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from functools import cached_property
from typing import Any, Protocol

from django.db.models import (
    Case,
    DateField,
    F,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest, Least

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
    overlap,
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


class Stretch(Protocol):
    """What is asked of a stretch of time."""

    @property
    def open_days(self) -> Mapping[int, OpenDays]:
        """The open days at each place."""
        ...


NOON = time(12)
NOTHING = Sums(Value(0), Value(0), Value(0))


class Timed:
    """What timetables expect of promises from one day to several others, for the database to sum.

    How often each hour is in the days of a timetable is counted once and told to the database:
    there are few of them, however many promises there are.
    """

    def __init__(
        self, promises: QuerySet[Allocation], first: date, untils: Sequence[date], stretch: Stretch
    ) -> None:
        self._first, self._untils, self._stretch = first, untils, stretch
        last = max(untils)
        self._slots = (
            Slot.objects.filter(
                timetable__taken_back_at__isnull=True, timetable__starts__lte=last
            )
            .exclude(timetable__ends__lt=first)
            .annotate(
                first=Greatest(
                    "timetable__starts", "timetable__allocation__starts",
                    Value(first, output_field=DateField()),
                ),
                last=Least(
                    Coalesce("timetable__ends", Value(last, output_field=DateField())),
                    Coalesce("timetable__allocation__ends", Value(last, output_field=DateField())),
                ),
            )
        )  # fmt: skip
        kinds = self._slots.filter(timetable__allocation__in=promises.order_by().values("pk"))
        self._hours = list(
            kinds.order_by().values_list("org_id", "weekday", "week", "first", "last").distinct()
        )

    @property
    def sums(self) -> list[Sums]:
        """Give the expressions, for each of the days."""
        if not self._hours:
            return [NOTHING for _until in self._untils]
        return [self._sums(until) for until in self._untils]

    def _sums(self, until: date) -> Sums:
        sessions = self._slots.annotate(n=self._case(until, self._times))
        of_promise = (
            sessions.filter(timetable__allocation=OuterRef("pk")).order_by().values(
                "timetable__allocation"
            )
        )  # fmt: skip
        # each timetable once: by the first of its hours
        first = Slot.objects.filter(timetable=OuterRef("timetable")).order_by("id").values("pk")
        tables = (
            self._slots.filter(timetable__allocation=OuterRef("pk"), pk=Subquery(first[:1]))
            .annotate(n=self._case(until, self._days))
            .order_by()
            .values("timetable__allocation")
        )
        return Sums(
            _number(of_promise.annotate(all=Sum("n"))),
            _number(of_promise.annotate(all=Sum(F("n") * F("minutes")))),
            _number(tables.annotate(all=Sum("n"))),
        )

    def _case(self, until: date, count: Any) -> Case:
        whens = [
            When(
                org_id=org, weekday=weekday, week=week, first=first, last=last,
                then=Value(count(org, weekday, week, overlap(Span(first), _until(last, until)))),
            )
            for org, weekday, week, first, last in self._hours
            if first <= min(last, until)
        ]  # fmt: skip
        return Case(*whens, default=Value(0), output_field=IntegerField())

    def _times(self, org: int, weekday: int, week: str, span: Span | None) -> int:
        by = Hour(weekday, NOON, NOON, week)
        return self._stretch.open_days[org].count(by, span)

    def _days(self, org: int, _weekday: int, _week: str, span: Span | None) -> int:
        return self._stretch.open_days[org].all_in(span)


def _until(last: date, until: date) -> Span:
    return Span(date.min, min(last, until))


def _number(rows: QuerySet[Any, Any]) -> Coalesce:
    return Coalesce(Subquery(rows.values("all")[:1], output_field=IntegerField()), Value(0))
