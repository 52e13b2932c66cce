"""Hours against days: what is expected, whatever the clocks, the holidays and the turns do."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from opensenco.kernel.dates import Span
from opensenco.law.calendar.holidays import england
from opensenco.law.calendar.school import CalendarRow, DayKind, SchoolCalendar
from opensenco.provision.minutes import BEYOND, WEEKDAYS, school_days
from opensenco.provision.states import Turn
from opensenco.provision.timetable import Hour, Turning, dates, monday, open_days, overlap

YEAR = Span(date(2026, 9, 1), date(2027, 7, 23))
ROWS = (
    CalendarRow(date(2026, 9, 1), date(2026, 12, 18), DayKind.TERM),
    CalendarRow(date(2026, 10, 26), date(2026, 10, 30), DayKind.HALF_TERM),
    CalendarRow(date(2026, 12, 19), date(2027, 1, 3), DayKind.HOLIDAY),
    CalendarRow(date(2027, 1, 4), date(2027, 3, 25), DayKind.TERM),
    CalendarRow(date(2027, 2, 15), date(2027, 2, 19), DayKind.HALF_TERM),
    CalendarRow(date(2027, 3, 26), date(2027, 4, 11), DayKind.HOLIDAY),
    CalendarRow(date(2027, 4, 12), date(2027, 7, 23), DayKind.TERM),
    CalendarRow(date(2027, 1, 4), date(2027, 1, 4), DayKind.INSET),
    CalendarRow(date(2027, 3, 8), date(2027, 3, 8), DayKind.CLOSED),
)
OWN = SchoolCalendar("Larkrise", ROWS, england())
NONE = SchoolCalendar("Larkrise", (), england())
OPEN = open_days(YEAR, OWN, [Turning(date(2026, 8, 31))])
DAYS = some.dates(YEAR.first, date(2027, 7, 23))
MINUTES = some.integers(6 * 60, 22 * 60)
TURNS = some.sampled_from(list(Turn.values))


@some.composite
def hours(draw) -> Hour:
    first, last = sorted(draw(some.lists(MINUTES, min_size=2, max_size=2, unique=True)))
    weekday = draw(some.integers(0, 6))
    return Hour(weekday, time(*divmod(first, 60)), time(*divmod(last, 60)), draw(TURNS))


@some.composite
def spans(draw) -> Span:
    return Span(*sorted((draw(DAYS), draw(DAYS))))


def at(weekday: int, begins: str, ends: str, week: str = Turn.EVERY) -> Hour:
    return Hour(weekday, time.fromisoformat(begins), time.fromisoformat(ends), week)


@given(hours(), spans())
def test_a_session_is_expected_on_each_open_day_of_its_weekday_and_on_no_other(hour, span):
    found = list(OPEN.on(hour, span))
    assert found == [
        day
        for day in span.days()
        if OWN.is_school_day(day)
        and day.weekday() == hour.weekday
        and hour.week in (Turn.EVERY, OPEN.turn_of(day))
    ]
    assert len(found) == OPEN.count(hour, span)


@given(hours(), spans(), DAYS)
def test_a_timetable_changed_on_any_day_expects_nothing_twice_and_loses_nothing(hour, span, day):
    assert span.last is not None
    before = overlap(span, Span(YEAR.first, day))
    after = overlap(span, Span(day + timedelta(days=1), None))
    assert OPEN.count(hour, before) + OPEN.count(hour, after) == OPEN.count(hour, span)


@given(hours(), spans())
def test_week_a_and_week_b_are_every_week_of_the_year_in_turn(hour, span):
    of = {
        turn: set(OPEN.on(Hour(hour.weekday, hour.starts_at, hour.ends_at, turn), span))
        for turn in Turn.values
    }
    assert of[Turn.A].isdisjoint(of[Turn.B])
    assert of[Turn.A] | of[Turn.B] == of[Turn.EVERY]


@given(hours(), hours())
def test_hours_meet_alike_from_both_sides_and_never_where_one_follows_the_other(one, other):
    assert one.meets(other) == other.meets(one)
    assert one.meets(one)
    if one.ends_at <= other.starts_at:
        assert not one.meets(other)


@given(spans())
def test_school_days_are_counted_as_what_has_no_timetable_counts_them(span):
    assert OPEN.all_in(span) == school_days(span, OWN).days
    plain = open_days(span, NONE)
    counted = school_days(span, NONE)
    assert (plain.all_in(span), plain.remarks) == (counted.days, counted.remarks)


def test_no_change_of_the_clocks_moves_an_hour():
    # clocks go back on 25 October 2026 and forward on 28 March 2027
    nine = at(0, "09:30", "10:00")
    for span in (Span(date(2026, 10, 19), date(2026, 11, 2)), Span(date(2027, 3, 22), None)):
        found = list(dates([nine], Span(span.first, date(2027, 4, 12)), OPEN))
        assert {(hour.starts_at, hour.minutes) for _day, hour in found} == {(time(9, 30), 30)}
    assert [day for day, _hour in dates([nine], Span(date(2026, 10, 19), date(2026, 11, 2)), OPEN)
            ] == [date(2026, 10, 19), date(2026, 11, 2)]  # fmt: skip


def test_training_days_closed_days_and_holidays_expect_nothing():
    monday_hour = at(0, "13:00", "13:20")
    found = OPEN.on(monday_hour, Span(date(2026, 12, 14), date(2027, 3, 15)))
    assert date(2027, 1, 4) not in found  # training
    assert date(2027, 3, 8) not in found  # closed by snow
    assert [day for day in found if day.month == 2] == [
        date(2027, 2, 1), date(2027, 2, 8), date(2027, 2, 22)
    ]  # fmt: skip


def test_a_week_of_holiday_is_passed_over_and_a_school_can_begin_again_with_a():
    turns = [OPEN.turn_of(day) for day in (date(2026, 10, 19), date(2026, 11, 2))]
    assert sorted(turns) == [Turn.A, Turn.B]
    again = open_days(YEAR, OWN, [Turning(date(2026, 8, 31)), Turning(date(2027, 1, 4))])
    assert again.turn_of(date(2027, 1, 6)) == Turn.A
    assert again.turn_of(date(2027, 1, 11)) == Turn.B
    never = open_days(YEAR, OWN, [Turning(date(2026, 8, 31)), Turning(date(2027, 1, 4), False)])
    assert never.turn_of(date(2027, 1, 11)) == ""
    assert never.count(at(0, "9:00".rjust(5, "0"), "09:20", Turn.A), Span(date(2027, 1, 4))) == 0


def test_the_turn_of_a_week_is_the_same_whichever_stretch_is_looked_at():
    said = [Turning(date(2026, 8, 31))]
    for first in (date(2026, 11, 9), date(2027, 1, 6), date(2027, 5, 12)):
        part = open_days(Span(first, date(2027, 7, 2)), OWN, said)
        for day in part.days:
            assert part.turn_of(day) == OPEN.turn_of(day)


def test_beyond_the_known_bank_holidays_it_says_so():
    found = open_days(Span(date(2027, 1, 1), date(2199, 1, 1)), OWN)
    assert [str(one) for one in found.remarks] == [str(WEEKDAYS), str(BEYOND)]
    assert monday(date(2027, 3, 10)) == date(2027, 3, 8)


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        (at(0, "09:00", "09:30"), at(0, "09:29", "10:00"), True),
        (at(0, "09:00", "09:30"), at(0, "09:30", "10:00"), False),
        (at(0, "09:00", "09:30"), at(1, "09:00", "09:30"), False),
        (at(0, "09:00", "09:30", "a"), at(0, "09:00", "09:30", "b"), False),
        (at(0, "09:00", "09:30", "a"), at(0, "09:00", "09:30"), True),
    ],
)
def test_two_hours_meet(one, other, meet):
    assert one.meets(other) is meet


def test_they_meet_only_where_both_hold_on_such_a_day():
    one = at(4, "09:00", "09:30")
    assert one.meets_within(one, Span(date(2027, 3, 8), date(2027, 3, 12)))
    assert not one.meets_within(one, Span(date(2027, 3, 8), date(2027, 3, 11)))
    assert not one.meets_within(one, None)
