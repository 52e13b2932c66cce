"""A review: one score and three voices for each outcome, then the next cycle (APD-01, APD-05)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from opensenco.cases import queries as cases
from opensenco.cases.models import DueDate
from opensenco.gate.operation import Refused
from opensenco.kernel.errors import Invalid, NotFound, NotPossible, Stale
from opensenco.support.models import Outcome, Review
from opensenco.support.operations import cycles, plans, reviews
from opensenco.support.operations.reviews import Result
from opensenco.support.states import Stage
from tests.cast import TODAY
from tests.domain.support.steps import agreed, outcome, pupil, results, there
from tests.people import acting_as

pytestmark = pytest.mark.django_db


@pytest.mark.rule("APD-05")
@pytest.mark.requirement("S3-20", "S3-58")
def test_a_teacher_reviews_with_three_voices():
    with acting_as("senco") as actor:
        cycle = agreed(actor)
    with acting_as("teacher") as actor:
        (row,) = plans.standing_outcomes(cycle)
        result = Result(
            outcome=row.ref, score=3, latest="41 words", pupil_said="I can read the sign.",
            parent_said="Reads to her sister.", teacher_said="Met.", after="met",
        )  # fmt: skip
        reviews.review_cycle(actor=actor, cycle=cycle, results=[result])
        kept = Review.objects.get(outcome=row)
        assert (kept.score, kept.after, kept.shared) == (3, "met", True)
        assert (kept.pupil_said, kept.parent_said) == (
            "I can read the sign.",
            "Reads to her sister.",
        )
        assert (cycle.stage, cycle.reviewed_on) == (Stage.REVIEWED, TODAY)
        assert DueDate.objects.get(source_ref=cycle.ref).done_on == TODAY
        assert cases.about_pupil(actor, pupil()) == []


def test_a_review_can_be_prepared_in_parts():
    with acting_as("senco") as actor:
        cycle = agreed(actor)
        (row,) = plans.standing_outcomes(cycle)
        half = Result(outcome=row.ref, teacher_said="Goes well.")
        reviews.write_review(actor=actor, cycle=cycle, results=[half])
        assert (cycle.stage, Review.objects.get(outcome=row).score) == (Stage.DO, None)


@pytest.mark.parametrize(
    ("result", "field"),
    [
        ({}, "result_1_score"),
        ({"score": 2}, "result_1_after"),
        ({"score": 5, "after": "met"}, "result_1_score"),
        ({"score": 2, "after": "forget"}, "result_1_after"),
    ],
)
def test_a_review_says_how_far_and_what_next(result, field):
    with acting_as("senco") as actor:
        cycle = agreed(actor)
        (row,) = plans.standing_outcomes(cycle)
        with pytest.raises(Invalid) as refused:
            reviews.review_cycle(
                actor=actor, cycle=cycle, results=[Result(outcome=row.ref, **result)]
            )
        assert refused.value.field == field


@pytest.mark.parametrize("days", [1, -1])
def test_a_review_is_held_between_the_beginning_and_today(days):
    with acting_as("senco") as actor:
        cycle = agreed(actor)
        with pytest.raises(Invalid) as refused:
            reviews.review_cycle(
                actor=actor, cycle=cycle, results=[], held_on=TODAY + timedelta(days=days)
            )
        assert refused.value.field == "held_on"


def test_a_plan_nobody_agreed_is_not_reviewed():
    with acting_as("senco") as actor:
        cycle = cycles.open_cycle(actor=actor, pupil=pupil())
        for verb in (reviews.write_review, reviews.review_cycle):
            with pytest.raises(NotPossible, match="Agree the plan first"):
                verb(actor=actor, cycle=cycle, results=[])
        with pytest.raises(NotPossible, match="Review this cycle first"):
            reviews.start_next_cycle(actor=actor, cycle=cycle)


def test_a_result_belongs_to_an_outcome_of_the_plan():
    with acting_as("senco") as actor:
        cycle = agreed(actor)
        theirs = there(Outcome.objects.filter(pupil__first_name="Idris").first())
        with pytest.raises(NotFound):
            reviews.write_review(actor=actor, cycle=cycle, results=[Result(outcome=theirs.ref)])


def test_two_people_reviewing_are_told():
    with acting_as("senco") as actor:
        cycle = agreed(actor)
        seen = cycle.version
        reviews.write_review(actor=actor, cycle=cycle, results=[], version=seen)
        with pytest.raises(Stale):
            reviews.write_review(actor=actor, cycle=cycle, results=[], version=seen)


@pytest.mark.rule("APD-01", "APD-05")
@pytest.mark.requirement("S4-18", "S4-19")
def test_the_next_cycle_begins_with_nothing_typed_again():
    with acting_as("senco") as actor:
        gone, to_come = TODAY, TODAY + timedelta(days=30)
        tomorrow = replace(actor, at=actor.at + timedelta(days=1))
        cycle = agreed(
            actor, pupil(), outcome("Reads 40 words.", by=to_come), outcome("Spells 20."),
            outcome("Sits.", by=gone),
        )  # fmt: skip
        reviews.review_cycle(
            actor=actor,
            cycle=cycle,
            results=results(cycle, (2, "carry"), (3, "met"), (0, "change")),
            next_step="Try it with a friend.",
        )
        following = reviews.start_next_cycle(actor=tomorrow, cycle=cycle, version=cycle.version)
        assert (cycle.stage, following.number, following.stage) == (Stage.CLOSED, 2, Stage.PLAN)
        first, second = plans.standing_outcomes(following)
        assert (first.text, first.baseline, first.aim) == ("Reads 40 words.", "now 2", "40 words")
        assert (second.text, second.baseline) == ("Sits.", "now 0")
        # a day that has gone by is asked anew
        assert (first.by, second.by) == (to_come, None)
        assert first.root == first.carried_from.root == first.carried_from.ref
        assert following.found == (
            "Reads 40 words: most (now 2).\nSpells 20: met (now 3).\n"
            "Sits: not yet (now 0).\nTry it with a friend."
        )
        with pytest.raises(NotPossible):
            reviews.start_next_cycle(actor=actor, cycle=cycle)


def test_a_teacher_reviews_and_the_senco_starts_the_next():
    with acting_as("senco") as actor:
        cycle = agreed(actor)
        reviews.review_cycle(actor=actor, cycle=cycle, results=results(cycle, (2, "carry")))
    with acting_as("teacher") as actor, pytest.raises(Refused):
        reviews.start_next_cycle(actor=actor, cycle=cycle)
