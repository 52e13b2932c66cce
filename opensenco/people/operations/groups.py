"""Classes and groups: who is in them and who teaches, runs or covers them."""

from datetime import date

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation, Person
from opensenco.gate.operation import operation
from opensenco.kernel.errors import Invalid
from opensenco.people.models import Assignment, Group, GroupPupil, GroupStaff, Pupil
from opensenco.people.policy import on_day
from opensenco.people.states import GroupKind, StaffPart


@operation(Action.CLASS_EDIT, on="org")
def add_group(*, actor: Actor, org: Organisation, name: str, kind: str = GroupKind.CLASS) -> Group:
    """Add a class, teaching group or support group.

    Raises:
        Invalid: the name is taken by a group that still runs.
    """
    if Group.objects.filter(org=org, name=name, ended_on__isnull=True).exists():
        raise Invalid("name", "There is a group of this name. Choose another name.")
    group = Group(org=org, name=name.strip(), kind=kind)
    group.save()
    return group


@operation(Action.CLASS_EDIT, on="group")
def put_pupil_in_group(
    *, actor: Actor, group: Group, pupil: Pupil, starts: date, ends: date | None = None
) -> GroupPupil:
    """Put a pupil into a group from a day; a pupil is in one class at a time.

    Raises:
        Invalid: an end before the start.
    """
    if ends and ends < starts:
        raise Invalid("ends", "The last day must be the first day or later.")
    if group.kind == GroupKind.CLASS:
        for old in GroupPupil.objects.filter(
            on_day(starts), pupil=pupil, group__kind=GroupKind.CLASS
        ):
            old.ends = max(old.starts, date.fromordinal(starts.toordinal() - 1))
            old.save(update_fields=["ends"])
    row = GroupPupil(org_id=group.org_id, group=group, pupil=pupil, starts=starts, ends=ends)
    row.save()
    return row


@operation(Action.CLASS_EDIT, on="group")
def put_staff_in_group(
    *,
    actor: Actor,
    group: Group,
    person: Person,
    does: str = StaffPart.TEACHES,
    subject: str = "",
    starts: date,
    ends: date | None = None,
) -> GroupStaff:
    """Say who teaches, runs or covers a group, from a day.

    Raises:
        Invalid: an end before the start.
    """
    if ends and ends < starts:
        raise Invalid("ends", "The last day must be the first day or later.")
    row = GroupStaff(
        org_id=group.org_id,
        group=group,
        person=person,
        does=does,
        subject=subject,
        starts=starts,
        ends=ends,
    )
    row.save()
    return row


@operation(Action.CLASS_EDIT, on="pupil")
def assign_staff(
    *, actor: Actor, pupil: Pupil, person: Person, starts: date, ends: date | None = None
) -> Assignment:
    """Assign a member of staff, or a visiting professional, to one pupil by name, with dates."""
    row = Assignment(org_id=pupil.org_id, pupil=pupil, person=person, starts=starts, ends=ends)
    row.save()
    return row
