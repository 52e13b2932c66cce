"""What the door and the pen promise whatever a page does: tried with pages that break it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import DatabaseError, transaction
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory
from django.urls import reverse

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.managers import NoRight
from opensenco.access.scope import NoScope
from opensenco.audit.acting import NobodyActs
from opensenco.audit.models import Entry
from opensenco.gate import strength
from opensenco.gate.answer import Answer
from opensenco.gate.operation import operation
from opensenco.gate.page import Logs, page
from opensenco.kernel.errors import NotPossible
from opensenco.people.models import Contact, Pupil
from opensenco.people.operations import pupils
from tests.client import signed_in
from tests.people import acting_as, person

pytestmark = pytest.mark.django_db


def ask(view: Callable[..., Any], key: str = "senco", method: str = "get", **data: str) -> Any:
    """Let somebody of the cast through a door that only this test has."""
    request = getattr(RequestFactory(), method)("/a-page-of-this-test/", data)
    request.user = person(key)
    request.session = SessionStore()
    strength.second_step(request, request.user, strength.How.OWN)
    request.htmx = False
    return view(request)


def idris() -> str:
    """Give the address of a child's page."""
    with acting_as("senco", write=False):
        return reverse("pupils:show", args=[Pupil.objects.get(first_name="Idris").ref])


def test_a_page_that_is_read_cannot_write_whatever_its_view_does() -> None:
    @page(Action.PUPIL_VIEW, logs=Logs.NOTHING, who={"senco": 200}, writes=True)
    def scribble(request: object, actor: Actor) -> HttpResponse:
        Pupil.objects.filter(first_name="Idris").update(version=77)
        return HttpResponse("written")

    with pytest.raises(DatabaseError), transaction.atomic():
        ask(scribble)
    with acting_as("senco", write=False):
        assert Pupil.objects.get(first_name="Idris").version != 77
    assert ask(scribble, method="post").content == b"written"


def test_a_page_that_takes_no_post_gets_none_and_no_other_way_of_asking() -> None:
    client = signed_in("senco")
    for method in ("post", "put", "delete", "patch", "options"):
        assert getattr(client, method)("/register/").status_code == 405, method
    assert client.head("/register/").status_code == 200


def test_a_page_about_a_child_is_not_sent_where_its_look_cannot_be_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(*rows: object, **options: object) -> None:
        raise DatabaseError("the disk is full")

    client, address = signed_in("senco"), idris()
    client.raise_request_exception = False
    assert "Idris" in client.get(address).text
    monkeypatch.setattr("opensenco.gate.page.enter", full)
    answer: Any = client.get(address)
    assert answer.status_code == 500
    assert "Idris" not in answer.text


def test_a_page_that_shows_children_says_whom() -> None:
    @page(Action.PUPIL_VIEW, logs=Logs.CHILD, who={"senco": 200})
    def forgets(request: object, actor: Actor) -> Answer:
        return Answer("ui/404.html")

    @page(Action.PUPIL_VIEW, logs=Logs.LIST, who={"senco": 200})
    def goes_round(request: object, actor: Actor) -> HttpResponse:
        return HttpResponse("Idris, Grace, Poppy")

    @page(Action.PUPIL_VIEW, logs=Logs.NOTHING, who={"senco": 200})
    def streams(request: object, actor: Actor) -> Any:
        return StreamingHttpResponse(p.first_name for p in Pupil.objects.iterator())

    for view in (forgets, goes_round):
        with pytest.raises(TypeError, match="did not say whom"):
            ask(view)
    with pytest.raises(TypeError, match="whole before it is sent"):
        ask(streams)


def test_every_answer_behind_the_door_is_kept_by_no_browser() -> None:
    for key, status in (("senco", 200), ("governor", 403), ("outsider", 404)):
        answer = signed_in(key).get(idris())
        assert (answer.status_code, answer.headers["Cache-Control"]) == (status, "no-store")


def test_nothing_that_people_edit_is_written_past_an_operation() -> None:
    """The history asks who acts; outside an operation nobody does."""
    with acting_as("senco"):
        child = Pupil.objects.get(first_name="Idris")
        child.first_name = "Someone"
        with pytest.raises(NobodyActs):
            child.save()
        with pytest.raises(NoRight):
            Pupil.objects.filter(pk=child.pk).update(first_name="Someone")
        with pytest.raises(NobodyActs):
            Pupil.objects.bulk_update([child], ["first_name"])
        with pytest.raises(NoRight):
            child.delete()
        with pytest.raises(NoRight):
            Pupil.objects.filter(pk=child.pk).delete()
        entry = Entry.objects.order_by("id").last()
        assert entry is not None
        with pytest.raises(NoRight):
            entry.save()
        with pytest.raises(NoRight):
            Entry.objects.update(verb="something else")


def test_an_operation_that_fails_half_way_leaves_nothing_and_no_entry(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # What only this test has stays out of the list that contract tests walk.
    monkeypatch.setattr("opensenco.gate.operation.OPERATIONS", {})

    @operation(Action.PUPIL_EDIT, on="pupil")
    def half(*, actor: Actor, pupil: Pupil) -> None:
        """Add a contact and fail."""
        pupils.add_contact(actor=actor, pupil=pupil, name="Half a person", relation="Aunt")
        raise NotPossible("It could not be finished.")

    with acting_as("senco") as actor:
        child = Pupil.objects.get(first_name="Idris")
        before = Entry.objects.count(), Contact.objects.count(), Contact.history.count()
        with pytest.raises(NotPossible):
            half(actor=actor, pupil=child)
        assert (Entry.objects.count(), Contact.objects.count(), Contact.history.count()) == before


def test_a_row_of_another_school_is_not_written_in_ours() -> None:
    with acting_as("outsider"):
        zebedee = Pupil.objects.get(first_name="Zebedee")
    with acting_as("senco"):
        for write in (zebedee.save, zebedee.delete):
            with pytest.raises((NoScope, NoRight)):
                write()
        with pytest.raises(NoScope):
            Pupil.objects.filter(first_name="Idris").update(org=zebedee.org)
