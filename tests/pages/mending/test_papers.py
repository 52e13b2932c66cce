"""Papers of two records that were made one: who is told of them, and who opened them."""

from datetime import date

import pytest
from django.urls import reverse

from opensenco.cases.joining import queries
from opensenco.cases.joining.questions import questions
from opensenco.cases.operations.one_child import join_records
from opensenco.documents.keeping import Incoming
from opensenco.documents.models import Document, DocumentVersion
from opensenco.documents.operations.filing import Paper, file_documents, file_for_safeguarding
from opensenco.documents.states import Level
from opensenco.people import queries as people
from opensenco.people.models import Pupil
from opensenco.people.operations import pupils
from tests.client import signed_in
from tests.people import acting_as

pytestmark = pytest.mark.django_db


def idris() -> Pupil:
    return Pupil.objects.select_related("org").get(first_name="Idris")


def paper(title: str, level: str = Level.ORDINARY) -> Paper:
    return Paper(Incoming("a.txt", [title.encode()]), title=title, kind="letter", level=level)


def test_who_opened_a_paper_is_known_after_two_records_were_made_one():
    with acting_as("senco") as actor:
        other = pupils.add_pupil(
            actor=actor, org=people.place(actor), first_name="Idrees", last_name="Hassan",
            birth_date=date(2018, 5, 4),
        )  # fmt: skip
        (row,) = file_documents(actor=actor, pupil=other, papers=[paper("A letter of the other")])
        version = DocumentVersion.objects.get(document=row)
    client, bytes_of = signed_in("senco"), reverse("documents:download", args=[version.ref])
    signed_in("head").get(bytes_of)
    with acting_as("senco") as actor:
        asked = {q.code: "first" for q in questions(actor, idris(), other)}
        join_records(
            actor=actor, pupils=[idris(), other], choices=asked, reason="The mother has said so."
        )
    signed_in("teacher").get(bytes_of)
    page = client.get(reverse("documents:show", args=[row.ref])).text
    assert "David Whitcombe" in page
    assert "Priya Raman" in page


def test_of_a_paper_that_one_may_not_open_nothing_is_told_where_records_are_parted():
    with acting_as("senco") as actor:
        other = pupils.add_pupil(
            actor=actor, org=people.place(actor), first_name="Idrees", last_name="Hassan",
            birth_date=date(2018, 5, 4),
        )  # fmt: skip
        asked = {q.code: "first" for q in questions(actor, idris(), other)}
        made = join_records(
            actor=actor, pupils=[idris(), other], choices=asked, reason="The mother has said so."
        )
        (open_one,) = file_documents(actor=actor, pupil=idris(), papers=[paper("For all")])
    with acting_as("teacher") as actor:
        file_for_safeguarding(
            actor=actor, pupil=idris(), papers=[paper("For the lead", Level.SAFEGUARDING)]
        )
    with acting_as("dsl", write=False):
        assert Document.objects.filter(title="For the lead").exists()
    with acting_as("senco", write=False) as actor:
        told = queries.written_since(actor, made).rows
        assert [one.key for one in told] == [f"documents.Document:{open_one.ref}"]
    page = signed_in("senco").get(reverse("mending:part", args=[made.ref])).text
    assert page.count("A paper, written on") == 1
