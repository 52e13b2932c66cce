"""What provision costs for all pupils of a place: few questions, each shape counted once."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import F, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.access.questions import Among, question
from opensenco.access.registry import flag, visible
from opensenco.costing.books import (
    COLUMNS,
    book_of,
    promised_at,
    promises_of,
    ways_of,
    year_of,
)
from opensenco.costing.counting import Book, Cost, Promise, Share, delivered, summed
from opensenco.costing.held import held_in
from opensenco.costing.hours import hours_said, with_said
from opensenco.costing.kept import Kept
from opensenco.costing.many import Counted, Many, Own, Summed
from opensenco.costing.models import TopUp
from opensenco.costing.queries import sees_pay
from opensenco.costing.rates import Ways
from opensenco.costing.top_ups import counting_tops, part_in
from opensenco.kernel.dates import Span
from opensenco.law.checks.school_money import top_up_case
from opensenco.law.codes.sen import area_of
from opensenco.people.models import Pupil
from opensenco.people.policy import standing
from opensenco.people.queries import class_names
from opensenco.provision.models import Allocation
from opensenco.support.queries.choosing import standing_needs
from opensenco.support.queries.figures import check

#: how the databases write yes as text, which no driver turns into anything for each row
SEEN = ("1", "true")


@dataclass(slots=True)
class OfPupil:
    """What one pupil's provision costs in a year, as a line of the list of all.

    Args:
        planned: the sum of the promises as they are shown.
        over: what is above the threshold. comes_in: pence of top-up that lie in the year.
        promises: whose lines it is the sum of, with the shares of what is paid for once.
        area: of the first need, in words.
    """

    pupil_id: int
    org: Organisation
    year: Span
    planned: Summed
    threshold: int
    over: int
    comes_in: int
    promises: Sequence[Promise] = ()
    lines: Sequence[tuple[int, Counted]] = ()
    shares: Sequence[Share] = ()
    sort_key: str = ""
    class_name: str = ""
    area: str = ""
    #: set for the lines that a page shows
    pupil: Any = None
    #: set where it is asked for: what the sessions until today cost
    delivered: Cost | None = None
    #: the same by promise
    held: Mapping[int, Cost] = field(default_factory=dict)

    @property
    def uncovered(self) -> int:
        """What of the cost above the threshold nothing comes in for."""
        return max(0, self.over - self.comes_in)


def of_all(actor: Actor) -> list[OfPupil]:
    """Give every pupil whom one may see and who is promised something this year, by name.

    Asks as often for each place, however many pupils there are. `with_pupils` gives the lines that
    are shown their pupils.
    """
    found: list[OfPupil] = []
    for org in Organisation.objects.filter(pk__in=actor.hat.orgs).order_by("pk"):
        ways = ways_of(org.pk)
        year = year_of(ways, actor.today)
        rows = _promises.ask(actor, org.pk, year.first, year.last)
        tops = visible(actor, Action.COST_VIEW, TopUp)
        counted = _counted(org, ways, year, rows, pay=sees_pay(actor))
        found += _weighed(actor, org, year, counted, tops)
    _attach(actor, found)
    return sorted(found, key=lambda one: (one.sort_key, one.pupil_id))


def with_pupils(rows: Sequence[OfPupil]) -> Sequence[OfPupil]:
    """Give the same lines with their pupils."""
    pupils = Pupil.objects.in_bulk([one.pupil_id for one in rows])
    for one in rows:
        one.pupil = pupils[one.pupil_id]
    return rows


def with_delivered(actor: Actor, rows: Sequence[OfPupil]) -> Sequence[OfPupil]:
    """Give the same lines with what was delivered by today. Asks as often for each place."""
    by_place: dict[Organisation, list[OfPupil]] = defaultdict(list)
    for one in rows:
        by_place[one.org].append(one)
    for org, some in by_place.items():
        promises = [promise for one in some for promise in one.promises if not promise.universal]
        book = book_of(org.pk, ways_of(org.pk), some[0].year, promises, pay=sees_pay(actor))
        costs = delivered(book, held_in(book, promises, actor.today))
        for one in some:
            own = (promise.key for promise in one.promises)
            one.held = {key: costs[key] for key in own if key in costs}
            one.delivered = summed(one.held.values())
    return rows


def at_standard_rates(actor: Actor, org: Organisation) -> list[OfPupil]:
    """Give every pupil of a place at standard rates, for figures without names.

    Raises:
        NotAllowed: the role sees no figures of the whole place.
    """
    check(actor, org.pk)
    ways = ways_of(org.pk)
    year = year_of(ways, actor.today)
    rows = _all_promises.ask(org.pk, year.first, year.last)
    counted = _counted(org, ways, year, rows, pay=False)
    return _weighed(actor, org, year, counted, TopUp.objects.filter(standing(through=True)))


def _counted(
    org: Organisation, ways: Ways, year: Span, rows: Sequence[Sequence[Any]], *, pay: bool
) -> dict[int, Own]:
    """Give what each pupil's promises come to, of those that are seen; all share adults' time."""
    every, seen = _by_pupil(org.pk, year, rows)
    book = book_of(org.pk, ways, year, every, pay=pay, whole=True)
    return _sums.of((org.pk, year, pay), (book, seen), lambda: _added_up(book, seen))


def _added_up(book: Book, seen: Mapping[int, Sequence[Promise]]) -> dict[int, Own]:
    many = Many(book)
    return {pupil: many.with_lines(own) for pupil, own in seen.items()}


#: of the promises of a place: all with their hours, and by pupil those that are seen
_Promised = tuple[list[Promise], dict[int, list[Promise]]]
_promised: Kept[_Promised] = Kept()
_sums: Kept[dict[int, Own]] = Kept()


def _by_pupil(org_id: int, year: Span, rows: Sequence[Sequence[Any]]) -> _Promised:
    """Give all promises with their hours, and by pupil those that are seen. Asks once."""
    hours = hours_said(org_id, year)
    return _promised.of((org_id, year), (rows, hours), lambda: _put_together(rows, hours))


def _put_together(rows: Sequence[Sequence[Any]], hours: Sequence[Sequence[Any]]) -> _Promised:
    every = with_said(list(promises_of(row[:-1] for row in rows)), hours)
    seen: dict[int, list[Promise]] = defaultdict(list)
    for one, row in zip(every, rows, strict=True):
        if row[-1] in SEEN:
            seen[one.pupil].append(one)
    return every, seen


def of_each_promise(actor: Actor) -> tuple[dict[int, Counted], Span | None]:
    """Give what each promise that one sees costs as planned in the year, by its key, and the year.

    Of several places the year is that of the last. Asks as often for each place.
    """
    found: dict[int, Counted] = {}
    year = None
    for org in sorted(actor.hat.orgs):
        ways = ways_of(org)
        year = year_of(ways, actor.today)
        rows = _promises.ask(actor, org, year.first, year.last)
        every, seen = _by_pupil(org, year, rows)
        many = Many(book_of(org, ways, year, every, pay=sees_pay(actor), whole=True))
        for own in seen.values():
            found |= dict(many.lines(own)[0])
    return found, year


def promises_seen(actor: Actor, org_id: int, year: Span) -> tuple[list[Promise], frozenset[int]]:
    """Give all that is promised at a place in a year, and the pupils whose cost one sees."""
    rows = _promises.ask(actor, org_id, year.first, year.last)
    every, seen = _by_pupil(org_id, year, rows)
    return every, frozenset(seen)


def comes_in_of(actor: Actor, org_id: int, year: Span) -> dict[int, int]:
    """Give what comes in for each pupil in a year, of those whom one sees."""
    return _comes_in(visible(actor, Action.COST_VIEW, TopUp), org_id, year)


def _comes_in(tops: QuerySet[TopUp], org_id: int, year: Span) -> dict[int, int]:
    comes: dict[int, int] = defaultdict(int)
    here = tops.filter(org=org_id).annotate(of=Coalesce(F("pupil__same_as_id"), F("pupil_id")))
    for top in counting_tops(here):
        comes[top.of] += part_in(year, top)  # type: ignore[attr-defined]
    return comes


def over_threshold(actor: Actor, pence: int) -> int:
    """Give what of a cost is above the threshold of today: the law says; of whom it is not above
    there is nothing to ask."""
    if pence <= _threshold(actor.today):
        return 0
    return top_up_case(annual_cost=pence, day=actor.today).pence


@lru_cache(maxsize=8)
def _threshold(day: date) -> int:
    threshold: int = top_up_case(annual_cost=0, day=day).used[0].value
    return threshold


def _weighed(
    actor: Actor,
    org: Organisation,
    year: Span,
    sums: Mapping[int, Own],
    tops: QuerySet[TopUp],
) -> list[OfPupil]:
    """Lay the threshold of today and what comes in beside each sum."""
    comes, threshold = _comes_in(tops, org.pk, year), _threshold(actor.today)
    return [
        OfPupil(
            pupil, org, year, own.sum, threshold, over_threshold(actor, own.sum.pence),
            comes.get(pupil, 0), own.promises, own.lines, own.shares,
        )
        for pupil, own in sums.items()
    ]  # fmt: skip


def _attach(actor: Actor, rows: Sequence[OfPupil]) -> None:
    """Set by what each is sorted, its class, and the broad area of its first need if one is."""
    pupils = [one.pupil_id for one in rows]
    keys = dict(_sort_keys.ask(pupils=pupils))
    classes = class_names(pupils, actor.today)
    codes = dict(_first_needs.ask(pupils=pupils))
    areas = {code: area.label for code in set(codes.values()) if (area := area_of(code))}
    for one in rows:
        one.sort_key = keys[one.pupil_id]
        one.class_name = classes.get(one.pupil_id, "")
        one.area = areas.get(codes.get(one.pupil_id, ""), "")


@question
def _promises(actor: Actor, org_id: int, first: date, last: date) -> QuerySet[Any, Any]:
    """What is promised in a year, and of each whether this actor sees what it costs."""
    seen = Cast(flag(actor, Action.COST_VIEW, Allocation), TextField())
    rows = promised_at(org_id, Span(first, last)).annotate(seen=seen)
    return rows.values_list(*COLUMNS, "seen")


@question
def _all_promises(org_id: int, first: date, last: date) -> QuerySet[Any, Any]:
    """What is promised in a year, all of it to be counted."""
    rows = promised_at(org_id, Span(first, last)).annotate(seen=Value("1"))
    return rows.values_list(*COLUMNS, "seen")


@question
def _sort_keys() -> QuerySet[Any, Any]:
    return Pupil.objects.filter(Among("pk", "pupils")).values_list("pk", "sort_key")


@question
def _first_needs() -> QuerySet[Any, Any]:
    ranked = standing_needs().filter(Among("pupil", "pupils"), rank=1)
    return ranked.order_by().values_list("pupil_id", "code")
