"""Reading costs: rates, conventions, one pupil's provision, who is over the threshold."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from django.db.models import Q, QuerySet

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Membership, Organisation, Person
from opensenco.access.registry import visible
from opensenco.access.roles import BY_CODE
from opensenco.costing.books import (
    book_of,
    counting_rates,
    promise_of,
    promised_in,
    promises_in_groups,
    promises_of,
    ways_of,
    year_of,
)
from opensenco.costing.counting import Book, Cost, Promise, Share, delivered, planned, summed
from opensenco.costing.held import held_in
from opensenco.costing.hours import with_hours
from opensenco.costing.models import Convention, Rate, TopUp
from opensenco.costing.rates import Way
from opensenco.costing.timed import UNTIMED, Timed
from opensenco.costing.top_ups import counting_tops, part_in
from opensenco.gate.rows import find
from opensenco.kernel.dates import Span
from opensenco.kernel.words import Sentence
from opensenco.law.checks.school_money import top_up_case
from opensenco.people.models import Pupil
from opensenco.people.one_child import of_one_child
from opensenco.provision.models import Allocation
from opensenco.provision.states import Layer
from opensenco.support.models import Outcome

MOST_SHOWN = 60
RELATED = ("provision", "group", "person", "pupil", "outcome", "org")


def rate(actor: Actor, ref: uuid.UUID) -> Rate:
    """Give one row of rates, for who keeps them.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    return find(actor, Action.RATES_KEEP, Rate, ref, "org")


def top_up(actor: Actor, ref: uuid.UUID) -> TopUp:
    """Give one row of what comes in for a pupil.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    return find(actor, Action.COST_KEEP, TopUp, ref, "pupil__org", "pupil__same_as__org")


def rates_of(actor: Actor, org: Organisation) -> list[Rate]:
    """Give what was entered for a place and counts, the newest first."""
    rows = visible(actor, Action.RATES_KEEP, Rate).filter(org=org)
    return sorted(
        counting_rates(rows.select_related("who", "person")),
        key=lambda row: (row.first, row.pk), reverse=True,
    )  # fmt: skip


def conventions_of(actor: Actor, org: Organisation) -> list[Convention]:
    """Give how a place has counted, the newest first."""
    rows = visible(actor, Action.COST_VIEW, Convention).filter(org=org).select_related("person")
    return list(rows.order_by("-first", "-id")[:MOST_SHOWN])


def staff(actor: Actor, org: Organisation) -> list[Person]:
    """Give who works at a place today, by surname."""
    rows = (
        visible(actor, Action.WHO_SEES, Membership)
        .filter(Q(ends__isnull=True) | Q(ends__gte=actor.today), org=org, withdrawn=False,
                starts__lte=actor.today, person__is_active=True,
                role__in=[code for code, role in BY_CODE.items() if not role.guest])
        .select_related("person")
        .order_by("person__last_name", "person__first_name", "id")
    )  # fmt: skip
    return list({row.person_id: row.person for row in rows}.values())


def sees_pay(actor: Actor) -> bool:
    """Tell whether this person sees costs at what people are paid; else at standard rates."""
    return actor.hat.reach(Action.RATES_KEEP) is not None


@dataclass(frozen=True)
class CostLine:
    """One promise to a pupil with what it costs in the year and what was delivered of it."""

    allocation: Allocation
    planned: Cost
    delivered: Cost
    #: what its timetable makes of the year; nothing where it is counted by the week
    timed: Timed = UNTIMED

    @property
    def universal(self) -> bool:
        """Whether it is open to all pupils, and so not costed."""
        return bool(self.allocation.provision.layer == Layer.UNIVERSAL)


@dataclass
class PupilCost:
    """What one pupil's provision costs in a year, beside the threshold and what comes in.

    Args:
        comes_in: pence of top-up that lie in the year. area: of the first need, in words.
    """

    pupil: Pupil
    year: Span
    lines: list[CostLine] = field(default_factory=list)
    comes_in: int = 0
    threshold: int = 0
    over: int = 0
    reasons: Sequence[Sentence] = ()
    area: str = ""
    #: what would be given besides, in a what-if
    besides: Cost | None = None
    #: what the pupil bears of what is paid for once
    shares: Sequence[Share] = ()

    @property
    def planned(self) -> Cost:
        """All lines as planned for the year."""
        besides = [] if self.besides is None else [self.besides]
        once = [Cost(Fraction(share.pence)) for share in self.shares]
        return summed([*(line.planned for line in self.lines), *besides, *once])

    @property
    def delivered(self) -> Cost:
        """All lines as delivered by today."""
        return summed(line.delivered for line in self.lines)

    def by_outcome(self) -> list[tuple[Outcome | None, Cost, Cost]]:
        """Give what is planned and delivered for each outcome, and for none last; carried from one
        cycle into the next it is one, as it was last worded. What is paid for once goes where all
        of its provision does.
        """
        parts: dict[Any, list[tuple[Cost, Cost]]] = {}
        named: dict[Any, Outcome | None] = {None: None}
        for line in self.lines:
            row = line.allocation
            if not line.universal:
                root = row.outcome.root if row.outcome else None
                before = named.get(root)
                if row.outcome and (before is None or before.pk < row.outcome.pk):
                    named[root] = row.outcome
                parts.setdefault(root, []).append((line.planned, line.delivered))
        for share in self.shares:
            roots = {
                line.allocation.outcome.root if line.allocation.outcome else None
                for line in self.lines
                if line.allocation.provision_id == share.provision and not line.universal
            }
            root = roots.pop() if len(roots) == 1 else None
            parts.setdefault(root, []).append((Cost(Fraction(share.pence)), Cost()))
        return [
            (
                named[root],
                summed(plan for plan, _done in some),
                summed(done for _plan, done in some),
            )
            for root, some in sorted(parts.items(), key=lambda pair: pair[0] is None)
        ]

    @property
    def uncovered(self) -> int:
        """What of the cost above the threshold nothing comes in for."""
        return max(0, self.over - self.comes_in)


def for_pupil(actor: Actor, pupil: Pupil) -> tuple[PupilCost, list[TopUp], Way]:
    """Give what a pupil's provision costs this year, line by line, what comes in, and the way."""
    book, rows, promises, tops = laid_out(actor, pupil)
    plan = planned(book, promises)
    done = delivered(book, held_in(book, promises, actor.today))
    lines = [
        CostLine(row, plan.get(row.pk, Cost()), done.get(row.pk, Cost()),
                 book.days.made_of(one.timed, one.span))
        for row, one in zip(rows, promises, strict=True)
    ]  # fmt: skip
    cost = PupilCost(
        pupil, book.year, lines, comes_in=in_year(book.year, tops), shares=book.shares(promises)
    )
    return weighed(actor, cost), tops, book.ways.on(actor.today)


