"""What the page that sets hours begins with: what is done together, and the hours as they stand."""

import uuid
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import visible
from opensenco.gate.rows import find
from opensenco.kernel.dates import Span
from opensenco.people.policy import standing as pupil_stands
from opensenco.provision.clashes import Clash, clashes
from opensenco.provision.models import Allocation, Room, Slot
from opensenco.provision.queries.expected import days_ahead
from opensenco.provision.queries.hours import held, span_of, standing_slots, uses
from opensenco.provision.states import ClashOf


@dataclass(frozen=True)
class Hours:
    """The hours of one promise for some days.

    Args:
        slots: in the order of a week.
        because: why they were set although something clashed.
    """

    span: Span
    slots: list[Slot]
    because: str = ""

    def holds(self, day: date) -> bool:
        """Tell whether they hold on a day."""
        return day in self.span


def rooms(actor: Actor) -> list[Room]:
    """Give the rooms that are used, by name."""
    rows = visible(actor, Action.PROVISION_VIEW, Room).filter(ended_on__isnull=True)
    return list(rows.order_by("name", "id"))


def room(actor: Actor, ref: uuid.UUID) -> Room:
    """Give the room of a reference.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    return find(actor, Action.PROVISION_ALLOCATE, Room, ref)


def done_together(actor: Actor, row: Allocation) -> list[Allocation]:
    """Give what has the same provision in the same group and is not over, by register name."""
    rows = visible(actor, Action.PROVISION_ALLOCATE, Allocation).filter(
        Q(ends__isnull=True) | Q(ends__gte=actor.today), pupil_stands(), in_error_at__isnull=True
    )
    if row.group_id is None:
        rows = rows.filter(pk=row.pk)
    else:
        rows = rows.filter(group=row.group_id, provision=row.provision_id)
    related_rows = rows.select_related("pupil__org", "provision", "group", "person")
    return list(related_rows.order_by("pupil__sort_key", "id"))


def hours_of(actor: Actor, row: Allocation) -> list[Hours]:
    """Give the hours of a promise that hold today or later, by their first day: asks once."""
    seen = visible(actor, Action.PROVISION_VIEW, Slot).filter(timetable__allocation=row)
    slots = standing_slots(actor.today, None, seen)
    found: dict[int, Hours] = {}
    for slot in slots:
        if span := span_of(slot):
            one = found.setdefault(slot.timetable.pk, Hours(span, [], slot.timetable.because))
            one.slots.append(slot)
    return sorted(found.values(), key=lambda one: one.span.first)


def meets_of(actor: Actor, row: Allocation) -> list[Clash]:
    """Give what else the pupil of a promise has at its hours, from today on."""
    hours = held(
        actor.today, None, actor=actor, action=Action.PROVISION_VIEW, pupils=[row.pupil_id]
    )
    days = days_ahead([row.org_id], actor.today)
    found = clashes(uses(hours, Span(actor.today)), frozenset([row.pk]), days)
    return [one for one in found if one.kind is ClashOf.PUPIL]


def clashes_of(actor: Actor, until: date | None = None) -> list[Clash]:
    """Give what clashes at the actor's places from today on, by weekday and time."""
    hours = held(actor.today, until, actor=actor, action=Action.PROVISION_VIEW)
    days = days_ahead(actor.hat.orgs, actor.today)
    return clashes(uses(hours, Span(actor.today, until)), days=days)
