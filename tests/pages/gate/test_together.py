"""Two people, or one with two fingers, send at the same moment: one wins, the other is told.

Each sends in a thread of its own with a connection of its own, on a database that really commits.
"""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from opensenco.audit.models import Entry
from opensenco.concerns.models import Concern
from opensenco.gate.models import Submission
from opensenco.people.models import Pupil
from opensenco.provision.models import Session
from tests.people import acting_as, person
from tests.support.forms import Field, PageForm, forms_on

pytestmark = pytest.mark.usefixtures("own_database")
ROUNDS = 3


def signed_in(key: str) -> Client:
    client = Client()
    client.force_login(person(key))
    return client


def form_at(client: Client, address: str) -> PageForm:
    return forms_on(client.get(address).content.decode())[0]


def saying(**answers: str) -> Callable[[Field], list[str] | None]:
    """Give these answers, and leave all else as it stands."""
    return lambda field: [answers[field.name]] if field.name in answers else None


def at_once(*sendings: Callable[[], Any]) -> list[Any]:
    """Run all of them from one moment on; give their answers in order."""
    gate = threading.Barrier(len(sendings))

    def run(sending: Callable[[], Any]) -> Any:
        try:
            connection.ensure_connection()
            gate.wait(timeout=20)
            return sending()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(sendings)) as pool:
        return [future.result(timeout=60) for future in [pool.submit(run, s) for s in sendings]]


def grace(name: str) -> str:
    with acting_as("senco", write=False):
        return reverse(name, args=[Pupil.objects.get(first_name="Grace").ref])


def count(model: Any, **wanted: Any) -> int:
    with acting_as("senco", write=False):
        return int(model.objects.filter(**wanted).count())


def test_one_form_sent_by_two_fingers_is_recorded_once_and_both_land_on_it() -> None:
    address, before = grace("concerns:new"), count(Concern)
    entries = count(Entry, verb="raise_concern")
    for turn in range(1, ROUNDS + 1):
        client = signed_in("teacher")
        form = form_at(client, address)
        words = f"Seen in week {turn}."
        sent = form.sent(saying(noticed=words))
        pair = [signed_in("teacher") for _finger in range(2)]
        answers = at_once(*(partial(one.post, address, sent) for one in pair))
        assert [answer.status_code for answer in answers] == [302, 302]
        assert answers[0].headers["Location"] == answers[1].headers["Location"]
        assert count(Concern) == before + turn
        assert count(Entry, verb="raise_concern") == entries + turn
    with acting_as("teacher", write=False) as actor:
        marks = Submission.objects.filter(person=actor.person, location__startswith="/concerns/")
        assert marks.count() == ROUNDS


def test_one_record_changed_by_two_has_one_winner_and_the_other_sees_both_texts() -> None:
    address = grace("pupils:change")
    for turn in range(ROUNDS):
        names = [f"Mine{turn}", f"Theirs{turn}"]
        people = [signed_in("senco"), signed_in("admin")]
        forms = [form_at(client, address) for client in people]
        sent = [form.sent(saying(known_as=name)) for form, name in zip(forms, names, strict=True)]
        answers = at_once(
            *(partial(one.post, address, data) for one, data in zip(people, sent, strict=True))
        )
        assert sorted(answer.status_code for answer in answers) == [200, 302]
        lost = next(answer for answer in answers if answer.status_code == 200).content.decode()
        assert "Two versions of the same record" in lost
        assert all(name in lost for name in names)
        with acting_as("senco", write=False):
            row = Pupil.objects.get(first_name="Grace")
            winner = names[[answer.status_code for answer in answers].index(302)]
            assert row.known_as == winner
            assert row.history.filter(known_as__in=names).count() == 1
            assert Entry.objects.filter(thing_ref=row.ref, verb="change_pupil").count() == turn + 1


def test_one_session_logged_by_two_people_at_once_is_logged_once() -> None:
    helpers = [signed_in("ta"), signed_in("senco")]
    with acting_as("ta", write=False):
        before = Session.objects.count()
    now = helpers[0].get(reverse("provision:now")).content.decode()
    address = next(part for part in now.split('"') if part.startswith("/now/") and len(part) > 6)
    sent = [form_at(one, address).sent(lambda field: None) for one in helpers]
    answers = at_once(
        *(partial(one.post, address, data) for one, data in zip(helpers, sent, strict=True))
    )
    codes = sorted(answer.status_code for answer in answers)
    assert codes in ([200, 302], [302, 302], [302, 409]), codes
    with acting_as("ta", write=False):
        assert Session.objects.count() == before + 1


def test_words_kept_and_sent_at_once_do_not_come_back() -> None:
    """Leaving the last field and pressing the button come at the same moment."""
    address = grace("concerns:new")
    with acting_as("senco", write=False):
        ref = Pupil.objects.get(first_name="Grace").ref
    draft = reverse("account:draft_about", args=["concern", ref])
    for turn in range(ROUNDS):
        one, other = signed_in("teacher"), signed_in("teacher")
        words = f"Seen at noon, {turn}."
        sent = form_at(one, address).sent(saying(noticed=words))
        answers = at_once(partial(one.post, address, sent), partial(other.post, draft, sent))
        assert [answer.status_code for answer in answers] == [302, 200]
        assert words not in one.get(address).content.decode()
