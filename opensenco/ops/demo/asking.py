"""What people were asked and have answered so far: rounds that are open on the SENCO's desk."""

from datetime import date, timedelta
from typing import Any

from opensenco.ops.demo.files import Row, rows
from opensenco.ops.demo.scene import school_day_after
from opensenco.ops.demo.world import SENCO, World
from opensenco.participation import queries
from opensenco.participation.models import Asked, AskRound
from opensenco.participation.operations.answering import answer_round, decline_round
from opensenco.participation.operations.asking import ask_people


def make(world: World) -> None:
    """Ask, and let some of them answer."""
    for row in rows("asking", "round"):
        on = world.when.snapped(row["at"], "concern")
        asked = _ask(world, row, on)
        for one in row["answers"]:
            day = school_day_after(on, one["after"])
            if day <= world.today:
                _answer(world, asked, one, day)


def _ask(world: World, row: Row, on: date) -> AskRound:
    with world.acting(SENCO, on) as actor:
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
