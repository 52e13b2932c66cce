"""Who delivers a provision reaches the pupil for its days: by the group, or assigned by name."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from opensenco.people.models import Assignment, GroupPupil, GroupStaff
from opensenco.people.states import StaffPart
from opensenco.provision.models import Allocation
from opensenco.provision.operations.named import Named, ended, moved_with, named_at_hours

#: what needs an adult or a group: a promise, or somebody named for an hour of its timetable
Promise = Allocation | Named
Span = Assignment | GroupPupil
Spans = defaultdict[tuple[Any, Any], list[Any]]
#: rows in one statement
BATCH = 500


def reach(allocations: Sequence[Promise]) -> None:
    """Put pupils into the groups, and assign who delivers where no group of theirs does it."""
    here = _Reached(allocations)
    for one in allocations:
        here.reach(one)
    here.write()


class _Reached:
    """What stands of the pupils, groups and adults of some promises, and what comes to it."""

    def __init__(self, allocations: Sequence[Promise]) -> None:
        pupils = {one.pupil_id for one in allocations}
        groups = {one.group_id for one in allocations if one.group_id}
        people = {one.person_id for one in allocations if one.person_id}
        self._places: Spans = defaultdict(list)
        self._named: Spans = defaultdict(list)
        self._runs: Spans = defaultdict(list)
        self._joined: list[GroupPupil] = []
        self._assigned: list[Assignment] = []
        self._longer: dict[int, GroupPupil] = {}
        if groups:
            for place in GroupPupil.objects.filter(pupil__in=pupils, group__in=groups):
                self._places[place.pupil_id, place.group_id].append(place)
        if people:
            for named in Assignment.objects.filter(pupil__in=pupils, person__in=people):
                self._named[named.pupil_id, named.person_id].append(named)
        if groups and people:
            for runs in GroupStaff.objects.filter(
                group__in=groups, person__in=people, does=StaffPart.RUNS
            ):
                self._runs[runs.group_id, runs.person_id].append(runs)

    def reach(self, one: Promise) -> None:
        """Say what a promise needs beside what stands and what others of them brought."""
        if one.group and not _covers(self._places[one.pupil_id, one.group_id], one):
            self._join(one)
        if one.person and not (one.group and _covers(self._runs[one.group_id, one.person_id], one)):
            named = self._named[one.pupil_id, one.person_id]
            if not _covers(named, one):
                row = Assignment(
                    org_id=one.org_id, pupil=one.pupil, person=one.person, starts=one.starts,
                    ends=one.ends,
                )  # fmt: skip
                named.append(row)
                self._assigned.append(row)

    def _join(self, one: Promise) -> None:
        """Put the pupil into the group; a stay that begins the same day is made longer."""
        stays = self._places[one.pupil_id, one.group_id]
        row = next((r for r in stays if r.starts == one.starts and not r.withdrawn), None)
        if row is None:
            row = GroupPupil(org_id=one.org_id, pupil=one.pupil, group=one.group, starts=one.starts)
            stays.append(row)
            self._joined.append(row)
        elif row.pk:
            self._longer[row.pk] = row
        row.ends = one.ends

    def write(self) -> None:
        """Write what was said."""
        GroupPupil.objects.bulk_create(self._joined, batch_size=BATCH)
        Assignment.objects.bulk_create(self._assigned, batch_size=BATCH)
        GroupPupil.objects.bulk_update(list(self._longer.values()), ["ends"], batch_size=BATCH)


def follow(moved: Sequence[tuple[Allocation, date | None]]) -> None:
    """Move the end of what `reach` wrote, where promises that ended on a day end on a new one.

    What another promise needs, or the school wrote with other dates, stays.

    Args:
        moved: promises with the days on which they ended before.
    """
    both = [(one, before, one.ends) for one, before in moved]
    _end([*both, *moved_with(both)])


def follow_named(before: Sequence[Named], after: Sequence[Named], last: date) -> None:
    """Move the end of what `reach` wrote for adults named for hours, where timetables end.

    Args:
        last: the last day where a timetable was taken back.
    """
    _end(ended(before, after, last))


def withdraw(allocations: Sequence[Allocation], today: date) -> None:
    """End what `reach` wrote for promises made in error, as of yesterday or its first day."""
    last = today - timedelta(days=1)
    both = [(one, one.ends, last) for one in allocations]
    _end([*both, *moved_with(both)])


def _end(moved: Sequence[tuple[Promise, date | None, date | None]]) -> None:
    """Give what `reach` wrote with one end another, less what others need after that.

    Args:
        moved: promises, with the end of what is looked for, and its new end.
    """
    written = _Written([one for one, _before, _until in moved])
    for one, before, until in moved:
        written.end(one, before, until)
    written.write()


class _Written:
    """What stands of the pupils, groups and adults of some promises, to be given other ends."""

    def __init__(self, allocations: Sequence[Promise]) -> None:
        pupils = {one.pupil_id for one in allocations}
        groups = {one.group_id for one in allocations if one.group_id}
        people = {one.person_id for one in allocations if one.person_id}
        self._others: dict[int, list[Promise]] = defaultdict(list)
        self._spans: dict[tuple[Any, ...], list[Span]] = defaultdict(list)
        self._places: dict[int, GroupPupil] = {}
        self._named: dict[int, Assignment] = {}
        for other in Allocation.objects.filter(pupil__in=pupils, in_error_at__isnull=True):
            self._others[other.pupil_id].append(other)
        for hour in named_at_hours(Q(pupil__in=pupils)) if people else ():
            self._others[hour.pupil_id].append(hour)
        if groups:
            for place in GroupPupil.objects.filter(pupil__in=pupils, group__in=groups):
                self._spans["group", place.pupil_id, place.group_id, place.starts].append(place)
        if people:
            for named in Assignment.objects.filter(pupil__in=pupils, person__in=people):
                self._spans["person", named.pupil_id, named.person_id, named.starts].append(named)

    def end(self, one: Promise, before: date | None, until: date | None) -> None:
        """Let end on another day what ended on a day, less what others need after that."""
        needed = [o for o in self._others[one.pupil_id] if _needs_after(o, one, until)]
        for what in ("group", "person"):
            key = getattr(one, f"{what}_id")
            if not key or any(getattr(other, f"{what}_id") == key for other in needed):
                continue
            for row in self._spans[what, one.pupil_id, key, one.starts]:
                if row.ends == before:
                    row.ends = until if until is None else max(row.starts, until)
                    if isinstance(row, GroupPupil):
                        self._places[row.pk] = row
                    else:
                        self._named[row.pk] = row

    def write(self) -> None:
        """Write what was said."""
        GroupPupil.objects.bulk_update(list(self._places.values()), ["ends"], batch_size=BATCH)
        Assignment.objects.bulk_update(list(self._named.values()), ["ends"], batch_size=BATCH)


def _needs_after(other: Promise, one: Promise, until: date | None) -> bool:
    """Tell whether another promise goes on after a day."""
    if other.pk == one.pk:
        return False
    return until is None or other.ends is None or other.ends > until


def _covers(rows: Iterable[Any], allocation: Promise) -> bool:
    """Tell whether a span of these rows holds for all of the promise's days."""
    for row in rows:
        ends_late = row.ends is None or (
            allocation.ends is not None and row.ends >= allocation.ends
        )
        if row.starts <= allocation.starts and ends_late:
            return True
    return False
