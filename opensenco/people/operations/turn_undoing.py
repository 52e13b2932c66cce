"""The turn of a school year is taken back, before its day or after it, as far as it stands."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import NotPossible
from opensenco.people.models import Assignment, Group, GroupPupil, GroupStaff, Pupil, YearTurn
from opensenco.people.operations.rolls import ONE_DAY
from opensenco.people.operations.turn_doing import OF_A_SPAN, Changed, values, write_changed
from opensenco.people.states import TurnState, Wrote
from opensenco.people.turning.standing import Verdict, judged

THINGS = (
    "people.Pupil", "people.Group", "people.GroupPupil", "people.GroupStaff", "people.Assignment",
)  # fmt: skip
DAYS = ("ends", "ended_on", "next_from", "left_on")


@operation(Action.YEAR_TURN, on="turn")
def undo_turn(*, actor: Actor, turn: YearTurn, version: int | None) -> YearTurn:
    """Take back what a turn wrote, in one transaction. What was changed since stays.

    Raises:
        NotPossible: it is not in the record.
        Stale: somebody else took it back in between.
    """
    if turn.state != TurnState.APPLIED:
        raise NotPossible(_("This school year is not in the record. There is nothing to undo."))
    change(turn, version=version, state=TurnState.UNDONE, undone_at=actor.at,
           undone_by=actor.person)  # fmt: skip
    found = [one for one in judged(turn, THINGS) if one.goes]
    for model in (GroupPupil, GroupStaff):
        rows = [one for one in found if isinstance(one.row, model)]
        # places that no day has any more go first: a pupil is in one class at a time
        _withdraw([one.row for one in rows if one.deed.wrote == Wrote.MADE])
        _give_back([one for one in rows if one.deed.wrote == Wrote.CHANGED])
    _give_back(_of(found, Assignment))
    _give_back(_of(found, Pupil))
    for one in _of(found, Group):
        if one.deed.wrote == Wrote.MADE:
            change(one.row, version=None, ended_on=actor.today)
        else:
            change(one.row, version=None, **_values(one))
    return turn


def _of(found: Sequence[Verdict], model: type[Any]) -> list[Verdict]:
    return [one for one in found if isinstance(one.row, model)]


def _withdraw(rows: list[Any]) -> None:
    changed: list[Changed] = []
    for row in rows:
        before = values(row, OF_A_SPAN)
        row.ends, row.withdrawn = row.starts - ONE_DAY, True
        changed.append((row, before))
    write_changed(changed)


def _give_back(found: list[Verdict]) -> None:
    changed: list[Changed] = []
    for one in found:
        before = values(one.row, one.back)
        for name, value in _values(one).items():
            setattr(one.row, name, value)
        changed.append((one.row, before))
    write_changed(changed)


def _values(one: Verdict) -> dict[str, Any]:
    return {
        name: date.fromisoformat(value) if name in DAYS and value else value
        for name, value in one.back.items()
    }
