"""How much help a pupil needs: short questions, versions, days, and no diagnosis."""

from datetime import timedelta

import pytest

from opensenco.cases import queries as cases
from opensenco.gate.operation import Refused
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.support.need_questions import newest, versions
from opensenco.support.operations import ratings
from opensenco.support.queries.ratings import compared, ratings_of
from tests.cast import TODAY
from tests.domain.support.steps import pupil
from tests.people import acting_as

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("S4-22")
def test_a_pupil_without_status_or_code_is_rated_and_compared_over_time():
    with acting_as("teacher") as actor:
        first = {"say": 3, "care": 1, "learn": 2}
        ratings.rate_needs(actor=actor, pupil=pupil(), answers=first, on=TODAY - timedelta(days=90))
        ratings.rate_needs(actor=actor, pupil=pupil(), answers={"say": 1, "care": 2}, on=TODAY)
        lines = {one.text: one for one in compared(ratings_of(actor, pupil()))}
        said = lines["To say what they mean, in whatever way"]
        assert (said.levels, said.change) == (["Nearly always", "Now and then"], -1)
        assert lines["To look after themselves and be safe"].change == 1
        learnt = lines["To learn and remember new things in lessons"]
        assert (learnt.levels, learnt.change) == (["In most lessons", None], 0)
        told = [fact.words for fact in cases.timeline(pupil(), actor)]
        assert told == ["How much help is needed was rated"] * 2


@pytest.mark.parametrize(
    ("answers", "days", "field"),
    [
        ({}, 0, "understand"),
        ({"say": 4}, 0, "understand"),
        ({"diagnosis": 1, "say": 1}, 0, "understand"),
        ({"say": 1}, 1, "on"),
        ({"say": 1}, -20_000, "on"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(answers, days, field):
    with acting_as("teacher") as actor, pytest.raises(Invalid) as refused:
        ratings.rate_needs(
            actor=actor, pupil=pupil(), answers=answers, on=TODAY + timedelta(days=days)
        )
    assert refused.value.field == field


def test_a_rating_in_error_is_compared_no_more_and_stays():
    with acting_as("senco") as actor:
        row = ratings.rate_needs(actor=actor, pupil=pupil(), answers={"say": 1}, on=TODAY)
        ratings.mark_rating_in_error(actor=actor, rating=row, reason="Another child.", version=1)
        assert ratings_of(actor, pupil()) == []
        with pytest.raises(NotPossible):
            ratings.mark_rating_in_error(actor=actor, rating=row, reason="Another child.")


def test_who_does_not_teach_the_pupil_rates_nothing():
    with acting_as("senco", write=False):
        grace = pupil()
    for who in ("other_teacher", "ta"):
        with acting_as(who) as actor, pytest.raises(Refused):
            ratings.rate_needs(actor=actor, pupil=grace, answers={"say": 1}, on=TODAY)


def test_the_questions_are_eight_about_help_and_name_no_diagnosis():
    assert len(newest().questions) == 8
    assert newest().number == max(versions())
    words = " ".join(one.text.lower() for one in newest().questions)
    for word in ("autis", "adhd", "dyslex", "disorder", "diagnos", "behaviour problem"):
        assert word not in words
    for one in versions().values():
        assert len(set(one.ids)) == len(one.ids)
