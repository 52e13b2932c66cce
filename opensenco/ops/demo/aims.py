"""The aims of the school's strategic plan: set before it, noted after, one of them met."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from opensenco.ops.demo.files import Row
from opensenco.ops.demo.world import SCHOOL, World
from opensenco.reports.models import PlanAim, ReportEdition
from opensenco.reports.operations import aims

WORDS = ("words", "doing", "measure", "own_measure", "start_source")


def begin(world: World) -> None:
    """Set each aim on its day."""
    for row in world.rows("aims", "aim"):
        on = world.when.snapped(row["at"], "message")
        with world.acting(world.senco(SCHOOL, on), on, at=SCHOOL) as actor:
            given: dict[str, Any] = {name: row.get(name, "") for name in WORDS}
            given |= {
                "target": Decimal(row["target"]), "owner": world.people[row["owner"]],
                "by": world.today + timedelta(days=row["by"]), "start_on": on,
                "start": Decimal(row["start"]) if "start" in row else None,
            }  # fmt: skip
            aims.set_plan_aim(actor=actor, org=world.school, given=given)


def go_on(world: World) -> None:
    """Note how each goes on, and say that one is met."""
    for row in world.rows("aims", "aim"):
        for note in row.get("note", ()):
            _note(world, row, note)


def _note(world: World, row: Row, note: Row) -> None:
    on = world.when.snapped(note["at"], "message")
    with world.acting(note["by"], on, at=SCHOOL) as actor:
        aim = PlanAim.objects.select_related("org", "owner").get(words=row["words"])
        given: dict[str, Any] = {
            "words": note["words"], "paper": note.get("paper", ""),
            "source": note.get("source", ""),
            "figure": Decimal(note["figure"]) if "figure" in note else None,
            "edition": ReportEdition.objects.filter(kind=note.get("report", "")).last(),
        }  # fmt: skip
        if "state" in note:
            aims.end_plan_aim(
                actor=actor, plan_aim=aim, state=note["state"], given=given, version=None
            )
            return
        aims.note_plan_aim(actor=actor, plan_aim=aim, given=given, version=None)
