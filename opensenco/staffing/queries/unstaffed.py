"""How much of what is promised today has no adult for it, and for how many pupils it runs."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Value, When

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Membership
from opensenco.access.questions import question
from opensenco.access.registry import visible
from opensenco.people.models import GroupStaff
from opensenco.people.policy import on_day
from opensenco.people.policy import standing as pupil_stands
from opensenco.people.states import StaffPart
from opensenco.provision.models import Allocation, Slot
from opensenco.provision.states import Layer


@dataclass(frozen=True)
class Running:
    """What runs today beyond lessons.

    Args:
        unstaffed: promises for which nobody is named, or only somebody who works here no longer.
    """

    pupils: int
    promises: int
    unstaffed: int


def running_now(actor: Actor) -> Running:
    """Count what runs today of what this actor sees. Asks once."""
    return next((Running(*one) for one in _running.ask(actor)), Running(0, 0, 0))


@question
def _running(actor: Actor) -> QuerySet[Any, tuple[int, int, int]]:
    rows = visible(actor, Action.PROVISION_VIEW, Allocation).filter(
        pupil_stands("pupil"), on_day(actor.today), in_error_at__isnull=True,
        provision__layer__gt=Layer.UNIVERSAL,
    )  # fmt: skip
    today = on_day(actor.today)
    here = Membership.objects.filter(
        today, org=OuterRef("org"), person=OuterRef("person"), withdrawn=False
    )
    runs = GroupStaff.objects.filter(today, group=OuterRef("group"), does=StaffPart.RUNS)
    timed = Slot.objects.filter(
        Q(timetable__ends__isnull=True) | Q(timetable__ends__gte=actor.today),
        timetable__allocation=OuterRef("pk"), timetable__taken_back_at__isnull=True,
        person__isnull=False,
    )  # fmt: skip
    staffed = Case(
        When(Q(person__isnull=False) & Exists(here), then=Value(1)),
        When(Q(person__isnull=True) & (Exists(runs) | Exists(timed)), then=Value(1)),
        default=Value(0),
    )
    # by one and the same value for all: together
    every: Any = rows.order_by().annotate(staffed=staffed).values(together=Value(1))
    found: QuerySet[Any, tuple[int, int, int]] = every.annotate(
        pupils=Count("pupil", distinct=True), promises=Count("pk"),
        without=Count("pk", filter=Q(staffed=0)),
    ).values_list("pupils", "promises", "without")  # fmt: skip
    return found
