"""What was entered by mistake is taken back: nothing is removed, and no day has it any more."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Membership
from opensenco.gate.operation import operation
from opensenco.gate.rows import change, change_alike, change_each
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.people.models import Contact, Group, GroupPupil, GroupStaff, Pupil
from opensenco.people.operations.rolls import ONE_DAY

R = TypeVar("R", Pupil, Contact)


@operation(Action.PUPIL_EDIT, on="pupils")
def take_back_pupils(*, actor: Actor, pupils: Sequence[Pupil], reason: str) -> list[Pupil]:
    """Mark pupils as added in error, with a reason. They were never on the roll.

    Raises:
        Invalid: no reason that says anything.
        NotPossible: one of them is marked already.
        Stale: somebody else changed one of them since these rows were read.
    """
    return _marked(actor, pupils, reason)


@operation(Action.RECORD_INVALIDATE, on="contacts")
def take_back_contacts(*, actor: Actor, contacts: Sequence[Contact], reason: str) -> list[Contact]:
    """Mark contacts of many pupils as added in error, with a reason.

    Raises:
        Invalid: no reason that says anything.
        NotPossible: one of them is marked already.
        Stale: somebody else changed one of them since these rows were read.
    """
    return _marked(actor, contacts, reason)


def _marked(actor: Actor, rows: Sequence[R], reason: str) -> list[R]:
    if len(reason.split()) < 2:
        raise Invalid("reason", _("Say in a few words what was wrong."))
    if any(row.in_error for row in rows):
        raise NotPossible(_("This is marked as made in error already."))
    return change_alike(
        rows,
        in_error_at=actor.at,
        in_error_by=actor.person,
        in_error_reason=reason.strip(),
    )


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
        Stale: somebody else changed one of the places since it was read.
    """
    ids = {pupil.pk for pupil in pupils}
    if any(row.pupil_id not in ids for row in (*places, *(row for row, _day in before))):
        raise NotPossible
    # those that are taken back first: a pupil is in one class at a time
    by_start: dict[date, list[GroupPupil]] = defaultdict(list)
    for row in places:
        by_start[row.starts].append(row)
    for starts, some in by_start.items():
        change_alike(some, ends=starts - ONE_DAY, withdrawn=True)
    for row, ends in before:
        row.ends, row.withdrawn = ends, False
    change_each([row for row, _day in before], "ends", "withdrawn")
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
