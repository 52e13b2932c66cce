"""Who delivers a provision reaches the pupil for its days: by the group, or assigned by name."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from opensenco.people.models import Assignment, GroupPupil, GroupStaff
from opensenco.people.states import StaffPart
from opensenco.provision.models import Allocation

Span = Assignment | GroupPupil


def reach(allocation: Allocation) -> None:
    """Put the pupil into the group, and assign who delivers where no group of theirs does it."""
    if allocation.group and not _covers(
        GroupPupil.objects.filter(pupil=allocation.pupil, group=allocation.group), allocation
    ):
        _join(allocation)
    if allocation.person and not _runs_the_group(allocation):
        named = Assignment.objects.filter(pupil=allocation.pupil, person=allocation.person)
        if not _covers(named, allocation):
            Assignment(
                org_id=allocation.org_id,
                pupil=allocation.pupil,
                person=allocation.person,
                starts=allocation.starts,
                ends=allocation.ends,
            ).save()


def follow(allocation: Allocation, before: date | None) -> None:
    """Move the end of what `reach` wrote, where a promise that ended on `before` ends on a new day.

    What another promise needs, or the school wrote with other dates, stays.
    """
    for row in _written(allocation, before, allocation.ends):
        row.ends = allocation.ends
        row.save(update_fields=["ends"])


def withdraw(allocation: Allocation, today: date) -> None:
    """End what `reach` wrote for a promise made in error, as of yesterday or its first day."""
    last = today - timedelta(days=1)
    for row in _written(allocation, allocation.ends, last):
        row.ends = max(row.starts, last)
        row.save(update_fields=["ends"])


def _join(allocation: Allocation) -> None:
    """Put the pupil into the group; a stay that begins the same day is made longer."""
    same_day = GroupPupil.objects.filter(
        group=allocation.group,
        pupil=allocation.pupil,
        starts=allocation.starts,
        withdrawn=False,
    ).first()
    row = same_day or GroupPupil(
        org_id=allocation.org_id,
        pupil=allocation.pupil,
        group=allocation.group,
        starts=allocation.starts,
    )
    row.ends = allocation.ends
    row.save()


def _covers(rows: Iterable[Any], allocation: Allocation) -> bool:
    """Tell whether a span of these rows holds for all of the promise's days."""
    for row in rows:
        ends_late = row.ends is None or (
            allocation.ends is not None and row.ends >= allocation.ends
        )
        if row.starts <= allocation.starts and ends_late:
            return True
    return False


def _runs_the_group(allocation: Allocation) -> bool:
    return allocation.group is not None and _covers(
        GroupStaff.objects.filter(
            group=allocation.group, person=allocation.person, does=StaffPart.RUNS
        ),
        allocation,
    )


def _written(allocation: Allocation, ends: date | None, until: date | None) -> list[Span]:
    """Give what `reach` wrote with this end, less what others need after `until`."""
    others = Allocation.objects.filter(pupil=allocation.pupil, in_error_at__isnull=True).exclude(
        pk=allocation.pk
    )
    if until is not None:
        others = others.exclude(ends__lte=until)
    days = {"pupil": allocation.pupil, "starts": allocation.starts, "ends": ends}
    found: list[Span] = []
    if allocation.group and not others.filter(group=allocation.group).exists():
        found += GroupPupil.objects.filter(group=allocation.group, **days)
    if allocation.person and not others.filter(person=allocation.person).exists():
        found += Assignment.objects.filter(person=allocation.person, **days)
    return found
