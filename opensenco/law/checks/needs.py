"""The ranking of a pupil's needs (IDN-08). See docs/law/census.md."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from opensenco.kernel.words import mark, sentence
from opensenco.law.checks.finding import Finding, found
from opensenco.law.registry import answers
from opensenco.law.rule import BadFact
from opensenco.law.rulebook.identification import IDN_08

NEED_TWICE = "need-twice"
RANK_TWICE = "rank-twice"
RANK_GAP = "rank-gap"


@dataclass(frozen=True, slots=True)
class RankedNeed:
    """A code of the list of needs and its rank; 1 is the main need. A rank below 1 is a BadFact."""

    code: str
    rank: int

    def __post_init__(self) -> None:
        if self.rank < 1:
            raise BadFact(IDN_08.id, "rank", mark("Ranks start at 1, the main need."))


@answers(IDN_08)
def ranking(*, needs: Iterable[RankedNeed]) -> tuple[Finding, ...]:
    """What is wrong with the ranking: a need or a rank twice, a rank left out. Empty if fine."""
    listed = tuple(needs)
    codes = Counter(need.code for need in listed)
    ranks = Counter(need.rank for need in listed)
    problems = [
        found(IDN_08, NEED_TWICE, sentence(mark("The need {code} is listed twice."), code=code))
        for code, times in sorted(codes.items())
        if times > 1
    ]
    problems += [
        found(IDN_08, RANK_TWICE, sentence(mark("Two needs have rank {rank}."), rank=rank))
        for rank, times in sorted(ranks.items())
        if times > 1
    ]
    missing = sorted(set(range(2, max(ranks, default=1))) - set(ranks))
    if missing and 1 in ranks:
        problems.append(
            found(IDN_08, RANK_GAP, sentence(mark("No need has rank {rank}."), rank=missing[0]))
        )
    return tuple(problems)


def main_need(needs: Iterable[RankedNeed]) -> str | None:
    """The code of rank 1, None where there is none."""
    return next((need.code for need in needs if need.rank == 1), None)
