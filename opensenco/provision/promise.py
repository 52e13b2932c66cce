"""How much of a promise is due by a day: so many times a week, counted along school days.

Pure arithmetic. A week has five days; half a week owes half its sessions, rounded down, so that
nobody is behind on a Monday morning.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from opensenco.kernel.dates import Span
from opensenco.law.calendar.cover import CalendarNotCovered
from opensenco.law.calendar.holidays import SATURDAY
from opensenco.law.calendar.school import SchoolCalendar
from opensenco.provision.states import COUNTS, SHORTFALLS, Mark, Reason, Shortfall

WEEK = 5


@dataclass(frozen=True)
class Promise:
    """What was promised: `times` a week, `minutes` each, from a day, to one or without an end."""

    times: int
    minutes: int
    starts: date
    ends: date | None = None


@dataclass(frozen=True)
class Logged:
    """One session of a promise as it stands after corrections."""

    on: date
    mark: str
    minutes: int
    reason: str = ""


@dataclass(frozen=True)
class Delivery:
    """Promised against delivered, in minutes.

    Args:
        promised: over the whole time; None where the promise has no end.
        due: by the day asked about, without sessions that were not due after all.
        by_school_days: whether the school's own term dates were counted along; if not, every
            Monday to Friday was.
        missed: how often for each reason, the commonest first, without what was nobody's shortfall.
    """

    promised: int | None
    due: int
    delivered: int
    made_up: int
    sessions: int
    missed: tuple[tuple[Reason, int], ...]
    by_school_days: bool
    last_on: date | None

    @property
    def missed_sessions(self) -> int:
        """How many sessions were missed."""
        return sum(count for _reason, count in self.missed)

    @property
    def whole(self) -> int:
        """The length of the bar: the whole promise, or what there is of it so far."""
        return max(self.promised or 0, self.due, self.delivered, 1)


def delivery(
    promise: Promise,
    logged: Iterable[Logged],
    *,
    today: date,
    calendar: SchoolCalendar | None,
) -> Delivery:
    """Work out promised against delivered by the end of `today`.

    Args:
        calendar: the school's own, or None where it has not entered its term dates.
    """
    rows = [row for row in logged if row.on <= today and row.mark != Mark.VOID]
    until = today if promise.ends is None else min(today, promise.ends)
    sessions, own = _sessions(promise, until, calendar)
    promised = None
    if promise.ends is not None:
        whole, _own = _sessions(promise, promise.ends, calendar if own else None)
        promised = whole * promise.minutes
    missed = Counter(Reason(row.reason) for row in rows if row.mark == Mark.MISSED)
    nobodys = sum(
        count for reason, count in missed.items() if SHORTFALLS[reason] is Shortfall.NOBODY
    )
    # along the school's own calendar its holidays owe nothing already
    not_due = 0 if own else nobodys
    return Delivery(
        promised=promised,
        due=max(0, sessions - not_due) * promise.minutes,
        delivered=sum(row.minutes for row in rows if row.mark in COUNTS),
        made_up=sum(row.minutes for row in rows if row.mark == Mark.MADE_UP),
        sessions=sum(1 for row in rows if row.mark in COUNTS),
        missed=tuple(
            (reason, count)
            for reason, count in sorted(missed.items(), key=lambda one: (-one[1], one[0].value))
            if SHORTFALLS[reason] is not Shortfall.NOBODY
        ),
        by_school_days=own,
        last_on=max((row.on for row in rows if row.mark in COUNTS), default=None),
    )


def _sessions(promise: Promise, until: date, calendar: SchoolCalendar | None) -> tuple[int, bool]:
    """Give how many sessions are due until a day, and whether school days were counted."""
    if until < promise.starts:
        return 0, calendar is not None
    span = Span(promise.starts, until)
    if calendar is not None:
        try:
            return promise.times * calendar.school_days_in(span) // WEEK, True
        except CalendarNotCovered:
            pass
    return promise.times * weekdays_in(span.first, until) // WEEK, False


def weekdays_in(first: date, last: date) -> int:
    """Count the days from Monday to Friday between two days, both counted."""
    days = (last - first).days + 1
    weeks, rest = divmod(days, 7)
    return weeks * WEEK + sum(1 for day in range(rest) if (first.weekday() + day) % 7 < SATURDAY)
