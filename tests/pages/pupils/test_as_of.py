"""The page of the past lists the papers of a second record too, and a pack of that day says so."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from opensenco.access.actions import Action
from opensenco.cases.operations.one_child import part_records
from opensenco.documents.keeping import Incoming
from opensenco.documents.models import Document
from opensenco.documents.operations.filing import Paper, file_documents, file_for_safeguarding
from opensenco.documents.states import Level
from opensenco.network.looking_back import beside
from opensenco.people import queries as people
from opensenco.people.models import Joining, Pupil
from opensenco.people.operations import pupils
from tests.cast import TODAY
from tests.client import StrictClient, signed_in
from tests.documents.samples import pdf
from tests.domain.cases.test_one_child import APART, join
from tests.domain.network.test_looking_back import later, without
from tests.packs import idris
from tests.pages.packs.test_paper import at, made, newest, text_of
from tests.people import acting_as
from tests.support.forms import forms_on

pytestmark = pytest.mark.django_db
DAY = TODAY


def paper(title: str, level: str) -> Paper:
    sent = Incoming(f"{title}.pdf", [pdf(title)])
    return Paper(sent, title=title, kind="report", dated=DAY - timedelta(days=1), level=level)


def filed_and_joined() -> Joining:
    """Today there is another record with papers of each level; in two days they are made one."""
    with acting_as("senco") as then:
        other = pupils.add_pupil(
            actor=then, org=people.place(then), first_name="Idrees", last_name="Hasan",
            birth_date=date(2018, 5, 4),
        )  # fmt: skip
        papers = [paper("His hearing", Level.ORDINARY), paper("The court", Level.CONFIDENTIAL)]
        file_documents(actor=then, pupil=other, papers=papers)
    with acting_as("dsl") as lead:
        other = Pupil.objects.select_related("org").get(pk=other.pk)
        hidden = paper("A bruise", Level.SAFEGUARDING)
        file_for_safeguarding(actor=lead, pupil=other, papers=[hidden])
    with acting_as("senco") as now:
        return join(later(now, 2), idris(), Pupil.objects.select_related("org").get(pk=other.pk))


def past(client: StrictClient) -> str:
    day = f"?on-day={DAY.day}&on-month={DAY.month}&on-year={DAY.year}"
    with acting_as("senco", write=False):
        where = reverse("pupils:as_of", args=[idris().ref])
    return text_of(client.get(where + day))


def test_papers_of_the_second_record_are_listed_to_whoever_may_know_of_them():
    joining, senco = filed_and_joined(), signed_in("senco")
    page = past(senco)
    own, _here, others = page.partition("another record of this pupil, under the name Idrees Hasan")
    others = others.partition("Papers on file in this other record")[2]
    assert "The court" in others
    assert "His hearing Report of a professional, 9 March 2027, filed on 10 March 2027" in others
    assert "His hearing" not in own
    assert "A bruise" not in page
    with acting_as("senco", write=False) as actor:
        (known,) = beside(without(actor, Action.DOCUMENT_CONFIDENTIAL), idris(), DAY)
        # who filed a confidential paper knows of it; a colleague does not
        assert {one.document.title for one in known.papers} == {"His hearing", "The court"}
    with acting_as("head", write=False) as actor:
        (known,) = beside(without(actor, Action.DOCUMENT_CONFIDENTIAL), idris(), DAY)
        assert [one.document.title for one in known.papers] == ["His hearing"]
        (known,) = beside(without(actor, Action.DOCUMENT_VIEW), idris(), DAY)
        assert known.papers == ()
    with acting_as("senco") as actor:
        part_records(actor=later(actor, 3), joining=joining, reason=APART)
    assert "His hearing" not in past(senco), "it was another child after all"


def test_a_pack_of_that_day_says_which_papers_were_in_the_other_record():
    filed_and_joined()
    senco = signed_in("senco")
    with acting_as("senco", write=False):
        where = reverse("packs:paper_new", args=[idris().ref])
        there = Document.objects.get(title="His hearing")
        here = Document.objects.get(title="IEP Spring 2026")
    asked = forms_on(senco.get(f"{where}?on={DAY.isoformat()}").text)[1].sent(lambda _field: None)
    sent = {**asked, "for_whom": "The panel", "audience": "authority", "parts": ["profile"],
            "papers": [str(there.ref), str(here.ref)]}  # fmt: skip
    assert senco.post(where, sent).status_code == 302
    page = text_of(senco.get(at(newest())))
    word = "on file then in another record of this pupil, made one with this since"
    assert page.count(word) == 1
    assert page.index("His hearing") < page.index(word)
    assert b"%PDF" in made(senco, newest(), "pdf")
