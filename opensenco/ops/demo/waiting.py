"""What lies on people's desks: concerns at each stage, a draft, an opening, a note."""

from datetime import date, timedelta

from opensenco.cases.operations.everyday import open_out_of_duty
from opensenco.concerns.models import Concern
from opensenco.concerns.operations import carrying, deciding, raising, safeguarding
from opensenco.gate import drafts
from opensenco.ops.demo.files import Row, rows
from opensenco.ops.demo.scene import school_day_after
from opensenco.ops.demo.world import SENCO, World


def make(world: World) -> None:
    """Put it all there."""
    for row in rows("waiting", "concern"):
        _raise(world, row)
    for row in rows("waiting", "draft"):
        with world.acting(row["by"], _day(world, row)) as actor:
            text = {name: [row[name]] for name in ("noticed", "where_when")}
            drafts.save(actor, "concern", world.pupils[row["pupil"]].ref, text)
    for row in rows("waiting", "opening"):
        with world.acting(row["by"], _day(world, row)) as actor:
            open_out_of_duty(actor=actor, pupil=world.pupils[row["pupil"]], reason=row["reason"])
    for row in rows("waiting", "safeguarding"):
        with world.acting(row["by"], _day(world, row)) as actor:
            safeguarding.note_for_safeguarding(
                actor=actor, pupil=world.pupils[row["pupil"]], words=row["words"]
            )


def _day(world: World, row: Row) -> date:
    return world.when.snapped(row["at"], "concern")


def _raise(world: World, row: Row) -> None:
    """Raise a concern and take it as far as its data says, one school day after the other."""
    raised = _day(world, row)
    with world.acting(row["by"], raised) as actor:
        concern = raising.raise_concern(
            actor=actor,
            pupil=world.pupils[row["pupil"]],
            **{name: row[name] for name in ("noticed", "where_when", "tried", "said")},
        )
    for name, do in (("decided", _decide), ("trying", _try), ("settled", _settle)):
        if name in row:
            on = school_day_after(raised, row[name]["after"])
            if on > world.today:
                return
            do(world, concern, row, on)


def _decide(world: World, concern: Concern, row: Row, on: date) -> None:
    part = row["decided"]
    until = world.when.snapped(part["until"], "concern") if "until" in part else None
    with world.acting(SENCO, on) as actor:
        deciding.triage_concern(
            actor=actor,
            concern=concern,
            version=None,
            outcome=part["outcome"],
            owner=world.people[part["owner"]],
            reply=part["reply"],
            until=None if until is None else max(until, on + timedelta(days=1)),
        )


def _try(world: World, concern: Concern, row: Row, on: date) -> None:
    part = row["trying"]
    with world.acting(row["by"], on) as actor:
        carrying.take_up_strategies(
            actor=actor,
            concern=concern,
            version=None,
            trying=part["words"],
            until=on + timedelta(days=part["for"]),
        )


def _settle(world: World, concern: Concern, row: Row, on: date) -> None:
    with world.acting(row["by"], on) as actor:
        carrying.settle_concern(
            actor=actor, concern=concern, version=None, result=row["settled"]["words"]
        )
