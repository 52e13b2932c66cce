"""A hand-over of each school, long ago and taken over: nothing of it waits any more."""

from dataclasses import replace
from datetime import timedelta

from opensenco.access.actor import Actor, chosen, hats_of
from opensenco.access.models import Person
from opensenco.handover.models import HandOver, HandOverPupil
from opensenco.handover.operations import handing
from opensenco.notices.models import Notice
from opensenco.notices.operations import read_notices
from opensenco.people.models import Pupil
from tests.cast import NOW, TODAY

EARLY = NOW - timedelta(days=200)


def make_hand_over(giver: Actor, taker: Person, pupil: Pupil, word: str) -> None:
    """Put a hand-over together, note what only the giver knows, give it, and take it over."""
    early = replace(giver, at=EARLY)
    row = handing.put_together(
        actor=early, pupils=[pupil], kind="class", giver=giver.person, taker=taker,
        words=f"{word} for all.",
    )  # fmt: skip
    part = HandOverPupil.objects.select_related("hand_over", "pupil").get(hand_over=row)
    handing.write_note(actor=early, part=part, note=f"{word} note.", leave_out=False, version=None)
    handing.give(actor=early, hand_over=row, version=None)
    hat = chosen(hats_of(taker, TODAY), None)
    assert hat is not None
    given = HandOver.objects.select_related("org", "giver", "taker", "made_by").get(pk=row.pk)
    handing.take_over(actor=Actor(taker, hat, EARLY), hand_over=given, words=f"{word} thanks.")
    told = Notice.objects.filter(person=giver.person, source_ref=row.ref)
    read_notices(actor=early, notices=list(told))
