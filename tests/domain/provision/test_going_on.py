"""What a plan promised goes on into the next without anybody typing it again."""

from dataclasses import replace
from datetime import timedelta

import pytest

from opensenco.gate.operation import Refused
from opensenco.provision import queries
from opensenco.provision.models import Allocation
from opensenco.provision.operations.going_on import start_next_cycle
from opensenco.support.operations import plans, reviews
from tests.cast import TODAY
from tests.domain.provision.steps import given, idris_has, reading
from tests.domain.support.steps import agreed, outcome, pupil, results
from tests.people import acting_as

pytestmark = pytest.mark.django_db


@pytest.mark.rule("APD-01", "APD-05")
@pytest.mark.requirement("S4-19")
def test_what_is_kept_is_promised_again_and_the_rest_ends():
    with acting_as("senco") as actor:
        cycle = agreed(actor, pupil(), outcome("A"), outcome("B"), outcome("C"))
        library = [reading(actor)] + [
            reading_as(actor, name) for name in ("Precision teaching", "Mentor")
        ]
        made = [
            given(actor, provision=one, outcome=towards, starts=TODAY, ends=ends)[0]
            for one, towards, ends in zip(
                library,
                plans.standing_outcomes(cycle),
                (None, TODAY + timedelta(days=10), None),
                strict=True,
            )
        ]
        after = replace(actor, at=actor.at + timedelta(days=70))
        reviews.review_cycle(
            actor=after,
            cycle=cycle,
            results=results(cycle, (2, "carry"), (1, "change"), (4, "met")),
        )
        following = start_next_cycle(actor=after, cycle=cycle, keep=made[:2], version=cycle.version)
        tomorrow = replace(after, at=after.at + timedelta(days=1))
        old, new = (queries.for_outcomes(tomorrow, one) for one in (cycle, following))
        assert [part.allocation.ends for parts in old.values() for part in parts] == [
            after.today,
            TODAY + timedelta(days=10),
            after.today,
        ]
        again = [part.allocation for parts in new.values() for part in parts]
        assert [(one.provision.name, one.starts, one.times_a_week) for one in again] == [
            ("Paired reading", tomorrow.today, 4),
            ("Precision teaching", tomorrow.today, 4),
        ]
        assert {one.outcome.text for one in again if one.outcome} == {"A", "B"}


def reading_as(actor, name):
    from opensenco.provision.operations import library

    return library.add_provision(
        actor=actor, org=pupil().org, name=name, layer=2, minutes=15, times_a_week=4
    )


def test_what_has_not_begun_goes_along():
    with acting_as("senco") as actor:
        cycle = agreed(actor)
        (towards,) = plans.standing_outcomes(cycle)
        (later,) = given(actor, outcome=towards, starts=TODAY + timedelta(days=5), ends=None)
        reviews.review_cycle(actor=actor, cycle=cycle, results=results(cycle, (2, "carry")))
        following = start_next_cycle(actor=actor, cycle=cycle)
        (now,) = plans.standing_outcomes(following)
        assert Allocation.objects.get(pk=later.pk).outcome_id == now.pk


def test_idris_goes_on_in_his_group():
    with acting_as("senco") as actor:
        before = idris_has()
        assert before.outcome is not None
        following = start_next_cycle(actor=actor, cycle=before.outcome.cycle, keep=[before])
        (parts,) = queries.for_outcomes(actor, following).values()
        assert [part.allocation.group.name for part in parts] == ["Language group"]
    with acting_as("teacher") as actor, pytest.raises(Refused):
        start_next_cycle(actor=actor, cycle=following)
