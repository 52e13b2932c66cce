"""The arithmetic of minutes: due rises with the days, never beyond the promise."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from opensenco.kernel.dates import Span
from opensenco.law.calendar.holidays import england
from opensenco.law.calendar.school import CalendarRow, DayKind, SchoolCalendar
from opensenco.provision.minutes import (
    BEYOND,
    WEEKDAYS,
    Counted,
    promised,
    school_days,
    sessions_in,
)

TERM = CalendarRow(date(2027, 1, 4), date(2027, 3, 25), DayKind.TERM)
HALF = CalendarRow(date(2027, 2, 15), date(2027, 2, 19), DayKind.HALF_TERM)
OWN = SchoolCalendar("Larkrise", (TERM, HALF), england())
DAYS = some.dates(date(2026, 1, 1), date(2028, 6, 1))
TIMES, MINUTES = some.integers(1, 25), some.integers(1, 360)


NOTHING_ENTERED = SchoolCalendar("Larkrise", (), england())


def along(calendar: SchoolCalendar):
    return lambda span: school_days(span, calendar)


def test_a_full_week_makes_the_whole_promise_due_and_a_monday_nothing_of_once_a_week():
    assert [sessions_in(1, days) for days in range(6)] == [0, 0, 0, 0, 0, 1]
    assert [sessions_in(3, days) for days in range(6)] == [0, 0, 1, 1, 2, 3]
    assert [sessions_in(5, days) for days in range(6)] == [0, 1, 2, 3, 4, 5]


@pytest.mark.rule("APD-04")
def test_half_term_is_not_promised_where_the_school_entered_its_days():
    span: dict[str, Any] = {
        "starts": date(2027, 2, 8),
        "ends": date(2027, 2, 26),
        "times_a_week": 5,
    }
    found = promised(**span, minutes=20, today=date(2027, 2, 22), count=along(OWN))
    assert (found.sessions, found.due_sessions, found.remarks) == (10, 6, ())


def test_without_term_dates_every_weekday_counts_and_it_says_so():
    span = Span(date(2027, 3, 22), date(2027, 4, 2))
    counted = school_days(span, NOTHING_ENTERED)
    # ten weekdays less Good Friday and Easter Monday, 26 and 29 March 2027
    assert counted.days == 8
    assert [str(remark) for remark in counted.remarks] == [str(WEEKDAYS)]


def test_days_outside_the_entered_calendar_are_counted_as_weekdays_and_it_says_so():
    assert school_days(Span(date(2027, 3, 1), date(2027, 6, 1)), OWN).remarks


def test_days_beyond_the_known_bank_holidays_are_not_made_up():
    counted = school_days(Span(date(2028, 12, 18), date(2029, 6, 1)), OWN)
    assert counted.days == 8
    assert str(BEYOND) in [str(remark) for remark in counted.remarks]


def test_a_promise_without_an_end_is_what_is_due_of_it():
    found = promised(
        starts=date(2027, 3, 1), ends=None, times_a_week=5, minutes=10, today=date(2027, 3, 12),
        count=along(OWN),
    )  # fmt: skip
    assert (found.minutes, found.due_minutes) == (100, 100)


def test_nothing_is_due_of_what_begins_later():
    found = promised(
        starts=date(2027, 3, 8), ends=date(2027, 3, 12), times_a_week=5, minutes=10,
        today=date(2027, 3, 5), count=along(OWN),
    )  # fmt: skip
    assert (found.minutes, found.due_minutes) == (50, 0)


@given(starts=DAYS, length=some.integers(0, 400), times=TIMES, minutes=MINUTES, today=DAYS)
def test_what_is_due_is_never_negative_and_never_more_than_the_promise(
    starts, length, times, minutes, today
):
    found = promised(
        starts=starts, ends=starts + timedelta(days=length), times_a_week=times, minutes=minutes,
        today=today, count=along(OWN),
    )  # fmt: skip
    assert 0 <= found.due_minutes <= found.minutes == found.sessions * minutes
    assert found.due_minutes == found.due_sessions * minutes


@given(starts=DAYS, times=TIMES, today=DAYS, later=some.integers(0, 200))
def test_what_is_due_only_rises_from_day_to_day(starts, times, today, later):
    def due(day: date) -> int:
        return promised(
            starts=starts, ends=None, times_a_week=times, minutes=1, today=day,
            count=along(NOTHING_ENTERED),
        ).due_sessions  # fmt: skip

    assert due(today) <= due(today + timedelta(days=later))


@given(times=TIMES, days=some.integers(0, 2_000))
def test_a_promise_is_kept_to_the_week_and_misses_less_than_one_session_between(times, days):
    assert sessions_in(times, 5 * (days // 5)) == times * (days // 5)
    assert 0 <= times * days / 5 - sessions_in(times, days) < 1


@given(days=some.integers(0, 500), times=TIMES, minutes=MINUTES)
def test_at_the_end_all_of_it_is_due(days, times, minutes):
    found = promised(
        starts=date(2027, 1, 4), ends=date(2027, 3, 25), times_a_week=times, minutes=minutes,
        today=date(2027, 7, 1), count=lambda _span: Counted(days),
    )  # fmt: skip
    assert found.due_minutes == found.minutes
