"""A cycle goes from assess to plan, do and review, by a closed table (APD-01 to APD-05)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from opensenco.access.actions import Action
from opensenco.audit.acting import as_actor
from opensenco.audit.history import as_of
from opensenco.cases import queries as cases
from opensenco.cases.models import DueDate, Task
from opensenco.gate.operation import Refused
from opensenco.kernel.errors import Invalid, NotFound, NotPossible, Stale
from opensenco.support.models import Cycle, Outcome
from opensenco.support.operations import cycles, mistakes, plans, reviews
from opensenco.support.operations.plans import OutcomeWords, PlanWords
from opensenco.support.states import MOVES, TURNS, WRITABLE, Stage
from tests.cast import TODAY, YESTERDAY
from tests.domain.support.steps import IN_A_TERM, agreed, outcome, pupil, results, there
from tests.people import acting_as

pytestmark = pytest.mark.django_db


@pytest.mark.rule("APD-01")
def test_every_stage_is_in_both_tables():
    assert set(MOVES) == set(TURNS) == set(Stage)
    assert set().union(*MOVES.values()) <= set(Stage)
    assert {stage for stage in Stage if not MOVES[stage]} == {Stage.CLOSED}
    assert {stage for stage in Stage if TURNS[stage] is None} == {Stage.CLOSED}
    assert set(Stage) > WRITABLE


@pytest.mark.parametrize("start", list(Stage))
@pytest.mark.parametrize("to", list(Stage))
def test_a_cycle_moves_only_as_the_table_says(start, to):
    cycle = Cycle(stage=start)
    if to in MOVES[start]:
        assert cycles.move(cycle, to) == to
    else:
        with pytest.raises(NotPossible):
            cycles.move(cycle, to)


@pytest.mark.rule("APD-01", "APD-02")
@pytest.mark.requirement("S4-18")
def test_a_cycle_begins_without_a_status_code_or_diagnosis():
    with acting_as("senco") as actor:
        cycle = cycles.open_cycle(actor=actor, pupil=pupil(), found="Reads 12 of 100 words.")
        assert (cycle.number, cycle.stage, cycle.started_on) == (1, Stage.ASSESS, TODAY)
        (turn,) = cases.about_pupil(actor, pupil())
        assert turn.yours


def test_there_is_one_open_cycle():
    with acting_as("senco") as actor:
        cycles.open_cycle(actor=actor, pupil=pupil())
        with pytest.raises(NotPossible, match="open already"):
            cycles.open_cycle(actor=actor, pupil=pupil())


def test_the_database_holds_one_open_cycle():
    with acting_as("senco") as actor:
        cycles.open_cycle(actor=actor, pupil=pupil())
        with pytest.raises(IntegrityError), transaction.atomic(), as_actor(actor):
            cycles.new_cycle(actor, pupil(), TODAY).save()


def test_with_its_first_outcome_a_plan_begins():
    with acting_as("senco") as actor:
        cycle = cycles.open_cycle(actor=actor, pupil=pupil())
        row = plans.add_outcome(actor=actor, cycle=cycle, outcome=outcome())
        cycle.refresh_from_db()
        assert (cycle.stage, cycle.planned_on, row.root) == (Stage.PLAN, TODAY, row.ref)


@pytest.mark.rule("APD-03")
@pytest.mark.requirement("S4-19")
def test_only_a_missing_review_date_stops_a_plan():
    with acting_as("senco") as actor:
        cycle = cycles.open_cycle(actor=actor, pupil=pupil())
        with pytest.raises(Invalid) as refused:
            plans.agree_plan(actor=actor, cycle=cycle, review_on=None)
        assert refused.value.field == "review_on"
        cycle.refresh_from_db()
        plans.agree_plan(actor=actor, cycle=cycle, review_on=IN_A_TERM)
        assert cycle.stage == Stage.DO


def test_a_review_date_is_a_day_to_come():
    with acting_as("senco") as actor:
        cycle = cycles.open_cycle(actor=actor, pupil=pupil())
        with pytest.raises(Invalid, match="has passed"):
            plans.agree_plan(actor=actor, cycle=cycle, review_on=YESTERDAY)


@pytest.mark.rule("APD-05")
def test_an_agreed_plan_is_reviewed_by_the_agreed_day():
    with acting_as("senco") as actor:
        cycle = agreed(actor)
        due = DueDate.objects.get(source_ref=cycle.ref)
        assert (due.rule, due.on, due.strength) == ("APD-05", IN_A_TERM, "should")
    for who in ("senco", "teacher"):
        with acting_as(who, write=False) as actor:
            assert cases.about_pupil(actor, pupil()) == []
            in_time = replace(actor, at=actor.at + timedelta(days=66))
            (turn,) = cases.about_pupil(in_time, pupil())
            assert (turn.yours, turn.days, turn.due) == (True, 0, IN_A_TERM)


def test_an_agreed_plan_is_locked_until_it_is_opened_again():
    with acting_as("senco") as actor:
        cycle = agreed(actor)
        (row,) = plans.standing_outcomes(cycle)
        with pytest.raises(NotPossible, match="locked"):
            plans.change_outcome(actor=actor, outcome=row, words=outcome("Another."))
        cycles.reopen_plan(actor=actor, cycle=cycle, version=cycle.version)
        row = Outcome.objects.get(pk=row.pk)
        plans.change_outcome(actor=actor, outcome=row, words=outcome("Another."))
        again = plans.agree_plan(
            actor=actor, cycle=Cycle.objects.get(pk=cycle.pk), review_on=IN_A_TERM
        )
        assert again.stage == Stage.DO
        assert again.agreed_version == again.version
        assert Task.objects.filter(source_ref=cycle.ref, settled_at__isnull=True).count() == 1


def test_the_family_reads_what_was_agreed_and_nothing_before():
    with acting_as("senco") as actor:
        cycle = cycles.open_cycle(actor=actor, pupil=pupil("Poppy"))
        draft = plans.add_outcome(actor=actor, cycle=cycle, outcome=outcome())
        assert (cycle.shared, draft.shared) == (False, False)
    with acting_as("parent", write=False):
        assert Cycle.objects.count() == 1
        assert set(Outcome.objects.values_list("pupil__first_name", flat=True)) == {"Idris"}


def test_the_page_of_a_plan_is_saved_as_one():
    with acting_as("senco") as actor:
        cycle = cycles.open_cycle(actor=actor, pupil=pupil())
        words = PlanWords(
            found="Reads 12 words.",
            parents_said="Loves stories.",
            outcomes=(outcome(), outcome("B")),
        )
        plans.write_plan(actor=actor, cycle=cycle, words=words, version=1)
        first, second = plans.standing_outcomes(cycle)
        later = PlanWords(
            found="Reads 14 words.",
            outcomes=(
                OutcomeWords(ref=second.ref, text="B, better"),
                OutcomeWords(ref=first.ref, text=first.text, drop=True),
                OutcomeWords(text=""),
            ),
        )
        plans.write_plan(actor=actor, cycle=cycle, words=later, version=cycle.version)
        assert [row.text for row in plans.standing_outcomes(cycle)] == ["B, better"]
        assert (cycle.found, cycle.parents_said) == ("Reads 14 words.", "Loves stories.")


def test_two_people_writing_a_plan_are_told():
    with acting_as("senco") as actor:
        cycle = cycles.open_cycle(actor=actor, pupil=pupil())
        seen = cycle.version
        plans.add_outcome(actor=actor, cycle=cycle, outcome=outcome())
        with pytest.raises(Stale):
            plans.write_plan(actor=actor, cycle=cycle, words=PlanWords(found="x"), version=seen)


def test_an_outcome_of_another_plan_is_not_found():
    with acting_as("senco") as actor:
        cycle = cycles.open_cycle(actor=actor, pupil=pupil())
        theirs = there(Outcome.objects.filter(pupil__first_name="Idris").first())
        words = PlanWords(outcomes=(OutcomeWords(ref=theirs.ref, text="x"),))
        with pytest.raises(NotFound):
            plans.write_plan(actor=actor, cycle=cycle, words=words)


def test_an_outcome_without_words_is_refused_at_its_field():
    with acting_as("senco") as actor:
        cycle = cycles.open_cycle(actor=actor, pupil=pupil())
        row = plans.add_outcome(actor=actor, cycle=cycle, outcome=outcome())
        words = PlanWords(outcomes=(outcome("Two"), OutcomeWords(ref=row.ref, text=" ")))
        with pytest.raises(Invalid) as refused:
            plans.write_plan(actor=actor, cycle=cycle, words=words)
        assert refused.value.field == "outcome_2_text"


@pytest.mark.parametrize("who", ["teacher", "ta", "admin", "governor"])
def test_only_who_co_ordinates_writes_plans(who):
    with acting_as(who) as actor, pytest.raises(Refused) as refused:
        cycles.open_cycle(actor=actor, pupil=pupil())
    assert refused.value.action is Action.PLAN_WRITE


def test_a_cycle_that_ends_early_says_why_and_nothing_waits():
    with acting_as("senco") as actor:
        cycle = agreed(actor)
        with pytest.raises(Invalid):
            cycles.close_cycle(actor=actor, cycle=cycle, reason="")
        cycles.close_cycle(actor=actor, cycle=cycle, reason="She has moved to another school.")
        assert (cycle.stage, cycle.closed_on) == (Stage.CLOSED, TODAY)
        assert cases.about_pupil(actor, pupil()) == []
        assert not DueDate.objects.filter(source_ref=cycle.ref).exists()


def test_a_cycle_made_in_error_makes_room_for_another():
    with acting_as("senco") as actor:
        wrong = agreed(actor)
        mistakes.mark_in_error(actor=actor, row=wrong, reason="Meant for her brother")
        assert not DueDate.objects.filter(source_ref=wrong.ref).exists()
        assert cycles.open_cycle(actor=actor, pupil=pupil()).number == 2
        with pytest.raises(NotPossible, match="in error"):
            cycles.reopen_plan(actor=actor, cycle=wrong)


def test_an_outcome_that_was_reviewed_stays():
    with acting_as("senco") as actor:
        cycle = agreed(actor)
        reviews.review_cycle(actor=actor, cycle=cycle, results=results(cycle, (2, "carry")))
        (row,) = plans.standing_outcomes(cycle)
        with pytest.raises(NotPossible, match="has been reviewed"):
            mistakes.mark_in_error(actor=actor, row=row, reason="Was not right")


def test_a_plan_is_shown_as_it_stood():
    with acting_as("senco") as actor:
        cycle = agreed(actor)
        assert as_of(Cycle, YESTERDAY).filter(pk=cycle.pk).first() is None
        assert as_of(Cycle, TODAY).get(pk=cycle.pk).stage == Stage.DO


def test_a_plan_has_at_most_twelve_outcomes():
    with acting_as("senco") as actor:
        cycle = cycles.open_cycle(actor=actor, pupil=pupil())
        words = PlanWords(outcomes=tuple(outcome(f"Outcome {n}") for n in range(13)))
        with pytest.raises(Invalid, match="twelve"):
            plans.write_plan(actor=actor, cycle=cycle, words=words)


def test_a_cycle_does_not_begin_on_a_day_to_come():
    with acting_as("senco") as actor, pytest.raises(Invalid):
        cycles.open_cycle(actor=actor, pupil=pupil(), started_on=TODAY + timedelta(days=1))
