"""What pupils who leave were promised ends with their last day (APD-03)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases import spine
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import NotPossible
from opensenco.people.models import Assignment, GroupPupil, Pupil, YearTurn
from opensenco.people.operations import enrolment, turn_doing, turn_undoing
from opensenco.people.operations.turn_doing import Deeds, values
from opensenco.people.states import Wrote
from opensenco.people.turning.moves import Kind
from opensenco.people.turning.plan import Plan
from opensenco.people.turning.standing import judged
from opensenco.provision.models import Allocation

PROMISE = ("provision.Allocation",)
WRITTEN = ("ends", "ended_reason")
Goes = Allocation | Assignment


@dataclass(frozen=True, slots=True)
class Ended:
    """A place, an adult by name or a promise that has another last day, and what it held before."""

    row: GroupPupil | Goes
    before: dict[str, Any]


@operation(Action.PUPIL_EDIT, on="pupil")
def leave(
    *, actor: Actor, pupil: Pupil, version: int | None, on: date | None, to: str = ""
) -> Pupil:
    """Say that a pupil leaves, or stays after all; what was promised past the last day ends then.

    Raises:
        Invalid, NotPossible, Stale: as for `people.operations.enrolment.record_leaving`.
    """
    before = pupil.left_on
    enrolment.record_leaving(actor=actor, pupil=pupil, version=version, on=on, to=to)
    if before is not None:
        _go_on(pupil, before)
    if on is not None:
        _end(actor, {pupil.pk: on})
    return pupil


@operation(Action.PUPIL_EDIT, on="pupils")
def end_with_last_day(
    *, actor: Actor, pupils: Sequence[Pupil], before: Sequence[date | None]
) -> list[Ended]:
    """Let what pupils have in groups and were promised end with a last day that a list has given
    them, as it does where somebody says that a pupil leaves.

    Args:
        before: for each pupil, in the same order, the last day that was said before, if any.

    Returns:
        What was written, each with what stood there before as JSON holds it.
    """
    several = [
        enrolment.Leaving(pupil, day, pupil.left_on)
        for pupil, day in zip(pupils, before, strict=True)
    ]
    spans = enrolment.move_ends(several)
    moved = [Ended(row, {"ends": had.isoformat() if had else None}) for row, had in spans]
    promised = {
        row.pk: (row, was)
        for one in several
        if one.before is not None
        for row, was in _go_on(one.pupil, one.before)
    }
    for row, was in _end(actor, {one.pupil.pk: one.on for one in several if one.on}):
        # one that went on for a moment is another only as it stood at first
        promised[row.pk] = (row, promised[row.pk][1] if row.pk in promised else was)
    return [
        *moved,
        *(Ended(row, was) for row, was in promised.values() if was != values(row, WRITTEN)),
    ]


@operation(Action.PUPIL_EDIT, on="pupils")
def go_on_again(
    *, actor: Actor, pupils: Sequence[Pupil], rows: Sequence[tuple[Goes, Mapping[str, Any]]]
) -> list[Goes]:
    """Give promises, and adults by name, what they held before a last day that was wrong.

    Args:
        rows: of these pupils, each with the last day and the reason that it gets, as JSON holds
            them.

    Raises:
        NotPossible: one is of another pupil.
        Stale: somebody else changed one of them since it was read.
    """
    ids = {pupil.pk for pupil in pupils}
    if any(row.pupil_id not in ids for row, _held in rows):
        raise NotPossible
    for row, held in rows:
        new = dict(held)
        if "ends" in new:
            new["ends"] = date.fromisoformat(new["ends"]) if new["ends"] else None
        change(row, version=row.version, **new)
        if isinstance(row, Allocation):
            _say_it_goes_on(actor, row)
    return [row for row, _held in rows]


@operation(Action.YEAR_TURN, on="turn")
def turn_year(*, actor: Actor, turn: YearTurn, version: int | None, seen: str) -> Plan:
    """Put the turn of a school year into the record; what leavers were promised ends with them.

    Raises:
        NotPossible, Stale: as for `people.operations.turn_doing.turn_year`.
    """
    plan = turn_doing.turn_year(actor=actor, turn=turn, version=version, seen=seen)
    leave_on = {one.pupil: one.leave_on for one in plan.of(Kind.LEAVES) if one.leave_on}
    deeds = Deeds(turn)
    for row, before in _end(actor, leave_on):
        deeds.changed(row, before, WRITTEN)
    deeds.keep()
    return plan


@operation(Action.YEAR_TURN, on="turn")
def undo_turn(*, actor: Actor, turn: YearTurn, version: int | None) -> YearTurn:
    """Take the turn of a school year back, with the promises that ended by it.

    Raises:
        NotPossible, Stale: as for `people.operations.turn_undoing.undo_turn`.
    """
    found = judged(turn, PROMISE)
    turn_undoing.undo_turn(actor=actor, turn=turn, version=version)
    for one in found:
        if one.goes and one.deed.wrote == Wrote.CHANGED:
            ends = one.back["ends"]
            change(
                one.row,
                version=None,
                ends=date.fromisoformat(ends) if ends else None,
                ended_reason=one.back["ended_reason"],
            )
            _say_it_goes_on(actor, one.row)
    return turn


def _say_it_goes_on(actor: Actor, row: Allocation) -> None:
    spine.add_fact(
        actor=actor, pupil=row.pupil, kind="provision.given", on=actor.today,
        words=_("%(provision)s goes on") % {"provision": row.provision.name},
        source=row, reader=Action.PROVISION_VIEW,
    )  # fmt: skip


def _end(actor: Actor, leave_on: Mapping[int, date]) -> list[tuple[Allocation, dict[str, Any]]]:
    """End promises that go past the last day of their pupils. One that was to begin later than
    that is over on its first day: nothing of it was owed.
    """
    rows = Allocation.objects.filter(pupil__in=leave_on, in_error_at__isnull=True)
    ended = []
    for row in rows.select_related("pupil", "provision").order_by("id"):
        last = max(leave_on[row.pupil_id], row.starts)
        if row.ends is not None and row.ends <= last:
            continue
        before = values(row, WRITTEN)
        change(row, version=None, ends=last, ended_reason=_left())
        spine.add_fact(
            actor=actor, pupil=row.pupil, kind="provision.ended", on=last, source=row,
            words=_("%(provision)s ends") % {"provision": row.provision.name},
            reader=Action.PROVISION_VIEW,
        )  # fmt: skip
        ended.append((row, before))
    return ended


def _left() -> str:
    return str(_("The pupil leaves."))


def _go_on(pupil: Pupil, before: date) -> list[tuple[Allocation, dict[str, Any]]]:
    """Let promises go on that ended only because the pupil was to leave on another day."""
    gone_on = []
    rows = Allocation.objects.filter(
        Q(ended_reason=_left()), pupil=pupil, ends=before, in_error_at__isnull=True
    )
    for row in rows.order_by("id"):
        # what was agreed before the leaving was known
        agreed = row.history.exclude(ended_reason=_left()).order_by("history_id").last()
        held = values(row, WRITTEN)
        change(
            row,
            version=None,
            ends=agreed.ends if agreed else None,
            ended_reason=agreed.ended_reason if agreed else "",
        )
        gone_on.append((row, held))
    return gone_on
