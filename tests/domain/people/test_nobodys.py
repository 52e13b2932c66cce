"""What stands about a pupil who was added in error reaches nobody but the safeguarding lead."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from opensenco.access.actions import Action
from opensenco.access.registry import visible
from opensenco.audit.acting import as_actor
from opensenco.cases import queries as cases
from opensenco.cases.models import Fact, Task
from opensenco.cases.operations.mending import put_back_on_record
from opensenco.concerns.models import SafeguardingNote
from opensenco.concerns.operations.safeguarding import note_for_safeguarding
from opensenco.documents.keeping import Incoming
from opensenco.documents.models import Document
from opensenco.documents.operations.filing import Paper, file_documents, file_for_safeguarding
from opensenco.documents.states import Level
from opensenco.gate.rows import change
from opensenco.people import queries as people
from opensenco.people.models import Contact, Pupil
from opensenco.people.operations import pupils
from opensenco.provision.models import Allocation, Provision
from opensenco.provision.operations import giving
from opensenco.provision.queries.figures import by_layer
from tests.cast import NOW, TODAY
from tests.client import signed_in
from tests.people import acting_as

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("S4-40")]


def paper(title: str, level: str) -> Paper:
    return Paper(Incoming("a.txt", [title.encode()]), title=title, kind="letter", level=level)


def test_what_stands_about_a_pupil_added_in_error_reaches_nobody_until_they_are_put_back():
    with acting_as("senco") as actor:
        before = by_layer(actor)
        row = pupils.add_pupil(
            actor=actor, org=people.place(actor), first_name="Ada", last_name="Fen",
            birth_date=date(2019, 1, 1),
        )  # fmt: skip
        thing = Provision.objects.filter(org=row.org).order_by("id")[0]
        giving.allocate(
            actor=actor, pupils=[row], provision=thing,
            terms=giving.Terms(times_a_week=2, minutes=20, starts=TODAY),
        )  # fmt: skip
        pupils.add_contact(actor=actor, pupil=row, name="Ann Fen", relation="Mother")
        file_documents(actor=actor, pupil=row, papers=[paper("Her letter", Level.CONFIDENTIAL)])
        file_for_safeguarding(
            actor=actor, pupil=row, papers=[paper("For the lead", Level.SAFEGUARDING)]
        )
        note_for_safeguarding(actor=actor, pupil=row, words="Markedword.")
        with_her = by_layer(actor)
        with as_actor(actor):
            change(
                row, version=None, in_error_at=NOW, in_error_by=actor.person, in_error_reason="X y"
            )
    models: dict[Any, Action] = {
        Allocation: Action.PROVISION_VIEW, Contact: Action.CONTACT_VIEW,
        Document: Action.DOCUMENT_VIEW, Fact: Action.TASK_VIEW, Task: Action.TASK_VIEW,
    }  # fmt: skip
    for who in ("senco", "head", "dsl"):
        with acting_as(who, write=False) as actor:
            for model, verb in models.items():
                if not actor.can_somewhere(verb):
                    continue
                found = visible(actor, verb, model).filter(pupil=row)
                if who == "dsl" and model in (Document, Task):
                    assert found.count() == (1 if model is Document else 2)
                else:
                    assert not found.exists(), (who, model)
    with acting_as("senco", write=False) as actor:
        assert with_her != before
        assert by_layer(actor) == before
        assert not any("Fen" in one.name for one in cases.tasks_for(actor).theirs)
    with acting_as("dsl", write=False) as lead:
        note = visible(lead, Action.SAFEGUARDING_VIEW, SafeguardingNote).get(pupil=row)
        letter = Document.objects.get(title="For the lead")
    client = signed_in("dsl")
    assert "Markedword." in client.get(reverse("concerns:note", args=[note.ref])).text
    assert "For the lead" in client.get(reverse("documents:show", args=[letter.ref])).text
    assert "Fen" in client.get("/").text
    assert "Fen" not in signed_in("senco").get("/").text
    with acting_as("senco") as actor:
        put_back_on_record(
            actor=actor, org=row.org, pupil=Pupil.objects.get(pk=row.pk), reason="She is ours."
        )
        assert by_layer(actor) == with_her
        assert visible(actor, Action.DOCUMENT_VIEW, Document).get(pupil=row).title == "Her letter"
