"""What to do where more is asked for than there is (FUND-88). See docs/law/sharing-money.md."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from opensenco.kernel.money import write
from opensenco.kernel.words import mark, sentence
from opensenco.law.money.apportion import in_proportion, to_the_penny
from opensenco.law.money.basis import Basis, check_names, check_whole, resting
from opensenco.law.registry import answers
from opensenco.law.rule import BadFact
from opensenco.law.rulebook.funding import FUND_88


class Strategy(StrEnum):
    """How a budget is given to bids that ask for more than it holds."""

    RANK_STOP = "RANK_STOP"
    RANK_SKIP = "RANK_SKIP"
    RANK_PARTIAL = "RANK_PARTIAL"
    SCALE_ALL = "SCALE_ALL"
    POINTS_UNIT = "POINTS_UNIT"
    MANUAL = "MANUAL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bid:
    """One bid: its key, the pence asked for, its rank (1 is first) and points. Raises BadFact."""

    key: str
    pence: int
    rank: int
    points: int = 0

    def __post_init__(self) -> None:
        check_whole(FUND_88, pence=self.pence, points=self.points)
        check_whole(FUND_88, 1, rank=self.rank)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Pence for every bid by key, in the order of rank, and what is left of the budget.

    `above` names the bids that get more than they asked for, which only POINTS_UNIT and people do.
    `suggested` is what RANK_STOP would give, shown beside what people decide.
    """

    pence: dict[str, int]
    left: int
    above: tuple[str, ...]
    basis: Basis
    suggested: dict[str, int]


@answers(FUND_88)
def decide(
    *,
    budget: int,
    bids: Iterable[Bid],
    strategy: Strategy,
    chosen: Mapping[str, int] | None = None,
    reason: str = "",
) -> Outcome:
    """What each bid gets. The order in which bids are handed in does not matter: their rank does.

    `chosen` and `reason` are for MANUAL: what people decided and why. Raises BadFact for bids with
    one key or rank, for points that nobody has, and for more chosen than there is.
    """
    check_whole(FUND_88, budget=budget)
    ranked = sorted(bids, key=lambda bid: bid.rank)
    check_names(FUND_88, "bids", tuple(bid.key for bid in ranked))
    if len({bid.rank for bid in ranked}) != len(ranked):
        raise BadFact(FUND_88.id, "rank", mark("Two bids have the same rank."))
    if strategy is Strategy.MANUAL:
        given = _manual(budget, ranked, chosen or {}, reason)
    else:
        given = GIVES[strategy](budget, ranked)
    asked = sum(bid.pence for bid in ranked)
    words = mark("{asked} was asked for; there is {budget}.")
    told = [sentence(words, asked=write(asked), budget=write(budget))]
    told += [sentence(mark("Decided by people: {reason}"), reason=reason)] if reason else []
    return Outcome(
        pence=given,
        left=budget - sum(given.values()),
        above=tuple(bid.key for bid in ranked if given[bid.key] > bid.pence),
        basis=resting(FUND_88, *told, convention=str(strategy), budget=budget, asked=asked),
        suggested=_rank_stop(budget, ranked),
    )


def _rank_stop(budget: int, ranked: list[Bid]) -> dict[str, int]:
    return _in_order(budget, ranked, stops=True, partial=False)


def _rank_skip(budget: int, ranked: list[Bid]) -> dict[str, int]:
    return _in_order(budget, ranked, stops=False, partial=False)


def _rank_partial(budget: int, ranked: list[Bid]) -> dict[str, int]:
    return _in_order(budget, ranked, stops=True, partial=True)


def _in_order(budget: int, ranked: list[Bid], *, stops: bool, partial: bool) -> dict[str, int]:
    given: dict[str, int] = {}
    left = budget
    for bid in ranked:
        if bid.pence <= left:
            given[bid.key] = bid.pence
        else:
            given[bid.key] = left if partial else 0
            if stops:
                # Nothing after the first that does not fit.
                return given | {bid.key: 0 for bid in ranked if bid.key not in given}
        left -= given[bid.key]
    return given


def _scale_all(budget: int, ranked: list[Bid]) -> dict[str, int]:
    asked = sum(bid.pence for bid in ranked)
    if asked <= budget:
        return {bid.key: bid.pence for bid in ranked}
    weights = {bid.key: Fraction(bid.pence) for bid in ranked}
    return to_the_penny(exact=in_proportion(total=budget, weights=weights), total=budget)


def _points_unit(budget: int, ranked: list[Bid]) -> dict[str, int]:
    weights = {bid.key: Fraction(bid.points) for bid in ranked}
    if not any(weights.values()):
        raise BadFact(FUND_88.id, "points", mark("No bid has points to go by."))
    return to_the_penny(exact=in_proportion(total=budget, weights=weights), total=budget)


def _manual(
    budget: int, ranked: list[Bid], chosen: Mapping[str, int], reason: str
) -> dict[str, int]:
    if not reason.strip():
        raise BadFact(FUND_88.id, "reason", mark("Say why people decided so."))
    check_whole(FUND_88, **chosen)
    if set(chosen) != {bid.key for bid in ranked}:
        raise BadFact(FUND_88.id, "chosen", mark("Decide about every bid, and no other."))
    if sum(chosen.values()) > budget:
        raise BadFact(FUND_88.id, "chosen", mark("More is given than there is."))
    return {bid.key: chosen[bid.key] for bid in ranked}


GIVES: dict[Strategy, Callable[[int, list[Bid]], dict[str, int]]] = {
    Strategy.RANK_STOP: _rank_stop,
    Strategy.RANK_SKIP: _rank_skip,
    Strategy.RANK_PARTIAL: _rank_partial,
    Strategy.SCALE_ALL: _scale_all,
    Strategy.POINTS_UNIT: _points_unit,
}
