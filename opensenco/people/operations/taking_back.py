"""What was entered by mistake is taken back: nothing is removed, and no day has it any more."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Membership
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotPossible, Stale
from opensenco.people.models import Group, GroupPupil, GroupStaff, Pupil
from opensenco.people.operations.rolls import BATCH, ONE_DAY

MARKED = ["in_error_at", "in_error_by", "in_error_reason", "version"]


@operation(Action.PUPIL_EDIT, on="pupils")
def take_back_pupils(*, actor: Actor, pupils: Sequence[Pupil], reason: str) -> list[Pupil]:
    """Mark pupils as added in error, with a reason. They were never on the roll.

    Raises:
        Invalid: no reason that says anything.
        NotPossible: one of them is marked already.
        Stale: somebody else changed one of them since these rows were read.
    """
    if len(reason.split()) < 2:
        raise Invalid("reason", _("Say in a few words what was wrong."))
    if any(pupil.in_error for pupil in pupils):
        raise NotPossible(_("This is marked as made in error already."))
    rows = Pupil.objects.select_for_update().filter(pk__in=[pupil.pk for pupil in pupils])
    if dict(rows.values_list("pk", "version")) != {pupil.pk: pupil.version for pupil in pupils}:
        raise Stale
    for pupil in pupils:
        pupil.in_error_at, pupil.in_error_by = actor.at, actor.person
        pupil.in_error_reason = reason.strip()
        pupil.version += 1
    Pupil.objects.bulk_update(pupils, MARKED, batch_size=BATCH)
    return list(pupils)


@operation(Action.CLASS_EDIT, on="pupils")
def take_back_places(
    *,
    actor: Actor,
    pupils: Sequence[Pupil],
    places: Sequence[GroupPupil],
    before: Sequence[tuple[GroupPupil, date | None]],
) -> list[GroupPupil]:
    """Take pupils out of groups as if they had never been in, and let earlier places go on.

    Args:
        pupils: whose places these are.
        places: the places that no day has any more.
        before: earlier places, each with the last day that it had.

    Raises:
        NotPossible: a place of another pupil.
    """
    ids = {pupil.pk for pupil in pupils}
    if any(row.pupil_id not in ids for row in (*places, *(row for row, _day in before))):
        raise NotPossible
    for row in places:
        row.ends, row.withdrawn = row.starts - ONE_DAY, True
    for row, ends in before:
        row.ends, row.withdrawn = ends, False
    # those that are taken back first: a pupil is in one class at a time
    for rows in (list(places), [row for row, _day in before]):
        for row in rows:
            row.version += 1
        GroupPupil.objects.bulk_update(rows, ["ends", "withdrawn", "version"], batch_size=BATCH)
    return list(places)


@operation(Action.CLASS_EDIT, on="group")
def take_back_staff(*, actor: Actor, group: Group, place: GroupStaff) -> GroupStaff:
    """Take an adult out of a group as if they had never been in.

    Raises:
        NotPossible: it is taken back already, or is of another group.
    """
    if place.withdrawn or place.group_id != group.pk:
        raise NotPossible(_("This has been taken back already."))
    return change(place, version=None, ends=place.starts - ONE_DAY, withdrawn=True)


@operation(Action.PEOPLE_MANAGE, on="membership")
def set_last_day(
    *, actor: Actor, membership: Membership, version: int | None, ends: date | None
) -> Membership:
    """Give a role that goes on another last day, or none.

    Raises:
        Invalid: the day is before the role began.
        NotPossible: it has ended already.
        Stale: somebody else changed it in between.
    """
    if membership.withdrawn or (membership.ends and membership.ends < actor.today):
        raise NotPossible(_("This role has ended already. Give a new one instead."))
    if ends and ends < membership.starts:
        raise Invalid("ends", _("The last day must be the first day or later."))
    return change(membership, version=version, ends=ends)
