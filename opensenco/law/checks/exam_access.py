"""Tests for exam access arrangements (EXA-02, EXA-03, EXA-04, EXA-06). See docs/law/exam-access.md.

The scores are those of a year's booklet; a school or authority may enter the next one's.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from opensenco.kernel.words import Sentence, mark, sentence
from opensenco.law.checks.finding import Finding, found
from opensenco.law.checks.outcome import Outcome, outcome
from opensenco.law.numbers.duties import BAND_TOP, LOW_SCORE
from opensenco.law.parameters import SHIPPED, Origin, Parameter, Parameters, Used
from opensenco.law.registry import answers
from opensenco.law.rule import BadFact
from opensenco.law.rulebook.exams import EXA_02, EXA_03, EXA_04, EXA_06
from opensenco.law.strength import Evidence

MOST_BY_SCHOOL = 25
EARLIEST_YEAR = 9
HIGHEST_SCORE = 200

PART_1_MISSING = "part-1-missing"
PART_1_LATE = "part-1-late"
TOO_EARLY = "too-early"


@dataclass(frozen=True, slots=True)
class Score:
    """A standardised score (mean 100, deviation 15) in one area of speed of working.

    `area` is the assessor's own name for it, such as "writing"; capitals and spaces do not matter.
    Raises BadFact for an area without a name and a score that no test gives.
    """

    area: str
    value: int

    def __post_init__(self) -> None:
        if not self.area.strip():
            raise BadFact(EXA_04.id, "area", mark("Name the area of speed of working."))
        if not 1 <= self.value <= HIGHEST_SCORE:
            raise BadFact(EXA_04.id, "score", mark("A standardised score is about 100."))


@answers(EXA_04)
def speed_scores(
    *, scores: Iterable[Score], day: date, parameters: Parameters = SHIPPED
) -> Outcome:
    """Whether the scores allow 25 per cent extra time: two in different areas, both 84 or less, or
    one 84 or less and the other 85 to 89. Of several in one area the lowest counts.

    `day` is that of the application. Raises NotInForce before September 2025.
    """
    low, top = parameters.use(LOW_SCORE, day), parameters.use(BAND_TOP, day)
    lowest: dict[str, int] = {}
    for score in scores:
        area = " ".join(score.area.casefold().split())
        lowest[area] = min(score.value, lowest.get(area, score.value))
    below = sum(value <= low.value for value in lowest.values())
    beside = sum(low.value < value <= top.value for value in lowest.values())
    return outcome(
        EXA_04,
        sentence(
            mark("Areas with {low} or less: {below}. Areas with {from_} to {top}: {beside}."),
            below=below,
            low=low.value,
            beside=beside,
            from_=low.value + 1,
            top=top.value,
        ),
        sentence(mark("It needs two of the first, or one of each, in different areas.")),
        met=below >= 2 or (below >= 1 and beside >= 1),
        used=(low, top),
        rests_on_unverified=_doubtful(LOW_SCORE, low, day) or _doubtful(BAND_TOP, top, day),
    )


def _doubtful(parameter: Parameter[int], used: Used[Any], day: date) -> bool:
    shipped = used.origin is Origin.SHIPPED
    return shipped and parameter.table.row_on(day).evidence is Evidence.UNVERIFIED


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What the SENCO knows of a candidate who may need extra time.

    `percent`: what is asked for. `ehc_plan`: whether there is a current EHC plan. `usual`: whether
    the candidate normally works with extra time, borne out by teachers.
    """

    percent: int = MOST_BY_SCHOOL
    scores: tuple[Score, ...] = ()
    ehc_plan: bool = False
    usual: bool = False

    def __post_init__(self) -> None:
        if not 1 <= self.percent <= 100:
            raise BadFact(EXA_06.id, "percent", mark("Extra time is 1 to 100 per cent."))


@answers(EXA_02, EXA_04, EXA_06)
def extra_time(
    *, candidate: Candidate, day: date, parameters: Parameters = SHIPPED
) -> tuple[Outcome, ...]:
    """What extra time for a learning difficulty asks, one answer for each rule: the evidence
    (EXA-04), the normal way of working (EXA-02) and who decides (EXA-06).

    The school may give it where all three are met. Raises NotInForce before September 2025.
    """
    by_scores = speed_scores(scores=candidate.scores, day=day, parameters=parameters)
    evidence = (
        outcome(EXA_04, sentence(mark("There is a current EHC plan.")), met=True)
        if candidate.ehc_plan
        else by_scores
    )
    usual = outcome(EXA_02, _usual(candidate), met=candidate.usual)
    by_school = candidate.percent <= MOST_BY_SCHOOL
    who = outcome(EXA_06, _who(by_school=by_school), met=by_school)
    return (evidence, usual, who)


def _usual(candidate: Candidate) -> Sentence:
    if candidate.usual:
        return sentence(mark("Teachers bear out that the candidate normally works with it."))
    return sentence(
        mark("It has to be the normal way of working. A score or a diagnosis alone is not enough.")
    )


def _who(*, by_school: bool) -> Sentence:
    if by_school:
        return sentence(mark("Up to 25 per cent can be approved online."))
    return sentence(mark("More than 25 per cent is referred to the awarding body."))


@answers(EXA_03)
def form_8(
    *, part_1: date | None, assessed: date | None, year_group: int | None = None
) -> tuple[Finding, ...]:
    """What is wrong with the order of a Form 8; empty where nothing is.

    `part_1`: the day the SENCO completed Part 1; `assessed`: the day of the assessment for Parts 2
    and 3, and `year_group` the candidate's year then. Nothing is asked before an assessment.
    """
    if assessed is None:
        return ()
    found_here = []
    if part_1 is None:
        words = mark("The candidate was assessed, but Part 1 is not complete.")
        found_here.append(found(EXA_03, PART_1_MISSING, sentence(words)))
    elif part_1 > assessed:
        words = mark("Part 1 was completed on {part_1}, after the assessment on {assessed}.")
        reason = sentence(words, part_1=part_1, assessed=assessed)
        found_here.append(found(EXA_03, PART_1_LATE, reason))
    if year_group is not None and year_group < EARLIEST_YEAR:
        words = mark("The assessment was in Year {year}; it counts from Year 9 on.")
        found_here.append(found(EXA_03, TOO_EARLY, sentence(words, year=year_group)))
    return tuple(found_here)
