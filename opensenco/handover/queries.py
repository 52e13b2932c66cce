"""Reading hand-overs: which there are, what each holds, what is still open, who can take part."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Membership, Organisation, Person
from opensenco.access.registry import visible
from opensenco.access.roles import BY_CODE
from opensenco.cases.dues import not_done
from opensenco.cases.models import Task
from opensenco.gate.rows import find
from opensenco.handover.gathering import APART, Gathered, from_frozen, gather
from opensenco.handover.models import HandOver, HandOverPupil
from opensenco.people.days import on_roll
from opensenco.people.models import GroupPupil, Pupil
from opensenco.people.policy import on_day
from opensenco.people.queries import attach_classes
from opensenco.support.models import SenStatus
from opensenco.support.queries.choosing import CODED

PAGE = 50


@dataclass(frozen=True)
class Held:
    """One pupil in a hand-over, with what is or was handed over, and what is open of it today.

    Args:
        tasks, dues: how much of what had begun by then still waits, and is still due; None before
            it is given.
    """

    row: HandOverPupil
    pupil: Pupil
    gathered: Gathered
    tasks: int | None = None
    dues: int | None = None

    @property
    def open_now(self) -> int:
        """How much is still open."""
        return (self.tasks or 0) + (self.dues or 0)


def hand_over(actor: Actor, ref: uuid.UUID, action: Action = Action.HANDOVER_KEEP) -> HandOver:
    """Give the hand-over of a reference that this actor may do that to.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    return find(actor, action, HandOver, ref, "org", "giver", "taker", "made_by", "meeting")


