"""May a plan end? (EHC-26, EHC-28). See docs/law/ceasing.md."""

from datetime import date
from enum import StrEnum

from opensenco.kernel.dates import add_years
from opensenco.kernel.words import mark, sentence
from opensenco.law.calendar.years import AcademicYear
from opensenco.law.due import Answer
from opensenco.law.registry import answers
from opensenco.law.rule import Rule
from opensenco.law.rulebook.keeping import EHC_26, EHC_28


class AgeBand(StrEnum):
    """The ages between which section 45 and its regulations tell apart."""

    UNDER_18 = "under-18"
    EIGHTEEN = "18"
    FROM_19 = "19-on"

    @classmethod
    def of(cls, age: int) -> "AgeBand":
        """The band of an age in whole years."""
        if age < 18:
            return cls.UNDER_18
        return cls.EIGHTEEN if age == 18 else cls.FROM_19


class Reason(StrEnum):
    """Why the authority considers ending the plan."""

    NOT_RESPONSIBLE = "not-responsible"
    NOT_NECESSARY = "not-necessary"
    LEFT_EDUCATION = "left-education"
    EMPLOYMENT = "employment"
    APPRENTICESHIP = "apprenticeship"
    HIGHER_EDUCATION = "higher-education"


AGE_LIMIT = 25


def beyond_age(*, born: date, day: date) -> bool:
    """Whether `day` is after the academic year of the 25th birthday, when no plan is left (EHC-27).

    Raises nothing.
    """
    return day > AcademicYear.of(add_years(born, AGE_LIMIT)).last


MAY = Answer("may", sentence(mark("The plan may end, after consulting the family and the setting")))
MAY_NOT = Answer("may-not", sentence(mark("The plan may not end for this reason")))
REVIEW_FIRST = Answer(
    "review-first", sentence(mark("A review comes first: does the person wish to go on learning?"))
)
WEIGH_OUTCOMES = Answer(
    "weigh-outcomes",
    sentence(mark("The plan may end, if the outcomes have been achieved; that is weighed first")),
)

_BANDS = (AgeBand.UNDER_18, AgeBand.EIGHTEEN, AgeBand.FROM_19)
_ROWS: dict[Reason, tuple[Rule, tuple[Answer, Answer, Answer]]] = {
    Reason.NOT_RESPONSIBLE: (EHC_26, (MAY, MAY, MAY)),
    Reason.NOT_NECESSARY: (EHC_26, (MAY, MAY, WEIGH_OUTCOMES)),
    Reason.LEFT_EDUCATION: (EHC_26, (MAY_NOT, REVIEW_FIRST, REVIEW_FIRST)),
    Reason.EMPLOYMENT: (EHC_28, (REVIEW_FIRST, MAY, MAY)),
    Reason.APPRENTICESHIP: (EHC_28, (MAY_NOT, MAY_NOT, MAY_NOT)),
    Reason.HIGHER_EDUCATION: (EHC_28, (REVIEW_FIRST, MAY, MAY)),
}
MATRIX: dict[tuple[AgeBand, Reason], tuple[Rule, Answer]] = {
    (band, reason): (rule, row[position])
    for reason, (rule, row) in _ROWS.items()
    for position, band in enumerate(_BANDS)
}
"""For every age band and reason: the rule that answers, and its answer."""


@answers(EHC_26, EHC_28)
def may_cease(*, age: int, reason: Reason) -> tuple[Rule, Answer]:
    """The rule that answers and whether a plan may end at that age for that reason. Raises nothing.

    Under 18 work or higher education alone is not enough in our reading, since a plan then ends
    only where it is no longer necessary.
    """
    return MATRIX[AgeBand.of(age), reason]
