"""The plan on paper: a page to print and a PDF, with the same facts and no letters of status."""

import pytest
from django.urls import reverse

from opensenco.audit.models import Opening
from opensenco.support import queries
from tests.client import signed_in
from tests.domain.support.steps import pupil, there
from tests.people import acting_as

pytestmark = pytest.mark.django_db


def address(step: str) -> str:
    with acting_as("senco", write=False) as actor:
        cycle = there(queries.current_plan(actor, pupil("Idris"))).cycle
        return reverse(f"plans:{step}", args=[cycle.ref])


@pytest.mark.requirement("S3-20", "S3-58")
def test_the_page_to_print_holds_the_plan_and_the_childs_words_first():
    page = signed_in("teacher").get(address("print")).text
    assert page.index("I know every bus.") < page.index("Needs, the greatest first")
    for part in ("Idris reads 60 of the first 100 words at sight.", "Language group", "Who agreed",
                 "Reads a picture book together each evening.", "Private. Version"):  # fmt: skip
        assert part in page
    assert "os-st--" not in page


def test_the_pdf_is_tagged_and_logged_as_a_document():
    answer = signed_in("senco").get(address("pdf"))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in answer.content
    assert "Idris" not in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "no-store"
    with acting_as("senco", write=False):
        opening = Opening.objects.get(kind="document")
        assert there(opening.pupil).first_name == "Idris"
