"""What joins a group takes over the hours of the group."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from opensenco.access.actor import Actor
from opensenco.kernel.dates import Span
from opensenco.provision.models import Allocation, Slot, Timetable
from opensenco.provision.operations import reaching
from opensenco.provision.operations.named import named_for
from opensenco.provision.queries.hours import standing_slots
from opensenco.provision.timetable import overlap


def take_over(actor: Actor, made: Sequence[Allocation]) -> None:
    """Give promises that join a group the hours that the group has for the same provision.

    Called by what gives provision; where no group is given to, it asks nothing.
    """
    groups = {(row.group_id, row.provision_id) for row in made if row.group_id}
    if not groups:
        return
    ids = {row.pk for row in made}
    first = min(row.starts for row in made)
    there: dict[Any, dict[Any, list[Slot]]] = {}
    slots = standing_slots(first, None).filter(
        timetable__allocation__group__in={group for group, _provision in groups}
    )
    for slot in slots.exclude(timetable__allocation__in=ids):
        promise, table = slot.timetable.allocation, slot.timetable
        span = (table.starts, table.ends)
        there.setdefault((promise.group_id, promise.provision_id), {}).setdefault(
            (promise.pk, span), []
        ).append(slot)
    for row in made:
        tables = there.get((row.group_id, row.provision_id), {})
        if not tables:
            continue
        model = next(iter(tables))[0]
        for (of, (starts, ends)), slots_of in tables.items():
            both = overlap(Span(starts, ends), Span(row.starts, row.ends))
            if of == model and both is not None:
                _copy(actor, row, slots_of, both.first, ends)
    reaching.reach(named_for(made))


def _copy(
    actor: Actor, row: Allocation, slots: Sequence[Slot], starts: date, ends: date | None
) -> None:
    table = Timetable(
        org_id=row.org_id, pupil_id=row.pupil_id, allocation=row, starts=starts, ends=ends,
        person=actor.person, at=actor.at,
    )  # fmt: skip
    table.save()
    Slot.objects.bulk_create(
        Slot(
            org_id=row.org_id, timetable=table, weekday=one.weekday, week=one.week,
            starts_at=one.starts_at, ends_at=one.ends_at, minutes=one.minutes, room=one.room,
            person=one.person,
        )
        for one in slots
    )  # fmt: skip
