"""The state of a step on a day: the whole ladder, in every combination."""

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opensenco.kernel.dates import Span
from opensenco.kernel.words import counted, sentence
from opensenco.law.due import Due, Excuse, StateKind, due_by, soon_from, state
from opensenco.law.parameters import Origin, Used
from opensenco.law.rule import Rule
from opensenco.law.rulebook.counting import CAL_09
from opensenco.law.rulebook.graduated import APD_05
from opensenco.law.rulebook.identification import IDN_15
from opensenco.law.stored import from_data, report, to_data
from opensenco.law.strength import Provision, Strength

ON = date(2027, 3, 10)
EXCUSE = Excuse(
    Provision("An instrument", "paragraph 1", "https://example.org/1"),
    sentence("The school was closed from {first}.", first=date(2027, 3, 1)),
)
DAYS = st.dates(date(2026, 1, 1), date(2028, 12, 31))


def due(
    on: date | None = ON,
    strength: Strength = Strength.SHOULD,
    done_on: date | None = None,
    excused: bool = False,
    comes: bool = False,
    right: bool = False,
) -> Due:
    return due_by(
        APD_05,
        step="review",
        title="Review the support",
        on=on,
        reasons=(),
        strength=strength,
        done_on=done_on,
        excused_by=(EXCUSE,) if excused else (),
        comes=comes,
        right=sentence("The time has passed; a reason may still help") if right else None,
    )


@pytest.mark.parametrize(
    ("today", "kind", "words"),
    [
        (date(2027, 2, 23), StateKind.NOT_YET, "Due on 10 March 2027"),
        (date(2027, 2, 24), StateKind.DUE_SOON, "Due in 14 days"),
        (date(2027, 3, 9), StateKind.DUE_SOON, "Due in 1 day"),
        (date(2027, 3, 10), StateKind.DUE_TODAY, "Due today"),
        (date(2027, 3, 11), StateKind.LATE, "Guidance overdue by 1 day"),
        (date(2027, 4, 10), StateKind.LATE, "Guidance overdue by 31 days"),
    ],
)
def test_the_state_follows_the_day(today: date, kind: StateKind, words: str) -> None:
    got = state(due(), today)
    assert (got.kind, str(got.words)) == (kind, words)
    assert got.late is (kind is StateKind.LATE)


@pytest.mark.parametrize(
    ("strength", "words"),
    [
        (Strength.MUST, "Overdue in law by 2 days"),
        (Strength.SHOULD, "Guidance overdue by 2 days"),
        (Strength.GRANT, "Grant condition overdue by 2 days"),
        (Strength.PRACTICE, "Late by 2 days"),
        (Strength.PROPOSED, "Only proposed: nothing is late"),
    ],
)
def test_only_a_legal_duty_is_called_overdue_in_law(strength: Strength, words: str) -> None:
    assert str(state(due(strength=strength), date(2027, 3, 12)).words) == words


WHEN = {
    "none": None,
    "past": ON - timedelta(days=3),
    "today": ON,
    "soon": ON + timedelta(days=3),
    "far": ON + timedelta(days=30),
}
BY_DAY = {
    "none": StateKind.NO_DATE,
    "past": StateKind.LATE,
    "today": StateKind.DUE_TODAY,
    "soon": StateKind.DUE_SOON,
    "far": StateKind.NOT_YET,
}


def expected(strength: Strength, when: str, done: bool, excused: bool, comes: bool) -> StateKind:
    if done:
        return StateKind.DONE
    if comes and when == "past":
        return StateKind.OVER
    if excused:
        return StateKind.EXCUSED
    if strength is Strength.PROPOSED and when == "past":
        return StateKind.NOT_LAW
    return BY_DAY[when]


@pytest.mark.parametrize(
    ("strength", "when", "done", "excused", "comes"),
    list(product(Strength, WHEN, (False, True), (False, True), (False, True))),
)
def test_the_ladder_answers_every_combination(
    strength: Strength, when: str, done: bool, excused: bool, comes: bool
) -> None:
    done_on = ON - timedelta(days=1) if done else None
    step = due(WHEN[when], strength, done_on, excused, comes)
    assert state(step, ON).kind is expected(strength, when, done, excused, comes)


@given(DAYS, DAYS)
def test_what_is_only_proposed_never_makes_anything_late(on: date, today: date) -> None:
    assert not state(due(on, Strength.PROPOSED), today).late


@pytest.mark.rule("CAL-13")
@given(DAYS, DAYS)
def test_an_exception_keeps_the_date_and_lifts_the_lateness(on: date, today: date) -> None:
    plain, excused = due(on), due(on, excused=True)
    assert plain.on == excused.on == on
    assert not state(excused, today).late


