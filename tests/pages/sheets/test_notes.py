"""A teacher's notes of a class: beside the record, their own until they are passed on."""

from typing import Any

import pytest
from django.urls import reverse

from opensenco.kernel.refs import short
from opensenco.people.models import Group
from opensenco.support.queries.nameable import nameable
from opensenco.threads.models import ClassNote
from tests.client import signed_in
from tests.pages.asking.test_round import as_it_stands
from tests.pages.concerns.walking import text_of
from tests.pages.threads.test_thread import idris
from tests.people import acting_as
from tests.support.asking import asks

pytestmark = pytest.mark.django_db
WORDS = "He draws what he cannot say."


def his_class() -> str:
    with acting_as("teacher", write=False):
        group = ClassNote.objects.select_related("group").filter(pupil=idris())[0].group
        return reverse("sheets:notes", args=[group.ref])


def newest() -> ClassNote:
    with acting_as("teacher", write=False):
        return ClassNote.objects.order_by("-id")[0]


def send(key: str, address: str, **given: Any) -> Any:
    client = signed_in(key)
    return client.post(address, as_it_stands(client.get(address), **given), follow=True)


@pytest.mark.requirement("S4-12")
def test_a_note_stands_beside_the_record_and_is_ones_own_until_it_is_passed_on():
    where = his_class()
    teacher = signed_in("teacher")
    sheet = teacher.get(where.replace("notes/", "")).text
    assert where in sheet
    about = short(idris().ref)
    noted = text_of(send("teacher", where, about=about, words=WORDS))
    assert WORDS in noted
    assert "Yours alone." in noted
    # how to teach him, what the plan works towards and the notes are on one page
    assert "The plan works towards" in noted
    assert WORDS not in text_of(signed_in("senco").get(where))
    mine = reverse("sheets:note", args=[newest().ref])
    assert signed_in("senco").get(mine).status_code == 403
    send("teacher", mine, passed="senco")
    assert WORDS in text_of(signed_in("senco").get(where))
    assert "passed on a note from their class" in text_of(signed_in("senco").get(
        reverse("notices:list")
    ))  # fmt: skip
    with acting_as("senco", write=False) as actor:
        assert not [row for row, _words in nameable(actor, idris()) if isinstance(row, ClassNote)]
    refused = send("teacher", mine, passed="")
    assert "It cannot be taken back to yourself." in text_of(refused)
    send("teacher", mine, passed="plan")
    with acting_as("senco", write=False) as actor:
        (named,) = [w for row, w in nameable(actor, idris()) if isinstance(row, ClassNote)]
    assert named == "Note from class by Priya Raman on 10 March 2027"
    # who works with him reads it where the plan leads there, and changes nothing
    read = signed_in("ta").get(mine)
    assert WORDS in text_of(read)
    assert "Save" not in text_of(read)
    wrong = reverse("sheets:note_in_error", args=[newest().ref])
    assert "Marked as made in error." in text_of(send("teacher", wrong, reason="Another boy."))
    assert WORDS not in text_of(teacher.get(where))


def test_a_note_of_the_whole_class_is_no_evidence_of_a_pupil_and_words_are_kept():
    where = his_class()
    refused = send("teacher", where, words="They settle after the story.", passed="plan")
    assert "Only a note of one pupil can be evidence for a plan." in text_of(refused)
    assert "They settle after the story." in refused.text
    shown = text_of(send("teacher", where, words="They settle after the story."))
    assert "The whole class They settle after the story." in shown
    with acting_as("other_teacher", write=False):
        group = Group.objects.get(ref=newest().group.ref)
    assert signed_in("other_teacher").get(
        reverse("sheets:notes", args=[group.ref])
    ).status_code == 403  # fmt: skip


def test_the_page_asks_a_fixed_number_of_times():
    where = his_class()
    teacher = signed_in("teacher")
    with asks(17):
        teacher.get(where)
    for number in range(3):
        send("teacher", where, about=short(idris().ref), words=f"Note {number}.")
    with asks(17):
        teacher.get(where)
