"""How long an approval of exam access arrangements lasts (EXA-10).

See docs/law/exam-approval.md.
"""

from dataclasses import dataclass
from datetime import date

from opensenco.kernel.words import counted, mark, sentence
from opensenco.law.calendar.counting import within_months
from opensenco.law.computing import Fact, FactKind, Timetable
from opensenco.law.due import Due, due_by
from opensenco.law.numbers.duties import EXAM_APPROVAL_MONTHS
from opensenco.law.parameters import SHIPPED, Parameters
from opensenco.law.registry import answers
from opensenco.law.rulebook.exams import EXA_10

EXPIRES = "expires"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalFacts:
    """`approved`: the day of the approval online."""

    approved: date

    def __post_init__(self) -> None:
        EXA_10.check_days(approved=self.approved)


@answers(EXA_10)
def timetable(*, facts: ApprovalFacts, parameters: Parameters = SHIPPED) -> tuple[Due, ...]:
    """The step `expires`: so many months after the approval, 26 unless changed; a day that comes.

    The number that held on the day of the approval counts. Raises NotInForce.
    """
    used = parameters.use(EXAM_APPROVAL_MONTHS, facts.approved)
    return (
        due_by(
            EXA_10,
            step=EXPIRES,
            title=mark("The exam approval runs out"),
            on=within_months(event=facts.approved, months=used.value),
            reasons=(
                sentence(mark("Approved on {approved}."), approved=facts.approved),
                counted(
                    mark("An approval lasts {count} month."),
                    mark("An approval lasts {count} months."),
                    count=used.value,
                ),
            ),
            moved_by=(sentence(mark("A new application that is approved.")),),
            used=(used,),
            comes=True,
        ),
    )


TIMETABLES = (
    Timetable(
        name="exam-approval",
        title=mark("How long an exam approval lasts"),
        facts=(Fact("approved", FactKind.DAY, mark("The day of the approval."), required=True),),
        rules=(EXA_10,),
        steps=(EXPIRES,),
        takes=ApprovalFacts,
        gives=(timetable,),
    ),
)
