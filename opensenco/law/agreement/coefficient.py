"""A figure of agreement, as exact fractions, and what has to stand beside it (FUND-54 to FUND-56).

See docs/law/agreement.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from itertools import combinations

from opensenco.kernel.words import Sentence, counted, mark, sentence
from opensenco.law.due import unverified
from opensenco.law.money.basis import check_whole
from opensenco.law.registry import answers
from opensenco.law.rule import BadFact, Rule
from opensenco.law.rulebook.moderation import FUND_54, FUND_55, FUND_56
from opensenco.law.strength import Strength

FEW = 20

Ratings = Sequence[Sequence[int | None]]
"""Cases by raters: for each case the level, by its order, that each rater gave; None for a gap."""


class Statistic(StrEnum):
    """The figures of agreement, by their stable names."""

    COHEN = "cohen"
    COHEN_LINEAR = "cohen-linear"
    COHEN_QUADRATIC = "cohen-quadratic"
    FLEISS = "fleiss"
    ALPHA_NOMINAL = "alpha-nominal"
    ALPHA_ORDINAL = "alpha-ordinal"
    ALPHA_INTERVAL = "alpha-interval"
    AC1 = "gwet-ac1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Coefficient:
    """A figure of agreement. `value` is None where it is not defined, and `why_not` says why.

    `observed` and `expected` are agreement; for alpha they are disagreement. `cases` counts those
    that went in: for alpha, the cases with at least two scores. `exact` and `within_one` are the
    parts of all pairs of scores that are the same, or at most one level apart; None without pairs.
    """

    statistic: Statistic
    rule: str
    strength: Strength
    verified: bool
    value: Fraction | None
    observed: Fraction | None
    expected: Fraction | None
    cases: int
    exact: Fraction | None
    within_one: Fraction | None
    why_not: Sentence | None
    notes: tuple[Sentence, ...]

    @property
    def defined(self) -> bool:
        return self.value is not None

    @property
    def too_few(self) -> bool:
        """Whether there are too few cases to rely on the figure."""
        return self.cases < FEW

    def rounded(self, places: int = 4) -> str:
        """The figure to so many decimals, or "not defined"."""
        return "not defined" if self.value is None else f"{_decimal(self.value, places)}"


def _decimal(value: Fraction, places: int) -> str:
    size = abs(value) * 10**places
    whole = (2 * size.numerator + size.denominator) // (2 * size.denominator)
    sign = "-" if value < 0 and whole else ""
    digits = f"{whole:0{places + 1}d}"
    return f"{sign}{digits[:-places]}.{digits[-places:]}"


@answers(FUND_54, FUND_55, FUND_56)
def coefficient(
    *,
    rule: Rule,
    statistic: Statistic,
    ratings: Ratings,
    cases: int,
    observed: Fraction,
    expected: Fraction,
    disagreement: bool = False,
) -> Coefficient:
    """The figure for what was observed and what chance would give.

    With agreement that is (observed - expected) / (1 - expected), with disagreement 1 - observed /
    expected. Not defined where the divisor is nought: chance alone gives full agreement.
    """
    room = expected if disagreement else 1 - expected
    value: Fraction | None = None
    if room:
        value = 1 - observed / expected if disagreement else (observed - expected) / room
    empty = undefined(rule=rule, statistic=statistic, ratings=ratings, cases=cases)
    return replace(
        empty,
        value=value,
        observed=observed,
        expected=expected,
        why_not=None if room else _all_the_same(),
    )


@answers(FUND_54, FUND_55)
def undefined(
    *,
    rule: Rule,
    statistic: Statistic,
    ratings: Ratings,
    cases: int,
    why_not: Sentence | None = None,
) -> Coefficient:
    """A figure that is not defined, with the percentages that may still be shown."""
    exact, within = plain_agreement(ratings=ratings)
    notes: tuple[Sentence, ...] = ()
    if cases < FEW:
        notes = (
            counted(
                mark("{count} case: too few cases to rely on."),
                mark("{count} cases: too few cases to rely on."),
                count=cases,
            ),
        )
    return Coefficient(
        statistic=statistic,
        rule=rule.id,
        strength=rule.strength,
        verified=rule.verified,
        value=None,
        observed=None,
        expected=None,
        cases=cases,
        exact=exact,
        within_one=within,
        why_not=why_not,
        notes=notes + unverified(rule),
    )


def _all_the_same() -> Sentence:
    return sentence(mark("All scores are the same, so chance alone would give full agreement."))


NO_CASES = sentence(mark("No case was scored."))
ONE_RATER = sentence(mark("One moderator alone cannot agree or disagree with anybody."))
NO_PAIRS = sentence(mark("No case was scored by two moderators."))


@answers(FUND_54)
def without_pairs(*, rule: Rule, statistic: Statistic, ratings: Ratings) -> Coefficient:
    """The figure where no case has two scores, and which of three reasons that has."""
    raters = max((len(case) for case in ratings), default=0)
    why_not = {0: NO_CASES, 1: ONE_RATER}.get(raters, NO_PAIRS)
    return undefined(rule=rule, statistic=statistic, ratings=ratings, cases=0, why_not=why_not)


@answers(FUND_56)
def plain_agreement(*, ratings: Ratings) -> tuple[Fraction | None, Fraction | None]:
    """The parts of all pairs of scores of a case that are equal, and at most one level apart.

    Every case counts the same, however many scored it. None where no case has two scores.
    """
    same, near = [], []
    for case in ratings:
        scores = [score for score in case if score is not None]
        pairs = list(combinations(scores, 2))
        if pairs:
            same.append(Fraction(sum(one == other for one, other in pairs), len(pairs)))
            near.append(Fraction(sum(abs(one - other) <= 1 for one, other in pairs), len(pairs)))
    if not same:
        return None, None
    return sum(same, Fraction(0)) / len(same), sum(near, Fraction(0)) / len(near)


def check_ratings(rule: Rule, ratings: Ratings, levels: int | None = None) -> None:
    """Raises BadFact for cases with unequal numbers of raters, or scores that are no level.

    A level is a whole number from 0; where `levels` says how many there are, below that.
    """
    if len({len(case) for case in ratings}) > 1:
        raise BadFact(rule.id, "ratings", mark("Each case needs a place for every moderator."))
    for case in ratings:
        for score in case:
            check_whole(rule, ratings=score)
            if score is not None and levels is not None and score >= levels:
                raise BadFact(rule.id, "ratings", mark("A score is above the highest level."))


def complete(rule: Rule, ratings: Ratings) -> list[list[int]]:
    """The ratings without gaps. Raises BadFact where there is one."""
    whole = [[score for score in case if score is not None] for case in ratings]
    if any(len(kept) != len(case) for kept, case in zip(whole, ratings, strict=True)):
        words = mark("A score is missing; use Krippendorff's alpha, which copes with gaps.")
        raise BadFact(rule.id, "ratings", words)
    return whole
