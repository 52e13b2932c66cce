"""Who leads how much, and how the SENCO's home page leads to provision."""

from datetime import timedelta

import pytest
from django.urls import reverse

from opensenco.ehc.operations import cards
from opensenco.people.models import Pupil
from opensenco.support.operations import cycles, plans
from opensenco.support.operations.plans import PlanWords
from tests.cast import TODAY
from tests.client import signed_in
from tests.domain.provision.steps import given
from tests.domain.support.steps import on_support, outcome
from tests.pages.concerns.walking import text_of
from tests.pages.provision.hands import link_to
from tests.people import acting_as, person
from tests.support.asking import asks
from tests.world_ehc import CARD

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("S1-23")
def test_each_senco_has_their_pupils_plans_and_reviews_and_each_adult_their_pupils():
    senco = signed_in("senco")
    page = senco.get(link_to(senco.get(reverse("staffing:roster")), "Caseloads"))
    shown = text_of(page)
    assert "Upper school Dilys Corring 1 0" in shown
    assert "Lower school nobody today" in shown
    assert "Jo Birkett 1 0 1" in shown
    assert "Upper school Dilys Corring 1 0 1" in shown
    with acting_as("senco") as actor:
        given(actor, person=person("ta"))
        grace = on_support(actor).pupil
        cycle = cycles.open_cycle(actor=actor, pupil=grace, found="Reads 12 words.")
        plans.agree_plan(
            actor=actor, cycle=cycle, review_on=TODAY + timedelta(weeks=3), agreed_with="Her mum",
            words=PlanWords(found="Reads 12 words.", outcomes=(outcome(),)),
        )  # fmt: skip
        made = {"made_on": TODAY - timedelta(days=330), "reviewed_on": None, "decided": ""}
        cards.begin_card(actor=actor, pupil=grace, given={**CARD, **made})
    shown = text_of(senco.get(reverse("staffing:caseloads")))
    assert "Upper school Dilys Corring 2 0 2 1 1 " in shown
    assert "Jo Birkett 2 0 2" in shown
    told = senco.get(reverse("staffing:caseloads") + "?file=csv").content.decode("utf-8-sig")
    assert "Dilys Corring,Upper school,2,0,2,2,1,0,1,0" in told
    with asks(24):
        senco.get(reverse("staffing:caseloads"))
    # who leads one part is told of that part
    own = text_of(signed_in("phase_senco").get(reverse("staffing:caseloads")))
    assert "Upper school Dilys Corring 2" in own
    assert "Lower school" not in own


@pytest.mark.requirement("S1-02")
def test_home_says_what_runs_what_has_no_adult_and_leads_there():
    senco = signed_in("senco")
    home = senco.get("/")
    assert "1 pupil is given something beyond lessons." in home.text
    assert "has no adult" not in home.text
    with acting_as("senco") as actor:
        given(actor, Pupil.objects.get(first_name="Grace"), starts=TODAY)
    home = senco.get("/")
    assert "2 pupils are given something beyond lessons." in home.text
    assert "Nobody is named" in senco.get(link_to(home, "1 promise has no adult")).text
    for words in ("All provision", "Promised and delivered", "Who is over the threshold"):
        assert senco.get(link_to(home, words)).status_code == 200
    assert "beyond lessons" not in signed_in("teacher").get("/").text
