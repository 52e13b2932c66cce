"""What the school changes for disabled pupils, what it refused, and its accessibility plan."""

from datetime import timedelta
from typing import Any

from opensenco.ops.demo.files import Row
from opensenco.ops.demo.world import SCHOOL, World
from opensenco.support.operations import access

DAYS = ("starts", "by")
WORDS = ("aim", "barrier", "words", "decided", "decided_by", "why", "who", "cost")


def make(world: World) -> None:
    """Record when the plan was approved, and each decision on its day."""
    with world.acting(world.senco(SCHOOL, world.today), world.today, at=SCHOOL) as actor:
        for row in world.rows("access", "approved"):
            access.record_plan_approval(
                actor=actor, org=world.school, approved_by=row["by"], where=row["where"],
                approved_on=world.today + timedelta(days=row["at"]),
            )  # fmt: skip
        for row in world.rows("access", "decision"):
            given = _given(world, row)
            if "pupil" in row:
                pupil = world.pupils[row["pupil"]]
                access.record_access_of_pupil(actor=actor, pupil=pupil, given=given)
                continue
            made = access.record_access(
                actor=actor, org=world.school, for_whom=row["for_whom"],
                group=row.get("group", ""), given=given,
            )  # fmt: skip
            if "helped" in row:
                access.say_whether_access_helps(
                    actor=actor, decision=made, helped=row["helped"],
                    helped_words=row["helped_words"], ended_on=None, ended_reason="", version=None,
                )  # fmt: skip


def _given(world: World, row: Row) -> dict[str, Any]:
    days = {name: world.today + timedelta(days=row[name]) if name in row else None for name in DAYS}
    words = {name: row.get(name, "") for name in WORDS}
    decided_on = world.today + timedelta(days=row["at"])
    return {**words, **days, "decided_on": decided_on, "in_plan": row.get("in_plan", False)}
