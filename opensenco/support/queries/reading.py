"""Rows now, or as they stood at the end of a day: what every query of support begins with."""

from datetime import date
from typing import TypeVar

from django.db.models import Count, Model, Q, QuerySet

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import visible
from opensenco.people.looking_back import reads_then, rows_then
from opensenco.people.models import Pupil
from opensenco.support.models import Need, OwnFieldValue, Strategy

M = TypeVar("M", bound=Model)


def rows(actor: Actor, action: Action, model: type[M]) -> QuerySet[M]:
    """Give the rows that this actor may do that to, as they stand now."""
    return visible(actor, action, model)


def rows_of(
    actor: Actor, action: Action, model: type[M], pupil: Pupil, day: date | None = None
) -> QuerySet[M]:
    """Give the rows about a pupil that this actor may do that to.

    Args:
        day: as they stood at its end, for who may look back and has the verb today; None for now.
    """
    if day is None:
        return visible(actor, action, model).filter(pupil_id=pupil.pk)
    if not reads_then(actor, pupil, action):
        return model._default_manager.none()
    return rows_then(model, pupil, day)


def reads_status_by(actor: Actor) -> Action:
    """Give the verb by which this actor reads status and needs: of plans, or of the register."""
    reads_plans = actor.can_somewhere(Action.PLAN_VIEW)
    return Action.PLAN_VIEW if reads_plans else Action.REGISTER_VIEW


def spans_version(model: type[Need] | type[Strategy] | type[OwnFieldValue], pupil: Pupil) -> int:
    """Give a number that grows with every change of a pupil's rows, for the optimistic lock.

    Each row is made once and ended at most once, so counting both grows with each change.
    """
    counted = model.objects.filter(pupil=pupil).aggregate(
        made=Count("pk"), ended=Count("pk", filter=Q(ended_on__isnull=False))
    )
    return int(counted["made"] + counted["ended"])
