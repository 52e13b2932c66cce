"""Where each school departed from guidance, long ago."""

from dataclasses import replace
from datetime import timedelta

from opensenco.access.actor import Actor
from opensenco.audit.acting import as_actor
from opensenco.cases.models import Departure
from opensenco.people.models import Pupil
from tests.cast import NOW

EARLY = NOW - timedelta(days=200)


def make_departure(actor: Actor, pupil: Pupil, word: str) -> None:
    """Keep why guidance was not followed, with no fact on the timeline."""
    with as_actor(replace(actor, at=EARLY)):
        Departure(
            org_id=pupil.org_id, pupil=pupil, rule="APD-09", words=f"{word} asked for no paper.",
            on=EARLY.date(), by=actor.person, at=EARLY,
        ).save()  # fmt: skip
