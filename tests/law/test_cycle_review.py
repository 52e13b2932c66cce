"""Reviewing a cycle (docs/law/cycle-review.md)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opensenco.law.due import StateKind, state
from opensenco.law.rule import BadFact
from opensenco.law.strength import Strength
from opensenco.law.timetables.cycle_review import CycleFacts, timetable
from tests.law.pages import Example, day, examples, name

STARTED = date(2026, 9, 14)
DAYS = st.dates(STARTED, date(2028, 7, 31))


@pytest.mark.rule("APD-05")
@pytest.mark.parametrize("example", examples("cycle-review"), ids=name)
def test_the_page_s_examples(example: Example) -> None:
    facts = CycleFacts(
        started=date.fromisoformat(example["started"]),
        agreed=day(example["agreed"]),
        reviewed=day(example["reviewed"]),
    )
    (review,) = timetable(facts=facts)
    got = state(review, date.fromisoformat(example["today"]))
    assert review.on == day(example["due"])
    assert (str(got.kind), got.days) == (example["state"], int(example["days"]))


@pytest.mark.rule("APD-05")
def test_an_overdue_review_is_guidance_overdue() -> None:
    (review,) = timetable(facts=CycleFacts(started=STARTED, agreed=date(2026, 12, 9)))
    assert review.strength is Strength.SHOULD
    assert str(state(review, date(2026, 12, 12)).words) == "Guidance overdue by 3 days"


@pytest.mark.rule("APD-05")
def test_without_an_agreed_day_the_step_says_what_is_missing() -> None:
    (review,) = timetable(facts=CycleFacts(started=STARTED))
    assert state(review, date(2040, 1, 1)).kind is StateKind.NO_DATE
    assert str(review.reasons[0]) == "No date for the review has been agreed."


@pytest.mark.rule("APD-01")
@pytest.mark.parametrize("fact", ["agreed", "reviewed"])
def test_nothing_of_a_cycle_lies_before_its_start(fact: str) -> None:
    with pytest.raises(BadFact) as refused:
        CycleFacts(started=STARTED, **{fact: date(2026, 9, 13)})
    assert refused.value.field == fact
    assert timetable(facts=CycleFacts(started=STARTED, **{fact: STARTED}))


@pytest.mark.rule("APD-05")
@given(DAYS, DAYS)
def test_a_later_agreed_day_is_never_due_earlier(one: date, other: date) -> None:
    early, late = sorted((one, other))
    (first,) = timetable(facts=CycleFacts(started=STARTED, agreed=early))
    (second,) = timetable(facts=CycleFacts(started=STARTED, agreed=late))
    assert first.on == early <= late == second.on
