"""Reading school years that are prepared or turned, joiners, and stays on the roll."""

import uuid
from dataclasses import dataclass

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.access.registry import visible
from opensenco.gate.rows import find
from opensenco.people.days import came
from opensenco.people.models import (
    DualRegistration,
    GroupPupil,
    Pupil,
    RollSpell,
    TurnMove,
    YearTurn,
)
from opensenco.people.operations.turn_undoing import THINGS
from opensenco.people.states import GroupKind, TurnState
from opensenco.people.turning.standing import Verdict, judged


@dataclass(frozen=True)
class OnRoll:
    """The stays of a pupil on the roll: earlier ones, the last first, and other settings."""

    pupil: Pupil
    earlier: list[RollSpell]
    duals: list[DualRegistration]


def places(actor: Actor) -> list[Organisation]:
    """Give the settings whose school year this actor may turn, by name."""
    return list(visible(actor, Action.YEAR_TURN, Organisation).order_by("name", "id"))


def turn(actor: Actor, ref: uuid.UUID) -> YearTurn:
    """Give the school year of a reference."""
    return find(actor, Action.YEAR_TURN, YearTurn, ref, "org", "begun_by", "applied_by")


def turns(actor: Actor, place: Organisation) -> list[YearTurn]:
    """Give the school years that are prepared, turned or taken back here, the last first."""
    rows = visible(actor, Action.YEAR_TURN, YearTurn).filter(org=place)
    rows = rows.exclude(state=TurnState.DROPPED).select_related("begun_by", "applied_by")
    return list(rows.order_by("-starts", "-id"))


def pupil(actor: Actor, ref: uuid.UUID, action: Action = Action.YEAR_TURN) -> Pupil:
    """Give the pupil of a reference, for the turn of the year or for the roll."""
    return find(actor, action, Pupil, ref, "org", "part")


def joiners(actor: Actor, place: Organisation) -> list[Pupil]:
    """Give the pupils who are entered and have not begun, by first day and surname."""
    rows = visible(actor, Action.YEAR_TURN, Pupil).filter(org=place).exclude(came(actor.today))
    found = list(rows.order_by("joined_on", "sort_key", "id"))
    names = dict(
        GroupPupil.objects.filter(
            pupil__in=[one.pk for one in found], group__kind=GroupKind.CLASS, withdrawn=False
        )
        .order_by("-starts")
        .values_list("pupil_id", "group__name")
    )
    for one in found:
        one.class_name = names.get(one.pk, "")  # type: ignore[attr-defined]
    return found


def decision_of(row: YearTurn, pupil_row: Pupil) -> TurnMove | None:
    """Give what was decided of one pupil, where something was."""
    found = TurnMove.objects.filter(turn=row, pupil=pupil_row).select_related("part").first()
    return found if found is not None and (found.goes or found.into or found.part) else None


def set_aside(row: YearTurn) -> list[TurnMove]:
    """Give what was decided of records that have been set aside since, by surname: added in error,
    or made one with another. It counts for nobody any more.
    """
    found = TurnMove.objects.filter(turn=row, pupil__in_error_at__isnull=False)
    rows = found.select_related("pupil", "pupil__same_as").order_by("pupil__sort_key", "id")
    return [one for one in rows if one.goes or one.into or one.part_id]


def on_roll_of(actor: Actor, ref: uuid.UUID) -> OnRoll:
    """Give a pupil with all that is known of their stays on the roll."""
    row = find(actor, Action.PUPIL_EDIT, Pupil, ref, "org")
    spells = visible(actor, Action.PUPIL_EDIT, RollSpell).filter(
        pupil=row, in_error_at__isnull=True
    )
    duals = visible(actor, Action.PUPIL_EDIT, DualRegistration).filter(
        pupil=row, in_error_at__isnull=True
    )
    return OnRoll(row, list(spells.order_by("-left_on")), list(duals.order_by("-starts", "-id")))


def dual(actor: Actor, ref: uuid.UUID) -> DualRegistration:
    """Give the registration at another setting of a reference."""
    return find(actor, Action.PUPIL_EDIT, DualRegistration, ref, "pupil")


def kept(row: YearTurn) -> list[Verdict]:
    """Give what would stay if a turn were taken back now, because somebody changed it since."""
    return [one for one in judged(row, THINGS) if one.why]
