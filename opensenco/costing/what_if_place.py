"""What all provision of a place would cost if it were otherwise: nothing of it is kept."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import QuerySet

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import visible
from opensenco.costing.books import book_of, ways_of, year_of
from opensenco.costing.counting import Book, Promise
from opensenco.costing.many import Many, Summed
from opensenco.costing.place import comes_in_of, over_threshold, promises_seen
from opensenco.costing.queries import sees_pay
from opensenco.costing.timed import Hours
from opensenco.kernel.dates import ONE_DAY, Span
from opensenco.provision.models import Allocation, Provision

#: pupils whom nobody has chosen yet have keys that no row has
NEW = -1_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceIdea:
    """One way in which a place could give otherwise, from a day on.

    Args:
        provision: what is ended or changed; None where something new is given.
        pupils: to how many the new is given; whom, is not said.
        group: how many pupils share an adult; None as now, or one alone where it is new.
        last: until when; None as now, or to the end of the year where it is new.
    """

    first: date
    provision: int | None = None
    ends: bool = False
    post: str = ""
    group: int | None = None
    times: int | None = None
    minutes: int | None = None
    last: date | None = None
    pupils: int = 0


@dataclass(frozen=True)
class PlaceSum:
    """What a place's provision comes to: in pence, and how many pupils are over the threshold."""

    planned: Summed
    over: int
    above: int
    uncovered: int


def otherwise(promises: Sequence[Promise], idea: PlaceIdea) -> list[Promise]:
    """Give what would be promised: what was until the day before, and as the idea has it from then.

    Pupils who would be in groups of another size are put together in the order of their promises.
    """
    if idea.provision is None:
        return [*promises, *_new(idea)]
    found, moved = [], []
    for one in promises:
        if one.provision != idea.provision or (one.span.last and one.span.last < idea.first):
            found.append(one)
            continue
        if one.span.first < idea.first:
            found.append(one._replace(span=Span(one.span.first, idea.first - ONE_DAY)))
        if not idea.ends:
            moved.append(one)
    return [*found, *_changed(moved, idea)]


def _changed(rows: Sequence[Promise], idea: PlaceIdea) -> Iterable[Promise]:
    for number, one in enumerate(rows):
        first = max(one.span.first, idea.first)
        last = one.span.last if idea.last is None else idea.last
        if last is not None and last < first:
            continue
        together: Hashable = ("from then", one.together)
        if idea.group is not None:
            together = ("groups of", number // idea.group)
        yield one._replace(
            key=-one.key, span=Span(first, last), together=together,
            # whoever is named gives it no more, where it is another post's
            who=None if idea.post else one.who, post=idea.post or one.post,
            times=idea.times or one.times, minutes=idea.minutes or one.minutes,
            timed=_hours(one, idea),
        )  # fmt: skip


def _hours(one: Promise, idea: PlaceIdea) -> tuple[Hours, ...]:
    """Give the hours that would go on: by another post or in other groups those that are set; of
    what is given more or less often nobody has said when."""
    if idea.times or idea.minutes:
        return ()
    return tuple(
        table._replace(hours=tuple(
            hour._replace(
                who=None if idea.post else hour.who, at=hour.at if idea.group is None else None
            )
            for hour in table.hours
        ))
        for table in one.timed
    )  # fmt: skip


def _new(idea: PlaceIdea) -> Iterable[Promise]:
    for number in range(idea.pupils):
        yield Promise(
            key=NEW - number, pupil=NEW - number, together=("new", number // (idea.group or 1)),
            who=None, minutes=idea.minutes or 0, times=idea.times or 0, post=idea.post,
            span=Span(idea.first, idea.last),
        )  # fmt: skip


def compare_place(actor: Actor, ideas: Sequence[PlaceIdea]) -> tuple[PlaceSum, list[PlaceSum]]:
    """Give what all provision comes to in the year, and as each idea would have it.

    Something new is given at the first place of whoever is SENCO of several.
    """
    held = [_Place(actor, org) for org in sorted(actor.hat.orgs)]
    now = [one.summed(one.promises) for one in held]
    found = [
        _added([
            one.summed(otherwise(one.promises, idea)) if one.meant(idea, first=n == 0) else now[n]
            for n, one in enumerate(held)
        ])
        for idea in ideas
    ]  # fmt: skip
    return _added(now), found


class _Place:
    """One place's promises in the year, as they are counted again and again."""

    def __init__(self, actor: Actor, org_id: int) -> None:
        self._actor, ways = actor, ways_of(org_id)
        year = year_of(ways, actor.today)
        self.promises, self._seen = promises_seen(actor, org_id, year)
        book = book_of(org_id, ways, year, self.promises, pay=sees_pay(actor), whole=True)
        # what was paid for once is paid, whatever changes
        self._book = replace(book, besides={})
        self._comes = comes_in_of(actor, org_id, year)
        self._kinds = {one.provision for one in self.promises}
        self._own = {
            pupil: sum(share.pence for share in book.shares(own))
            for pupil, own in _by_pupil(self.promises, self._seen).items()
        }

    def meant(self, idea: PlaceIdea, *, first: bool) -> bool:
        """Tell whether an idea is of this place."""
        return first if idea.provision is None else idea.provision in self._kinds

    def summed(self, promises: Sequence[Promise]) -> PlaceSum:
        """Give what these promises come to, of the pupils whose cost is seen."""
        many = Many(_with(self._book, promises))
        pence, missing, over, above, uncovered = sum(self._own.values()), False, 0, 0, 0
        for pupil, own in _by_pupil(promises, self._seen).items():
            cost = many.of_pupil(own)
            pence, missing = pence + cost.pence, missing or cost.missing
            if pupil > 0:
                beyond = over_threshold(self._actor, cost.pence + self._own.get(pupil, 0))
                over, above = over + bool(beyond), above + beyond
                uncovered += max(0, beyond - self._comes.get(pupil, 0))
        return PlaceSum(Summed(pence, missing, trimmed=False), over, above, uncovered)


def _with(book: Book, promises: Iterable[Promise]) -> Book:
    fellows: dict[Hashable, list[Promise]] = defaultdict(list)
    for one in promises:
        fellows[one.together].append(one)
    # who bears a group as it is now goes on bearing it, also where something of it changes
    bearings = dict(book.bearings)
    for key in fellows:
        if isinstance(key, tuple) and key[0] == "from then" and key[1] in bearings:
            bearings[key] = bearings[key[1]]
    return replace(book, fellows=fellows, bearings=bearings)


def _by_pupil(promises: Iterable[Promise], seen: frozenset[int]) -> Mapping[int, Sequence[Promise]]:
    found: dict[int, list[Promise]] = defaultdict(list)
    for one in promises:
        if one.pupil in seen or one.pupil < 0:
            found[one.pupil].append(one)
    return found


def _added(sums: Sequence[PlaceSum]) -> PlaceSum:
    return PlaceSum(
        Summed(
            sum(one.planned.pence for one in sums), any(one.planned.missing for one in sums),
            trimmed=False,
        ),
        sum(one.over for one in sums), sum(one.above for one in sums),
        sum(one.uncovered for one in sums),
    )  # fmt: skip


def to_change(actor: Actor) -> QuerySet[Provision]:
    """Give what is given now or will be, which an idea could end or change, by name."""
    given = visible(actor, Action.COST_VIEW, Allocation).filter(in_error_at__isnull=True)
    running = given.exclude(ends__lt=actor.today)
    return Provision.objects.filter(pk__in=running.values("provision")).order_by("name", "pk")
