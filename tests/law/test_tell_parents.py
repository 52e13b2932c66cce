"""Telling the parents (docs/law/tell-parents.md)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opensenco.law.calendar.cover import CalendarNotCovered
from opensenco.law.due import state
from opensenco.law.numbers.practice import TELL_PARENTS_ALERT
from opensenco.law.parameters import Origin, Overlay, Parameters
from opensenco.law.rule import NotInForce
from opensenco.law.strength import Strength
from opensenco.law.timetables.tell_parents import TellParentsFacts, alert, timetable
from tests.law.pages import Example, day, example_school, examples, name

SCHOOL = example_school()


@pytest.mark.rule("IDN-15")
@pytest.mark.parametrize("example", examples("tell-parents"), ids=name)
def test_the_page_s_examples(example: Example) -> None:
    facts = TellParentsFacts(
        starts=date.fromisoformat(example["starts"]),
        told=day(example["told"]),
        ehc_plan=example["EHC plan"] == "yes",
    )
    tell = timetable(facts=facts)
    late = alert(facts=facts, calendar=SCHOOL)
    assert [step.on for step in tell] == ([day(example["tell-parents"])] if tell else [])
    assert [step.on for step in late] == ([day(example["alert"])] if late else [])
    assert bool(tell) == bool(late) == bool(example["state"])
    today = date.fromisoformat(example["today"])
    assert [state(step, today).kind for step in tell] == [example["state"]] * len(tell)


@pytest.mark.rule("IDN-15")
def test_telling_is_a_duty_and_the_alert_a_practice() -> None:
    facts = TellParentsFacts(starts=date(2026, 9, 14))
    (tell,) = timetable(facts=facts)
    (late,) = alert(facts=facts, calendar=SCHOOL)
    assert (tell.strength, late.strength) == (Strength.MUST, Strength.PRACTICE)
    assert str(tell.provision) == "Children and Families Act 2014, section 68"
    assert str(state(tell, date(2026, 9, 15)).words) == "Overdue in law by 1 day"
    assert str(state(late, date(2026, 9, 22)).words) == "Late by 1 day"
    assert any("states no day" in str(reason) for reason in tell.reasons)


@pytest.mark.rule("IDN-15")
def test_a_school_may_set_the_days_of_the_alert_but_not_of_the_duty() -> None:
    row = Overlay(TELL_PARENTS_ALERT.key, date(2026, 9, 1), None, 2, "Policy", Origin.SCHOOL)
    facts = TellParentsFacts(starts=date(2026, 9, 14))
    (late,) = alert(facts=facts, calendar=SCHOOL, parameters=Parameters([row]))
    assert late.on == date(2026, 9, 16)
    assert late.used[0].value == 2


@pytest.mark.rule("IDN-15")
@given(st.dates(date(2026, 9, 1), date(2027, 6, 30)), st.dates(date(2026, 9, 1), date(2027, 6, 30)))
def test_a_later_start_is_never_due_earlier(one: date, other: date) -> None:
    early, late = (TellParentsFacts(starts=each) for each in sorted((one, other)))
    (first,), (second,) = timetable(facts=early), timetable(facts=late)
    assert first.on is not None
    assert second.on is not None
    assert first.on <= second.on
    (alert_early,), (alert_late,) = (alert(facts=facts, calendar=SCHOOL) for facts in (early, late))
    assert alert_early.on is not None
    assert alert_late.on is not None
    assert first.on < alert_early.on <= alert_late.on


@pytest.mark.rule("IDN-15")
def test_the_duty_needs_no_calendar_and_the_alert_does() -> None:
    facts = TellParentsFacts(starts=date(2030, 9, 2))
    (tell,) = timetable(facts=facts)
    assert tell.on == date(2030, 9, 2)
    with pytest.raises(CalendarNotCovered):
        alert(facts=facts, calendar=SCHOOL)


@pytest.mark.rule("IDN-15")
def test_before_the_act_there_was_no_such_duty() -> None:
    with pytest.raises(NotInForce):
        TellParentsFacts(starts=date(2014, 8, 31))
