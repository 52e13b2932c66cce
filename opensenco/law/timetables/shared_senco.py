"""When a shared SENCO arrangement is reviewed (ROL-15). See docs/law/shared-senco.md."""

from dataclasses import dataclass
from datetime import date

from opensenco.kernel.words import Sentence, counted, mark, sentence
from opensenco.law.calendar import counting
from opensenco.law.computing import Fact, FactKind, Timetable
from opensenco.law.due import Due, due_by
from opensenco.law.numbers.role import SHARING_REVIEW
from opensenco.law.parameters import SHIPPED, Parameters
from opensenco.law.registry import answers
from opensenco.law.rulebook.role import ROL_15
from opensenco.law.strength import Strength

REVIEW = "review"


@dataclass(frozen=True, slots=True, kw_only=True)
class SharingFacts:
    """`started`: the first day of sharing. `last_review`: when it was last looked at, if ever.

    `reviewed`: the day of the review now due, if it has been. A day before the start is a BadFact.
    """

    started: date
    last_review: date | None = None
    reviewed: date | None = None

    def __post_init__(self) -> None:
        ROL_15.check_days(
            started=self.started, last_review=self.last_review, reviewed=self.reviewed
        )
        ROL_15.check_order(
            started=self.started, last_review=self.last_review, reviewed=self.reviewed
        )


@answers(ROL_15)
def timetable(*, facts: SharingFacts, parameters: Parameters = SHIPPED) -> tuple[Due, ...]:
    """The step `review`: twelve months after the start or the last review, unless changed.

    The code asks for regular review and names no interval, so the day is a practice.
    """
    begins = facts.last_review or facts.started
    used = parameters.use(SHARING_REVIEW, begins)
    return (
        due_by(
            ROL_15,
            step=REVIEW,
            title=mark("Review how sharing the SENCO works"),
            on=counting.within_months(event=begins, months=used.value),
            strength=Strength.PRACTICE,
            reasons=(
                _since(facts),
                counted(
                    mark("It is reviewed within {count} month."),
                    mark("It is reviewed within {count} months."),
                    count=used.value,
                ),
                sentence(mark("The code says “regularly”; the number is ours or the school's.")),
            ),
            moved_by=(sentence(mark("An earlier review.")),),
            done_on=facts.reviewed,
            used=(used,),
        ),
    )


def _since(facts: SharingFacts) -> Sentence:
    if facts.last_review is not None:
        return sentence(mark("Sharing was last reviewed on {day}."), day=facts.last_review)
    return sentence(mark("Sharing began on {day}."), day=facts.started)


TIMETABLES = (
    Timetable(
        name="shared-senco",
        title=mark("Reviewing a shared SENCO arrangement"),
        facts=(
            Fact("started", FactKind.DAY, mark("The first day of sharing."), required=True),
            Fact("last-review", FactKind.DAY, mark("The day sharing was last reviewed.")),
            Fact("reviewed", FactKind.DAY, mark("The day of the review now due."), past=True),
        ),
        rules=(ROL_15,),
        steps=(REVIEW,),
        takes=SharingFacts,
        gives=(timetable,),
    ),
)
