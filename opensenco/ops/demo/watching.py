"""What adults saw of pupils: in the children's stories, and lately."""

from collections.abc import Iterable
from datetime import date, time
from typing import Any

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import may
from opensenco.concerns.models import Concern
from opensenco.concerns.observation_states import Asks
from opensenco.concerns.operations.observing import Sight, record_observation
from opensenco.ops.demo.files import Row
from opensenco.ops.demo.scene import Scene
from opensenco.ops.demo.world import World
from opensenco.people.models import Pupil
from opensenco.support import queries as support

TEXTS = ("lesson", "place", "present", "seen", "helped", "hindered", "next_step")


def happens(scene: Scene, event: Row, on: date) -> Iterable[tuple[date, Any]]:
    """Write down what somebody in a story saw, by who co-ordinates where they had no part then."""

    def done(scene: Scene, day: date) -> None:
        sight = Sight(on=day, place=event["where"], seen=event["text"])
        with scene.acting(event["by"], day) as actor:
            if may(actor, Action.OBSERVE, scene.pupil):
                record_observation(actor=actor, pupil=scene.pupil, kind="narrative", sight=sight)
                return
        with scene.co_ordinating(day) as actor:
            record_observation(actor=actor, pupil=scene.pupil, kind="narrative", sight=sight)

    yield on, done


def make(world: World) -> None:
    """Watch, and write it down."""
    for row in world.rows("observing", "observation"):
        on = world.when.snapped(row["at"], "concern")
        pupil = world.pupils[row["pupil"]]
        with world.acting(row["by"], on, at=world.told[row["pupil"]]["setting"]) as actor:
            # early in September that day lies in the year before, when others taught them
            if may(actor, Action.OBSERVE, pupil):
                record_observation(
                    actor=actor, pupil=pupil, kind=row["kind"], sight=_sight(actor, pupil, row, on),
                    concern=_concern(pupil, row), cycle=_cycle(actor, pupil, row),
                )  # fmt: skip


def _sight(actor: Actor, pupil: Pupil, row: Row, on: date) -> Sight:
    samples = [None if one < 0 else one for one in row.get("samples", [])]
    texts = {name: row[name] for name in TEXTS if name in row}
    return Sight(
        on=on, began=time(9, 30), minutes=row.get("minutes"), every=row.get("every"),
        labels=row.get("labels", []), samples=samples, asked=_asked(actor, pupil, row), **texts,
    )  # fmt: skip


def _asked(actor: Actor, pupil: Pupil, row: Row) -> list[dict[str, str]]:
    """Lay the strategies of the day beside it, as far as the data says what was seen."""
    seen = row.get("asked", [])
    asks = support.strategies_of(actor, pupil) if seen else []
    return [
        {"kind": Asks.STRATEGY.value, "words": words, "seen": one}
        for words, one in zip(asks, seen, strict=False)
    ]


def _concern(pupil: Pupil, row: Row) -> Concern | None:
    if not row.get("because"):
        return None
    rows = Concern.objects.filter(pupil=pupil, in_error_at__isnull=True).select_related("owner")
    return rows.order_by("-id").first()


def _cycle(actor: Actor, pupil: Pupil, row: Row) -> Any:
    plan = support.current_plan(actor, pupil) if "asked" in row else None
    return plan.cycle.ref if plan else None