@pytest.mark.parametrize(
    ("today", "kind", "words"),
    [
        (date(2027, 2, 23), StateKind.NOT_YET, "Until 10 March 2027"),
        (date(2027, 3, 8), StateKind.DUE_SOON, "2 days left"),
        (date(2027, 3, 9), StateKind.DUE_SOON, "1 day left"),
        (date(2027, 3, 10), StateKind.DUE_TODAY, "Today is the last day"),
        (date(2027, 3, 11), StateKind.OVER, "The time has passed; a reason may still help"),
    ],
)
def test_a_right_has_its_own_words_and_is_never_late(
    today: date, kind: StateKind, words: str
) -> None:
    step = due(strength=Strength.MUST, right=True)
    got = state(step, today)
    assert (got.kind, str(got.words), got.late) == (kind, words, False)
    assert step.comes
    assert report(step, today)["right"] is True
    assert report(due(), today)["right"] is False


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (10, "Done on 10 March 2027"),
        (11, "Done on 11 March 2027, 1 day after the time had passed"),
        (12, "Done on 12 March 2027, 2 days after the time had passed"),
    ],
)
def test_a_right_that_was_used_late_says_so(day: int, words: str) -> None:
    step = due(done_on=date(2027, 3, day), right=True)
    assert str(state(step, date(2027, 4, 1)).words) == words


def test_an_excused_step_says_why() -> None:
    got = state(due(excused=True), date(2027, 4, 1))
    assert got.kind is StateKind.EXCUSED
    assert str(got.words) == "The school was closed from 1 March 2027."


@given(DAYS, DAYS, DAYS)
def test_a_step_is_done_from_the_day_it_was_done_and_not_before(
    on: date, done_on: date, today: date
) -> None:
    got = state(due(on, done_on=done_on), today)
    assert (got.kind is StateKind.DONE) == (today >= done_on)


def test_a_step_done_late_says_how_late() -> None:
    got = state(due(done_on=date(2027, 3, 12)), date(2027, 5, 1))
    assert (got.days, str(got.words)) == (2, "Done on 12 March 2027, 2 days after it was due")
    early = state(due(done_on=date(2027, 3, 2)), date(2027, 5, 1))
    assert (early.days, str(early.words)) == (0, "Done on 2 March 2027")


def test_soon_begins_fourteen_days_before() -> None:
    assert soon_from(due()) == date(2027, 2, 24)
    assert soon_from(due(on=None)) is None


def last_reason(rule: Rule) -> str:
    step = due_by(rule, step="x", title="X", on=ON, reasons=(sentence("Because."),))
    return str(step.reasons[-1])


def test_a_result_says_what_is_unverified() -> None:
    assert last_reason(APD_05) == "Because."
    assert last_reason(IDN_15).startswith("Unverified: the list of kinds of school")
    assert last_reason(CAL_09).startswith("Unverified: nobody has checked")
    assert due().verified
    assert not due_by(CAL_09, step="x", title="X", on=ON, reasons=()).verified


FULL = Due(
    step="review",
    title="Review the support",
    rule="APD-05",
    on=ON,
    provision=Provision("An instrument", "paragraph 2"),
    strength=Strength.PRACTICE,
    verified=False,
    reasons=(
        sentence("Agreed on {day} by {who}.", day=ON, who="both {sides}"),
        counted("One day", "{count} days", count=3),
    ),
    window=Span(ON, ON + timedelta(days=7)),
    moved_by=(sentence("Another date."),),
    excused_by=(EXCUSE,),
    done_on=ON + timedelta(days=1),
    soon_days=7,
    used=(Used("a.key", 5, ON, None, Origin.SCHOOL, "Policy"),),
    comes=True,
    right=sentence("The time has passed since {day}.", day=ON),
)


def test_what_was_stored_before_there_were_rights_is_read() -> None:
    data = to_data(due())
    del data["right"]
    assert from_data(data) == due()


@pytest.mark.parametrize("step", [FULL, due(on=None), due()])
def test_a_due_date_survives_being_stored(step: Due) -> None:
    assert from_data(to_data(step)) == step


def test_a_report_is_plain_for_programs() -> None:
    told = report(due(), date(2027, 3, 12))
    assert told["step"] == "review"
    assert told["due"] == "2027-03-10"
    assert told["state"] == "late"
    assert told["state_words"] == "Guidance overdue by 2 days"
    assert told["strength"] == "should"
    assert told["verified"] is True
    assert "6.53" in told["provision"]
    assert report(FULL, ON)["reason"] == "Agreed on 10 March 2027 by both {sides}. 3 days"
    assert report(due(on=None), ON)["due"] is None
