"""A plan of the record is looked over by the plain rules."""

import pytest

from opensenco.plainwords.plan import Checked, ProvisionText
from opensenco.support import queries
from opensenco.support.checking import check_plan
from opensenco.support.operations import cycles, plans
from opensenco.support.operations.plans import OutcomeWords, PlanWords
from tests.domain.support.steps import pupil, there
from tests.people import acting_as

pytestmark = pytest.mark.django_db


def rules_of(checked: Checked) -> dict[str, str]:
    return {one.remark.rule: one.place.key for one in checked.remarks}


@pytest.mark.rule("APD-03")
@pytest.mark.requirement("S3-20", "S3-58")
def test_a_vague_plan_is_remarked_on_and_a_good_one_is_not():
    with acting_as("senco") as actor:
        cycle = cycles.open_cycle(actor=actor, pupil=pupil())
        vague = PlanWords(outcomes=[OutcomeWords(text="Grace will improve her reading.")])
        plans.write_plan(actor=actor, cycle=cycle, words=vague)
        plan = there(queries.current_plan(actor, pupil()))
        found = rules_of(check_plan(plan, None))
        assert found["outcome-improve"] == "1"
        assert {"outcome-without-baseline", "outcome-without-provision", "no-review-date",
                "no-pupil-voice", "no-parent-voice"} <= set(found)  # fmt: skip

        good = there(queries.current_plan(actor, pupil("Idris")))
        profile = queries.profile_of(actor, pupil("Idris"))
        given = [
            ProvisionText(key=key, name=name, minutes=15, times_a_week=3, who="Mrs Hill",
                          outcomes=frozenset({key}))
            for key, name in (("1", "Talk time"), ("2", "Word list"))
        ]  # fmt: skip
        assert check_plan(good, profile, given, ["Wait", "Show", "Ask"]).remarks == ()


def test_a_review_too_far_and_too_many_outcomes_are_remarked_on():
    with acting_as("senco") as actor:
        cycle = cycles.open_cycle(actor=actor, pupil=pupil())
        many = [OutcomeWords(text=f"Grace reads {n} words.") for n in range(5)]
        far = actor.today.replace(year=actor.today.year + 1)
        plans.write_plan(
            actor=actor, cycle=cycle, words=PlanWords(found="x", review_on=far, outcomes=many)
        )
        plan = there(queries.current_plan(actor, pupil()))
        found = rules_of(check_plan(plan, None, (), ["One.", "Two.", "Three.", "Four."]))
        assert {"too-many-outcomes", "review-too-far", "too-many-strategies"} <= set(found)
