"""Answering a concern (docs/law/concern-reply.md)."""

import pickle
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opensenco.law.calendar.cover import CalendarNotCovered
from opensenco.law.due import StateKind, state
from opensenco.law.numbers.practice import CONCERN_REPLY
from opensenco.law.parameters import SHIPPED, Origin, Overlay, Parameters
from opensenco.law.rule import BadFact, NotInForce
from opensenco.law.strength import Strength
from opensenco.law.timetables.concern import ConcernFacts, timetable
from tests.law.pages import Example, day, example_school, examples, name

SCHOOL = example_school()
RAISED = st.dates(date(2026, 8, 31), date(2027, 6, 1))


def numbers(example: Example) -> Parameters:
    if not example["set"]:
        return SHIPPED
    first = date.fromisoformat(example["set from"])
    row = Overlay(CONCERN_REPLY.key, first, None, int(example["set"]), "Our policy.", Origin.SCHOOL)
    return Parameters([row])


@pytest.mark.rule("IDN-12")
@pytest.mark.parametrize("example", examples("concern-reply"), ids=name)
def test_the_page_s_examples(example: Example) -> None:
    facts = ConcernFacts(raised=date.fromisoformat(example["raised"]))
    (reply,) = timetable(facts=facts, calendar=SCHOOL, parameters=numbers(example))
    assert reply.on == day(example["due"])
    assert (reply.step, reply.rule) == ("reply", "IDN-12")


@pytest.mark.rule("IDN-12")
def test_the_number_of_days_is_called_practice_and_says_who_set_it() -> None:
    facts = ConcernFacts(raised=date(2026, 9, 14))
    (usual,) = timetable(facts=facts, calendar=SCHOOL)
    assert usual.strength is Strength.PRACTICE
    assert usual.used[0].origin is Origin.SHIPPED
    assert [str(reason) for reason in usual.reasons] == [
        "The concern was raised on 14 September 2026.",
        "It is answered within 10 school days, not counting that day.",
        "Weekends, holidays and staff training days do not count.",
        "The law names no number of days. This is the usual practice; a school may set it.",
    ]
    row = Overlay(CONCERN_REPLY.key, date(2026, 9, 1), None, 1, "Our policy.", Origin.AUTHORITY)
    (own,) = timetable(facts=facts, calendar=SCHOOL, parameters=Parameters([row]))
    told = [str(reason) for reason in own.reasons]
    assert "It is answered within 1 school day, not counting that day." in told
    assert told[-1] == "The local authority set this number of days: Our policy."


@pytest.mark.rule("IDN-12")
def test_an_answer_settles_it() -> None:
    facts = ConcernFacts(raised=date(2026, 9, 14), replied=date(2026, 9, 16))
    (reply,) = timetable(facts=facts, calendar=SCHOOL)
    assert state(reply, date(2026, 9, 15)).kind is StateKind.DUE_SOON
    assert state(reply, date(2026, 10, 15)).kind is StateKind.DONE


@pytest.mark.rule("IDN-12")
@given(RAISED, RAISED)
def test_a_later_concern_is_never_due_earlier(one: date, other: date) -> None:
    early, late = sorted((one, other))
    (first,) = timetable(facts=ConcernFacts(raised=early), calendar=SCHOOL)
    (second,) = timetable(facts=ConcernFacts(raised=late), calendar=SCHOOL)
    assert first.on is not None
    assert second.on is not None
    assert first.on <= second.on


@pytest.mark.rule("IDN-12")
@given(RAISED, st.integers(1, 20))
def test_it_is_due_on_a_school_day_after_it_was_raised(raised: date, days: int) -> None:
    row = Overlay(CONCERN_REPLY.key, date(2020, 1, 1), None, days, "Policy", Origin.SCHOOL)
    (reply,) = timetable(
        facts=ConcernFacts(raised=raised), calendar=SCHOOL, parameters=Parameters([row])
    )
    assert reply.on is not None
    assert SCHOOL.is_school_day(reply.on)
    assert reply.on >= raised + timedelta(days=days)


@pytest.mark.rule("IDN-12")
def test_without_a_calendar_that_reaches_there_is_no_date() -> None:
    with pytest.raises(CalendarNotCovered, match="1 September 2027"):
        timetable(facts=ConcernFacts(raised=date(2027, 7, 15)), calendar=SCHOOL)


@pytest.mark.rule("IDN-12")
def test_facts_that_cannot_be_are_refused_by_name() -> None:
    with pytest.raises(BadFact) as refused:
        ConcernFacts(raised=date(2026, 9, 14), replied=date(2026, 9, 13))
    assert (refused.value.rule, refused.value.field) == ("IDN-12", "replied")
    assert str(refused.value).startswith("IDN-12, replied: 13 September 2026 is before")
    with pytest.raises(NotInForce, match="before this rule came into force"):
        ConcernFacts(raised=date(2014, 8, 31))


def test_errors_of_the_law_survive_copying() -> None:
    with pytest.raises(BadFact) as bad:
        ConcernFacts(raised=date(2026, 9, 14), replied=date(2026, 9, 13))
    with pytest.raises(CalendarNotCovered) as missing:
        timetable(facts=ConcernFacts(raised=date(2030, 7, 15)), calendar=SCHOOL)
    for error in (bad.value, missing.value):
        same = pickle.loads(pickle.dumps(error))  # noqa: S301
        assert (str(same), vars(same)) == (str(error), vars(error))


@pytest.mark.rule("CAL-01")
def test_a_moment_is_not_a_day() -> None:
    with pytest.raises(BadFact, match="plain date"):
        ConcernFacts(raised=datetime(2026, 9, 14, 23, 30))  # noqa: DTZ001
