"""What lies on people's desks: concerns at each stage, a draft, an opening, a note."""

from datetime import date, timedelta

from opensenco.cases.operations.everyday import open_out_of_duty
from opensenco.concerns.models import Concern
from opensenco.concerns.operations import carrying, deciding, raising, safeguarding
from opensenco.gate import drafts
from opensenco.ops.demo.files import Row
from opensenco.ops.demo.scene import school_day_after
from opensenco.ops.demo.world import World


def make(world: World) -> None:
    """Put it all there."""
    for row in world.rows("waiting", "concern"):
        _raise(world, row)
    for row in world.rows("waiting", "draft"):
        with world.acting(row["by"], _day(world, row), at=_at(world, row)) as actor:
            text = {name: [row[name]] for name in ("noticed", "where_when")}
            drafts.save(actor, "concern", world.pupils[row["pupil"]].ref, text)
    for row in world.rows("waiting", "opening"):
        with world.acting(row["by"], _day(world, row), at=_at(world, row)) as actor:
            open_out_of_duty(actor=actor, pupil=world.pupils[row["pupil"]], reason=row["reason"])
    for row in world.rows("waiting", "safeguarding"):
        with world.acting(row["by"], _day(world, row), at=_at(world, row)) as actor:
            safeguarding.note_for_safeguarding(
                actor=actor, pupil=world.pupils[row["pupil"]], words=row["words"]
            )


def _at(world: World, row: Row) -> str:
    setting: str = world.told[row["pupil"]]["setting"]
    return setting


def _day(world: World, row: Row) -> date:
    return world.when.snapped(row["at"], "concern")


def _raise(world: World, row: Row) -> None:
    """Raise a concern and take it as far as its data says, one school day after the other."""
    raised = _day(world, row)
    with world.acting(row["by"], raised, at=_at(world, row)) as actor:
        concern = raising.raise_concern(
            actor=actor,
            pupil=world.pupils[row["pupil"]],
            **{name: row[name] for name in ("noticed", "where_when", "tried", "said")},
        )
    for name, do in STEPS.items():
        if name in row:
            on = school_day_after(raised, row[name]["after"])
            if on > world.today:
                return
            do(world, concern, row, on)


def _decide(world: World, concern: Concern, row: Row, on: date) -> None:
    part = row["decided"]
    until = world.when.snapped(part["until"], "concern") if "until" in part else None
    at = _at(world, row)
    with world.acting(world.senco(at, on), on, at=at) as actor:
        deciding.triage_concern(
            actor=actor,
            concern=concern,
            version=None,
            outcome=part["outcome"],
            owner=world.people[part["owner"]] if "owner" in part else None,
            reason=part.get("reason", ""),
            reply=part["reply"],
            until=None if until is None else max(until, on + timedelta(days=1)),
        )


def _try(world: World, concern: Concern, row: Row, on: date) -> None:
    part = row["trying"]
    with world.acting(_owner(row), on, at=_at(world, row)) as actor:
        carrying.take_up_strategies(
            actor=actor,
            concern=concern,
            version=None,
            trying=part["words"],
            until=on + timedelta(days=part["for"]),
        )


def _settle(world: World, concern: Concern, row: Row, on: date) -> None:
    with world.acting(_owner(row), on, at=_at(world, row)) as actor:
        carrying.settle_concern(
            actor=actor, concern=concern, version=None, result=row["settled"]["words"]
        )


def _pass_on(world: World, concern: Concern, row: Row, on: date) -> None:
    with world.acting(_owner(row), on, at=_at(world, row)) as actor:
        carrying.pass_on(actor=actor, concern=concern, version=None, reason=row["passed"]["reason"])


def _mark(world: World, concern: Concern, row: Row, on: date) -> None:
    at = _at(world, row)
    with world.acting(world.senco(at, on), on, at=at) as actor:
        raising.mark_concern_in_error(
            actor=actor, concern=concern, version=None, reason=row["error"]["reason"]
        )


def _owner(row: Row) -> str:
    """Give who looks after a concern: whom the decision named, else who raised it."""
    owner: str = row.get("decided", {}).get("owner", row["by"])
    return owner


#: how far a concern can be taken, in order
STEPS = {
    "decided": _decide, "trying": _try, "passed": _pass_on, "settled": _settle, "error": _mark,
}  # fmt: skip
