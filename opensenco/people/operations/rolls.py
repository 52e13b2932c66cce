"""Many pupils at once, as lists bring them: added, changed, put into classes, given contacts.

What is written, checked, kept in the history and in the audit is the same as for one pupil; only
the questions to the database are fewer.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Min, Q
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.kernel.upn import read_upn
from opensenco.people.days import running
from opensenco.people.models import Contact, Group, GroupPupil, Pupil
from opensenco.people.operations import identity
from opensenco.people.operations.pupils import (
    EDITABLE,
    OF_A_CONTACT,
    changed_values,
    keep_stay,
    new_pupil,
    only,
)
from opensenco.people.policy import on_day
from opensenco.people.states import GroupKind, WhyFormer

#: rows in one statement; more would pass the number of parameters that databases take
BATCH = 500
ONE_DAY = timedelta(days=1)


@operation(Action.PUPIL_ADD, on="org")
def add_pupils(
    *, actor: Actor, org: Organisation, rows: Sequence[Mapping[str, Any]]
) -> list[Pupil]:
    """Add many pupils to a setting. Nothing about need is asked.

    Args:
        rows: of each pupil the values that `change_pupil` takes; names and date of birth at least.

    Raises:
        Invalid: a birth date or UPN that cannot be, or a UPN that another pupil here has.
    """
    numbers = [str(read_upn(row["upn"])) if row.get("upn") else "" for row in rows]
    _check_free(org, [number for number in numbers if number])
    made = []
    for row, upn in zip(rows, numbers, strict=True):
        only(row, EDITABLE)
        made.append(new_pupil(actor.today, org, **{**row, "upn": upn}))
    Pupil.objects.bulk_create(made, batch_size=BATCH)
    return made


@operation(Action.PUPIL_EDIT, on="pupils")
def change_pupils(
    *,
    actor: Actor,
    pupils: Sequence[Pupil],
    values: Sequence[Mapping[str, Any]],
    why: str = WhyFormer.NOT_SAID,
) -> list[Pupil]:
    """Change the details of many pupils, each their own. Earlier names are kept, and guarded.

    Args:
        values: for each pupil, in the same order, what `change_pupil` takes.
        why: why names or pupil numbers change, where they do.

    Raises:
        Invalid: a birth date or a UPN that cannot be.
        Stale: somebody else changed one of them since these rows were read.
    """
    for pupil, new in zip(pupils, values, strict=True):
        keep_stay(pupil, new)
    before = [identity.held(pupil) for pupil in pupils]
    rows = [
        change(pupil, version=pupil.version, **changed_values(actor.today, pupil, new))
        for pupil, new in zip(pupils, values, strict=True)
    ]
    identity.note(actor, zip(rows, before, strict=True), why)
    return rows


@operation(Action.CLASS_EDIT, on="pupils")
def put_pupils_in_classes(
    *, actor: Actor, pupils: Sequence[Pupil], classes: Sequence[Group], starts: date
) -> list[GroupPupil]:
    """Put many pupils into a class each from a day. A pupil is in one class at a time.

    Args:
        classes: for each pupil, in the same order, the class.

    Raises:
        Invalid: a pupil is in that class then.
    """
    return put_in(pupils, classes, starts, None)


@operation(Action.CLASS_EDIT, on="pupils")
def put_pupils_in_group(
    *,
    actor: Actor,
    pupils: Sequence[Pupil],
    group: Group,
    starts: date,
    ends: date | None = None,
) -> list[GroupPupil]:
    """Put many pupils into one class or group from a day. From then on its staff see them.

    Raises:
        Invalid: an end before the start, or one of them is in it then.
        NotPossible: the class or group has ended.
    """
    if group.ended_on is not None and group.ended_on <= actor.today:
        raise NotPossible(_("This class or group has ended. Make a new one instead."))
    return put_in(pupils, [group] * len(pupils), starts, ends)


def put_in(
    pupils: Sequence[Pupil], groups: Sequence[Group], starts: date, ends: date | None
) -> list[GroupPupil]:
    """Write that pupils are in a group each; whoever comes into a class leaves the one before.

    A class that is planned for later stays: the new one then ends where that begins.

    Raises:
        Invalid: an end before the start, or a pupil is in that group then.
    """
    if ends and ends < starts:
        raise Invalid("ends", _("The last day must be the first day or later."))
    ids = [pupil.pk for pupil in pupils]
    # two people who move one child at the same moment do it one after the other
    list(Pupil.objects.select_for_update().filter(pk__in=ids).order_by("id").values_list("pk"))
    into_class = [p.pk for p, g in zip(pupils, groups, strict=True) if g.kind == GroupKind.CLASS]
    _leave_classes(into_class, starts)
    _refuse_twice(pupils, groups, starts, ends)
    later = _next_classes(into_class, starts)
    made = [
        GroupPupil(
            org_id=pupil.org_id, pupil=pupil, group=group, starts=starts,
            ends=_on_roll(pupil, starts, _until(group, ends, later.get(pupil.pk))),
        )
        for pupil, group in zip(pupils, groups, strict=True)
    ]  # fmt: skip
    return GroupPupil.objects.bulk_create(made, batch_size=BATCH)


def _leave_classes(pupils: Sequence[int], starts: date) -> None:
    before = list(
        GroupPupil.objects.filter(
            on_day(starts), pupil__in=pupils, group__kind=GroupKind.CLASS
        ).order_by("id")
    )
    for row in before:
        row.ends = starts - ONE_DAY
        row.withdrawn = row.starts == starts
        row.version += 1
    GroupPupil.objects.bulk_update(before, ["ends", "withdrawn", "version"], batch_size=BATCH)


def _next_classes(pupils: Sequence[int], after: date) -> dict[int, date]:
    """Give the first day of the next class of each pupil that has one planned."""
    rows = GroupPupil.objects.filter(
        pupil__in=pupils, group__kind=GroupKind.CLASS, withdrawn=False, starts__gt=after
    )
    return dict(rows.values_list("pupil").annotate(first=Min("starts")))


def _until(group: Group, ends: date | None, next_class: date | None) -> date | None:
    """Give the last day in a group: of a class that before the next one, of none after its end."""
    if group.kind == GroupKind.CLASS:
        ends = _sooner(ends, next_class)
    return _sooner(ends, group.ended_on + ONE_DAY) if group.ended_on else ends


def _on_roll(pupil: Pupil, starts: date, ends: date | None) -> date | None:
    """Give the last day in a group: no place goes past a last day on the roll that is known."""
    last = pupil.left_on
    return _sooner(ends, last + ONE_DAY) if last is not None and last >= starts else ends


def _sooner(ends: date | None, following: date | None) -> date | None:
    if following is None:
        return ends
    before = following - ONE_DAY
    return min(ends, before) if ends else before


def class_again(row: GroupPupil) -> None:
    """Let a pupil stay in the class that they left for this one, which was taken back."""
    left = (
        GroupPupil.objects.filter(
            running(row.starts, "group__"), pupil=row.pupil_id, group__kind=GroupKind.CLASS,
            withdrawn=False, ends=row.starts - ONE_DAY,
        )
        .order_by("-id")
        .first()
    )  # fmt: skip
    if left is not None:
        following = _next_classes([row.pupil_id], left.starts).get(row.pupil_id)
        change(left, version=None, ends=_sooner(None, following))


def _refuse_twice(
    pupils: Sequence[Pupil], groups: Sequence[Group], starts: date, ends: date | None
) -> None:
    overlaps = Q(ends__isnull=True) | Q(ends__gte=starts)
    if ends:
        overlaps &= Q(starts__lte=ends)
    wanted = {(pupil.pk, group.pk) for pupil, group in zip(pupils, groups, strict=True)}
    inside = GroupPupil.objects.filter(
        overlaps,
        withdrawn=False,
        pupil__in={p for p, _g in wanted},
        group__in={g for _p, g in wanted},
    )
    if not wanted.isdisjoint(inside.values_list("pupil_id", "group_id")):
        raise Invalid(
            "pupils", _("One of them is in it then already. End that first, or choose other days.")
        )


@operation(Action.CONTACT_EDIT, on="pupils")
def add_contacts(
    *, actor: Actor, pupils: Sequence[Pupil], values: Sequence[Mapping[str, Any]]
) -> list[Contact]:
    """Add a contact to each of many pupils; a pupil may stand there more than once.

    Args:
        values: for each pupil, in the same order, what `add_contact` takes.
    """
    made = []
    for pupil, new in zip(pupils, values, strict=True):
        only(new, OF_A_CONTACT)
        barred = dict.fromkeys(("may_see", "may_reply", "to_be_told"), False)
        told = {**new, **barred} if new.get("barred") else dict(new)
        made.append(Contact(org_id=pupil.org_id, pupil=pupil, **told))
    Contact.objects.bulk_create(made, batch_size=BATCH)
    return made


def _check_free(org: Organisation, numbers: Sequence[str]) -> None:
    """Refuse a UPN that is given twice, or that a pupil here has."""
    twice = any(count > 1 for count in Counter(numbers).values())
    held = Pupil.objects.filter(org=org, upn__in=numbers, in_error_at__isnull=True)
    if twice or held.exists():
        raise Invalid("upn", identity.taken())
