"""When an accessibility plan is reviewed (SCH-07). See docs/law/accessibility-plan.md."""

from dataclasses import dataclass
from datetime import date

from opensenco.kernel.words import mark, sentence
from opensenco.law.calendar.counting import within_months
from opensenco.law.computing import Fact, FactKind, Timetable
from opensenco.law.due import Due, due_by
from opensenco.law.registry import answers
from opensenco.law.rulebook.school_duties import SCH_07

REVIEW = "review"
MONTHS = 36


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFacts:
    """`approved`: the day the plan was approved or last reviewed. `reviewed`: since then, if so."""

    approved: date
    reviewed: date | None = None

    def __post_init__(self) -> None:
        SCH_07.check_days(approved=self.approved, reviewed=self.reviewed)
        SCH_07.check_order(approved=self.approved, reviewed=self.reviewed)


@answers(SCH_07)
def timetable(*, facts: PlanFacts) -> tuple[Due, ...]:
    """The step `review`: three years after the plan was approved. Raises nothing."""
    return (
        due_by(
            SCH_07,
            step=REVIEW,
            title=mark("Review the accessibility plan"),
            on=within_months(event=facts.approved, months=MONTHS),
            reasons=(
                sentence(mark("The plan was approved on {approved}."), approved=facts.approved),
                sentence(mark("It is reviewed every three years.")),
            ),
            done_on=facts.reviewed,
        ),
    )


TIMETABLES = (
    Timetable(
        name="accessibility-plan",
        title=mark("Reviewing the accessibility plan"),
        facts=(
            Fact("approved", FactKind.DAY, mark("The day it was approved."), required=True),
            Fact("reviewed", FactKind.DAY, mark("The day it was reviewed since."), past=True),
        ),
        rules=(SCH_07,),
        steps=(REVIEW,),
        takes=PlanFacts,
        gives=(timetable,),
    ),
)
