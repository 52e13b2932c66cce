"""A sentence of a plan carries the paper or person that it came from, for who may know of it."""

import io
import re
from typing import Any

import pytest
from django.urls import reverse
from pypdf import PdfReader

from opensenco.cases.models import StatementSource
from opensenco.documents.keeping import Incoming
from opensenco.documents.models import Document
from opensenco.documents.operations.filing import Paper, file_documents
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.people.models import Pupil
from opensenco.support import queries
from opensenco.support.models import Cycle
from opensenco.support.operations import cycles, plans, reviews, sources
from opensenco.support.queries.sources import sources_of
from tests.cast import TODAY
from tests.client import signed_in
from tests.domain.support.steps import agreed, outcome, results
from tests.pages.documents.test_cabinet import hidden, text_of
from tests.people import acting_as
from tests.support.asking import asks

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("S4-33")]


def paper(actor, name: str, title: str, level: str) -> Document:
    pupil = Pupil.objects.select_related("org").get(first_name=name)
    one = Paper(
        Incoming("x.txt", [title.encode()]), title=title, kind="report", level=level,
        author_role="Educational psychologist", dated=TODAY,
    )  # fmt: skip
    return file_documents(actor=actor, pupil=pupil, papers=[one])[0]


@pytest.fixture
def plan() -> dict[str, str]:
    """Give the addresses round Idris' plan, beside which a confidential report is filed."""
    with acting_as("senco") as actor:
        paper(actor, "Idris", "Tests of his memory", "confidential")
        cycle = Cycle.objects.get(pupil__first_name="Idris", closed_on=None)
    names = ("plan", "sources", "print", "pdf")
    return {name: reverse(f"plans:{name}", args=[cycle.ref]) for name in names}


def option(page: str, words: str) -> str:
    found = re.search(rf'<option value="([^"]+)"[^>]*>[^<]*{words}', page)
    assert found, words
    return found[1]


def name(where: dict[str, str], quote: str, **said: str) -> str:
    senco = signed_in("senco")
    page = senco.get(where["sources"]).text
    sent = {**hidden(page), "quote": option(page, quote), **said}
    if "document" in sent:
        sent["document"] = option(page, sent["document"])
    return senco.post(where["sources"], sent, follow=True).text


def test_a_number_stands_after_the_sentence_and_leads_to_its_source(plan):
    assert "Where this comes from" in signed_in("senco").get(plan["plan"]).text
    assert "Where this comes from" not in signed_in("teacher").get(plan["plan"]).text
    name(plan, "Retells two of six", document="Tests of his memory")
    name(plan, "2 of 6 steps", document="IEP Spring 2026")
    page = name(
        plan, "Shy at home", said_by="Leila Hassan, mother",
        **{"said_on-day": "1", "said_on-month": "3", "said_on-year": "2027"},
    )  # fmt: skip
    assert "Kept. It stands beside the sentence." in page
    senco = signed_in("senco")
    with asks(29):
        page = senco.get(plan["plan"]).text
    assert 'Retells two of six steps.<sup><a href="#source-1"' in page
    assert 'Shy at home.<sup><a href="#source-3"' in page
    told = text_of(page)
    assert "Tests of his memory, Report of a professional, Educational psychologist, 10" in told
    assert "Leila Hassan, mother, 1 March 2027" in told
    with acting_as("senco", write=False):
        report = Document.objects.get(title="Tests of his memory")
    assert reverse("documents:show", args=[report.ref]) in page
    page = signed_in("teacher").get(plan["plan"]).text
    assert "memory" not in page
    assert "Retells two of six steps.</p>" in page
    assert '2 of 6 steps<sup><a href="#source-1"' in page
    assert "#source-3" not in page
    assert "Say where a sentence came from" not in page
    for key in ("parent", "dsl"):
        assert "memory" not in signed_in(key).get(plan["plan"]).text
    assert "Leila Hassan, mother, 1" not in signed_in("parent").get(plan["plan"]).text
    printed = text_of(signed_in("senco").get(plan["print"]).text)
    assert "2 of 6 steps [1]" in printed
    assert "Where this comes from IEP Spring 2026, Plan" in printed
    assert "memory" not in printed
    pdf = PdfReader(io.BytesIO(signed_in("senco").get(plan["pdf"]).content))
    words = " ".join(" ".join(one.extract_text() for one in pdf.pages).split())
    assert "Shy at home. [2]" in words
    assert "2. Leila Hassan, mother, 1 March 2027." in words
    assert "memory" not in words


def test_a_source_is_taken_away_and_stays_known(plan):
    page = name(plan, "Shy at home", said_by="Leila Hassan, mother")
    key = re.search(r'name="remove" value="([^"]+)"', page)
    assert key
    senco = signed_in("senco")
    sent = {**hidden(page), "remove": key[1]}
    told = text_of(senco.post(plan["sources"], sent, follow=True).text)
    assert "Leila Hassan, mother: “Shy at home.” Named by Amara Okafor" in told
    assert "Taken away by Amara Okafor" in told
    assert "Leila" not in text_of(senco.get(plan["plan"]).text).partition("Where this comes")[2]
    assert senco.post(plan["sources"], {"remove": "?"}).status_code == 404
    assert senco.post(plan["sources"], {"remove": key[1]}).status_code == 404
    assert "Choose a paper, or say who said it" in name(plan, "Shy at home")


