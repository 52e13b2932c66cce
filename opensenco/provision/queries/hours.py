"""Hours of timetables as they stand, with who is at them: two questions however many there are."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from opensenco.kernel.dates import Span
from opensenco.people.models import GroupStaff
from opensenco.people.policy import standing as pupil_stands
from opensenco.people.states import StaffPart
from opensenco.provision.clashes import Key, Use
from opensenco.provision.models import Allocation, Slot
from opensenco.provision.timetable import Hour, overlap

RELATED = (
    "room", "person", "timetable__allocation__pupil", "timetable__allocation__person",
    "timetable__allocation__group", "timetable__allocation__provision",
)  # fmt: skip


def key_of(row: Allocation) -> Key:
    """Give what a promise is delivered together with."""
    return row.org_id, row.provision_id, row.group_id or 0, 0 if row.group_id else row.pk


def hour_of(slot: Any) -> Hour:
    """Give the plain hour of a row."""
    return Hour(slot.weekday, slot.starts_at, slot.ends_at, slot.week)


def span_of(slot: Slot) -> Span | None:
    """Give the days on which an hour holds: those of its timetable within those of its promise."""
    table, promise = slot.timetable, slot.timetable.allocation
    span = overlap(Span(table.starts, table.ends), Span(promise.starts, promise.ends))
    left = promise.pupil.left_on
    if span is None or left is None:
        return span
    return None if left < span.first else span.overlap(Span(span.first, left))


def standing_slots(
    first: date, last: date | None, among: QuerySet[Slot] | None = None
) -> QuerySet[Slot]:
    """Give the hours that hold on some day of a span, of what is promised to pupils who stand.

    Args:
        among: what a reader may see of them; all of the open scope where it is not said.
    """
    rows = (Slot.objects.all() if among is None else among).filter(
        pupil_stands("timetable__pupil"),
        Q(timetable__ends__isnull=True) | Q(timetable__ends__gte=first),
        Q(timetable__allocation__ends__isnull=True) | Q(timetable__allocation__ends__gte=first),
        Q(timetable__allocation__pupil__left_on__isnull=True)
        | Q(timetable__allocation__pupil__left_on__gte=first),
        timetable__taken_back_at__isnull=True,
        timetable__allocation__in_error_at__isnull=True,
    )
    if last is not None:
        rows = rows.filter(timetable__starts__lte=last, timetable__allocation__starts__lte=last)
    return rows.select_related(*RELATED).order_by(
        "weekday", "starts_at", "timetable__allocation__pupil__sort_key", "id"
    )


@dataclass(frozen=True)
class Runs:
    """Who runs each group, and on which days."""

    of: dict[int, list[GroupStaff]]

    def on(self, group: int | None, day: date) -> Any:
        """Give who runs a group on a day; None where nobody does."""
        here = self.of.get(group or 0, ())
        return next((one.person for one in here if day in Span(one.starts, one.ends)), None)


def runs(groups: Iterable[int | None]) -> Runs:
    """Give who runs some groups; asks once, and not where there is no group."""
    wanted = {group for group in groups if group}
    found: dict[int, list[GroupStaff]] = defaultdict(list)
    if wanted:
        rows = GroupStaff.objects.filter(group__in=wanted, does=StaffPart.RUNS)
        for row in rows.select_related("person").order_by("starts", "id"):
            if row.ends is None or row.ends >= row.starts:
                found[row.group_id].append(row)
    return Runs(found)


def uses(slots: Sequence[Slot], within: Span) -> list[Use]:
    """Give what hours take of pupils, adults and rooms in a span; asks once at most."""
    staff = runs(slot.timetable.allocation.group_id for slot in slots)
    found = []
    for slot in slots:
        promise, span = slot.timetable.allocation, span_of(slot)
        span = span.overlap(within) if span else None
        if span is None:
            continue
        found.append(
            Use(
                key_of(promise), hour_of(slot), span, promise,
                person=who(slot.person, promise, staff, span.first), room=slot.room,
                because=slot.timetable.because,
            )
        )  # fmt: skip
    return found


def who(person: Any, promise: Allocation, staff: Runs, day: date) -> Any:
    """Give who is at an hour: named for it, else for the promise, else whoever runs the group."""
    return person or promise.person or staff.on(promise.group_id, day)
