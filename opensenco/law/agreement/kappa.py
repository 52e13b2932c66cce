"""Cohen's kappa for two raters, plain and weighted, and Fleiss' for several (FUND-52, FUND-53).

See docs/law/agreement.md.
"""

from collections import Counter
from enum import StrEnum
from fractions import Fraction

from opensenco.kernel.words import mark
from opensenco.law.agreement.coefficient import (
    NO_CASES,
    ONE_RATER,
    Coefficient,
    Ratings,
    Statistic,
    check_ratings,
    coefficient,
    complete,
    undefined,
)
from opensenco.law.registry import answers
from opensenco.law.rule import BadFact
from opensenco.law.rulebook.moderation import FUND_52, FUND_53


class Weights(StrEnum):
    """How much two levels apart weigh: any difference alike, by its size, or by its square."""

    NONE = "none"
    LINEAR = "linear"
    QUADRATIC = "quadratic"


NAMED = {
    Weights.NONE: Statistic.COHEN,
    Weights.LINEAR: Statistic.COHEN_LINEAR,
    Weights.QUADRATIC: Statistic.COHEN_QUADRATIC,
}


@answers(FUND_52)
def cohen(*, ratings: Ratings, weights: Weights = Weights.NONE) -> Coefficient:
    """Cohen's kappa (1960, weighted 1968) of two raters who scored the same cases.

    With weights, agreement of a pair is 1 less its distance over the longest distance seen. Raises
    BadFact for other than two raters, or a gap. Not defined without cases, or where both gave one
    and the same level to every case.
    """
    check_ratings(FUND_52, ratings)
    statistic = NAMED[weights]
    if not ratings:
        return undefined(
            rule=FUND_52, statistic=statistic, ratings=ratings, cases=0, why_not=NO_CASES
        )
    if len(ratings[0]) != 2:
        raise BadFact(FUND_52.id, "ratings", mark("Cohen's kappa compares two moderators."))
    pairs = complete(FUND_52, ratings)
    first = Counter(one for one, _ in pairs)
    second = Counter(other for _, other in pairs)
    longest = max(max(pair) for pair in pairs) - min(min(pair) for pair in pairs)
    number = len(pairs)
    seen = sum(_apart(one, other, weights, longest) for one, other in pairs)
    chance = sum(
        _apart(one, other, weights, longest) * times * often
        for one, times in first.items()
        for other, often in second.items()
    )
    return coefficient(
        rule=FUND_52,
        statistic=statistic,
        ratings=ratings,
        cases=number,
        observed=1 - Fraction(seen) / number,
        expected=1 - Fraction(chance) / number**2,
    )


def _apart(one: int, other: int, weights: Weights, longest: int) -> Fraction:
    """How far two levels are apart, from 0 to 1."""
    if one == other:
        return Fraction(0)
    if weights is Weights.NONE:
        return Fraction(1)
    part = Fraction(abs(one - other), longest)
    return part if weights is Weights.LINEAR else part**2


@answers(FUND_53)
def fleiss(*, ratings: Ratings) -> Coefficient:
    """Fleiss' kappa (1971) of three or more raters, or two, who all scored all cases.

    It takes no account of the order of levels. Raises BadFact for a gap. Not defined without cases,
    with one rater, or where every score is the same.
    """
    check_ratings(FUND_53, ratings)
    number = len(ratings)
    raters = len(ratings[0]) if ratings else 0
    if raters < 2:
        return undefined(
            rule=FUND_53,
            statistic=Statistic.FLEISS,
            ratings=ratings,
            cases=number,
            why_not=ONE_RATER if raters else NO_CASES,
        )
    counts = [Counter(case) for case in complete(FUND_53, ratings)]
    together = sum(times * (times - 1) for count in counts for times in count.values())
    totals: Counter[int] = sum(counts, Counter())
    expected = sum(Fraction(total, number * raters) ** 2 for total in totals.values())
    return coefficient(
        rule=FUND_53,
        statistic=Statistic.FLEISS,
        ratings=ratings,
        cases=number,
        observed=Fraction(together, number * raters * (raters - 1)),
        expected=Fraction(expected),
    )
