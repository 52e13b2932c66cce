"""Well-being and involvement over many pupils: counted once each, and nobody can be picked out."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from opensenco.kernel.errors import NotAllowed
from opensenco.pages.figures.wellbeing import guarded
from opensenco.people.models import Pupil
from opensenco.support.operations.records import record_results
from opensenco.support.queries.wellbeing import Scale, scales
from opensenco.support.states import Measure
from tests.cast import TODAY
from tests.client import signed_in
from tests.people import acting_as
from tests.support.asking import asks

pytestmark = pytest.mark.django_db
HERE = "/figures/wellbeing/"


def measured(step: int, days: int, pupils: list[Pupil]) -> None:
    with acting_as("senco") as actor:
        result: dict[str, Any] = {
            "on": TODAY - timedelta(days=days), "test": "Leuven", "measure": "wellbeing",
            "number": Decimal(step), "assessed_by": "Jo",
        }  # fmt: skip
        record_results(actor=actor, pupils=pupils, results=[result] * len(pupils), by_hand=False)


def of_the_school() -> list[Pupil]:
    with acting_as("senco", write=False) as actor:
        rows = Pupil.objects.filter(org__in=actor.hat.orgs, left_on=None, in_error_at=None)
        return list(rows.select_related("org").order_by("id"))


@pytest.mark.requirement("S3-57")
def test_each_pupil_counts_once_by_the_newest_and_small_numbers_are_not_told():
    pupils = of_the_school()
    measured(2, 30, pupils[:1])
    measured(4, 3, pupils)
    with acting_as("senco", write=False) as actor:
        (wellbeing, _involvement) = scales(actor)
        assert sum(sum(one) for one in wellbeing.by_year.values()) == len(pupils)
        assert wellbeing.moved == (1, 0, 0)
    for who in ("senco", "head", "governor"):
        page = signed_in(who).get(HERE)
        assert "Well-being (1 to 5)" in page.text
        assert "under 5" in page.text
        for pupil in pupils:
            assert pupil.last_name not in page.text.split("<main")[1]
    senco = signed_in("senco")
    assert HERE in senco.get("/reports/").text
    with asks(6):
        senco.get(HERE)
    with acting_as("phase_senco", write=False) as actor, pytest.raises(NotAllowed):
        scales(actor)


def test_a_small_number_is_not_told_by_its_neighbours_or_the_total():
    shown = guarded(Scale(Measure.WELLBEING, {3: (6, 7, 1), None: (8, 9, 10)}, (5, 6, 7)))
    assert shown.rows[0][1][2].value is None
    assert shown.total is None
    assert shown.hides
    assert [one.value for one in shown.moved] == [5, 6, 7]
    assert guarded(Scale(Measure.WELLBEING, {0: (6, 7, 0)}, (0, 0, 0))).total == 13
    # that all of two pupils are low is told by the noughts beside them
    two = guarded(Scale(Measure.WELLBEING, {1: (2, 0, 0), 2: (6, 7, 8)}, (0, 0, 0)))
    assert [one.value for one in two.rows[0][1]] == [None] * 3
    assert [one.value for one in two.rows[1][1]] == [6, 7, 8]
    assert two.total is None
