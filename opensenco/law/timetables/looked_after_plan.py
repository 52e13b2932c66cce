"""The personal education plan of a looked-after pupil (LAC-02).

See docs/law/looked-after-plan.md.
"""

from dataclasses import dataclass
from datetime import date

from opensenco.kernel.words import mark, sentence
from opensenco.law.calendar.holidays import BankHolidays
from opensenco.law.calendar.needed import needed, next_term
from opensenco.law.calendar.school import SchoolCalendar
from opensenco.law.computing import Fact, FactKind, Timetable
from opensenco.law.due import Due, due_by
from opensenco.law.registry import answers
from opensenco.law.rulebook.health_and_care import LAC_02

FIRST_PLAN = "first-plan"
TERM_REVIEW = "term-review"
WORKING_DAYS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class CareFacts:
    """`in_care`: the day the child came into care. `plan_ready`: the day the plan was ready.

    `last_review`: the day of its last review.
    """

    in_care: date
    plan_ready: date | None = None
    last_review: date | None = None

    def __post_init__(self) -> None:
        days = {"plan_ready": self.plan_ready, "last_review": self.last_review}
        LAC_02.check_days(in_care=self.in_care, **days)
        LAC_02.check_order(in_care=self.in_care, **days)


@answers(LAC_02)
def first(*, facts: CareFacts, holidays: BankHolidays) -> tuple[Due, ...]:
    """The step `first-plan`: within 20 working days of coming into care, when the first review of
    the care plan is held at the latest. Raises CalendarNotCovered.
    """
    return (
        due_by(
            LAC_02,
            step=FIRST_PLAN,
            title=mark("Have the personal education plan ready"),
            on=holidays.within_working_days(event=facts.in_care, days=WORKING_DAYS),
            reasons=(
                sentence(mark("The child came into care on {in_care}."), in_care=facts.in_care),
                sentence(
                    mark(
                        "The plan is ready for the first care review, which is held within 20 "
                        "working days."
                    )
                ),
            ),
            moved_by=(sentence(mark("An earlier day set for the care review.")),),
            done_on=facts.plan_ready,
        ),
    )


@answers(LAC_02)
def each_term(*, facts: CareFacts, calendar: SchoolCalendar | None = None) -> tuple[Due, ...]:
    """The step `term-review`: by the end of the next term that begins after the last review, or
    after the plan was ready. Empty while there is no plan.

    Raises BadFact where the school's calendar is missing, and CalendarNotCovered.
    """
    since = facts.last_review or facts.plan_ready
    if since is None:
        return ()
    term = next_term(needed(LAC_02, calendar), since)
    return (
        due_by(
            LAC_02,
            step=TERM_REVIEW,
            title=mark("Review the personal education plan"),
            on=term.last,
            reasons=(
                sentence(mark("The plan was last looked at on {since}."), since=since),
                sentence(mark("It is reviewed every term: in the next one, by its last day.")),
            ),
            window=term,
            moved_by=(sentence(mark("A change to the terms in the school's calendar.")),),
        ),
    )


TIMETABLES = (
    Timetable(
        name="looked-after-plan",
        title=mark("The personal education plan of a looked-after pupil"),
        facts=(
            Fact("in-care", FactKind.DAY, mark("The day the child came into care."), required=True),
            Fact("plan-ready", FactKind.DAY, mark("The day the plan was ready.")),
            Fact("last-review", FactKind.DAY, mark("The day of its last review.")),
        ),
        rules=(LAC_02,),
        steps=(FIRST_PLAN, TERM_REVIEW),
        takes=CareFacts,
        gives=(first, each_term),
    ),
)
