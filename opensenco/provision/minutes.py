"""The arithmetic of promised against delivered: plain numbers and days, no rows.

A promise of so many times a week falls due evenly over the days on which the school is open: after
`d` open days of a promise of `n` times a week, floor(n × d / 5) sessions are due. A Monday morning
therefore finds nothing missing of a promise of once a week.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from opensenco.kernel.dates import Span
from opensenco.kernel.words import Sentence, mark, sentence
from opensenco.law.calendar.cover import CalendarNotCovered
from opensenco.law.calendar.holidays import england
from opensenco.law.calendar.school import SchoolCalendar

if TYPE_CHECKING:
    from opensenco.provision.timetable import Expectation

DAYS_A_WEEK = 5

WEEKDAYS = mark(
    "The school has not entered its term dates for all of these days, so every weekday that is not "
    "a bank holiday counts as a school day."
)
BEYOND = mark("Some of these days are beyond the years for which bank holidays are known.")


@dataclass(frozen=True, slots=True)
class Counted:
    """A number of school days, and what a reader must be told about it."""

    days: int
    remarks: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class Promised:
    """What was promised in all and what of it is due by a day, in sessions and in minutes."""

    sessions: int
    minutes: int
    due_sessions: int
    due_minutes: int
    remarks: tuple[Sentence, ...] = ()


def school_days(span: Span, calendar: SchoolCalendar) -> Counted:
    """Count the days of a closed span on which the school is open.

    Along the school's own calendar where it was entered for all of the span; else every weekday
    counts that is no bank holiday, and the remark says so.
    """
    if span.last is None:
        raise ValueError("A span without an end cannot be counted.")
    with suppress(CalendarNotCovered):
        return Counted(calendar.school_days_in(span))
    try:
        return Counted(england().working_days_in(span), (sentence(WEEKDAYS),))
    except CalendarNotCovered:
        known = england().covered.overlap(span)
        days = england().working_days_in(known) if known is not None else 0
        return Counted(days, (sentence(WEEKDAYS), sentence(BEYOND)))


def sessions_in(times_a_week: int, days: int) -> int:
    """How many sessions a promise of so many times a week makes of so many school days."""
    return times_a_week * days // DAYS_A_WEEK


def promised(
    *,
    starts: date,
    ends: date | None,
    times_a_week: int,
    minutes: int,
    today: date,
    count: Callable[[Span], Counted],
    expected: "Callable[[Span | None], Expectation] | None" = None,
) -> Promised:
    """Work out a promise and how much of it is due by the end of a day.

    Args:
        ends: the last day, counted; None where it has no end, and then the promise is what is due.
        minutes: of one session.
        count: gives the school days of a closed span.
        expected: gives what a timetable expects in a span, where there is one; only the days that
            no timetable says are then counted by the week.
    """
    until = today if ends is None else min(today, ends)
    due = count(Span(starts, until)) if until >= starts else Counted(0)
    whole = count(Span(starts, ends)) if ends is not None else due
    if expected is not None:
        return _timed(expected, times_a_week, minutes, starts, ends, until, (due, whole))
    due_sessions = sessions_in(times_a_week, due.days)
    # The whole can be counted along another calendar than what is due; it is never less.
    sessions = max(sessions_in(times_a_week, whole.days), due_sessions)
    return Promised(
        sessions=sessions,
        minutes=sessions * minutes,
        due_sessions=due_sessions,
        due_minutes=due_sessions * minutes,
        remarks=tuple(dict.fromkeys((*due.remarks, *whole.remarks))),
    )


def _timed(
    expected: "Callable[[Span | None], Expectation]",
    times_a_week: int,
    minutes: int,
    starts: date,
    ends: date | None,
    until: date,
    counted: tuple[Counted, Counted],
) -> Promised:
    """Work out a promise that has a timetable for some or all of its days."""
    sums = []
    for last in (until, until if ends is None else ends):
        found = expected(Span(starts, last) if last >= starts else None)
        by_week = sessions_in(times_a_week, found.untold)
        sums.append((by_week + found.sessions, by_week * minutes + found.minutes))
    (due_sessions, due_minutes), (sessions, whole) = sums
    return Promised(
        sessions=max(sessions, due_sessions),
        minutes=max(whole, due_minutes),
        due_sessions=due_sessions,
        due_minutes=due_minutes,
        remarks=tuple(dict.fromkeys((*counted[0].remarks, *counted[1].remarks))),
    )
