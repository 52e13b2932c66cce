"""When the rule reminds somebody, and when it hands the matter back. No database."""

from datetime import date

import pytest

from opensenco.law.calendar.holidays import england
from opensenco.law.calendar.school import CalendarRow, DayKind, SchoolCalendar
from opensenco.participation.silence import Rule, next_step, school_days
from opensenco.participation.states import (
    HANDS,
    TRANSITIONS,
    AskedState,
    ChaseKind,
    Verb,
    allows,
)

SPRING = CalendarRow(date(2027, 1, 4), date(2027, 3, 24), DayKind.TERM)
HALF_TERM = CalendarRow(date(2027, 2, 15), date(2027, 2, 19), DayKind.HALF_TERM)
CALENDAR = SchoolCalendar("term dates", (SPRING, HALF_TERM), england())
ASKED, DUE = date(2027, 3, 1), date(2027, 3, 8)


def test_silence_is_counted_in_school_days_and_in_weekdays_where_no_calendar_reaches():
    assert school_days(CALENDAR, date(2027, 2, 12), date(2027, 2, 22)) == 1
    assert school_days(CALENDAR, date(2027, 3, 5), date(2027, 3, 8)) == 1
    assert school_days(CALENDAR, ASKED, ASKED) == 0
    assert school_days(CALENDAR, date(2030, 6, 3), date(2030, 6, 10)) == 5


@pytest.mark.parametrize(
    ("today", "chased", "step"),
    [
        (date(2027, 3, 2), [], None),
        (date(2027, 3, 4), [], None),
        (date(2027, 3, 5), [], ChaseKind.BY_RULE),
        # a Saturday
        (date(2027, 3, 6), [], None),
        (date(2027, 3, 8), [(date(2027, 3, 5), ChaseKind.BY_RULE)], None),
        (date(2027, 3, 9), [(date(2027, 3, 5), ChaseKind.BY_RULE)], ChaseKind.BY_RULE),
        # somebody reminded them by hand yesterday
        (date(2027, 3, 9), [(date(2027, 3, 8), ChaseKind.BY_HAND)], None),
        (
            date(2027, 3, 10),
            [(date(2027, 3, 5), ChaseKind.BY_RULE), (date(2027, 3, 9), ChaseKind.BY_RULE)],
            None,
        ),
        (date(2027, 3, 11), [], ChaseKind.ESCALATED),
        (date(2027, 3, 12), [(date(2027, 3, 11), ChaseKind.ESCALATED)], None),
        # the worker was off for a week: the answer is that of the day
        (date(2027, 3, 22), [], ChaseKind.ESCALATED),
    ],
)
def test_the_rule_says_what_is_done_on_a_day(today, chased, step):
    found = next_step(
        Rule(), asked_on=ASKED, due=DUE, chased=chased, today=today, calendar=CALENDAR
    )
    assert found == step


def test_a_rule_of_no_reminders_still_hands_back():
    found = [
        next_step(Rule(most=0), asked_on=ASKED, due=DUE, chased=[], today=today, calendar=CALENDAR)
        for today in (date(2027, 3, 9), date(2027, 3, 11))
    ]
    assert found == [None, ChaseKind.ESCALATED]


def test_every_state_says_whose_turn_it_is_and_what_may_follow():
    assert set(TRANSITIONS) == set(HANDS) == set(AskedState)
    assert {to for moves in TRANSITIONS.values() for to in moves.values()} == set(AskedState) - {
        AskedState.WAITING
    }
    assert allows(AskedState.ANSWERED, Verb.ANSWER)
    assert not allows(AskedState.ANSWERED, Verb.DECLINE)
    assert not any(allows(AskedState.EXCUSED, verb) for verb in Verb)
