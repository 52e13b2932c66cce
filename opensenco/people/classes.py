"""Classes and groups as those see them who say who teaches which."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from opensenco.access.actions import Action
from opensenco.access.actor import Actor, held
from opensenco.access.models import Membership, Organisation, Person
from opensenco.access.registry import visible
from opensenco.access.roles import BY_CODE
from opensenco.gate.rows import find
from opensenco.people.days import on_roll, running, stays
from opensenco.people.models import Group, GroupPupil, GroupStaff, Pupil
from opensenco.people.policy import come, on_day
from opensenco.people.states import GroupKind, StaffPart

#: who is in no class, where a class is asked for
NOWHERE = "none"


@dataclass(frozen=True)
class Line:
    """One class or group: who works with it today and how many pupils are in it."""

    ref: uuid.UUID
    name: str
    kind: str
    part: str
    staff: tuple[str, ...]
    pupils: int
    ended_on: date | None


@dataclass(frozen=True)
class Place:
    """Somebody's days in a class or group.

    Args:
        what: of staff, what they do in it; of a pupil, nothing.
    """

    ref: uuid.UUID
    name: str
    what: str
    starts: date
    ends: date | None


@dataclass
class Places:
    """Those who are in it now, will be and were."""

    now: list[Place] = field(default_factory=list)
    coming: list[Place] = field(default_factory=list)
    before: list[Place] = field(default_factory=list)


@dataclass(frozen=True)
class Colleague:
    """Somebody who can be put to a class, with the role they have here."""

    person: Person
    role: str
    #: of the role
    ref: uuid.UUID


def places(actor: Actor) -> list[Organisation]:
    """Give the settings whose classes this actor may change, by name."""
    return list(visible(actor, Action.CLASS_EDIT, Organisation).order_by("name", "id"))


def parts(place: Organisation) -> list[Organisation]:
    """Give the parts of a setting, by name."""
    rows = Organisation.objects.filter(kind=Organisation.Kind.PART, parent=place)
    return list(rows.order_by("name", "id"))


def group(actor: Actor, ref: uuid.UUID) -> Group:
    """Give the class or group of a reference that this actor may change."""
    return find(actor, Action.CLASS_EDIT, Group, ref, "org", "part")


def pupil_place(actor: Actor, ref: uuid.UUID) -> GroupPupil:
    """Give a pupil's days in a group that this actor may change."""
    return find(actor, Action.CLASS_EDIT, GroupPupil, ref, "group", "pupil", "org")


def staff_place(actor: Actor, ref: uuid.UUID) -> GroupStaff:
    """Give a colleague's days in a group that this actor may change."""
    return find(actor, Action.CLASS_EDIT, GroupStaff, ref, "group", "person", "org")


def count_ended(actor: Actor, place: Organisation) -> int:
    """Count the classes and groups that have ended."""
    return _groups(actor, place).exclude(running(actor.today)).count()


def lines(actor: Actor, place: Organisation, *, ended: bool = False) -> list[Line]:
    """Give the classes and groups of a setting by name; those that ended, the last first."""
    order = ("-ended_on", "name", "id") if ended else ("name", "id")
    runs = running(actor.today)
    rows = _groups(actor, place).filter(~runs if ended else runs)
    groups = list(rows.select_related("part").order_by(*order))
    ids = [row.pk for row in groups]
    here = on_day(actor.today) & on_roll(actor.today, "pupil__")
    inside = GroupPupil.objects.filter(here, group__in=ids).values_list("group")
    pupils = dict(inside.annotate(number=Count("pupil", distinct=True)))
    staff: dict[int, list[str]] = {}
    for row in _in_order(
        GroupStaff.objects.filter(on_day(actor.today), group__in=ids).select_related("person")
    ):
        staff.setdefault(row.group_id, []).append(row.person.name)
    return [
        Line(
            row.ref, row.name, row.kind, row.part.name if row.part else "",
            tuple(dict.fromkeys(staff.get(row.pk, ()))), pupils.get(row.pk, 0), row.ended_on,
        )
        for row in groups
    ]  # fmt: skip


def _groups(actor: Actor, place: Organisation) -> QuerySet[Group]:
    return visible(actor, Action.CLASS_EDIT, Group).filter(org=place)