def test_what_is_no_source_is_refused_and_changed_words_are_told():
    with acting_as("senco") as actor:
        pupil = Pupil.objects.select_related("org").get(first_name="Grace")
        cycle = cycles.open_cycle(actor=actor, pupil=pupil, found="Reads 12 words. Counts to 20.")
        mine, other = (paper(actor, one, f"Of {one}", "ordinary") for one in ("Grace", "Idris"))
        said: dict[str, Any] = {
            "actor": actor,
            "cycle": cycle,
            "place": "found",
            "quote": "Reads 12 words.",
        }
        with pytest.raises(NotPossible):
            sources.name_source(**said, document=other)
        for wrong in (
            {"quote": "Reads 13 words."}, {"place": "at_home"}, {"said_by": "Ms Hill"},
            {"document": None}, {"quote": " "},
        ):  # fmt: skip
            with pytest.raises(Invalid):
                sources.name_source(**{**said, "document": mine, **wrong})
        row = sources.name_source(**said, document=mine)
        with pytest.raises(NotPossible):
            sources.name_source(**said, document=mine)
        (note,) = sources_of(actor, queries.plan_of(actor, cycle)).notes
        assert (note.changed, note.row) == (False, row)
        words = plans.PlanWords(found="Reads 14 words. Counts to 20.")
        plans.write_plan(actor=actor, cycle=cycle, words=words)
        found = sources_of(actor, queries.plan_of(actor, cycle))
        assert found.notes[0].changed
        assert found.marked("found", cycle.found) == "Reads 14 words. Counts to 20."
        assert StatementSource.objects.filter(host_ref=cycle.ref).count() == 1
    with acting_as("dsl", write=False) as lead:
        assert sources_of(lead, queries.plan_of(lead, cycle)).notes == found.notes


def test_a_sentence_of_the_profile_carries_its_source_for_who_may_open_it():
    with acting_as("senco") as actor:
        paper(actor, "Idris", "Tests of his memory", "confidential")
        idris = Pupil.objects.get(first_name="Idris")
        address = reverse("plans:profile", args=[idris.ref])
        where = {"sources": reverse("plans:profile_sources", args=[idris.ref])}
    name(where, "What helps: Ten seconds", document="Tests of his memory")
    page = name(where, "In their own words: I know every bus", said_by="Jo Birkett, his assistant")
    assert "Kept. It stands beside the sentence." in page
    page = signed_in("senco").get(address).text
    assert 'I know every bus.<sup><a href="#source-1"' in page
    assert 'Ten seconds to think before I answer<sup><a href="#source-2"' in page
    assert "Tests of his memory, Report of a professional" in text_of(page)
    # each reader is told of the sources that they may open, and the family of none
    page = signed_in("ta").get(address).text
    assert "Jo Birkett, his assistant" in page
    assert "memory" not in page
    assert "Say where a sentence came from" not in page
    parent = text_of(signed_in("parent").get(address).text)
    assert "Where this comes from" not in parent
    assert "I know every bus." in parent
    key = re.findall(
        r'name="remove" value="([^"]+)"', signed_in("senco").get(where["sources"]).text
    )
    told = signed_in("senco").post(where["sources"], {"remove": key[1]}, follow=True).text
    assert "Taken away by Amara Okafor" in text_of(told)
    assert "memory" not in signed_in("senco").get(address).text


def test_what_goes_on_into_the_next_cycle_keeps_where_it_came_from():
    with acting_as("senco") as actor:
        grace = Pupil.objects.select_related("org").get(first_name="Grace")
        kept, ended = outcome("Grace reads 40 words. She likes it."), outcome("Grace counts to 50.")
        cycle = agreed(actor, grace, kept, ended)
        report = paper(actor, "Grace", "Reading test", "confidential")
        for place, quote in (("outcome-1-text", "Grace reads 40 words."),
                             ("outcome-1-baseline", "12 words"), ("outcome-1-aim", "40 words"),
                             ("outcome-2-text", "Grace counts to 50.")):  # fmt: skip
            sources.name_source(actor=actor, cycle=cycle, place=place, quote=quote, document=report)
        given = results(cycle, (2, "carry"), (4, "met"))
        reviews.review_cycle(actor=actor, cycle=cycle, results=given)
    with acting_as("phase_senco") as other:
        following = reviews.start_next_cycle(actor=other, cycle=Cycle.objects.get(pk=cycle.pk))
    with acting_as("senco", write=False) as actor:
        notes = sources_of(actor, queries.plan_of(actor, following)).notes
        # what was carried has its sources still, named by who named them; the new beginning none
        assert [note.row.quote for note in notes] == ["Grace reads 40 words.", "40 words"]
        assert {note.row.person for note in notes} == {actor.person}
        assert len(sources_of(actor, queries.plan_of(actor, cycle)).notes) == 4
