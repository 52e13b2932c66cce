"""What one provision costs: its groups, what is paid for once, and what its hours came to."""

import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import QuerySet

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.questions import question
from opensenco.access.registry import visible
from opensenco.costing.books import (
    COLUMNS,
    book_of,
    promise_of,
    promised_at,
    promises_of,
    standing_items,
    ways_of,
    year_of,
)
from opensenco.costing.counting import Cost, Share, delivered, summed
from opensenco.costing.held import held_in
from opensenco.costing.hours import with_hours
from opensenco.costing.many import Many, Summed, together
from opensenco.costing.models import Bearing, Item
from opensenco.costing.queries import sees_pay
from opensenco.costing.rates import Way
from opensenco.gate.rows import find
from opensenco.kernel.dates import Span
from opensenco.people.models import Group
from opensenco.provision.models import Allocation, Provision


@dataclass(frozen=True)
class OfProvision:
    """What one provision costs in the year of today, for all of whom one sees what it costs.

    Args:
        planned: the hours; `shares` come on top of it for each pupil.
        delivered: what the sessions until today cost.
    """

    provision: Provision
    year: Span
    way: Way
    pupils: int
    planned: Summed
    delivered: Cost
    shares: Sequence[Share]
    items: Sequence[Item]
    bearings: Sequence[Bearing]


def provision(actor: Actor, ref: uuid.UUID, action: Action = Action.COST_VIEW) -> Provision:
    """Give a provision of a reference, for who sees or keeps what it costs.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    return find(actor, action, Provision, ref, "org")


def item(actor: Actor, ref: uuid.UUID) -> Item:
    """Give something that is paid for once, for who keeps what provision costs.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    return find(actor, Action.COST_KEEP, Item, ref, "provision", "org", "takes_back")


def groups_of(actor: Actor, row: Provision) -> list[Group]:
    """Give the groups in which a provision is given today or will be, by name."""
    given = visible(actor, Action.COST_VIEW, Allocation).filter(provision=row)
    running = given.exclude(ends__lt=actor.today).filter(in_error_at__isnull=True)
    return list(Group.objects.filter(pk__in=running.values("group")).order_by("name"))


def of_provision(actor: Actor, row: Provision) -> OfProvision:
    """Give what one provision costs in the year of today."""
    ways = ways_of(row.org_id)
    year = year_of(ways, actor.today)
    given = promises_of(_given.ask(row.org_id, year.first, year.last, row.pk))
    every = with_hours(row.org_id, year, given)
    seen = set(visible(actor, Action.COST_VIEW, Allocation).filter(
        provision=row).values_list("pk", flat=True))  # fmt: skip
    own = [one for one in every if one.key in seen]
    book = book_of(row.org_id, ways, year, every, pay=sees_pay(actor))
    many = Many(replace(book, besides={}))
    items = standing_items(visible(actor, Action.COST_VIEW, Item)).filter(provision=row)
    said = visible(actor, Action.COST_VIEW, Bearing).filter(provision=row)
    return OfProvision(
        row, year, ways.on(actor.today), len({one.pupil for one in own}),
        together(many.of_pupil([one]) for one in own),
        summed(delivered(book, held_in(book, own, actor.today)).values()),
        book.besides.get(row.pk, ()),
        list(items.select_related("person").order_by("-first", "-id")),
        list(said.select_related("person", "group").order_by("-first", "-id")),
    )  # fmt: skip


@dataclass(frozen=True)
class Spent:
    """What the sessions of one promise cost until a day, and how long they were."""

    cost: Cost
    minutes: int


def spent_on(
    actor: Actor, row: Provision, given: Sequence[Allocation], until: date
) -> dict[int, Spent] | None:
    """Give what the sessions of these promises cost from their beginning to a day, by promise.

    Each by the rate of its day, at what the actor may see. None where one of them is not among
    those whose cost they see, or where there is none.
    """
    keys = [one.pk for one in given]
    seen = visible(actor, Action.COST_VIEW, Allocation).filter(pk__in=keys).count()
    if not given or seen != len(keys):
        return None
    promises = [promise_of(one) for one in given]
    first = min(one.starts for one in given)
    days = Span(first, max(first, until))
    book = book_of(row.org_id, ways_of(row.org_id), days, promises, pay=sees_pay(actor))
    held = held_in(book, promises, actor.today)
    costs, minutes = delivered(book, held), Counter[int]()
    for one in held:
        minutes[one.key] += one.minutes
    return {key: Spent(cost, minutes[key]) for key, cost in costs.items()}


def in_all(spent: Iterable[Spent]) -> Spent:
    """Give several promises' sessions together; their sum is rounded once."""
    cost, minutes = Cost(), 0
    for one in spent:
        cost, minutes = cost.plus(one.cost), minutes + one.minutes
    return Spent(cost, minutes)


@question
def _given(org_id: int, first: date, last: date, provision: int) -> QuerySet[Any, Any]:
    """What is promised of one provision in a year, to whomever."""
    rows = promised_at(org_id, Span(first, last)).filter(provision=provision)
    return rows.values_list(*COLUMNS)