def laid_out(
    actor: Actor, pupil: Pupil
) -> tuple[Book, list[Allocation], list[Promise], list[TopUp]]:
    """Give what the cost of one pupil is counted from: promises, as rows and as they are counted,
    and top-up, the newest first."""
    ways = ways_of(pupil.org_id)
    year = year_of(ways, actor.today)
    rows = list(_allocations(actor, year).filter(pupil=pupil).order_by("-starts", "-id"))
    groups = {row.group_id for row in rows if row.group_id}
    every = promises_in_groups.ask(pupil.org_id, year.first, year.last, groups=groups)
    own = [promise_of(row) for row in rows]
    shared = {one.key: one for one in promises_of(every)}
    fellows = with_hours(pupil.org_id, year, {**{one.key: one for one in own}, **shared}.values())
    book = book_of(pupil.org_id, ways, year, fellows, pay=sees_pay(actor))
    by_key = {one.key: one for one in fellows}
    tops = visible(actor, Action.COST_VIEW, TopUp).filter(of_one_child(pupil))
    counting = counting_tops(tops.select_related("person"))
    tops_by_day = sorted(counting, key=lambda row: row.first, reverse=True)
    return book, rows, [by_key[one.key] for one in own], tops_by_day


def in_year(year: Span, tops: Iterable[TopUp]) -> int:
    """Give what of top-up lies in a year."""
    return sum(part_in(year, row) for row in tops)


def _allocations(actor: Actor, year: Span) -> QuerySet[Allocation]:
    rows = visible(actor, Action.COST_VIEW, Allocation).filter(promised_in(year))
    return rows.select_related(*RELATED)


def weighed(actor: Actor, cost: PupilCost) -> PupilCost:
    """Lay the threshold of today beside a cost."""
    case = top_up_case(annual_cost=cost.planned.pence, day=actor.today)
    return replace(
        cost, threshold=case.used[0].value, over=case.pence, reasons=case.reasons
    )  # fmt: skip
