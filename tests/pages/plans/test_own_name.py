"""A plan has the place's own name wherever a reader of that place meets one."""

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from opensenco.cases.models import Task
from opensenco.letters.facts import about
from opensenco.network.looking_back import as_it_stood
from opensenco.network.states import Part
from opensenco.support.models import Cycle
from opensenco.support.operations import cycles, plans
from opensenco.support.operations.cycles import REVIEW
from opensenco.support.queries import beside as reading
from opensenco.support.queries import current_plan
from tests.client import signed_in
from tests.domain.network.test_looking_back import said
from tests.domain.support.steps import IN_A_TERM, outcome, pupil, there
from tests.people import acting_as

pytestmark = pytest.mark.django_db


def address(name: str, *args) -> str:
    return reverse(f"plans:{name}", args=args)


def called(name: str, version: str = "1") -> None:
    head = signed_in("head")
    assert head.post(address("naming"), {"name": name, "version": version}).status_code == 302


@pytest.mark.requirement("S0-43")
@pytest.mark.rule("APD-13")
def test_a_plan_has_the_schools_own_name_wherever_somebody_meets_it():
    with acting_as("senco") as actor:
        cycle = cycles.open_cycle(actor=actor, pupil=pupil())
    senco, record = signed_in("senco"), reverse("pupils:show", args=[cycle.pupil.ref])
    assert "Agree the plan of cycle 1" in senco.get(record).text
    assert "SEN support plan: Grace" in senco.get(address("print", cycle.ref)).text
    called("My plan")
    # what waited before the name was given waits under the name
    page = senco.get(record).text
    for words in ("My plan, cycle 1", "Open My plan", "Agree My plan (cycle 1)"):
        assert words in page, words
    with acting_as("senco") as actor:
        cycle = Cycle.objects.get(pk=cycle.pk)
        typed = plans.PlanWords(outcomes=(outcome(),))
        plans.agree_plan(actor=actor, cycle=cycle, review_on=IN_A_TERM, words=typed)
        assert Task.objects.get(source_ref=cycle.ref, kind=REVIEW).words == (
            "Review My plan (cycle 1)"
        )
    page = senco.get(record).text
    for words in ("My plan (cycle 1) agreed", "Review the support: My plan"):
        assert words in page, words
    assert ">My plan and cycles</a>" in senco.get(address("beside", cycle.pupil.ref)).text
    page = senco.get(address("plan", cycle.ref)).text
    assert "<title>My plan, cycle 1" in page
    assert ">My plan and cycles</a>" in page
    assert "My plan, cycle 1</a>" in senco.get(address("versions", cycle.ref)).text
    assert "My plan: cycles of Grace" in senco.get(address("cycles", cycle.pupil.ref)).text
    assert "My plan: Grace" in senco.get(address("print", cycle.ref)).text
    paper = PdfReader(io.BytesIO(senco.get(address("pdf", cycle.ref)).content))
    assert paper.metadata is not None
    assert paper.metadata.title == "My plan: Grace Atherton"
    assert "My plan: Grace Atherton" in paper.pages[0].extract_text()
    dates = senco.get(reverse("home:dates_file") + "?file=csv").content.decode()
    assert "Review the support: My plan" in dates
    # letters and what goes to others have the same word
    with acting_as("senco", write=False) as actor:
        assert about(actor, cycle.pupil)["plan_name"] == "My plan"
        assert "My plan, cycle 1" in said(as_it_stood(actor, cycle.pupil, actor.today), Part.PLANS)
    stale = signed_in("head").post(address("naming"), {"name": "Other", "version": "1"})
    assert stale.status_code == 200


@pytest.mark.requirement("S0-43")
def test_the_family_reads_the_same_name_and_who_says_nothing_has_ours():
    with acting_as("senco") as actor:
        idris = pupil("Idris")
        cycle = there(current_plan(actor, idris)).cycle
    called("Pupil passport")
    mother = signed_in("parent")
    assert "Pupil passport and cycles" in mother.get(address("cycles", idris.ref)).text
    assert "Pupil passport, cycle 1" in mother.get(address("plan", cycle.ref)).text
    called("", "2")
    assert "Plan, cycle 1" in mother.get(address("plan", cycle.ref)).text
    with acting_as("senco", write=False):
        assert reading.naming(idris.org).name == "SEN support plan"
