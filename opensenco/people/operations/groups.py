"""Classes and groups: made, renamed, ended, and who teaches, runs or covers them."""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Membership, Organisation, Person
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.people.days import running
from opensenco.people.models import Assignment, Group, GroupPupil, GroupStaff, Pupil
from opensenco.people.operations.rolls import ONE_DAY, class_again, put_in
from opensenco.people.states import GroupKind, StaffPart


@operation(Action.CLASS_EDIT, on="org")
def add_group(
    *,
    actor: Actor,
    org: Organisation,
    name: str,
    kind: str = GroupKind.CLASS,
    part: Organisation | None = None,
) -> Group:
    """Add a class, teaching group or support group.

    Args:
        part: the part of the setting that it belongs to; None for the whole.

    Raises:
        Invalid: no name, one that a group has which still runs, or a part of another place.
    """
    group = Group(
        org=org, name=_free_name(actor.today, org.pk, name), kind=kind, part=_own_part(org.pk, part)
    )
    group.save()
    return group


@operation(Action.CLASS_EDIT, on="group")
def change_group(
    *,
    actor: Actor,
    group: Group,
    version: int | None,
    name: str,
    part: Organisation | None = None,
) -> Group:
    """Give a class or group another name, or another part of the setting.

    Raises:
        Invalid: as for `add_group`.
        NotPossible: it has ended.
        Stale: somebody else changed it in between.
    """
    _refuse_ended(group, actor.today)
    name = _free_name(actor.today, group.org_id, name, but=group)
    return change(group, version=version, name=name, part=_own_part(group.org_id, part))


@operation(Action.CLASS_EDIT, on="group")
def end_group(*, actor: Actor, group: Group, version: int | None, on: date) -> Group:
    """End a class or group on a day that has come: its pupils and its staff leave it with it.

    Who was to come later is taken back.

    Raises:
        Invalid: a day to come, or one before somebody joined who is in it.
        NotPossible: it has ended already.
        Stale: somebody else changed it in between.
    """
    _refuse_ended(group, actor.today)
    if on > actor.today:
        raise Invalid("on", _("Choose today or an earlier day. A group is not ended ahead."))
    spans: list[GroupPupil | GroupStaff] = [
        *GroupPupil.objects.filter(_not_over(on), group=group).order_by("id"),
        *GroupStaff.objects.filter(_not_over(on), group=group).order_by("id"),
    ]
    if any(on < row.starts <= actor.today for row in spans):
        raise Invalid(
            "on", _("Somebody joined after that day. Choose a later day, or end their place first.")
        )
    for row in spans:
        if row.starts > on:
            change(row, version=None, ends=row.starts - ONE_DAY, withdrawn=True)
        else:
            change(row, version=None, ends=on)
    return change(group, version=version, ended_on=on)


def _not_over(day: date) -> Q:
    """Spans that hold on a later day too, or only then."""
    return Q(withdrawn=False) & (Q(ends__isnull=True) | Q(ends__gt=day))


def _free_name(today: date, org_id: int, name: str, *, but: Group | None = None) -> str:
    name = name.strip()
    if not name:
        raise Invalid("name", _("Give it a name."))
    same = Group.objects.filter(running(today), org=org_id, name=name)
    if same.exclude(pk=but.pk if but else 0).exists():
        raise Invalid("name", _("There is a group of this name. Choose another name."))
    return name


def _own_part(org_id: int, part: Organisation | None) -> Organisation | None:
    if part is not None and part.parent_id != org_id:
        raise Invalid("part", _("Choose a part of this setting."))
    return part


def _refuse_ended(group: Group, today: date) -> None:
    if group.ended_on is not None and group.ended_on <= today:
        raise NotPossible(_("This class or group has ended. Make a new one instead."))


@operation(Action.CLASS_EDIT, on="group")
def put_pupil_in_group(
    *, actor: Actor, group: Group, pupil: Pupil, starts: date, ends: date | None = None
) -> GroupPupil:
    """Put a pupil into a group from a day; a pupil is in one class at a time.

    Raises:
        Invalid: an end before the start, or the pupil is in this group then.
        NotPossible: the group has ended.
    """
    _refuse_ended(group, actor.today)
    (row,) = put_in([pupil], [group], starts, ends)
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
    """Say who teaches, runs or covers a group, from a day. They see its pupils for these days.

    Raises:
        Invalid: an end before the start, nobody of this place, or what they do then already.
        NotPossible: the group has ended.
    """
    _refuse_ended(group, actor.today)
    if ends and ends < starts:
        raise Invalid("ends", _("The last day must be the first day or later."))
    here = Membership.objects.filter(org=group.org_id, person=person, withdrawn=False)
    if not here.exists():
        raise Invalid("person", _("Choose somebody who has a role here."))
    row = GroupStaff(
        org_id=group.org_id, group=group, person=person, does=does, subject=subject.strip(),
        starts=starts, ends=ends,
    )  # fmt: skip
    _refuse_twice(row)
    row.save()
    return row


