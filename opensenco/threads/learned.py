"""Reading what people learned: one's own, and everybody's in numbers."""

import uuid
from datetime import date

from django.db.models import Count, Q, QuerySet, Sum

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import visible
from opensenco.gate.rows import find
from opensenco.threads.models import Learning

PAGE = 20


def learning(actor: Actor, ref: uuid.UUID) -> Learning:
    """Give one's own entry of a reference.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    return find(actor, Action.SENCO_ASK, Learning, ref, "org", "person")


def own(actor: Actor, first: date, last: date) -> QuerySet[Learning]:
    """Give what this actor learned in some days, the newest first."""
    rows = visible(actor, Action.SENCO_ASK, Learning)
    return rows.filter(in_error_at__isnull=True, on__range=(first, last)).order_by("-on", "-id")


def minutes_of(rows: QuerySet[Learning]) -> int:
    """Add up how long these took."""
    return rows.order_by().aggregate(all=Sum("minutes"))["all"] or 0


def everybodys(actor: Actor, first: date, last: date) -> QuerySet[Learning]:
    """Give what everybody of the place learned in some days, by person and day."""
    rows = visible(actor, Action.SUPERVISE, Learning)
    found = rows.filter(in_error_at__isnull=True, on__range=(first, last)).select_related("person")
    return found.order_by("person__last_name", "person__first_name", "person_id", "on", "id")


def totals(actor: Actor, first: date, last: date) -> dict[int, tuple[int, int, int]]:
    """Add up by the number of the person: entries, minutes, and how many say what came of them."""
    rows = everybodys(actor, first, last).order_by().values_list("person")
    found = rows.annotate(
        many=Count("id"), minutes=Sum("minutes"), used=Count("id", filter=~Q(used=""))
    )
    return {one: (many, minutes, used) for one, many, minutes, used in found}
