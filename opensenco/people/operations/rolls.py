"""Many pupils at once, as lists bring them: added, changed, put into classes, given contacts.

What is written, checked, kept in the history and in the audit is the same as for one pupil; only
the questions to the database are fewer.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid
from opensenco.kernel.upn import read_upn
from opensenco.people.models import Contact, Group, GroupPupil, Pupil
from opensenco.people.operations.pupils import (
    EDITABLE,
    OF_A_CONTACT,
    changed_values,
    new_pupil,
    only,
)
from opensenco.people.policy import on_day
from opensenco.people.states import GroupKind

#: rows in one statement; more would pass the number of parameters that databases take
BATCH = 500


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
    *, actor: Actor, pupils: Sequence[Pupil], values: Sequence[Mapping[str, Any]]
) -> list[Pupil]:
    """Change the details of many pupils, each their own.

    Args:
        values: for each pupil, in the same order, what `change_pupil` takes.

    Raises:
        Invalid: a birth date or a UPN that cannot be.
        Stale: somebody else changed one of them since these rows were read.
    """
    return [
        change(pupil, version=pupil.version, **changed_values(actor.today, pupil, new))
        for pupil, new in zip(pupils, values, strict=True)
    ]


@operation(Action.CLASS_EDIT, on="pupils")
def put_pupils_in_classes(
    *, actor: Actor, pupils: Sequence[Pupil], classes: Sequence[Group], starts: date
) -> list[GroupPupil]:
    """Put many pupils into a class each from a day. A pupil is in one class at a time.

    Args:
        classes: for each pupil, in the same order, the class.
    """
    ids = [pupil.pk for pupil in pupils]
    before = list(
        GroupPupil.objects.filter(
            on_day(starts), pupil__in=ids, group__kind=GroupKind.CLASS
        ).order_by("id")
    )
    for row in before:
        row.ends = max(row.starts, starts - timedelta(days=1))
    GroupPupil.objects.bulk_update(before, ["ends"], batch_size=BATCH)
    made = [
        GroupPupil(org_id=pupil.org_id, pupil=pupil, group=group, starts=starts)
        for pupil, group in zip(pupils, classes, strict=True)
    ]
    GroupPupil.objects.bulk_create(made, batch_size=BATCH)
    return made


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
    if twice or Pupil.objects.filter(org=org, upn__in=numbers).exists():
        raise Invalid("upn", _("Another pupil here has this UPN. Check both, and correct one."))
