"""What people were asked and have answered so far: rounds that are open on the SENCO's desk."""

from datetime import date, timedelta
from typing import Any

from opensenco.ops.demo.files import Row
from opensenco.ops.demo.scene import school_day_after
from opensenco.ops.demo.world import World
from opensenco.participation import queries
from opensenco.participation.models import Asked, AskRound
from opensenco.participation.operations.answering import answer_round, decline_round
from opensenco.participation.operations.asking import ask_people, close_round


def make(world: World) -> None:
    """Ask, and let some of them answer."""
    for row in world.rows("asking", "round"):
        on = world.when.snapped(row["at"], "concern")
        asked = _ask(world, row, on)
        for one in row["answers"]:
            day = school_day_after(on, one["after"])
            if day <= world.today:
                _answer(world, asked, one, day)
        if "closed" in row:
            _close(world, row, asked, school_day_after(on, row["closed"]["after"]))


def _ask(world: World, row: Row, on: date) -> AskRound:
    at = world.told[row["pupil"]]["setting"]
    with world.acting(world.senco(at, on), on, at=at) as actor:
        pupil = world.pupils[row["pupil"]]
        near, _others = queries.proposed(actor, pupil)
        return ask_people(
            actor=actor,
            pupil=pupil,
            questions=row["questions"],
            people=[world.people[one] for one in row["people"]],
            due=max(world.today, on) + timedelta(days=row["due"]),
            because=row["because"],
            hows={one.person.pk: one.how for one in near},
        )


def _answer(world: World, asked: AskRound, one: Row, day: date) -> None:
    with world.acting(one["by"], day) as actor:
        ref = Asked.objects.values_list("ref", flat=True).get(ask_round=asked, person=actor.person)
        part = queries.asked(actor, ref)
        if "declined" in one:
            decline_round(actor=actor, asked=part, version=part.version, reason=one["declined"])
            return
        said: dict[str, Any] = one["said"]
        answer_round(actor=actor, asked=part, version=part.version, answers=said)


def _close(world: World, row: Row, asked: AskRound, day: date) -> None:
    """Close a round with what has come; whoever stayed silent is excused."""
    at = world.told[row["pupil"]]["setting"]
    with world.acting(world.senco(at, day), day, at=at) as actor:
        fresh = AskRound.objects.select_related("org", "pupil").get(pk=asked.pk)
        close_round(actor=actor, ask_round=fresh, version=None, reason=row["closed"]["reason"])
