"""Hours of each school, long ago: none of them counts today."""

from dataclasses import replace
from datetime import date, timedelta

from opensenco.access.actor import Actor
from opensenco.audit.acting import as_actor
from opensenco.people.models import Pupil
from opensenco.staffing.models import Hours
from tests.cast import NOW

EARLY = NOW - timedelta(days=400)
FIRST, LEFT = date(2019, 9, 1), date(2020, 8, 31)


def make_staffing(actor: Actor, pupil: Pupil, word: str) -> None:
    """Keep one of each, as long ago as nobody asks."""
    early = replace(actor, at=EARLY)
    person = actor.person
    with as_actor(early):
        for first, week in ((FIRST, 1800), (LEFT, 0)):
            Hours(
                org=pupil.org, who=person, post=f"{word} assistant", does="supports", week=week,
                send=week // 2, first=first, person=person, at=EARLY,
            ).save()  # fmt: skip
