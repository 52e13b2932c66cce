"""A funding round and the census flag (docs/law/funding-round.md)."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opensenco.kernel.dates import add_years
from opensenco.kernel.upn import check_letter
from opensenco.law.calendar.cover import CalendarNotCovered
from opensenco.law.calendar.holidays import england
from opensenco.law.due import StateKind, state
from opensenco.law.money.census_flag import FundedPupil, differences, flagged
from opensenco.law.money.rounds import DayUnit, Period, RoundFacts, timetable
from opensenco.law.rule import BadFact, NotInForce
from opensenco.law.strength import Strength
from tests.law.money_pages import rows
from tests.law.pages import Example, day, example_school, spans

CENSUS = date(2027, 1, 21)
WEEK = Period(7, DayUnit.CALENDAR)


def round_facts(example: Example) -> RoundFacts:
    period = Period(int(example["days"] or 1), DayUnit(example["unit"] or "calendar"))
    facts = RoundFacts(
        notice=period,
        panel=day(example["panel"]),
        bids_before=int(example["before"] or 14),
        decided=day(example["decided"]),
        told=day(example["told"]),
    )
    own = example["told"] and example["days"] != "20"
    return replace(facts, second_look=period) if own else facts


@pytest.mark.rule("FUND-65", "FUND-69")
@pytest.mark.parametrize("example", rows("funding-round", "The days of a round"))
def test_the_days_of_a_round(example: Example) -> None:
    (due,) = timetable(facts=round_facts(example), holidays=england(), calendar=example_school())
    assert (due.step, due.on) == (example["step"], day(example["due"]))
    assert due.strength is Strength.PRACTICE
    assert due.rule == ("FUND-69" if example["step"].startswith("second") else "FUND-65")


@pytest.mark.rule("FUND-65", "FUND-69")
def test_a_whole_round_says_why_and_when_it_is_late() -> None:
    facts = RoundFacts(
        notice=Period(10, DayUnit.WORKING),
        panel=date(2026, 10, 5),
        decided=date(2026, 10, 6),
        told=date(2026, 10, 21),
    )
    given_: dict[str, Any] = {"holidays": england(), "calendar": example_school()}
    deadline, notify, second = timetable(facts=facts, **given_)
    assert deadline.on == date(2026, 9, 21)
    assert [str(each) for each in deadline.reasons] == [
        "Bids close 14 days before the panel on 5 October 2026."
    ]
    assert [str(each) for each in notify.reasons] == [
        "Decided on 6 October 2026.",
        "The scheme counts 10 working days after that day.",
    ]
    assert state(notify, date(2026, 10, 22)).words.values[0] == ("done", date(2026, 10, 21))
    assert state(notify, date(2026, 10, 22)).days == 1
    assert [str(each) for each in second.reasons] == [
        "Told on 21 October 2026.",
        "The scheme counts 20 school days after that day.",
    ]
    assert state(second, date(2027, 1, 1)).kind is StateKind.OVER
    assert timetable(facts=RoundFacts(notice=WEEK), **given_) == ()
    (calendar,) = timetable(
        facts=RoundFacts(notice=WEEK, decided=date(2026, 10, 6)), holidays=england()
    )
    assert str(calendar.reasons[1]) == "The scheme counts 7 calendar days after that day."
    assert calendar.done_on is None


@pytest.mark.rule("FUND-65", "FUND-69")
def test_facts_that_cannot_be_are_refused() -> None:
    with pytest.raises(BadFact, match="calendar of the school") as refused:
        timetable(facts=RoundFacts(notice=WEEK, told=date(2026, 10, 6)), holidays=england())
    assert refused.value.field == "calendar"
    with pytest.raises(BadFact, match="1 or more"):
        Period(0, DayUnit.SCHOOL)
    assert Period(1, DayUnit.SCHOOL).days == 1
    with pytest.raises(BadFact):
        RoundFacts(notice=WEEK, bids_before=-1)
    days: dict[str, Any] = {
        "panel": date(2026, 10, 5),
        "decided": date(2026, 10, 5),
        "told": date(2026, 10, 5),
    }
    assert RoundFacts(notice=WEEK, **days).bids_before == 14
    for earlier, later in (("panel", "decided"), ("decided", "told"), ("panel", "told")):
        wrong: dict[str, Any] = {earlier: date(2026, 10, 6), later: date(2026, 10, 5)}
        with pytest.raises(BadFact):
            RoundFacts(notice=WEEK, **wrong)
    for field in days:
        early: dict[str, Any] = {field: date(2014, 8, 31)}
        with pytest.raises(NotInForce):
            RoundFacts(notice=WEEK, **early)
    with pytest.raises(CalendarNotCovered):
        timetable(
            facts=RoundFacts(notice=Period(5, DayUnit.SCHOOL), decided=date(2030, 1, 1)),
            holidays=england(),
            calendar=example_school(),
        )


@pytest.mark.rule("FUND-65")
@given(st.dates(date(2026, 9, 1), date(2027, 6, 1)), st.integers(0, 60), st.sampled_from(DayUnit))
def test_a_later_decision_is_never_due_earlier(first: date, more: int, unit: DayUnit) -> None:
    found = [
        timetable(
            facts=RoundFacts(notice=Period(3, unit), decided=decided),
            holidays=england(),
            calendar=example_school(),
        )[0].on
        for decided in (first, min(first + timedelta(days=more), date(2027, 6, 1)))
    ]
    early, late = found
    assert early is not None
    assert late is not None
    assert first < early <= late


@pytest.mark.rule("FUND-94")
@pytest.mark.parametrize("example", rows("funding-round", "The census flag"))
def test_an_award_counts_on_the_day_of_the_census(example: Example) -> None:
    pupil = FundedPupil("p", example["status"], spans(example["awards"]))
    counts = example["flag"] == "yes"
    assert flagged(pupils=[pupil], on=CENSUS) == (("p",) if counts else ())
    assert differences(pupils=[pupil], on=CENSUS) == {}
    assert differences(pupils=[replace(pupil, flagged=counts)], on=CENSUS) == {}
    (found,) = differences(pupils=[replace(pupil, flagged=not counts)], on=CENSUS).values()
    assert found.kind == ("missing-flag" if counts else "wrong-flag")
    assert found.rule == "FUND-94"
    assert "21 January 2027" in str(found.reasons[0])


@pytest.mark.rule("FUND-94")
def test_pupils_are_listed_by_key() -> None:
    awards = spans("2026-09-01..2027-08-31")
    pupils = [FundedPupil(key, "K", awards, flagged=False) for key in "cab"]
    assert flagged(pupils=pupils, on=CENSUS) == ("a", "b", "c")
    assert list(differences(pupils=pupils, on=CENSUS)) == ["a", "b", "c"]
    pupils[1] = replace(pupils[1], flagged=True)
    assert list(differences(pupils=pupils, on=CENSUS)) == ["b", "c"]


@pytest.mark.vector("FTV-26")
def test_three_years_for_the_award_and_a_warning_in_the_last() -> None:
    due = add_years(date(2025, 9, 1), 3)
    assert (due, add_years(due, -1)) == (date(2028, 9, 1), date(2027, 9, 1))


@pytest.mark.vector("FTV-24")
@pytest.mark.parametrize("upn", ["P891200024001", "N891402625117", "F999999999999"])
def test_the_check_letter_of_a_upn(upn: str) -> None:
    assert check_letter(upn[1:]) == upn[0]
