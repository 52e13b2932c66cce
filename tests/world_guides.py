"""Where each school departed from guidance, long ago."""

from dataclasses import replace
from datetime import timedelta

from opensenco.access.actor import Actor
from opensenco.cases.operations.guiding import do_otherwise
from opensenco.people.models import Pupil
from tests.cast import NOW

EARLY = NOW - timedelta(days=200)


def make_departure(actor: Actor, pupil: Pupil, word: str) -> None:
    """Say why guidance was not followed."""
    do_otherwise(
        actor=replace(actor, at=EARLY), pupil=pupil, rule="APD-09",
        words=f"{word} asked for no paper.",
    )  # fmt: skip
