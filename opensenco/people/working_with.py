"""Which adults work with which pupils, and the classes and groups that somebody reads for."""

import uuid
from collections.abc import Sequence
from datetime import date

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Membership, Person
from opensenco.access.registry import visible
from opensenco.gate.rows import find
from opensenco.kernel.dates import ONE_DAY
from opensenco.people.days import running
from opensenco.people.models import Assignment, Group, GroupPupil, GroupStaff, Pupil
from opensenco.people.policy import on_day
from opensenco.people.queries import attach_classes


def who_works_with(pupils: Sequence[int], day: date) -> dict[int, list[Person]]:
    """Give by pupil's id the adults who work with each on a day, as `adults_of` does for one.

    Four questions, however many pupils.
    """
    here = Membership.objects.filter(on_day(day), withdrawn=False).values_list("person", "org")
    roles = set(here)
    inside = GroupPupil.objects.filter(
        running(day - ONE_DAY, "group__"), on_day(day), pupil__in=pupils
    )
    groups: dict[int, list[int]] = {}
    for group, pupil_id in inside.order_by("id").values_list("group_id", "pupil_id"):
        groups.setdefault(group, []).append(pupil_id)
    found: dict[int, dict[Person, None]] = {}
    staff = GroupStaff.objects.filter(on_day(day), group__in=groups).select_related("person")
    for one in staff.order_by("person__last_name", "person_id", "id"):
        if (one.person_id, one.org_id) in roles:
            for pupil_id in groups[one.group_id]:
                found.setdefault(pupil_id, {})[one.person] = None
    named = Assignment.objects.filter(on_day(day), pupil__in=pupils).select_related("person")
    for each in named.order_by("person__last_name", "person_id", "id"):
        if (each.person_id, each.org_id) in roles:
            found.setdefault(each.pupil_id, {})[each.person] = None
    return {pupil_id: list(people) for pupil_id, people in found.items()}


def groups_shared(actor: Actor, row: Pupil) -> list[Group]:
    """Give the classes and groups of a pupil today that this actor reads for, by name."""
    inside = GroupPupil.objects.filter(on_day(actor.today), pupil=row).values("group")
    rows = visible(actor, Action.PROFILE_VIEW, Group).filter(running(actor.today), pk__in=inside)
    return list(rows.order_by("name", "id"))


def group_read(actor: Actor, ref: uuid.UUID) -> Group:
    """Give the class or group of a reference, for somebody who reads what helps its pupils.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    return find(actor, Action.PROFILE_VIEW, Group, ref, "org")


def groups_read(actor: Actor) -> list[Group]:
    """Give the classes and groups whose pupils this actor reads for today, by name."""
    rows = visible(actor, Action.PROFILE_VIEW, Group).filter(running(actor.today))
    return list(rows.select_related("org").order_by("name", "id"))


def pupils_in(actor: Actor, row: Group) -> list[Pupil]:
    """Give the pupils of a class or group today, within reach of this actor, by surname."""
    inside = GroupPupil.objects.filter(on_day(actor.today), group=row).values("pupil")
    rows = visible(actor, Action.PROFILE_VIEW, Pupil).filter(pk__in=inside, org=row.org_id)
    found = list(rows.order_by("sort_key", "id"))
    attach_classes(found, actor.today)
    return found


def staff_today(actor: Actor, row: Group) -> list[GroupStaff]:
    """Give who teaches, runs or covers a class or group today, by surname."""
    rows = GroupStaff.objects.filter(on_day(actor.today), group=row, withdrawn=False)
    return list(rows.select_related("person").order_by("person__last_name", "id"))
