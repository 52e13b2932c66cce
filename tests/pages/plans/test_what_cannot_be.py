"""What cannot be in a plan is refused with its mend; nothing is lost and nothing half saved."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse

from opensenco.kernel.errors import Invalid, NotPossible, Stale
from opensenco.people.operations import enrolment
from opensenco.support.models import Adjustment, Cycle, Outcome, PlanVersion, Review
from opensenco.support.operations import bank, beside, cycles, plans, reviews
from opensenco.support.operations.plans import PlanWords
from tests.cast import TODAY
from tests.client import signed_in
from tests.domain.support.steps import IN_A_TERM, agreed, outcome, pupil, results
from tests.people import acting_as

pytestmark = pytest.mark.django_db
MANY = 40


def draft(*outcomes) -> Cycle:
    with acting_as("senco") as actor:
        cycle = cycles.open_cycle(actor=actor, pupil=pupil(), found="Reads 12 words.")
        for one in outcomes:
            plans.add_outcome(actor=actor, cycle=cycle, outcome=one)
        return cycle


def now(cycle: Cycle) -> Cycle:
    with acting_as("senco", write=False):
        return Cycle.objects.get(pk=cycle.pk)


def sent(cycle: Cycle, **words: str) -> dict[str, str]:
    return {"version": str(now(cycle).version), "found": "Reads 12 words.", "parents_said": "",
            "at_home": "", "review_on": "", "agreed_with": "", **words}  # fmt: skip


def write(cycle: Cycle, **words: str) -> str:
    client = signed_in("senco")
    return client.post(reverse("plans:write", args=[cycle.ref]), sent(cycle, **words)).text


@pytest.mark.requirement("S4-19")
def test_backward_days_are_refused_at_their_field_and_all_words_are_kept():
    cycle = draft(outcome())
    before = now(cycle)
    page = write(cycle, found="Reads 14 words.", review_on="1/3/2027")
    assert "The review must be after the cycle began." in page
    assert 'href="#id_review_on"' in page
    assert "Reads 14 words." in page
    page = write(cycle, found="Reads 14 words.", outcome_1_by="1/3/2027")
    assert "This is before the cycle began. Choose a later day." in page
    assert 'href="#id_outcome_1_by"' in page
    after = now(cycle)
    assert (after.version, after.found) == (before.version, before.found)


def test_a_cycle_does_not_begin_before_the_last_one_ended():
    with acting_as("senco") as actor:
        first = cycles.open_cycle(actor=actor, pupil=pupil(), started_on=TODAY - timedelta(days=30))
        cycles.close_cycle(actor=actor, cycle=first, reason="Begun in error.")
        with pytest.raises(Invalid, match="ended after that"):
            cycles.open_cycle(actor=actor, pupil=pupil(), started_on=TODAY - timedelta(days=9))
        cycles.open_cycle(actor=actor, pupil=pupil())
        with pytest.raises(NotPossible):
            cycles.open_cycle(actor=actor, pupil=pupil())


@pytest.mark.rule("APD-03")
def test_a_plan_without_a_review_date_is_not_agreed_and_no_version_of_it_is_kept():
    cycle = draft(outcome())
    page = write(cycle, agree="1", found="Reads 14 words.")
    assert "Agree a clear date for the review. Only this can stop you." in page
    assert "Reads 14 words." in page
    with acting_as("senco", write=False):
        assert not PlanVersion.objects.filter(cycle=cycle).exists()
        assert Cycle.objects.get(pk=cycle.pk).found == "Reads 12 words."


def test_a_stale_version_is_shown_beside_the_other_and_neither_is_lost():
    cycle = draft(outcome())
    old = sent(cycle, found="Mine: reads 20 words.", outcome_1_text="Mine.")
    with acting_as("head") as actor:
        row = Cycle.objects.get(pk=cycle.pk)
        plans.write_plan(actor=actor, cycle=row, words=PlanWords(found="Theirs: reads 30 words."))
    page = signed_in("senco").post(reverse("plans:write", args=[cycle.ref]), old).text
    assert "Mine: reads 20 words." in page
    assert "Somebody else saved theirs while you were writing." in page
    assert "Theirs, saved" in page
    assert now(cycle).found == "Theirs: reads 30 words."
    with acting_as("senco", write=False):
        assert Outcome.objects.get(cycle=cycle).text != "Mine."


def test_a_strategy_that_is_in_use_is_retired_and_whoever_has_it_keeps_it():
    with acting_as("senco") as actor:
        row = bank.add_strategy(actor=actor, org=pupil().org, text="Wait ten seconds.")
        one = beside.add_adjustment(
            actor=actor, pupil=pupil(), barrier="Long talk", words=row.text, strategy=row
        )
        bank.retire_strategy(actor=actor, strategy=row)
        one = Adjustment.objects.select_related("strategy").get(pk=one.pk)
        assert one.words == "Wait ten seconds."
        assert one.strategy.retired_on == TODAY
        with pytest.raises(Invalid, match="retired"):
            beside.add_adjustment(actor=actor, pupil=pupil(), barrier="x", words="x", strategy=row)
        with pytest.raises(NotPossible, match="retired already"):
            bank.retire_strategy(actor=actor, strategy=row)
        with pytest.raises(NotPossible):
            bank.use_strategy(actor=actor, pupil=pupil(), strategy=row)


@pytest.mark.rule("APD-05")
def test_of_two_who_review_one_outcome_the_second_is_told_and_both_texts_are_there():
    with acting_as("senco") as actor:
        cycle = agreed(actor)
        seen = cycle.version
        first = results(cycle, (3, "met"))
    with acting_as("head") as actor:
        theirs = Cycle.objects.get(pk=cycle.pk)
        reviews.write_review(actor=actor, cycle=theirs, results=first, version=seen)
    with acting_as("senco") as actor:
        mine = Cycle.objects.get(pk=cycle.pk)
        second = [replace(one, score=0) for one in first]
        with pytest.raises(Stale):
            reviews.write_review(actor=actor, cycle=mine, results=second, version=seen)
    with acting_as("senco", write=False):
        assert Review.objects.get(cycle=cycle).score == 3
    page = signed_in("senco").post(
        reverse("plans:review", args=[cycle.ref]),
        {"version": str(seen), "held_on": "10/3/2027", "next_step": "", "outcome_1_score": "0",
         "outcome_1_latest": "mine: 14", "outcome_1_after": "carry"},
    )  # fmt: skip
    assert "mine: 14" in page.text
    assert "now 3" in page.text


def test_forty_outcomes_are_refused_whole_and_twelve_standing_ones_are_the_most():
    with acting_as("senco") as actor:
        cycle = cycles.open_cycle(actor=actor, pupil=pupil())
        words = PlanWords(found="Typed.", outcomes=[outcome(f"Reads {n}.") for n in range(MANY)])
    with acting_as("senco") as actor, pytest.raises(Invalid, match="twelve"):
        plans.write_plan(actor=actor, cycle=Cycle.objects.get(pk=cycle.pk), words=words)
    with acting_as("senco") as actor:
        assert not Outcome.objects.filter(cycle=cycle).exists()
        row = Cycle.objects.get(pk=cycle.pk)
        assert row.found == ""
        twelve = [outcome(f"Reads {n}.") for n in range(12)]
        plans.write_plan(actor=actor, cycle=row, words=PlanWords(outcomes=twelve))
        rows = list(plans.standing_outcomes(row))
    page = write(cycle, new_1_text="One too many.")
    assert "This plan has twelve outcomes." in page
    assert "One too many." in page
    # one that is taken out makes room for another
    with acting_as("senco") as actor:
        row = Cycle.objects.get(pk=cycle.pk)
        gone = [plans.OutcomeWords(text=rows[0].text, ref=rows[0].ref, drop=True)]
        plans.write_plan(actor=actor, cycle=row, words=PlanWords(outcomes=gone))
        plans.add_outcome(actor=actor, cycle=row, outcome=outcome("Reads 99."))
        assert len(list(plans.standing_outcomes(row))) == 12


def test_a_plan_of_a_pupil_who_has_left_is_closed_and_never_agreed():
    cycle = draft(outcome())
    with acting_as("senco") as actor:
        gone = TODAY - timedelta(days=1)
        enrolment.record_leaving(actor=actor, pupil=pupil(), version=None, on=gone)
    page = write(cycle, agree="1", review_on=IN_A_TERM.strftime("%d/%m/%Y"), found="Reads 14.")
    assert "The pupil has left. The plan stays as it is" in page
    assert "Reads 14." in page
    assert now(cycle).found == "Reads 12 words."
    client = signed_in("senco")
    client.post(
        reverse("plans:close", args=[cycle.ref]),
        {"reason": "She has left.", "version": str(now(cycle).version)},
    )
    assert now(cycle).closed_reason == "She has left."
    with acting_as("senco", write=False):
        assert Outcome.objects.filter(cycle=cycle).count() == 1
