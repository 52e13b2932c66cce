"""Reading costs: rates, conventions, one pupil's provision, who is over the threshold."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Membership, Organisation, Person
from opensenco.access.registry import visible
from opensenco.access.roles import BY_CODE
from opensenco.cases.calendar import own_calendar
from opensenco.costing.counting import (
    Book,
    Cost,
    Held,
    Price,
    Prices,
    Promise,
    SchoolDays,
    Way,
    Ways,
    delivered,
    planned,
    summed,
)
from opensenco.costing.models import Convention, Rate, TopUp
from opensenco.costing.states import Post
from opensenco.gate.rows import find
from opensenco.kernel.dates import Span
from opensenco.kernel.words import Sentence
from opensenco.law.checks.school_money import top_up_case
from opensenco.law.codes.sen import area_of
from opensenco.law.money.costing import Charge
from opensenco.law.money.staff import RateBasis
from opensenco.law.money.years import SplitBy, YearKind, funding_year, split_by_year
from opensenco.people.models import Pupil
from opensenco.people.one_child import of_one_child
from opensenco.people.policy import standing
from opensenco.people.queries import attach_classes
from opensenco.provision.minutes import school_days
from opensenco.provision.models import Allocation, Session
from opensenco.provision.queries.delivered import standing_sessions
from opensenco.provision.states import Layer, Went
from opensenco.support.queries.choosing import standing_needs
from opensenco.support.queries.figures import check

ASSISTANTS = frozenset({"TA", "KEY_PERSON"})
TEACHERS = frozenset({
    "TEACHER", "SENCO", "SENCO_LEAD", "SENCO_PHASE", "SENCO_SHARED", "SENCO_TRUST", "HEAD", "SLT",
    "DESIGNATED_TEACHER", "EY_SENCO",
})  # fmt: skip
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
        _counting(rows.select_related("who", "person")),
        key=lambda row: (row.first, row.pk), reverse=True,
    )  # fmt: skip


def _counting(rows: Iterable[Rate]) -> list[Rate]:
    """Give of each day and kind the row that was entered last, if it does not take back."""
    newest: dict[tuple[Any, ...], Rate] = {}
    for row in sorted(rows, key=lambda row: row.pk):
        newest[row.who_id, row.post if row.who_id is None else "", row.kind, row.first] = row
    return [row for row in newest.values() if not row.withdrawn]


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


def ways_of(org_id: int) -> Ways:
    """Give the conventions of a place."""
    rows = Convention.objects.filter(org=org_id).order_by("first", "id")
    return Ways(
        Way(
            first=row.first, basis=RateBasis(row.kind), charge=Charge(row.charge), weeks=row.weeks,
            year=YearKind(row.year), teacher_hours=row.teacher_hours, usual_post=row.usual_post,
        )
        for row in rows
    )  # fmt: skip


def _prices(org_id: int, *, pay: bool) -> Prices:
    """Give the rates of a place; without pay, the standard ones and who holds which post."""
    rows = Rate.objects.filter(org=org_id)
    if not pay:
        # of a person only which post they hold: that tells nothing of what they are paid
        rows = rows.filter(kind=RateBasis.AUTHORITY_STANDARD.value)
    entered = [
        Price(row.post, row.who_id, RateBasis(row.kind), row.pence, row.first)
        for row in sorted(_counting(rows), key=lambda row: row.pk)
    ]
    held = Membership.objects.filter(org=org_id, withdrawn=False).order_by("starts", "id")
    posts: dict[int, str] = {}
    for person, role in held.values_list("person_id", "role"):
        if role in ASSISTANTS:
            posts[person] = Post.TA.value
        elif role in TEACHERS:
            posts[person] = Post.TEACHER.value
    return Prices(entered, posts)


def book_of(actor: Actor, org_id: int, *, pay: bool) -> Book:
    """Give all that the costs of one place hang on, in the year of today. Asks five times.

    Args:
        pay: counted at what people are paid; else at standard rates, which tell nobody's pay.
    """
    ways = ways_of(org_id)
    year = funding_year(kind=ways.on(actor.today).year, day=actor.today)
    calendar = own_calendar(org_id, year)
    open_on = (bool(school_days(Span(day, day), calendar).days) for day in year.days())
    fellows: dict[Any, list[Promise]] = defaultdict(list)
    every = Allocation.objects.filter(_in_year(year), org=org_id, pupil__in_error_at__isnull=True)
    for row in every.select_related("provision"):
        one = promise_of(row)
        fellows[one.together].append(one)
    return Book(
        year, SchoolDays(year, open_on),
        ways if pay else ways.at(RateBasis.AUTHORITY_STANDARD),
        _prices(org_id, pay=pay), fellows,
    )  # fmt: skip


def _in_year(year: Span) -> Q:
    ends = Q(ends__isnull=True) | Q(ends__gte=year.first)
    return Q(in_error_at__isnull=True, starts__lte=year.last) & ends


def promise_of(row: Allocation) -> Promise:
    """Give what a pupil was promised, as it is counted."""
    group = ("group", row.group_id, row.provision_id)
    return Promise(
        key=row.pk, pupil=row.pupil_id, together=group if row.group_id else ("alone", row.pk),
        who=row.person_id, minutes=row.minutes, times=row.times_a_week,
        span=Span(row.starts, row.ends), universal=row.provision.layer == Layer.UNIVERSAL,
    )  # fmt: skip


@dataclass(frozen=True)
class CostLine:
    """One promise to a pupil with what it costs in the year and what was delivered of it."""

    allocation: Allocation
    planned: Cost
    delivered: Cost

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

    @property
    def planned(self) -> Cost:
        """All lines as planned for the year."""
        besides = [] if self.besides is None else [self.besides]
        return summed([*(line.planned for line in self.lines), *besides])

    @property
    def delivered(self) -> Cost:
        """All lines as delivered by today."""
        return summed(line.delivered for line in self.lines)

    @property
    def uncovered(self) -> int:
        """What of the cost above the threshold nothing comes in for."""
        return max(0, self.over - self.comes_in)


def for_pupil(actor: Actor, pupil: Pupil) -> tuple[PupilCost, list[TopUp], Way]:
    """Give what a pupil's provision costs this year, line by line, what comes in, and the way."""
    book, rows, tops = laid_out(actor, pupil)
    plan = planned(book, [promise_of(row) for row in rows])
    done = delivered(book, _sessions(book, rows, actor.today))
    lines = [CostLine(row, plan.get(row.pk, Cost()), done.get(row.pk, Cost())) for row in rows]
    cost = PupilCost(pupil, book.year, lines, comes_in=in_year(book.year, tops))
    return weighed(actor, cost), tops, book.ways.on(actor.today)


