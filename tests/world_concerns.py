"""One concern and one note for the safeguarding lead about Idris, both by his teacher."""

from dataclasses import replace
from datetime import timedelta

from opensenco.access.actor import Actor, chosen, hats_of
from opensenco.access.models import Person
from opensenco.concerns.operations.raising import raise_concern
from opensenco.concerns.operations.safeguarding import note_for_safeguarding
from opensenco.people.models import Pupil
from tests.cast import NOW, TODAY

NOTICED = "He looks away and goes quiet when I ask the whole class a question."
SECRET = "Markedforthelead: he said he does not want to go home."


def make_concerns(teacher: Person) -> None:
    """Raise a concern a week ago and mark something for the safeguarding lead yesterday."""
    idris = Pupil.objects.select_related("org").get(first_name="Idris")
    hat = chosen(hats_of(teacher, TODAY), None)
    assert hat is not None
    actor = Actor(teacher, hat, NOW - timedelta(days=7))
    raise_concern(
        actor=actor,
        pupil=idris,
        noticed=NOTICED,
        where_when="On the carpet, most mornings.",
        tried="Asking him first, on his own.",
        said="He says he forgets what I asked. His mother says he is fine at home.",
    )
    note_for_safeguarding(
        actor=replace(actor, at=NOW - timedelta(days=1)), pupil=idris, words=SECRET
    )