def _refuse_twice(row: GroupStaff) -> None:
    """Refuse days on which this person does the same in this group already."""
    same = GroupStaff.objects.filter(
        Q(ends__isnull=True) | Q(ends__gte=row.starts),
        group=row.group, person=row.person, does=row.does, subject=row.subject, withdrawn=False,
    )  # fmt: skip
    if row.ends:
        same = same.filter(starts__lte=row.ends)
    if same.exists():
        raise Invalid(
            "person", _("They do this here then already. End that first, or choose other days.")
        )


@operation(Action.CLASS_EDIT, on="group_staff")
def end_staff_in_group(
    *, actor: Actor, group_staff: GroupStaff, version: int | None, on: date
) -> GroupStaff:
    """Say until which day somebody teaches, runs or covers a group. From the next, no sight by it.

    Raises:
        Invalid: the day is before their first.
        NotPossible: it is over already.
        Stale: somebody else changed it in between.
    """
    _refuse_over(actor, group_staff)
    if on < group_staff.starts:
        raise Invalid("on", _("The last day must be their first day or later."))
    return change(group_staff, version=version, ends=on)


@operation(Action.CLASS_EDIT, on="group_staff")
def take_back_staff_in_group(
    *, actor: Actor, group_staff: GroupStaff, version: int | None
) -> GroupStaff:
    """Take back that somebody teaches, runs or covers a group, on their first day or before.

    Raises:
        NotPossible: they have done it for a day or more; end it instead.
        Stale: somebody else changed it in between.
    """
    _refuse_over(actor, group_staff)
    if group_staff.starts < actor.today:
        raise NotPossible(_("This has begun. End it on a day instead."))
    before = group_staff.starts - ONE_DAY
    return change(group_staff, version=version, ends=before, withdrawn=True)


@operation(Action.CLASS_EDIT, on="group_pupil")
def end_pupil_in_group(
    *, actor: Actor, group_pupil: GroupPupil, version: int | None, on: date
) -> GroupPupil:
    """Say until which day a pupil is in a group. Its staff see them no longer by it from the next.

    Raises:
        Invalid: the day is before their first.
        NotPossible: it is over already.
        Stale: somebody else changed it in between.
    """
    _refuse_over(actor, group_pupil)
    if on < group_pupil.starts:
        raise Invalid("on", _("The last day must be their first day or later."))
    return change(group_pupil, version=version, ends=on)


@operation(Action.CLASS_EDIT, on="group_pupil")
def take_back_pupil_in_group(
    *, actor: Actor, group_pupil: GroupPupil, version: int | None
) -> GroupPupil:
    """Take back that a pupil is in a group, on their first day or before.

    Of a class, the class that they left for it is theirs again.

    Raises:
        NotPossible: they have been in it for a day or more; end it instead.
        Stale: somebody else changed it in between.
    """
    _refuse_over(actor, group_pupil)
    if group_pupil.starts < actor.today:
        raise NotPossible(_("This has begun. End it on a day instead."))
    before = group_pupil.starts - ONE_DAY
    taken = change(group_pupil, version=version, ends=before, withdrawn=True)
    if taken.group.kind == GroupKind.CLASS:
        class_again(taken)
    return taken


def _refuse_over(actor: Actor, row: GroupPupil | GroupStaff) -> None:
    if row.withdrawn or (row.ends and row.ends < actor.today):
        raise NotPossible(_("This is over already."))


@operation(Action.CLASS_EDIT, on="pupil")
def assign_staff(
    *, actor: Actor, pupil: Pupil, person: Person, starts: date, ends: date | None = None
) -> Assignment:
    """Assign a member of staff, or a visiting professional, to one pupil by name, with dates."""
    row = Assignment(org_id=pupil.org_id, pupil=pupil, person=person, starts=starts, ends=ends)
    row.save()
    return row
