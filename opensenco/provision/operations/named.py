"""Adults who are named for single hours of a timetable: they reach its pupils for its days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from opensenco.kernel.dates import Span
from opensenco.provision.models import Allocation, Slot, Timetable
from opensenco.provision.timetable import overlap


@dataclass(frozen=True)
class Named:
    """An adult at hours of one timetable, for as long as it and its promise hold.

    It reads like a promise that this adult keeps alone.
    """

    table: int
    org_id: int
    pupil: Any
    person: Any
    starts: date
    ends: date | None
    group: Any = None
    group_id: int | None = None

    @property
    def pk(self) -> tuple[int, int]:
        """What tells it from others and from promises."""
        return self.table, self.person.pk

    @property
    def pupil_id(self) -> int:
        """Whose hour it is."""
        return int(self.pupil.pk)

    @property
    def person_id(self) -> int:
        """Who is at it."""
        return int(self.person.pk)


def named_at_hours(wanted: Q) -> list[Named]:
    """Give those who are named in standing timetables; asks once.

    Args:
        wanted: of which timetables.
    """
    return [one for one, _promise in _named(wanted)]


def named_for(allocations: Sequence[Allocation]) -> list[Named]:
    """The same for some promises."""
    return named_at_hours(Q(allocation__in=[one.pk for one in allocations]))


def moved_with(
    moved: Sequence[tuple[Allocation, date | None, date | None]],
) -> list[tuple[Named, date | None, date | None]]:
    """Give whose days end on others because those of a promise do.

    Args:
        moved: promises, each with its end before and its new one.
    """
    by_pk = {one.pk: (before, until) for one, before, until in moved}
    found = []
    for one, promise in _named(Q(allocation__in=by_pk), whole=True):
        before, until = by_pk[promise.pk]
        found.append((one, _earlier(one.ends, before), _earlier(one.ends, until)))
    return found


def _named(wanted: Q, *, whole: bool = False) -> list[tuple[Named, Allocation]]:

    rows = Slot.objects.filter(
        person__isnull=False,
        timetable__taken_back_at__isnull=True,
        timetable__in=Timetable.objects.filter(wanted).values("pk"),
    ).select_related("person", "timetable__allocation__pupil", "timetable__allocation__person")
    found: dict[tuple[int, int], tuple[Named, Allocation]] = {}
    for slot in rows.order_by("id"):
        table, promise = slot.timetable, slot.timetable.allocation
        if slot.person == promise.person:
            continue
        span = overlap(Span(table.starts, table.ends), Span(promise.starts, promise.ends))
        ends = table.ends if whole or span is None else span.last
        if span is not None or whole:
            one = Named(table.pk, slot.org_id, promise.pupil, slot.person, table.starts, ends)
            found.setdefault(one.pk, (one, promise))
    return list(found.values())


def ended(
    before: Sequence[Named], after: Sequence[Named], last: date
) -> list[tuple[Named, date | None, date | None]]:
    """Give whose days end on others because their timetable does, or was taken back.

    Args:
        last: the last day where a timetable is there no more.
    """
    now = {one.pk: one for one in after}
    return [(one, one.ends, now[one.pk].ends if one.pk in now else last) for one in before]


def _earlier(one: date | None, other: date | None) -> date | None:
    days = [day for day in (one, other) if day is not None]
    return min(days) if days else None
