"""Promised against delivered: sums that anybody can do on paper."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opensenco.law.calendar.holidays import england
from opensenco.law.calendar.school import CalendarRow, DayKind, SchoolCalendar
from opensenco.provision.promise import Logged, Promise, delivery, weekdays_in
from opensenco.provision.states import SHORTFALLS, Mark, Reason

START = date(2026, 9, 7)  # a Monday
YEAR = (date(2026, 9, 1), date(2027, 7, 31))
#: with a half-term from 26 to 30 October
CALENDAR = SchoolCalendar(
    "ours",
    (
        CalendarRow(*YEAR, DayKind.YEAR),
        CalendarRow(date(2026, 9, 1), date(2026, 12, 18), DayKind.TERM),
        CalendarRow(date(2026, 10, 26), date(2026, 10, 30), DayKind.HALF_TERM),
    ),
    england(),
)
THREE_TIMES = Promise(times=3, minutes=20, starts=START)


@pytest.mark.rule("APD-04")
@pytest.mark.parametrize(
    ("promise", "today", "due"),
    [
        # nobody is behind on a Monday morning
        (THREE_TIMES, START, 0),
        (THREE_TIMES, date(2026, 9, 8), 20),
        (THREE_TIMES, date(2026, 9, 11), 60),
        (THREE_TIMES, date(2026, 9, 13), 60),
        (THREE_TIMES, date(2026, 9, 18), 120),
        (THREE_TIMES, date(2026, 9, 6), 0),
        (Promise(5, 10, START, date(2026, 9, 9)), date(2026, 12, 1), 30),
    ],
)
def test_so_much_is_due_by_a_day(promise, today, due):
    assert delivery(promise, [], today=today, calendar=None).due == due


def test_the_schools_own_holidays_owe_nothing():
    before, after = date(2026, 10, 23), date(2026, 10, 30)
    for calendar, more in ((CALENDAR, 0), (None, 60)):
        first = delivery(THREE_TIMES, [], today=before, calendar=calendar)
        second = delivery(THREE_TIMES, [], today=after, calendar=calendar)
        assert second.due - first.due == more
        assert first.by_school_days == (calendar is not None)


def test_a_calendar_that_does_not_reach_is_said():
    early = Promise(3, 20, date(2025, 9, 1))
    found = delivery(early, [], today=date(2026, 9, 30), calendar=CALENDAR)
    assert (found.by_school_days, found.due) == (False, 3 * 283 // 5 * 20)


def test_the_whole_promise_has_an_end_or_none():
    ends = Promise(3, 20, START, date(2026, 9, 25))
    assert delivery(ends, [], today=START, calendar=None).promised == 180
    assert delivery(THREE_TIMES, [], today=START, calendar=None).promised is None


def test_what_was_delivered_made_up_and_missed_is_told_apart():
    logged = [
        Logged(date(2026, 9, 8), Mark.DELIVERED, 20),
        Logged(date(2026, 9, 9), Mark.DELIVERED, 10, Reason.TIMETABLE),
        Logged(date(2026, 9, 10), Mark.MISSED, 0, Reason.AWAY),
        Logged(date(2026, 9, 11), Mark.MADE_UP, 20),
        Logged(date(2026, 9, 14), Mark.MISSED, 0, Reason.STAFF_COVER),
        Logged(date(2026, 9, 15), Mark.MISSED, 0, Reason.STAFF_COVER),
        Logged(date(2026, 9, 15), Mark.VOID, 0),
        Logged(date(2026, 9, 30), Mark.DELIVERED, 20),
    ]
    found = delivery(THREE_TIMES, logged, today=date(2026, 9, 18), calendar=None)
    assert (found.delivered, found.made_up, found.sessions) == (50, 20, 3)
    assert found.missed == ((Reason.STAFF_COVER, 2), (Reason.AWAY, 1))
    assert (found.missed_sessions, found.last_on) == (3, date(2026, 9, 11))


def test_what_was_nobodys_shortfall_was_not_due():
    closed = [Logged(date(2026, 9, 10), Mark.MISSED, 0, Reason.CLOSURE)]
    found = delivery(THREE_TIMES, closed, today=date(2026, 9, 18), calendar=None)
    assert (found.due, found.missed) == (100, ())


def test_every_reason_has_somebodys_shortfall_or_nobodys():
    assert set(SHORTFALLS) == set(Reason)


@given(
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.integers(0, 800),
    st.integers(1, 10),
    st.integers(1, 60),
)
def test_what_is_due_never_falls(starts, days, times, minutes):
    promise = Promise(times, minutes, starts)
    dues = [
        delivery(promise, [], today=date.fromordinal(starts.toordinal() + day), calendar=None).due
        for day in (days, days + 1)
    ]
    assert 0 <= dues[0] <= dues[1] <= dues[0] + times * minutes


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 400))
def test_weekdays_are_counted_as_one_would_on_a_wall_calendar(first, days):
    last = date.fromordinal(first.toordinal() + days)
    by_hand = sum(
        date.fromordinal(day).weekday() < 5
        for day in range(first.toordinal(), last.toordinal() + 1)
    )
    assert weekdays_in(first, last) == by_hand
