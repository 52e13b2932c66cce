"""Messages and questions of each school: long ago, read and answered, so no desk tells of them."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from opensenco.access.actor import Actor, chosen, hats_of
from opensenco.access.models import Organisation, Person
from opensenco.notices.models import Notice
from opensenco.notices.operations import read_notices
from opensenco.people.models import Group, GroupPupil, Pupil
from opensenco.threads.models import Message
from opensenco.threads.operations.advising import record_advice
from opensenco.threads.operations.asking import (
    answer_question,
    ask_about_pupil,
    ask_in_general,
)
from opensenco.threads.operations.learning import note_learning
from opensenco.threads.operations.noting import note_of_pupil
from opensenco.threads.operations.writing import (
    correct_message,
    mark_message_in_error,
    read_messages,
    write_message,
)
from tests.cast import LONG_AGO, NOW, TODAY

EARLY = NOW - timedelta(days=200)
SAID = "He reads aloud to me when nobody else listens."


def make_messages(teacher: Person, assistant: Person, senco: Person) -> None:
    """Let Idris' teacher write and ask; his assistant reads, the SENCO answers."""
    idris = Pupil.objects.select_related("org").get(first_name="Idris")
    said = write_message(actor=_as(teacher), pupil=idris, words=SAID)
    read_messages(actor=_as(assistant), messages=[said])
    question = ask_about_pupil(actor=_as(teacher), pupil=idris, words="May he use the big ruler?")
    answer_question(actor=_as(senco), question=question, version=None, answer="He may, always.")
    make_note(_as(teacher), idris, "Idris")
    make_learning(_as(teacher), idris.org, "Idris")
    told = Notice.objects.filter(person=teacher, source_ref=question.ref)
    read_notices(actor=_as(teacher), notices=list(told))


def make_advice(actor: Actor, pupil: Pupil, word: str) -> None:
    """Write down what was taught, long ago."""
    record_advice(actor=replace(actor, at=EARLY), pupil=pupil, given=given(word))


def make_note(actor: Actor, pupil: Pupil, word: str) -> None:
    """Note something of a pupil in their class, long ago; it is for who noted it alone."""
    inside = GroupPupil.objects.filter(pupil=pupil).values("group")
    group = Group.objects.filter(org=pupil.org, pk__in=inside).order_by("id")[0]
    note_of_pupil(
        actor=replace(actor, at=EARLY), pupil=pupil, group=group, words=f"{word} asks first.",
        on=EARLY.date(),
    )  # fmt: skip


def make_learning(actor: Actor, org: Organisation, word: str) -> None:
    """Let somebody have learned something, long ago."""
    note_learning(actor=replace(actor, at=EARLY), org=org, given=learned(word))


def learned(word: str) -> dict[str, Any]:
    """Give one entry of what somebody learned."""
    return {
        "on": EARLY.date(), "how": "course", "title": f"{word} course", "provider": word,
        "minutes": 90, "learned": f"{word} waits.", "used": "",
    }  # fmt: skip


def given(word: str) -> dict[str, Any]:
    """Give one entry."""
    return {
        "kind": "coaching", "on": EARLY.date(), "who": f"{word} Coach", "to_whom": word,
        "words": f"{word} waits ten seconds.", "came_of": f"{word} answers.",
    }  # fmt: skip


def _as(who: Person) -> Actor:
    hat = chosen(hats_of(who, TODAY), None)
    assert hat is not None
    return Actor(who, hat, EARLY)


def make_thread(actor: Actor, pupil: Pupil, word: str) -> None:
    """Write, correct, take back and read."""
    assert EARLY.date() > LONG_AGO
    early = replace(actor, at=EARLY)
    said = write_message(actor=early, pupil=pupil, words=f"{word} was here.")
    correct_message(actor=early, message=said, version=None, words=f"{word} was there.")
    wrong = write_message(actor=early, pupil=pupil, words=f"{word} of another.")
    mark_message_in_error(actor=early, message=wrong, version=None, reason=f"{word}: not this one.")
    other = replace(early, person=Person.objects.exclude(pk=actor.person.pk).earliest("pk"))
    question = ask_in_general(actor=early, org=pupil.org, words=f"{word}?")
    answer_question(actor=early, question=question, version=None, answer=f"{word}.")
    read_messages(actor=other, messages=[Message.objects.get(pk=said.pk)])
    make_advice(actor, pupil, word)
