"""Krippendorff's alpha, which copes with missing scores (FUND-53). See docs/law/agreement.md."""

from collections import Counter
from collections.abc import Callable, Mapping
from enum import StrEnum
from fractions import Fraction

from opensenco.law.agreement.coefficient import (
    Coefficient,
    Ratings,
    Statistic,
    check_ratings,
    coefficient,
    without_pairs,
)
from opensenco.law.registry import answers
from opensenco.law.rulebook.moderation import FUND_53


class Scale(StrEnum):
    """What the levels are: mere names, an order, or numbers with equal steps."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"


NAMED = {
    Scale.NOMINAL: Statistic.ALPHA_NOMINAL,
    Scale.ORDINAL: Statistic.ALPHA_ORDINAL,
    Scale.INTERVAL: Statistic.ALPHA_INTERVAL,
}

Totals = Mapping[int, int]
Distance = Callable[[int, int, Totals], Fraction]


def _nominal(one: int, other: int, totals: Totals) -> Fraction:
    return Fraction(one != other)


def _ordinal(one: int, other: int, totals: Totals) -> Fraction:
    """The square of how many scores lie from one level to the other, the two ends half counted."""
    low, high = sorted((one, other))
    between = sum(times for level, times in totals.items() if low <= level <= high)
    return (between - Fraction(totals[low] + totals[high], 2)) ** 2


def _interval(one: int, other: int, totals: Totals) -> Fraction:
    return Fraction((one - other) ** 2)


DISTANCES: dict[Scale, Distance] = {
    Scale.NOMINAL: _nominal,
    Scale.ORDINAL: _ordinal,
    Scale.INTERVAL: _interval,
}


@answers(FUND_53)
def krippendorff(*, ratings: Ratings, scale: Scale) -> Coefficient:
    """Krippendorff's alpha (2011) of any number of raters, with gaps.

    A case with one score or none says nothing and is left out. Not defined without cases, with one
    rater, where no case has two scores, or where every score that counts is the same.
    """
    check_ratings(FUND_53, ratings)
    cases = [
        scores
        for case in ratings
        if len(scores := [score for score in case if score is not None]) > 1
    ]
    if not cases:
        return without_pairs(rule=FUND_53, statistic=NAMED[scale], ratings=ratings)
    totals = Counter(score for case in cases for score in case)
    values = sum(totals.values())
    distance = DISTANCES[scale]
    observed = sum(
        times * often * distance(one, other, totals) / (len(case) - 1)
        for case in cases
        for one, times in Counter(case).items()
        for other, often in Counter(case).items()
        if one != other
    )
    expected = sum(
        times * often * distance(one, other, totals)
        for one, times in totals.items()
        for other, often in totals.items()
        if one != other
    )
    return coefficient(
        rule=FUND_53,
        statistic=NAMED[scale],
        ratings=ratings,
        cases=len(cases),
        observed=Fraction(observed) / values,
        expected=Fraction(expected) / (values * (values - 1)),
        disagreement=True,
    )


@answers(FUND_53)
def pairable(*, ratings: Ratings) -> int:
    """How many scores stand in a case with at least one other: those that alpha counts."""
    scores = (sum(score is not None for score in case) for case in ratings)
    return sum(number for number in scores if number > 1)
