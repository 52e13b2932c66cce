"""A new request after an assessment (EHC-06). See docs/law/ehc-requests.md."""

from dataclasses import dataclass
from datetime import date

from opensenco.kernel.dates import add_months
from opensenco.kernel.words import mark, sentence
from opensenco.law.computing import Fact, FactKind, Timetable
from opensenco.law.due import Answer, Due, due_by
from opensenco.law.registry import answers
from opensenco.law.rulebook.assessment import EHC_06

DUTY_FROM = "duty-from"
BAR = "six-month-bar"
MONTHS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRequestFacts:
    """`last_assessment`: the day of the last assessment. `requested`: the day of a new request."""

    last_assessment: date
    requested: date | None = None

    def __post_init__(self) -> None:
        EHC_06.check_days(last_assessment=self.last_assessment, requested=self.requested)
        EHC_06.check_order(last_assessment=self.last_assessment, requested=self.requested)


@answers(EHC_06)
def timetable(*, facts: NewRequestFacts) -> tuple[Due, ...]:
    """The steps `duty-from`, the first day on which a request binds the authority again, and, where
    a request is given, `six-month-bar` with the answer `inside` or `outside`. Raises nothing.
    """
    duty = add_months(facts.last_assessment, MONTHS)
    since = sentence(mark("The last assessment was on {last}."), last=facts.last_assessment)
    first = due_by(
        EHC_06,
        step=DUTY_FROM,
        title=mark("A new request binds the authority from this day"),
        on=duty,
        reasons=(since, sentence(mark("Six months have to lie between."))),
        comes=True,
    )
    if facts.requested is None:
        return (first,)
    inside = facts.requested < duty
    answer = (
        Answer("inside", sentence(mark("Within six months of the last assessment")))
        if inside
        else Answer("outside", sentence(mark("Six months or more after the last assessment")))
    )
    why = (
        mark("The authority may take the request up; it need not before {duty}.")
        if inside
        else mark("The authority must consider the request; six months were over on {duty}.")
    )
    bar = due_by(
        EHC_06,
        step=BAR,
        title=mark("Was the request made within six months?"),
        on=None,
        reasons=(since, sentence(why, duty=duty)),
        answer=answer,
    )
    return (first, bar)


TIMETABLES = (
    Timetable(
        name="new-request",
        title=mark("A new request after an assessment"),
        facts=(
            Fact(
                "last-assessment",
                FactKind.DAY,
                mark("The day of the last assessment."),
                required=True,
            ),
            Fact("requested", FactKind.DAY, mark("The day of the new request.")),
        ),
        rules=(EHC_06,),
        steps=(DUTY_FROM, BAR),
        takes=NewRequestFacts,
        gives=(timetable,),
    ),
)
