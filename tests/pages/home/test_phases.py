"""Whoever leads the SENCOs of several phases sees all of them side by side."""

import pytest

from opensenco.support.queries.phases import phases
from tests.client import signed_in
from tests.pages.concerns.walking import text_of
from tests.people import acting_as
from tests.support.asking import asks

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("S4-15")
def test_the_lead_sees_every_phase_with_its_senco_and_how_it_stands_there():
    with acting_as("senco", write=False) as actor:
        upper, lower = sorted(phases(actor), key=lambda one: one.name, reverse=True)
        assert (upper.name, lower.name) == ("Upper school", "Lower school")
        assert upper.pupils == 1
        assert lower.pupils == 0
        assert (upper.sencos, lower.sencos) == (["Dilys Corring"], [])
    home = text_of(signed_in("senco").get("/"))
    assert "All phases" in home
    assert "Upper school" in home
    assert "nobody today" in home


def test_who_leads_one_phase_sees_no_others():
    with acting_as("phase_senco", write=False) as actor:
        assert phases(actor) == []
    assert "All phases" not in text_of(signed_in("phase_senco").get("/"))


def test_it_asks_as_often_however_many_there_are():
    with acting_as("senco", write=False) as actor, asks(5):
        phases(actor)
