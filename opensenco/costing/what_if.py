"""What a pupil's provision would cost if it were otherwise: nothing of it is kept."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import visible
from opensenco.costing.counting import Book, Cost, Promise, planned
from opensenco.costing.queries import (
    CostLine,
    PupilCost,
    in_year,
    laid_out,
    weighed,
)
from opensenco.kernel.dates import Span
from opensenco.people.models import Pupil
from opensenco.provision.models import Allocation

#: promises that nobody made, and pupils who would share one, have keys that no row has
NEW = -1
IN_IDEA: Hashable = ("idea",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Idea:
    """One way in which it could be: something is given besides, something ends, or both.

    Args:
        post: whose time is given; empty where nothing is. group: how many would share it.
        ends: the promise that would end, and `on` its last day.
    """

    post: str = ""
    times: int = 0
    minutes: int = 0
    group: int = 1
    first: date | None = None
    last: date | None = None
    ends: Allocation | None = None
    on: date | None = None


@dataclass(frozen=True)
class Would:
    """What would come of an idea: the new line's cost, all lines' cost, beside the threshold."""

    added: Cost
    cost: PupilCost
    #: pence more than now; below nought where it would cost less
    more: int


def compare(actor: Actor, pupil: Pupil, ideas: Sequence[Idea]) -> tuple[PupilCost, list[Would]]:
    """Give what a pupil's provision costs in the year as it is, and as each idea would have it."""
    book, rows, promises, tops = laid_out(actor, pupil)
    comes_in = in_year(book.year, tops)
    # what was paid for once is paid, whatever ends
    shares = book.shares(promises)

    def counted(book: Book, promises: Sequence[Promise]) -> tuple[PupilCost, Cost]:
        plan = planned(book, promises)
        lines = [CostLine(row, plan.get(row.pk, Cost()), Cost()) for row in rows]
        added = plan.get(NEW, Cost())
        cost = PupilCost(pupil, book.year, lines, comes_in=comes_in, besides=added, shares=shares)
        return weighed(actor, cost), added

    now, _nothing = counted(book, promises)
    found = []
    for idea in ideas:
        cost, added = counted(*_otherwise(book, promises, pupil, idea, actor.today))
        found.append(Would(added, cost, cost.planned.pence - now.planned.pence))
    return now, found


def _otherwise(
    book: Book, promises: Sequence[Promise], pupil: Pupil, idea: Idea, today: date
) -> tuple[Book, list[Promise]]:
    changed = [_ended(one, idea, today) for one in promises]
    kept = [one for one in changed if one is not None]
    if not idea.post:
        return book, kept
    first = idea.first or today
    # an idea of after the year costs nothing in it
    span = Span(first, max(first, idea.last or book.last))
    new = Promise(
        key=NEW, pupil=pupil.pk, together=IN_IDEA, who=None, minutes=idea.minutes,
        times=idea.times, span=span, post=idea.post,
    )  # fmt: skip
    others = [new._replace(key=NEW - each, pupil=-each) for each in range(1, idea.group)]
    return replace(book, fellows={**book.fellows, IN_IDEA: [new, *others]}), [*kept, new]


def _ended(one: Promise, idea: Idea, today: date) -> Promise | None:
    """Give a promise as it would be: ended on that day, or not at all where it had not begun."""
    if idea.ends is None or one.key != idea.ends.pk:
        return one
    last = idea.on or today
    if one.span.last is not None:
        last = min(last, one.span.last)
    return one._replace(span=Span(one.span.first, last)) if last >= one.span.first else None


def to_end(actor: Actor, pupil: Pupil) -> list[Allocation]:
    """Give what a pupil is promised and has not ended, which an idea could end."""
    rows = visible(actor, Action.COST_VIEW, Allocation).filter(
        Q(ends__isnull=True) | Q(ends__gte=actor.today), pupil=pupil, in_error_at__isnull=True
    )
    return list(rows.select_related("provision").order_by("provision__name", "id"))