def _in_order(rows: Iterable[GroupStaff]) -> list[GroupStaff]:
    """Give those who teach first, then those who run and cover; each by surname."""
    parts = list(StaffPart)
    return sorted(
        rows,
        key=lambda row: (
            parts.index(StaffPart(row.does)), row.person.last_name, row.person.first_name, row.pk,
        ),
    )  # fmt: skip


def pupils_of(actor: Actor, row: Group) -> Places:
    """Give who is in a class or group, by surname; those who left it, the last first."""
    rows = visible(actor, Action.CLASS_EDIT, GroupPupil).filter(group=row, withdrawn=False)
    spans = rows.select_related("pupil").order_by("pupil__sort_key", "pupil_id", "starts")
    return _by_day(
        actor.today,
        [Place(s.ref, s.pupil.register_name, "", s.starts, s.ends) for s in spans],
    )


def staff_of(actor: Actor, row: Group) -> Places:
    """Give who teaches, runs or covers a class or group: teachers first, each by surname."""
    rows = visible(actor, Action.CLASS_EDIT, GroupStaff).filter(group=row, withdrawn=False)
    return _by_day(
        actor.today,
        [
            Place(s.ref, s.person.name, does(s), s.starts, s.ends)
            for s in _in_order(rows.select_related("person"))
        ],
    )


def does(row: GroupStaff) -> str:
    """Say what somebody does in a group: "teaches, maths"."""
    what = row.get_does_display()
    return f"{what}, {row.subject}" if row.subject else what


def _by_day(today: date, found: Iterable[Place]) -> Places:
    sorted_out = Places()
    for one in found:
        if one.starts > today:
            sorted_out.coming.append(one)
        elif one.ends and one.ends < today:
            sorted_out.before.append(one)
        else:
            sorted_out.now.append(one)
    sorted_out.before.sort(key=lambda one: one.ends or today, reverse=True)
    return sorted_out


def pupils_to_put(actor: Actor, into: Group, origin: Group | None) -> list[Pupil]:
    """Give the pupils who can be put into a group, by surname: of a class, or of no class.

    Left out is who is in it today or has left the setting.

    Args:
        origin: the class; None for those who are in none.
    """
    in_it = _inside(actor, group=into)
    rows = visible(actor, Action.CLASS_EDIT, Pupil).filter(stays(actor.today), ~Exists(in_it))
    rows = rows.filter(org=into.org_id)
    if origin is None:
        rows = rows.filter(~Exists(_inside(actor, group__kind=GroupKind.CLASS)))
    else:
        rows = rows.filter(Exists(_inside(actor, group=origin)))
    return list(rows.order_by("sort_key", "id"))


def count_in_no_class(actor: Actor, place: Organisation) -> int:
    """Count the pupils on the roll of a setting who are in no class today."""
    in_a_class = _inside(actor, group__kind=GroupKind.CLASS)
    rows = visible(actor, Action.CLASS_EDIT, Pupil).filter(on_roll(actor.today), org=place)
    return rows.filter(~Exists(in_a_class)).count()


def _inside(actor: Actor, **of: object) -> QuerySet[GroupPupil]:
    return GroupPupil.objects.filter(on_day(actor.today), pupil=OuterRef("pk"), **of)


def colleagues(actor: Actor, place: Organisation) -> list[Colleague]:
    """Give the staff of a setting with a role today or to come, each once, by surname."""
    return _colleagues(actor, [place.pk])


def all_colleagues(actor: Actor) -> list[Colleague]:
    """Give the staff of all places of one's hat, each once, by surname."""
    return _colleagues(actor, actor.hat.orgs)


def _colleagues(actor: Actor, places: Iterable[int]) -> list[Colleague]:
    rows = (
        visible(actor, Action.WHO_SEES, Membership)
        .filter(come(), Q(ends__isnull=True) | Q(ends__gte=actor.today), org__in=places)
        .filter(withdrawn=False, person__is_active=True)
        .select_related("person", "local_role", "org")
        .order_by("person__last_name", "person__first_name", "person_id", "starts", "id")
    )
    found: dict[int, Colleague] = {}
    for row in rows:
        role = BY_CODE.get(row.role)
        if role is not None and not role.guest:
            found.setdefault(row.person_id, Colleague(row.person, held(row)[0], row.ref))
    return list(found.values())


def colleague(actor: Actor, ref: uuid.UUID) -> Membership:
    """Give the role, of a reference, of somebody who works at this actor's place.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    return find(actor, Action.WHO_SEES, Membership, ref, "person", "org", "local_role")
