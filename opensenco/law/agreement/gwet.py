"""Gwet's AC1, which keeps its sense where almost all say the same (FUND-56).

See docs/law/agreement.md.
"""

from collections import Counter
from fractions import Fraction

from opensenco.law.agreement.coefficient import (
    Coefficient,
    Ratings,
    Statistic,
    check_ratings,
    coefficient,
    without_pairs,
)
from opensenco.law.money.basis import check_whole
from opensenco.law.registry import answers
from opensenco.law.rulebook.moderation import FUND_56


@answers(FUND_56)
def ac1(*, ratings: Ratings, levels: int) -> Coefficient:
    """Gwet's AC1 (2008) of two or more raters, with gaps, for a scheme with so many `levels`.

    Levels that nobody gave count too. Agreement is taken over cases with two scores, the frequency
    of levels over all cases with any. Raises BadFact for fewer than two levels: then nobody has a
    choice. Not defined without cases, with one rater, or where no case has two scores.
    """
    check_whole(FUND_56, 2, levels=levels)
    check_ratings(FUND_56, ratings, levels)
    scored = [
        Counter(scores)
        for case in ratings
        if (scores := [score for score in case if score is not None])
    ]
    pairs = [count for count in scored if count.total() > 1]
    if not pairs:
        return without_pairs(rule=FUND_56, statistic=Statistic.AC1, ratings=ratings)
    agreed = sum(
        Fraction(sum(n * (n - 1) for n in count.values()), count.total() * (count.total() - 1))
        for count in pairs
    )
    parts = [
        sum(Fraction(count[level], count.total()) for count in scored) / len(scored)
        for level in range(levels)
    ]
    chance = sum(part * (1 - part) for part in parts) / (levels - 1)
    return coefficient(
        rule=FUND_56,
        statistic=Statistic.AC1,
        ratings=ratings,
        cases=len(pairs),
        observed=Fraction(agreed) / len(pairs),
        expected=Fraction(chance),
    )
