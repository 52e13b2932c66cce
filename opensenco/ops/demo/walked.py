"""A walk with a colleague: a lesson seen, what was shown, the lesson again, and what came of it."""

from typing import Any

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import may
from opensenco.concerns.models import Observation
from opensenco.concerns.observation_states import Asks
from opensenco.concerns.operations.observing import Sight, record_observation
from opensenco.ops.demo.files import Row
from opensenco.ops.demo.world import SCHOOL, World
from opensenco.people.models import Pupil
from opensenco.support import queries as support
from opensenco.support.operations.evidence import point_to
from opensenco.support.queries.nameable import nameable
from opensenco.threads.models import Advice, ClassNote
from opensenco.threads.operations.advising import NAMES, Step, put_advice_right, record_advice


def make(world: World) -> None:
    """See a lesson, show how, see it again, and say what came of it."""
    for row in world.rows("observing", "walk"):
        taught = _first(world, row)
        on = world.when.snapped(row["again_at"], "concern")
        with world.acting(world.senco(SCHOOL, on), on, at=SCHOOL) as actor:
            pupil = world.pupils[row["pupil"]]
            again = _sight(actor, pupil, row, row["again"], row["again_asked"], world)
            record_observation(
                actor=actor, pupil=pupil, kind="visit", sight=again, follows=taught.ref
            )
            given: dict[str, Any] = {name: getattr(taught, name) for name in NAMES}
            put_advice_right(
                actor=actor, advice=taught, version=None, given={**given, "came_of": row["came"]}
            )


def point(world: World) -> None:
    """Point to what shows how far the first outcome of a plan has come."""
    for row in world.rows("observing", "shows"):
        pupil = world.pupils[row["pupil"]]
        on = world.when.snapped(row["at"], "message")
        with world.acting(world.senco(SCHOOL, on), on, at=SCHOOL) as actor:
            plan = support.current_plan(actor, pupil)
            found = [one for one, _words in nameable(actor, pupil)]
            notes = [one for one in found if isinstance(one, ClassNote)]
            seen = [one for one in found if isinstance(one, Observation)]
            for source, words in zip([*seen[:1], *notes[:1]], row["words"], strict=False):
                if plan and plan.outcomes:
                    outcome = plan.outcomes[0].row
                    point_to(actor=actor, outcome=outcome, words=words, source=source)


def _first(world: World, row: Row) -> Advice:
    """See the lesson, and show how a few days later."""
    pupil, whose = world.pupils[row["pupil"]], world.people[row["whose"]]
    on = world.when.snapped(row["at"], "concern")
    with world.acting(world.senco(SCHOOL, on), on, at=SCHOOL) as actor:
        sight = _sight(actor, pupil, row, row["seen"], row["asked"], world, row["next_step"])
        seen = record_observation(actor=actor, pupil=pupil, kind="visit", sight=sight)
        missed = [one["words"] for one in sight.asked if one["seen"] != "yes"]
    on = world.when.snapped(row["shown_at"], "message")
    with world.acting(world.senco(SCHOOL, on), on, at=SCHOOL) as actor:
        given = {"kind": "modelling", "on": on, "who": actor.person.name, "to_whom": "",
                 "words": row["shown"], "came_of": ""}  # fmt: skip
        step = Step(learner=whose, strategies=missed, visit=seen.ref)
        return record_advice(actor=actor, pupil=pupil, given=given, step=step)


def _sight(
    actor: Actor, pupil: Pupil, row: Row, words: str, asked: list[str], world: World,
    next_step: str = "",
) -> Sight:  # fmt: skip
    asks = support.strategies_of(actor, pupil) if may(actor, Action.PROFILE_VIEW, pupil) else []
    laid = [
        {"kind": Asks.STRATEGY.value, "words": one, "seen": seen}
        for one, seen in zip(asks, asked, strict=False)
    ]
    return Sight(
        on=actor.today, lesson=row["lesson"], minutes=30, seen=words, next_step=next_step,
        asked=laid, colleague=world.people[row["whose"]],
    )  # fmt: skip