def laid_out(actor: Actor, pupil: Pupil) -> tuple[Book, list[Allocation], list[TopUp]]:
    """Give what the cost of one pupil is counted from: promises and top-up, the newest first."""
    book = book_of(actor, pupil.org_id, pay=sees_pay(actor))
    rows = _allocations(actor, book.year).filter(pupil=pupil).order_by("-starts", "-id")
    tops = visible(actor, Action.COST_VIEW, TopUp).filter(of_one_child(pupil))
    counting = _counting_tops(tops.select_related("person"))
    return book, list(rows), sorted(counting, key=lambda row: row.first, reverse=True)


def in_year(year: Span, tops: Iterable[TopUp]) -> int:
    """Give what of top-up lies in a year."""
    return sum(_in(year, row) for row in tops)


def of_all(actor: Actor) -> list[PupilCost]:
    """Give every pupil whom one may see and who is promised something this year, by name.

    Asks as often for each place, however many pupils there are.
    """
    found: list[PupilCost] = []
    for org_id in sorted(actor.hat.orgs):
        rows = visible(actor, Action.COST_VIEW, Allocation)
        tops = visible(actor, Action.COST_VIEW, TopUp)
        found += _of_place(actor, org_id, rows, tops, pay=sees_pay(actor))
    attach_classes([one.pupil for one in found], actor.today)
    _attach_areas(found)
    return sorted(found, key=lambda one: (one.pupil.sort_key, one.pupil.pk))


