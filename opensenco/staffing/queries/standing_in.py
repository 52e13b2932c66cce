"""Who stands in for whom: single rows, what one takes oneself, and where."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Person
from opensenco.access.registry import visible
from opensenco.gate.rows import find
from opensenco.provision.queries.hours import standing_slots
from opensenco.staffing.models import Absence, StandIn

RELATED = ("pupil", "person", "absence__who", "allocation__provision", "allocation__group", "org")


def own_sessions(actor: Actor) -> Q:
    """Give the condition over promises whose session of today this person gives for somebody."""
    rows = StandIn.objects.filter(person=actor.person, on=actor.today, taken_back_at__isnull=True)
    return Q(pk__in=rows.values("allocation"))


def stand_ins(allocations: Sequence[Any], day: date) -> list[Person]:
    """Give who stands in for some promises on a day, each once."""
    rows = StandIn.objects.filter(
        allocation__in=[row.pk for row in allocations], on=day, person__isnull=False,
        taken_back_at__isnull=True,
    ).select_related("person")  # fmt: skip
    return list(dict.fromkeys(row.person for row in rows.order_by("starts_at", "id") if row.person))


def absence(actor: Actor, ref: uuid.UUID) -> Absence:
    """Give one absence, for who arranges cover.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    return find(actor, Action.COVER_ARRANGE, Absence, ref, "who", "org", "by", "back_by")


def stand_in(actor: Actor, ref: uuid.UUID, action: Action) -> StandIn:
    """Give what was arranged for one pupil: for who arranges it, or for whoever stands in.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    return find(actor, action, StandIn, ref, *RELATED)


def chosen_with(actor: Actor, row: StandIn) -> list[StandIn]:
    """Give all that was arranged in one go with a row and still stands."""
    rows = visible(actor, Action.COVER_ARRANGE, StandIn).filter(
        choice=row.choice, taken_back_at__isnull=True
    )
    return list(rows.select_related(*RELATED).order_by("starts_at", "pupil__sort_key", "id"))


def together_with(actor: Actor, row: StandIn) -> list[StandIn]:
    """Give the rows of one session in which one stands in, one for each pupil."""
    rows = visible(actor, Action.SESSION_LOG, StandIn).filter(together=row.together)
    return list(rows.select_related(*RELATED).order_by("pupil__sort_key", "id"))


def own_today(actor: Actor) -> list[StandIn]:
    """Give where one stands in today, a row for each session, by time."""
    rows = _today(actor).select_related("allocation__provision", "allocation__group")
    return list({row.together: row for row in rows.order_by("starts_at", "-id")}.values())


def every_today(actor: Actor) -> list[StandIn]:
    """Give where one stands in today, a row for each pupil, by time."""
    return list(_today(actor).order_by("starts_at", "id"))


def _today(actor: Actor) -> QuerySet[StandIn]:
    return StandIn.objects.filter(
        person=actor.person, on=actor.today, taken_back_at__isnull=True, org__in=actor.hat.orgs
    ).select_related("absence__who")


def room_of(row: StandIn) -> Any:
    """Give the room in which a session is by its timetable; None where none is set."""
    slots = standing_slots(row.on, row.on).filter(
        timetable__allocation=row.allocation_id, weekday=row.on.weekday(), starts_at=row.starts_at
    )
    return next((slot.room for slot in slots if slot.room), None)


def away_today(actor: Actor) -> list[Absence]:
    """Give who is marked as away today, by surname."""
    rows = visible(actor, Action.COVER_ARRANGE, Absence).filter(
        on=actor.today, back_at__isnull=True
    )
    return list(rows.select_related("who").order_by("who__last_name", "who__first_name", "id"))
