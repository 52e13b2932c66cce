"""The notional budget of a year beside what the provision of all pupils comes to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.access.reach import Reach
from opensenco.access.registry import visible
from opensenco.costing import books
from opensenco.costing.books import ways_of
from opensenco.costing.models import Budget
from opensenco.costing.place import OfPupil
from opensenco.kernel.dates import Span


@dataclass(frozen=True)
class Sums:
    """What all pupils of a place come to in a year, in pence.

    Args:
        notional: the budget of the year; None where nobody entered it.
        within: what of each pupil's cost the school meets itself, up to the threshold.
        above: what is over the threshold. uncovered: what of that nothing comes in for.
        over: how many pupils are over. paid_for: for how many top-up comes in.
        missing: whether a rate is missing for somebody, so that the sums are too small.
    """

    org: Organisation
    year: Span
    notional: int | None
    source: str
    planned: int
    within: int
    above: int
    comes_in: int
    uncovered: int
    pupils: int
    over: int
    paid_for: int
    missing: bool

    @property
    def left(self) -> int | None:
        """What of the notional budget is left; below nought where the school meets more."""
        if self.notional is None:
            return None
        return self.notional - self.within - self.uncovered


def year_of(org: Organisation, actor: Actor) -> Span:
    """Give the year of today as a place counts it."""
    return books.year_of(ways_of(org.pk), actor.today)


def budgets_of(actor: Actor, org: Organisation) -> list[Budget]:
    """Give what was entered for a place, the newest first."""
    rows = visible(actor, Action.COST_VIEW, Budget).filter(org=org).select_related("person")
    return list(rows.order_by("-first", "-id")[:40])


def of_places(actor: Actor, rows: Sequence[OfPupil]) -> list[Sums]:
    """Give the sums of each place whose pupils one sees all; none for who sees a part."""
    if actor.hat.reach(Action.COST_VIEW) is not Reach.ALL or not rows:
        return []
    told = list(visible(actor, Action.COST_VIEW, Budget).order_by("id"))
    by_place: dict[int, list[OfPupil]] = {}
    for one in rows:
        by_place.setdefault(one.org.pk, []).append(one)
    return [summed_up(of, told) for _org, of in sorted(by_place.items())]


def summed_up(rows: Sequence[OfPupil], budgets: Iterable[Budget]) -> Sums:
    """Add up the pupils of one place beside its budget of that year."""
    org, year = rows[0].org, rows[0].year
    held = [one for one in budgets if one.org_id == org.pk and one.first == year.first]
    return Sums(
        org, year,
        notional=held[-1].pence if held else None,
        source=held[-1].source if held else "",
        planned=sum(one.planned.pence for one in rows),
        within=sum(one.planned.pence - one.over for one in rows),
        above=sum(one.over for one in rows),
        comes_in=sum(one.comes_in for one in rows),
        uncovered=sum(one.uncovered for one in rows),
        pupils=len(rows),
        over=sum(1 for one in rows if one.over),
        paid_for=sum(1 for one in rows if one.comes_in),
        missing=any(one.planned.missing for one in rows),
    )  # fmt: skip
