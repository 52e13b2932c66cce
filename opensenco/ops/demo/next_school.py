"""Pupils who leave for schools without OpenSENCO, which were asked by a link: are you ready?"""

from datetime import date, timedelta

from opensenco.access.scope import LinkKey
from opensenco.documents import bylink
from opensenco.ops.demo.files import Row
from opensenco.ops.demo.scene import school_day_after
from opensenco.ops.demo.world import SCHOOL, World
from opensenco.participation import linkdoor
from opensenco.participation.models import AskLink, AskRound
from opensenco.participation.next_school import NEXT_SCHOOL
from opensenco.participation.operations.asking import ask_people
from opensenco.participation.operations.links import Outside
from opensenco.provision.operations.leaving import leave

#: days from today to the day by which an answer is wanted
DUE = 4


def make(world: World) -> None:
    """Say that each leaves, ask the next school, and let one of them answer."""
    for row in world.rows("handover", "leaver"):
        on = world.when.snapped(row["at"], "message")
        asked = _ask(world, row, on)
        if "answer" in row:
            day = school_day_after(on, row["answer"]["after"])
            if day <= world.today:
                _answer(world, asked, row["answer"], day)


def _ask(world: World, row: Row, on: date) -> AskRound:
    pupil = world.pupils[row["pupil"]]
    with world.acting(world.senco(SCHOOL, on), on, at=SCHOOL) as actor:
        last = world.today + timedelta(days=row["in"])
        leave(actor=actor, pupil=pupil, version=None, on=last, to=row["to"])
        return ask_people(
            actor=actor, pupil=pupil, questions=NEXT_SCHOOL, people=[],
            due=world.today + timedelta(days=DUE),
            outside=[Outside(row["name"], row["email"], row["to"])],
        )  # fmt: skip


def _answer(world: World, asked: AskRound, row: Row, day: date) -> None:
    """Come through the door of links, as somebody there would."""
    with world.acting(world.senco(SCHOOL, day), day, at=SCHOOL):
        link = AskLink.objects.select_related("org").get(asked__ask_round=asked)
    key = LinkKey(link.org_id, link.key)
    seen = linkdoor.Seen(str(link.ref), key, link.org.name, link.org, link.sent_by_id)
    bylink.answer(seen, world.moment(day), row["said"], {})
