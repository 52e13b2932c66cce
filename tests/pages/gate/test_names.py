"""Names stay inside the record: no log, no address, no mail and no refusal page tells one.

The journey itself is walked in test_form_walk.py with a planted name in every field; here is what
happens when something breaks on the way.
"""

from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from opensenco.kernel.refs import short
from opensenco.notices.models import Notice
from opensenco.people.models import Contact, Pupil
from tests.client import signed_in
from tests.people import acting_as
from tests.support.logs import log_kept

pytestmark = pytest.mark.django_db
NAME = "Quixwort"
TYPED = {"name": NAME, "relation": "Aunt", "email": "", "phone": ""}


def idris(name: str = "pupils:add_contact") -> str:
    with acting_as("senco", write=False):
        return reverse(name, args=[Pupil.objects.get(first_name="Idris").ref])


def breaks(fault: Exception) -> Any:
    def save(self: Contact, *args: object, **options: object) -> None:
        raise fault

    return save


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        (ValueError(f"no such aunt: {NAME}"), 500),
        (KeyError(NAME), 500),
        (IntegrityError(f"Key (name)=({NAME}) already exists."), 200),
    ],
    ids=["a value", "a key", "the database"],
)
def test_a_fault_in_the_middle_is_logged_without_what_was_typed(
    monkeypatch: pytest.MonkeyPatch, fault: Exception, status: int
) -> None:
    monkeypatch.setattr(Contact, "save", breaks(fault))
    client, address = signed_in("senco"), idris()
    client.raise_request_exception = False
    with log_kept() as log:
        answer: Any = client.post(address, TYPED)
    assert answer.status_code == status
    assert NAME not in "".join(log)
    if status == 500:
        assert type(fault).__name__ in "".join(log), "the fault itself is told"
        assert "pupils/<ref:pupil>/contacts/add/" in "".join(log)
        assert "Something went wrong here" in answer.text
        assert NAME not in answer.text
    else:
        assert "Check it and try again" in answer.text
        assert "already exists" not in answer.text


def test_no_refusal_tells_a_name_to_the_log() -> None:
    colleague, stranger = signed_in("governor"), signed_in("outsider")
    with log_kept() as log:
        answers = [
            colleague.get(idris("pupils:show")),
            stranger.get(idris("pupils:show")),
            signed_in("senco").get(f"/pupils/{NAME}/"),
            signed_in("senco").get(f"/{NAME}/", {"q": NAME}),
            Client(enforce_csrf_checks=True).post(idris(), TYPED),
            Client().post(idris(), TYPED),
            Client().get("/", headers={"host": f"{NAME.lower()}.example"}),
        ]
    assert [answer.status_code for answer in answers] == [403, 404, 404, 404, 403, 302, 400]
    told = "".join(log)
    assert len(log) >= 4, "each refusal but signing in is told"
    assert "Idris" not in told
    assert NAME not in told


def test_nothing_is_sent_out_of_the_house_and_notices_do_not_repeat_what_was_typed() -> None:
    with acting_as("senco", write=False):
        concern = reverse("concerns:new", args=[Pupil.objects.get(first_name="Grace").ref])
    assert signed_in("teacher").post(concern, {"noticed": NAME}).status_code == 302
    assert mail.outbox == []
    with acting_as("senco", write=False):
        told = list(Notice.objects.order_by("-id")[:3])
    assert told
    assert not [notice for notice in told if NAME in notice.words]


def test_a_page_is_found_by_a_reference_that_tells_nothing() -> None:
    with acting_as("senco", write=False):
        refs = [short(pupil.ref) for pupil in Pupil.objects.order_by("id")]
    assert len(set(refs)) == len(refs)
    assert all(len(ref) == 22 for ref in refs)
    with acting_as("senco", write=False):
        assert {pupil.ref.version for pupil in Pupil.objects.all()} == {4}
