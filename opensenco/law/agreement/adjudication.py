"""What follows when moderators score (FUND-11, FUND-48, FUND-51). See docs/law/agreement.md.

Scores advise. People decide, and a figure here never makes a decision by itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from opensenco.kernel.words import Sentence, mark, sentence
from opensenco.law.money.basis import check_names, check_whole
from opensenco.law.registry import answers
from opensenco.law.rule import BadFact
from opensenco.law.rulebook.moderation import FUND_11, FUND_48, FUND_51


class Outcome(StrEnum):
    """What happens next with a case that two moderators scored."""

    AGREED = "AGREED"
    DISCUSS = "DISCUSS"
    THIRD = "THIRD"
    MEDIAN = "MEDIAN"


@dataclass(frozen=True, slots=True)
class Adjudication:
    """What happens next, and the level that stands for people to confirm, None while open."""

    outcome: Outcome
    level: int | None
    rule: str
    reason: Sentence


@answers(FUND_48)
def adjudicate(
    *, first: int, second: int, third: int | None = None, tolerance: int = 1
) -> Adjudication:
    """What follows from two scores, and from a third where the two were beyond `tolerance`.

    Scores are levels by their order. Raises BadFact for a third score that nobody asked for.
    """
    check_whole(FUND_48, first=first, second=second, third=third, tolerance=tolerance)
    apart = abs(first - second)
    if third is not None and apart <= tolerance:
        words = mark("A third score is asked for only where two are too far apart.")
        raise BadFact(FUND_48.id, "third", words)
    if apart == 0:
        return _outcome(Outcome.AGREED, first, mark("Both gave the same level."))
    if apart <= tolerance:
        return _outcome(Outcome.DISCUSS, None, mark("The two levels are close: discuss them."))
    if third is None:
        return _outcome(Outcome.THIRD, None, mark("The two levels are far apart: ask a third."))
    middle = sorted((first, second, third))[1]
    return _outcome(Outcome.MEDIAN, middle, mark("The middle one of three levels."))


def _outcome(outcome: Outcome, level: int | None, words: str) -> Adjudication:
    return Adjudication(outcome, level, FUND_48.id, sentence(words))


@answers(FUND_11)
def steps_apart(*, levels: Sequence[str], one: str, other: str) -> int:
    """How many steps lie between two levels of a scheme, whose codes come in their order.

    Raises BadFact for a code that is not in the scheme.
    """
    check_names(FUND_11, "levels", tuple(levels))
    for fact, code in (("one", one), ("other", other)):
        if code not in levels:
            words = mark("The scheme has no level {code}.")
            raise BadFact(FUND_11.id, fact, sentence(words, code=code))
    return abs(levels.index(one) - levels.index(other))


@dataclass(frozen=True, slots=True)
class Calibration:
    """How a moderator scored cases with an agreed level.

    `bias`: how far above (below nought: below) the agreed level on average. `error`: how far off on
    average, in either direction.
    """

    exact: int
    cases: int
    bias: Fraction
    error: Fraction
    rule: str = FUND_51.id


@answers(FUND_51)
def calibration(*, agreed: Sequence[int], scored: Sequence[int]) -> Calibration | None:
    """How `scored` compares with the `agreed` levels, case by case; None without any case.

    Raises BadFact for lists of different length.
    """
    if len(agreed) != len(scored):
        raise BadFact(FUND_51.id, "scored", mark("There is a score for each anchor case."))
    for level in (*agreed, *scored):
        check_whole(FUND_51, scored=level)
    off = [score - level for level, score in zip(agreed, scored, strict=True)]
    if not off:
        return None
    return Calibration(
        exact=off.count(0),
        cases=len(off),
        bias=Fraction(sum(off), len(off)),
        error=Fraction(sum(abs(each) for each in off), len(off)),
    )
