"""A formula that shares a pot between families of schools (FUND-78). See docs/law/sharing-money.md.

Each family gets a lump sum and a part of the rest by weighted counts, held between a floor and a
ceiling and, where the scheme protects against change, near to last year's amount.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from opensenco.kernel.money import half_up, write
from opensenco.kernel.words import mark, sentence
from opensenco.law.money.apportion import in_proportion, to_the_penny
from opensenco.law.money.basis import Basis, Exact, check_exact, check_whole, fraction, resting
from opensenco.law.registry import answers
from opensenco.law.rule import BadFact
from opensenco.law.rulebook.funding import FUND_78


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """A family's counts by factor, and its limits in pence.

    `last_year`: what it got, needed only where the scheme protects against change.
    """

    counts: Mapping[str, Exact]
    floor: int | None = None
    ceiling: int | None = None
    last_year: int | None = None

    def __post_init__(self) -> None:
        check_exact(FUND_78, **self.counts)
        check_whole(FUND_78, floor=self.floor, ceiling=self.ceiling, last_year=self.last_year)


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """`weights`: the part of each factor, such as 0.5, adding up to 1. `lump`: pence a family.

    `most_fall` and `most_rise` are the parts by which a family's amount may change from one year
    to the next. Raises BadFact.
    """

    weights: Mapping[str, Exact]
    lump: int = 0
    most_fall: Exact | None = None
    most_rise: Exact | None = None

    def __post_init__(self) -> None:
        check_whole(FUND_78, lump=self.lump)
        check_exact(FUND_78, most_fall=self.most_fall, most_rise=self.most_rise)
        if sum(fraction(FUND_78, name, each) for name, each in self.weights.items()) != 1:
            raise BadFact(FUND_78.id, "weights", mark("The weights must add up to 1."))


@dataclass(frozen=True, slots=True)
class Run:
    """What a run of the formula gave: pence by family, and the exact shares before rounding.

    `held` names the families that a floor, a ceiling or the protection holds.
    """

    pence: dict[str, int]
    exact: dict[str, Fraction]
    held: tuple[str, ...]
    basis: Basis


@answers(FUND_78)
def shared(*, pot: int, formula: Formula, families: Mapping[str, Family]) -> Run:
    """The pot, shared by the formula; all of it, to the penny, in whatever order families come.

    Where limits hold some families, the others share the rest in proportion. Raises BadFact where
    the limits leave no way to share exactly the pot.
    """
    check_whole(FUND_78, pot=pot)
    if not families:
        raise BadFact(FUND_78.id, "families", mark("Nobody is there to share the pot."))
    rest = pot - formula.lump * len(families)
    if rest < 0:
        raise BadFact(FUND_78.id, "lump", mark("The lump sums are more than the pot."))
    parts = in_proportion(total=rest, weights=_weights(formula, families))
    limits = {name: _limits(formula, family, pot) for name, family in families.items()}
    level = _level(pot, formula.lump, parts, limits)
    exact = _held(level, formula.lump, parts, limits)
    words = sentence(
        mark("{pot} shared between {families} families."), pot=write(pot), families=len(families)
    )
    return Run(
        pence=to_the_penny(exact=exact, total=pot),
        exact=exact,
        held=tuple(
            name for name in sorted(exact) if exact[name] != formula.lump + level * parts[name]
        ),
        basis=resting(FUND_78, words, pot=pot, lump=formula.lump, level=level),
    )


def _weights(formula: Formula, families: Mapping[str, Family]) -> dict[str, Fraction]:
    """Each family's part of the whole, over all factors; they add up to 1."""
    weights = dict.fromkeys(families, Fraction(0))
    for factor, weight in formula.weights.items():
        if any(factor not in family.counts for family in families.values()):
            words = mark("Each family needs a count for {factor}.")
            raise BadFact(FUND_78.id, "counts", sentence(words, factor=factor))
        counts = {name: Fraction(family.counts[factor]) for name, family in families.items()}
        whole = sum(counts.values(), Fraction(0))
        if not whole:
            words = mark("No family has any {factor}, so nothing can be shared by it.")
            raise BadFact(FUND_78.id, "counts", sentence(words, factor=factor))
        for name, count in counts.items():
            weights[name] += Fraction(weight) * count / whole
    return weights


Limits = Mapping[str, tuple[int, int]]


def _limits(formula: Formula, family: Family, pot: int) -> tuple[int, int]:
    """The least and the most that a family may get, in pence."""
    least = [family.floor or 0]
    most = [pot if family.ceiling is None else family.ceiling]
    if family.last_year is not None and formula.most_fall is not None:
        least.append(half_up(family.last_year * max(Fraction(0), 1 - Fraction(formula.most_fall))))
    if family.last_year is not None and formula.most_rise is not None:
        most.append(half_up(family.last_year * (1 + Fraction(formula.most_rise))))
    if max(least) > min(most):
        raise BadFact(FUND_78.id, "limits", mark("A family's least amount is above its most."))
    return max(least), min(most)


def _held(
    level: Fraction, lump: int, parts: Mapping[str, Fraction], limits: Limits
) -> dict[str, Fraction]:
    """What each family gets where its part counts `level` times, within its limits."""
    given = {}
    for name, part in parts.items():
        least, most = limits[name]
        given[name] = min(max(lump + level * part, Fraction(least)), Fraction(most))
    return given


def _level(pot: int, lump: int, parts: Mapping[str, Fraction], limits: Limits) -> Fraction:
    """How many times each part counts, so that all amounts within their limits add up to the pot.

    The sum grows with the level along straight lines between the levels at which some family meets
    a limit, so the right one is found exactly.
    """
    turns = {
        (limit - lump) / part
        for name, part in parts.items()
        for limit in limits[name]
        if part and limit > lump
    }
    points = sorted({Fraction(0), *turns})
    sums = {point: sum(_held(point, lump, parts, limits).values()) for point in points}
    if sums[points[0]] > pot:
        raise BadFact(FUND_78.id, "floor", mark("The least amounts are more than the pot."))
    below = max(point for point in points if sums[point] <= pot)
    above = min((point for point in points if point > below), default=below + 1)
    low = sums[below]
    if low == pot:
        return below
    high = sum(_held(above, lump, parts, limits).values())
    if high == low:
        raise BadFact(FUND_78.id, "ceiling", mark("The most amounts do not use up the pot."))
    return below + (pot - low) / Fraction(high - low) * (above - below)
