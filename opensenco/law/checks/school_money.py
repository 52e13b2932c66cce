"""The threshold of element 2 and money of the early years (FUN-03, EYS-05, EYS-06).

See docs/law/school-funding.md and docs/law/early-years-money.md. Amounts are whole pence.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from opensenco.kernel.money import write
from opensenco.kernel.words import Sentence, mark, sentence
from opensenco.law.checks.outcome import Outcome, outcome
from opensenco.law.due import unverified
from opensenco.law.numbers.duties import DISABILITY_ACCESS, EARLY_YEARS_PREMIUM, ELEMENT_2
from opensenco.law.parameters import SHIPPED, Origin, Parameters, Used
from opensenco.law.registry import answers, tabulates
from opensenco.law.rule import BadFact, Rule
from opensenco.law.rulebook.early_years import EYS_05, EYS_06
from opensenco.law.rulebook.school_funding import FUN_01, FUN_03
from opensenco.law.strength import Evidence

tabulates(FUN_01, "opensenco.law.numbers.duties.ELEMENT_2", ELEMENT_2)

HOURS_A_WEEK = 15
HOURS_A_YEAR = 570


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum in pence with its reasons; `used` names the number it rests on."""

    pence: int
    rule: str
    verified: bool
    reasons: tuple[Sentence, ...]
    used: tuple[Used[Any], ...]


@answers(FUN_03)
def top_up_case(*, annual_cost: int, day: date, parameters: Parameters = SHIPPED) -> Amount:
    """What a pupil's provision costs in a year above the threshold of `day`, nought at or below it.

    Raises BadFact for a negative cost, NotInForce before April 2013.
    """
    _not_negative(FUN_03, "annual-cost", annual_cost)
    used = parameters.use(ELEMENT_2, day)
    above = max(0, annual_cost - used.value)
    row = ELEMENT_2.table.row_on(day)
    doubtful = used.origin is Origin.SHIPPED and row.evidence is Evidence.UNVERIFIED
    words = (
        mark("{cost} less the threshold of {threshold} is {above}.")
        if above
        else mark("{cost} is not above the threshold of {threshold}: there is no case for top-up.")
    )
    told = sentence(words, cost=write(annual_cost), threshold=write(used.value), above=write(above))
    return Amount(
        pence=above,
        rule=FUN_03.id,
        verified=not doubtful,
        reasons=(told, *(unverified(FUN_01) if doubtful else ())),
        used=(used,),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlyYearsChild:
    """`allowance`: given Disability Living Allowance. `funded`: takes up funded hours.

    `reception`: is in a reception class.
    """

    allowance: bool
    funded: bool
    reception: bool = False


@answers(EYS_05)
def disability_access(*, child: EarlyYearsChild) -> Outcome:
    """Whether the Disability Access Fund is for this child. Raises nothing."""
    hindrances = (
        (not child.allowance, mark("The child is not given Disability Living Allowance.")),
        (not child.funded, mark("The child takes up no funded hours.")),
        (child.reception, mark("The child is in reception.")),
    )
    reasons = tuple(sentence(words) for hinders, words in hindrances if hinders)
    met = not reasons
    return outcome(
        EYS_05,
        *(reasons or (sentence(mark("Allowance and funded hours, and not in reception.")),)),
        met=met,
    )


@answers(EYS_05)
def disability_access_sum(*, day: date, parameters: Parameters = SHIPPED) -> Amount:
    """The yearly sum of the Disability Access Fund on `day`. Raises NotInForce."""
    used = parameters.use(DISABILITY_ACCESS, day)
    told = sentence(
        mark("{sum} for a child and a year, paid to one setting."), sum=write(used.value)
    )
    return Amount(used.value, EYS_05.id, EYS_05.verified, (told,), (used,))


@answers(EYS_06)
def pupil_premium(*, hours: int, weeks: int, day: date, parameters: Parameters = SHIPPED) -> Amount:
    """Early years pupil premium for so many funded hours a week and weeks: at most 15 and 570 in
    all. `day` picks the rate. Raises BadFact for a negative number, NotInForce.
    """
    _not_negative(EYS_06, "hours", hours)
    _not_negative(EYS_06, "weeks", weeks)
    used = parameters.use(EARLY_YEARS_PREMIUM, day)
    counted = min(min(hours, HOURS_A_WEEK) * weeks, HOURS_A_YEAR)
    pence = counted * used.value
    told = sentence(
        mark("{hours} hours at {rate} are {sum}."),
        hours=counted,
        rate=write(used.value),
        sum=write(pence),
    )
    return Amount(pence, EYS_06.id, EYS_06.verified, (told,), (used,))


def _not_negative(rule: Rule, fact: str, number: int) -> None:
    if number < 0:
        raise BadFact(rule.id, fact, mark("This cannot be below nought."))
