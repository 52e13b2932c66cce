"""Needs are ranked, the greatest first, by codes in force; none of them is a diagnosis."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from opensenco.audit.acting import as_actor
from opensenco.kernel.errors import Invalid, Stale
from opensenco.support.models import Need, Strategy
from opensenco.support.operations import needs, status
from opensenco.support.queries import needs_version
from tests.cast import LONG_AGO, TODAY
from tests.domain.support.steps import on_support, pupil
from tests.people import acting_as

pytestmark = pytest.mark.django_db


def ranked() -> list[str]:
    rows = Need.objects.filter(pupil=pupil(), ended_on__isnull=True).order_by("rank")
    return list(rows.values_list("code", flat=True))


@pytest.mark.rule("IDN-08")
@pytest.mark.requirement("S4-17")
def test_ranks_can_be_swapped_and_the_old_ranking_stays():
    with acting_as("senco") as actor:
        on_support(actor)
        needs.rank_needs(actor=actor, pupil=pupil(), codes=["SPLD", "SEMH", "HI"])
        needs.rank_needs(actor=actor, pupil=pupil(), codes=["SEMH", "SPLD", "HI"])
        assert ranked() == ["SEMH", "SPLD", "HI"]
        # the third stayed where it was: one row
        assert Need.objects.filter(pupil=pupil(), code="HI").count() == 1
        assert Need.objects.filter(pupil=pupil()).count() == 5


@pytest.mark.parametrize(
    ("codes", "field"),
    [
        (["SPLD", "SPLD"], "need_1"),
        (["SPLD", "DYSLEXIA"], "need_2"),
        (["BESD"], "need_1"),
        (["SPLD", "MLD", "SLD", "SEMH", "SLCN", "HI", "VI"], "need_1"),
    ],
)
def test_a_ranking_that_cannot_be_is_refused(codes, field):
    with acting_as("senco") as actor:
        on_support(actor)
        with pytest.raises(Invalid) as refused:
            needs.rank_needs(actor=actor, pupil=pupil(), codes=codes)
        assert refused.value.field == field


@pytest.mark.rule("IDN-07")
def test_a_code_holds_from_its_day_of_force():
    then = datetime(2024, 11, 1, 9, tzinfo=UTC)
    with acting_as("senco") as actor:
        before = replace(actor, at=then)
        on_support(before, starts=then.date())
        with pytest.raises(Invalid):
            needs.rank_needs(actor=before, pupil=pupil(), codes=["DS"])
        assert needs.rank_needs(actor=actor, pupil=pupil(), codes=["DS"])


@pytest.mark.rule("IDN-09")
def test_without_a_status_there_is_nothing_to_rank():
    with acting_as("senco") as actor, pytest.raises(Invalid, match="Set the status first"):
        needs.rank_needs(actor=actor, pupil=pupil("Poppy"), codes=["SLCN"])


@pytest.mark.rule("IDN-07")
def test_no_specialist_assessment_does_not_stand_beside_a_plan():
    with acting_as("senco") as actor:
        status.set_status(
            actor=actor, pupil=pupil(), code="E", starts=LONG_AGO, reason="Final plan issued."
        )
        with pytest.raises(Invalid) as refused:
            needs.rank_needs(actor=actor, pupil=pupil(), codes=["SLCN", "NSA"])
        assert refused.value.field == "need_2"


def test_needs_may_be_unknown():
    with acting_as("senco") as actor:
        on_support(actor)
        needs.rank_needs(actor=actor, pupil=pupil(), codes=["SLCN"])
        assert needs.rank_needs(actor=actor, pupil=pupil(), codes=["", ""]) == []


def test_a_need_beside_a_language_alone_stays():
    with acting_as("senco") as actor:
        on_support(actor, starts=LONG_AGO)
        needs.rank_needs(actor=actor, pupil=pupil(), codes=["SLCN"])
        row = pupil()
        from opensenco.support.models import SenStatus

        held = SenStatus.objects.get(pupil=row)
        held.grounds = ["language"]
        with as_actor(actor):
            held.save()
        with pytest.raises(Invalid, match="not a special educational need"):
            needs.rank_needs(actor=actor, pupil=row, codes=[])


def test_two_people_ranking_are_told():
    with acting_as("senco") as actor:
        on_support(actor)
        seen = needs_version(pupil())
        needs.rank_needs(actor=actor, pupil=pupil(), codes=["SLCN"], version=seen)
        with pytest.raises(Stale):
            needs.rank_needs(actor=actor, pupil=pupil(), codes=["HI"], version=seen)


def test_strategies_keep_their_order_and_their_past():
    with acting_as("teacher") as actor:
        needs.write_strategies(actor=actor, pupil=pupil(), texts=["One", " Two ", ""])
        rows = needs.write_strategies(actor=actor, pupil=pupil(), texts=["One", "Three"])
        assert [row.text for row in rows] == ["One", "Three"]
        past = Strategy.objects.get(pupil=pupil(), text="Two")
        assert past.ended_on == TODAY


def test_more_than_six_strategies_are_too_many():
    with acting_as("teacher") as actor, pytest.raises(Invalid, match="about three"):
        needs.write_strategies(actor=actor, pupil=pupil(), texts=list("abcdefg"))
