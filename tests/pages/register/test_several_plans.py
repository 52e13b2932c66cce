"""The day of the review is set, and profiles are printed, for several pupils at once."""

import io

import pytest
from pypdf import PdfReader

from opensenco.cases.models import DueDate
from opensenco.kernel.refs import short
from opensenco.support.models import Cycle, PlanVersion
from opensenco.support.operations import cycles, plans, profile
from opensenco.support.operations.plans import PlanWords
from opensenco.support.queries.choosing import open_cycles
from tests.cast import TODAY
from tests.client import signed_in
from tests.domain.support.steps import IN_A_TERM, on_support, outcome, pupil
from tests.people import acting_as

pytestmark = pytest.mark.django_db
ADDRESS = "/register/several/"
DAY = {"review_on-day": "14", "review_on-month": "6", "review_on-year": "2027"}


def three() -> str:
    """Let Grace's plan be agreed and Poppy's be written; Idris's was reviewed."""
    with acting_as("senco") as actor:
        for who in ("Grace", "Poppy"):
            on_support(actor, pupil(who))
            row = cycles.open_cycle(actor=actor, pupil=pupil(who), found="Reads little.")
            if who == "Grace":
                plans.agree_plan(
                    actor=actor, cycle=row, review_on=IN_A_TERM, agreed_with="Her mother",
                    words=PlanWords(outcomes=(outcome(),)), promises=["Reading, daily"],
                )  # fmt: skip
        return "&".join(f"pupil={short(pupil(n).ref)}" for n in ("Idris", "Grace", "Poppy"))


def plan(who: str) -> Cycle:
    with acting_as("senco", write=False):
        return open_cycles().get(pupil=pupil(who))


def test_the_day_is_set_for_whom_it_can_be_and_agreed_plans_keep_who_agreed_it():
    query = three()
    senco = signed_in("senco")
    page = senco.get(f"{ADDRESS}review/?{query}").text
    assert "Set it for 2 pupils" in page
    assert "The plan has been reviewed" in page
    refused = senco.post(f"{ADDRESS}review/?{query}", {**DAY, "agreed_with": ""}).text
    assert "Error: Set the day of the review" in refused
    assert plan("Poppy").review_on is None
    given = {**DAY, "agreed_with": "Parents, at the meetings of this week"}
    done = senco.post(f"{ADDRESS}review/?{query}", given, follow=True).text
    assert "The review is set for 2 pupils." in done
    with acting_as("senco", write=False):
        grace = plan("Grace")
        assert (grace.stage, str(grace.review_on), str(plan("Poppy").review_on)) == (
            "do", "2027-06-14", "2027-06-14",
        )  # fmt: skip
        kept = PlanVersion.objects.filter(cycle=grace).order_by("number")
        assert [str(one.review_on) for one in kept] == [str(IN_A_TERM), "2027-06-14"]
        assert kept[1].agreed_with == given["agreed_with"]
        assert ["Provision", "Reading, daily"] in kept[1].words
        assert str(DueDate.objects.get(source_ref=grace.ref).on) == "2027-06-14"
    past = {**given, "review_on-year": "2026"}
    assert "Choose a day to come" in senco.post(f"{ADDRESS}review/?{query}", past).text


def test_profiles_are_printed_one_to_a_page_and_name_no_surname():
    query = three()
    with acting_as("senco") as actor:
        profile.write_profile(
            actor=actor, pupil=pupil("Grace"), own_words="I like maps.", helps="A quiet place",
            said_on=TODAY, strategies=["Say my name first"],
        )  # fmt: skip
    senco = signed_in("senco")
    page = senco.get(f"{ADDRESS}profiles/?{query}").text
    assert "2 profiles as one PDF" in page
    assert "Nothing is written about what helps" in page
    paper = senco.get(f"{ADDRESS}profiles/pdf/?{query}")
    pages = [one.extract_text() for one in PdfReader(io.BytesIO(paper.content)).pages]
    assert len(pages) == 2
    assert "Grace A, in their own words" in pages[0]
    assert "Say my name first" in pages[0]
    assert "Atherton" not in "".join(pages)
    assert "Idris" in pages[1]
