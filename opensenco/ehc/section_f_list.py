"""Every row of section F that somebody may read, and those that nothing gives: for lists."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.questions import counted, question
from opensenco.access.registry import visible
from opensenco.ehc.models import EhcLine, EhcTie
from opensenco.ehc.states import Given, Section
from opensenco.people.days import on_roll
from opensenco.people.policy import on_day
from opensenco.provision.models import Allocation


def standing_rows(actor: Actor) -> QuerySet[EhcLine]:
    """Give the rows of section F that stand, of pupils who are here, that this actor may read."""
    if actor.hat.role.guest:
        return EhcLine.objects.none()
    rows: QuerySet[EhcLine] = visible(actor, Action.PLAN_VIEW, EhcLine).filter(
        on_roll(actor.today, "pupil__"), section=Section.PROVISION, in_error_at__isnull=True,
        plan__in_error_at__isnull=True, plan__ended_on__isnull=True,
        pupil__in_error_at__isnull=True,
    )  # fmt: skip
    return rows


def without(actor: Actor) -> QuerySet[EhcLine]:
    """Give the rows of section F that nothing gives today."""
    running = Allocation.objects.filter(
        on_day(actor.today), in_error_at__isnull=True, pupil=OuterRef(OuterRef("pupil"))
    ).filter(provision=OuterRef("provision"))
    ties = EhcTie.objects.filter(line=OuterRef("pk"), in_error_at__isnull=True)
    rows = standing_rows(actor).exclude(given=Given.WITHOUT)
    return rows.filter(~Exists(ties.filter(Exists(running))))


#: columns of the list by the word in its address
SORTS = {"name": "pupil__sort_key", "given": "given"}


def listed(rows: QuerySet[EhcLine], sort: str, start: int, stop: int) -> list[EhcLine]:
    """Give a page of the rows, by pupil and in the order in which they were typed in."""
    return list(_in_order(rows, sort)[start:stop])


def _in_order(rows: QuerySet[EhcLine], sort: str) -> QuerySet[EhcLine]:
    column = SORTS.get(sort.removeprefix("-"), SORTS["name"])
    order = f"-{column}" if sort.startswith("-") else column
    found = rows.select_related("pupil", "plan", "org")
    return found.order_by(order, "pupil__sort_key", "pupil_id", "id")


def first_without(actor: Actor, most: int) -> list[EhcLine]:
    """Give the first of the rows that nothing gives, by pupil."""
    return _first_without.ask(actor, most)


@question
def _first_without(actor: Actor, most: int) -> QuerySet[EhcLine]:
    return _in_order(without(actor), "name")[:most]


def count_without(actor: Actor) -> int:
    """Count the rows that nothing gives."""
    return sum(_count_without.ask(actor))


@question
def _count_without(actor: Actor) -> QuerySet[Any, int]:
    return counted(without(actor))