def part(actor: Actor, ref: uuid.UUID) -> HandOverPupil:
    """Give one pupil of a hand-over that this actor puts together.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    return find(actor, Action.HANDOVER_KEEP, HandOverPupil, ref, "pupil", "hand_over")


def listed(actor: Actor) -> QuerySet[HandOver]:
    """Give the hand-overs that one reads, the newest first, each with how many pupils it has."""
    rows = visible(actor, Action.HANDOVER_READ, HandOver).filter(in_error_at__isnull=True)
    inside = HandOverPupil.objects.filter(hand_over=OuterRef("pk"), left_out=False).order_by()
    many = inside.values("hand_over").annotate(n=Count("pk")).values("n")
    counted: Any = rows.select_related("giver", "taker", "org").annotate(
        many=Coalesce(Subquery(many), 0)
    )
    found: QuerySet[HandOver] = counted.order_by("-begun_at", "-id")
    return found


def held(actor: Actor, row: HandOver, action: Action) -> list[Held]:
    """Give the pupils of a hand-over by surname, as they are or as they were when it was given."""
    parts = visible(actor, action, HandOverPupil).filter(hand_over=row, left_out=False)
    every = list(parts.select_related("pupil", "pupil__org").order_by("pupil__sort_key", "id"))
    pupils = [one.pupil for one in every]
    attach_classes(pupils, actor.today)
    if row.given_at is None:
        now = gather(actor, pupils)
        return [Held(one, one.pupil, now[one.pupil.pk]) for one in every]
    tasks, dues = _still(actor, row, pupils)
    return [
        Held(one, one.pupil, from_frozen(one.content),
             tasks.get(one.pupil.pk, 0), dues.get(one.pupil.pk, 0))
        for one in every
    ]  # fmt: skip


def _still(
    actor: Actor, row: HandOver, pupils: Sequence[Pupil]
) -> tuple[dict[int, int], dict[int, int]]:
    """Count by pupil what had begun when it was given and still waits, and what is past its day."""
    assert row.given_at is not None  # noqa: S101 (asked by the caller)
    ids = [pupil.pk for pupil in pupils]
    given = row.given_at.date()
    tasks = visible(actor, Action.TASK_VIEW, Task).filter(
        pupil__in=ids, settled_at__isnull=True, since__lte=given
    )
    dues = not_done(actor).filter(pupil__in=ids, on__lt=actor.today)
    return tuple(  # type: ignore[return-value]
        dict(
            rows.exclude(reader__in=APART).order_by().values("pupil").annotate(n=Count("pk"))
            .values_list("pupil", "n")
        )
        for rows in (tasks, dues)
    )  # fmt: skip


def to_meet_about(actor: Actor, row: HandOver) -> list[HandOver]:
    """Give other hand-overs of the same place that wait for a meeting, the newest first."""
    rows = visible(actor, Action.HANDOVER_KEEP, HandOver).filter(
        org=row.org_id, meeting__isnull=True, taken_at__isnull=True, in_error_at__isnull=True
    )
    found = rows.exclude(pk=row.pk).select_related("org", "giver", "taker")
    return list(found.order_by("-begun_at", "-id")[:PAGE])


def waits_by_name(actor: Actor, person: Person) -> list[Task]:
    """Give what waits for somebody by name and can be handed on, the longest first."""
    rows = visible(actor, Action.HANDOVER_KEEP, Task).filter(person=person, settled_at__isnull=True)
    return list(rows.select_related("pupil", "person", "org").order_by("since", "id"))


@dataclass(frozen=True)
class Waits:
    """Somebody for whom something waits by name: how much, and whether they work here today."""

    person: Person
    many: int
    here: bool


def waiting_people(actor: Actor, org: Organisation) -> list[Waits]:
    """Give for whom something waits by name at a place: who has left first, then by how much."""
    rows = visible(actor, Action.HANDOVER_KEEP, Task).filter(
        org=org, settled_at__isnull=True, person__isnull=False
    )
    many = dict(rows.order_by().values("person").annotate(n=Count("pk")).values_list("person", "n"))
    here = {one.pk for one in colleagues(actor, org)}
    found = Person.objects.filter(pk__in=many)
    waits = [Waits(one, many[one.pk], one.pk in here) for one in found.order_by("pk")]
    return sorted(waits, key=lambda one: (one.here, -one.many, one.person.last_name))


def colleagues(actor: Actor, org: Organisation, *, gone: bool = False) -> list[Person]:
    """Give who works at a place today, by surname.

    Args:
        gone: also those whose role ended and for whom something waits here.
    """
    rows = Membership.objects.filter(org=org, withdrawn=False, person__is_active=True)
    staff = [code for code, role in BY_CODE.items() if not role.guest]
    here = rows.filter(on_day(actor.today), role__in=staff)
    waits = Task.objects.filter(person=OuterRef("person"), org=org, settled_at__isnull=True)
    wanted = here.values("person")
    people = Q(pk__in=wanted)
    if gone:
        left = rows.filter(Exists(waits)).values("person")
        people |= Q(pk__in=left)
    found = Person.objects.filter(people).order_by("last_name", "first_name", "pk")
    return list(found)


def choices(actor: Actor, org: Organisation) -> list[Pupil]:
    """Give the pupils on SEN support or with an EHC plan whom this actor can hand over."""
    coded = SenStatus.objects.filter(
        on_day(actor.today), pupil=OuterRef("pk"), code__in=CODED, in_error_at__isnull=True
    )
    rows = visible(actor, Action.HANDOVER_KEEP, Pupil).filter(
        on_roll(actor.today), Exists(coded), org=org
    )
    found = list(rows.order_by("sort_key", "id"))
    attach_classes(found, actor.today)
    return found


def in_class(pupils: Sequence[Pupil], group: str, day: Any) -> list[Pupil]:
    """Give those of some pupils who are in a group on a day, by the reference of the group."""
    inside = set(
        GroupPupil.objects.filter(
            on_day(day), group__ref=group, pupil__in=[pupil.pk for pupil in pupils]
        ).values_list("pupil", flat=True)
    )
    return [pupil for pupil in pupils if pupil.pk in inside]


def person(org: Organisation, ref: uuid.UUID) -> Person | None:
    """Give somebody who has or had a role at a place."""
    known = Membership.objects.filter(org=org, person=OuterRef("pk"))
    return Person.objects.filter(Exists(known), ref=ref).first()
