"""A field of each school's own, filled in for one pupil."""

from opensenco.access.actor import Actor
from opensenco.people.models import Pupil
from opensenco.support.models import OwnFieldChoice
from opensenco.support.operations.own_fields import FieldWords, make_field
from opensenco.support.operations.own_values import fill_in_fields


def make_fields(actor: Actor, pupil: Pupil, word: str) -> None:
    """Make a list that teachers fill in and assistants see, and choose from it."""
    words = FieldWords(
        name=f"{word} way home", help_text=word, choices=[f"{word} bus", f"{word} taxi"],
        sees=["TA"], fills=["TEACHER"],
    )  # fmt: skip
    field = make_field(actor=actor, org=pupil.org, kind="choice", words=words)
    bus = OwnFieldChoice.objects.get(field=field, position=1)
    fill_in_fields(actor=actor, pupil=pupil, given={str(field.ref): str(bus.ref)})
