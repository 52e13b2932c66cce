"""Messages about a pupil, for each school: long ago and read, so no desk tells of them."""

from dataclasses import replace
from datetime import timedelta

from opensenco.access.actor import Actor, chosen, hats_of
from opensenco.access.models import Person
from opensenco.people.models import Pupil
from opensenco.threads.models import Message
from opensenco.threads.operations.writing import (
    correct_message,
    mark_message_in_error,
    read_messages,
    write_message,
)
from tests.cast import LONG_AGO, NOW, TODAY

EARLY = NOW - timedelta(days=200)
SAID = "He reads aloud to me when nobody else listens."


def make_messages(teacher: Person, assistant: Person) -> None:
    """Let Idris' teacher write, and his assistant read it."""
    idris = Pupil.objects.select_related("org").get(first_name="Idris")
    said = write_message(actor=_as(teacher), pupil=idris, words=SAID)
    read_messages(actor=_as(assistant), messages=[said])


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
    read_messages(actor=other, messages=[Message.objects.get(pk=said.pk)])