def at_standard_rates(actor: Actor, org_id: int) -> list[PupilCost]:
    """Give every pupil of a place at standard rates, for figures without names.

    Raises:
        NotAllowed: the role sees no figures of the whole place.
    """
    [place] = check(actor, org_id)
    rows = Allocation.objects.filter(standing())
    tops = TopUp.objects.filter(standing(through=True))
    return _of_place(actor, place, rows, tops, pay=False)


def _of_place(
    actor: Actor, org_id: int, rows: QuerySet[Allocation], tops: QuerySet[TopUp], *, pay: bool
) -> list[PupilCost]:
    book = book_of(actor, org_id, pay=pay)
    comes: dict[int, int] = defaultdict(int)
    here = tops.filter(org=org_id).annotate(of=Coalesce(F("pupil__same_as_id"), F("pupil_id")))
    for top in _counting_tops(here):
        comes[top.of] += _in(book.year, top)  # type: ignore[attr-defined]
    by_pupil: dict[int, list[Allocation]] = defaultdict(list)
    for row in rows.filter(_in_year(book.year), org=org_id).select_related(*RELATED).order_by("id"):
        by_pupil[row.pupil_id].append(row)
    found = []
    for pupil_id, own in by_pupil.items():
        plan = planned(book, [promise_of(row) for row in own])
        lines = [CostLine(row, plan.get(row.pk, Cost()), Cost()) for row in own]
        given = PupilCost(own[0].pupil, book.year, lines, comes_in=comes[pupil_id])
        found.append(weighed(actor, given))
    return found


def _attach_areas(rows: Iterable[PupilCost]) -> None:
    """Set the broad area of each pupil's first need; nothing where none is ranked."""
    rows = list(rows)
    first = standing_needs().filter(rank=1, pupil__in=[one.pupil.pk for one in rows])
    codes = dict(first.values_list("pupil", "code"))
    for one in rows:
        area = area_of(codes[one.pupil.pk]) if one.pupil.pk in codes else None
        one.area = area.label if area else ""


def _allocations(actor: Actor, year: Span) -> QuerySet[Allocation]:
    rows = visible(actor, Action.COST_VIEW, Allocation).filter(_in_year(year))
    return rows.select_related(*RELATED)


def _sessions(book: Book, rows: Sequence[Allocation], today: date) -> list[Held]:
    """Give the sessions of the year that took place, with how many pupils were there."""
    later = Session.objects.filter(corrects=OuterRef("pk"))
    there = (
        Session.objects.filter(~Exists(later), batch=OuterRef("batch"), went=Went.DELIVERED,
                               allocation__in_error_at__isnull=True)
        .values("batch").annotate(number=Count("pk")).values("number")
    )  # fmt: skip
    held = standing_sessions(Session.objects.filter(allocation__in=[row.pk for row in rows]))
    held = held.filter(went=Went.DELIVERED, on__range=(book.year.first, min(today, book.last)))
    values = held.annotate(present=Subquery(there)).values_list(
        "allocation_id", Coalesce("gave_id", "person_id"), "minutes", "on", "present"
    )
    return [Held(*row) for row in values.order_by("on", "id")]


def weighed(actor: Actor, cost: PupilCost) -> PupilCost:
    """Lay the threshold of today beside a cost."""
    case = top_up_case(annual_cost=cost.planned.pence, day=actor.today)
    return replace(
        cost, threshold=case.used[0].value, over=case.pence, reasons=case.reasons
    )  # fmt: skip


def _counting_tops(rows: Iterable[TopUp]) -> list[TopUp]:
    """Give of each pupil and first day the row that was recorded last, if it does not take back."""
    newest: dict[tuple[int, date], TopUp] = {}
    for row in sorted(rows, key=lambda row: row.pk):
        newest[getattr(row, "of", 0), row.first] = row
    return [row for row in newest.values() if not row.withdrawn]


def _in(year: Span, row: TopUp) -> int:
    """Give what of a top-up lies in a year, by its days."""
    kind = YearKind.FINANCIAL if year.first.month == 4 else YearKind.ACADEMIC
    parts = split_by_year(
        pence=row.pence, span=Span(row.first, row.last), kind=kind, by=SplitBy.DAYS
    )
    return parts.get(year.first, 0)
