"""What shows how far an outcome has come stands beside it, at its review, on paper and in packs."""

import io
import re

import pytest
from django.urls import reverse
from pypdf import PdfReader

from opensenco.gate.operation import Refused
from opensenco.kernel.refs import short
from opensenco.network.copying import plans as copied
from opensenco.network.record import Record
from opensenco.people.models import Pupil
from opensenco.support.models import Cycle, Outcome
from opensenco.support.operations.evidence import point_to
from opensenco.support.queries import records
from opensenco.threads.models import ClassNote
from opensenco.threads.operations.noting import change_note
from tests.client import signed_in
from tests.pages.asking.test_round import as_it_stands
from tests.pages.concerns.walking import text_of
from tests.people import acting_as
from tests.support.asking import asks

pytestmark = pytest.mark.django_db
SHOWS = "He names the missing part by himself."


def his_plan() -> tuple[Cycle, Outcome]:
    with acting_as("senco", write=False):
        cycle = Cycle.objects.get(pupil__first_name="Idris", closed_on=None)
        return cycle, Outcome.objects.filter(cycle=cycle).order_by("number")[0]


def options(page: str) -> dict[str, str]:
    """Give the words of what can be chosen, and its key."""
    return {
        words: key for key, words in re.findall(r'<option value="([\w-]{22})"[^>]*>([^<]+)', page)
    }


@pytest.mark.requirement("S4-04")
@pytest.mark.rule("APD-03")
def test_an_outcome_points_to_what_shows_it_at_review_on_paper_and_in_a_pack():
    cycle, outcome = his_plan()
    here = reverse("plans:evidence", args=[outcome.ref])
    plan = reverse("plans:plan", args=[cycle.ref])
    with acting_as("teacher") as actor:
        note = ClassNote.objects.get(pupil__first_name="Idris")
        change_note(
            actor=actor, class_note=note, version=None, words=note.words, on=note.on, passed="plan"
        )
    teacher = signed_in("teacher")
    assert here in teacher.get(plan).text
    page = teacher.get(here)
    found = options(page.text)
    assert {"Result", "Work", "Record"} <= {one.split(":")[0] for one in found}
    with acting_as("teacher", write=False) as actor:
        idris = Pupil.objects.get(first_name="Idris")
        result = records.to_name(actor, idris)[0]
    for key, words in ((short(result.ref), SHOWS), (short(note.ref), "He asks first.")):
        sent = as_it_stands(teacher.get(here), source=key, words=words)
        assert "at its review and on paper" in text_of(teacher.post(here, sent, follow=True))
    assert len(found) > 2
    # beside the outcome, at its review beside the score, on paper and in a pack
    assert SHOWS in text_of(teacher.get(plan))
    review = text_of(teacher.get(reverse("plans:review", args=[cycle.ref])))
    assert f"What shows it {SHOWS}" in review
    senco = signed_in("senco")
    assert SHOWS in text_of(senco.get(reverse("plans:print", args=[cycle.ref])))
    pdf = PdfReader(io.BytesIO(senco.get(reverse("plans:pdf", args=[cycle.ref])).content))
    assert SHOWS in " ".join(" ".join(one.extract_text() for one in pdf.pages).split())
    with acting_as("senco", write=False) as actor:
        blocks = copied(Record(actor, idris, idris), blind=False)
        assert SHOWS in str(blocks)
        assert SHOWS not in str(copied(Record(actor, idris, idris), blind=True))
    # taken away, it is gone from all of them and stays known
    (key, *_more) = re.findall(r'name="remove" value="([^"]+)"', teacher.get(here).text)
    teacher.post(here, {**as_it_stands(teacher.get(here)), "remove": key})
    assert SHOWS not in text_of(teacher.get(plan))


def test_what_cannot_be_opened_or_says_nothing_shows_nothing():
    _cycle, outcome = his_plan()
    here = reverse("plans:evidence", args=[outcome.ref])
    teacher = signed_in("teacher")
    page = teacher.get(here)
    (_words, key, *_more) = [part for pair in options(page.text).items() for part in pair]
    refused = teacher.post(here, as_it_stands(page, source=key, words=" "))
    assert "“What does it show?”" in text_of(refused) or "What does it show" in text_of(refused)
    with acting_as("senco", write=False) as actor:
        whose = Pupil.objects.get(first_name="Idris")
        result = records.to_name(actor, whose)[0]
    with acting_as("ta") as actor, pytest.raises(Refused):
        point_to(actor=actor, outcome=outcome, words="x y", source=result)
    # a note that is its writer's alone cannot be named
    with acting_as("senco", write=False):
        note = ClassNote.objects.get(pupil__first_name="Idris")
    assert short(note.ref) not in signed_in("senco").get(here).text


def test_the_page_asks_a_fixed_number_of_times():
    _cycle, outcome = his_plan()
    here = reverse("plans:evidence", args=[outcome.ref])
    teacher = signed_in("teacher")
    page = teacher.get(here)
    shown = [key for words, key in options(page.text).items() if words.startswith("Result")]
    for key in shown[:2]:
        teacher.post(here, as_it_stands(page, source=key, words=f"Shown by {key}."), follow=True)
        with asks(14):
            teacher.get(here)
