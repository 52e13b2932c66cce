"""A hand-over of each school, long ago and taken over: nothing of it waits, nothing tells of it."""

from dataclasses import replace
from datetime import timedelta

from opensenco.access.actor import Actor
from opensenco.access.models import Person
from opensenco.audit.acting import as_actor
from opensenco.handover.models import HandOver, HandOverPupil
from opensenco.people.models import Pupil
from tests.cast import NOW

EARLY = NOW - timedelta(days=200)


def make_hand_over(giver: Actor, taker: Person, pupil: Pupil, word: str) -> None:
    """Keep a hand-over with its note and what was frozen, as it stood after it was taken over."""
    with as_actor(replace(giver, at=EARLY)):
        row = HandOver(
            org=pupil.org, kind="class", giver=giver.person, taker=taker, made_by=giver.person,
            begun_at=EARLY, words=f"{word} for all.", given_at=EARLY, taken_at=EARLY,
            taken_words=f"{word} thanks.",
        )  # fmt: skip
        row.save()
        HandOverPupil(
            org=pupil.org, hand_over=row, pupil=pupil, note=f"{word} note.",
            content={"live": [["Plan", f"{word} plan", ""]]},
        ).save()  # fmt: skip
