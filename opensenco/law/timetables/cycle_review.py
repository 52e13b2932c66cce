"""When a cycle of SEN support is reviewed (APD-01, APD-05). See docs/law/cycle-review.md."""

from dataclasses import dataclass
from datetime import date

from opensenco.kernel.words import mark, sentence
from opensenco.law.computing import Fact, FactKind, Timetable
from opensenco.law.due import Due, due_by
from opensenco.law.registry import answers
from opensenco.law.rulebook.graduated import APD_01, APD_05

REVIEW = "review"


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleFacts:
    """`started`: the first day of the cycle. `agreed`: the day agreed for its review, if any.

    `reviewed`: the day on which it was reviewed, if it has been. A review agreed for, or held on, a
    day before the cycle started is a BadFact.
    """

    started: date
    agreed: date | None = None
    reviewed: date | None = None

    def __post_init__(self) -> None:
        APD_05.check_days(started=self.started, agreed=self.agreed, reviewed=self.reviewed)
        APD_05.check_order(started=self.started, agreed=self.agreed)
        APD_05.check_order(started=self.started, reviewed=self.reviewed)


@answers(APD_05, APD_01)
def timetable(*, facts: CycleFacts) -> tuple[Due, ...]:
    """The step `review`: on or before the agreed day. Where none is agreed the step has no date.

    Raises nothing: the facts have been checked when they were made.
    """
    if facts.agreed is None:
        reasons = (
            sentence(mark("No date for the review has been agreed.")),
            sentence(mark("The plan has to name a clear date for review.")),
        )
        moved_by = (sentence(mark("Agreeing a date with the pupil and the parents.")),)
    else:
        reasons = (
            sentence(
                mark("The review was agreed for {agreed} when the support was planned."),
                agreed=facts.agreed,
            ),
            sentence(mark("The support is reviewed on or before the agreed day.")),
        )
        moved_by = (sentence(mark("Another date agreed with the pupil and the parents.")),)
    return (
        due_by(
            APD_05,
            step=REVIEW,
            title=mark("Review the support"),
            on=facts.agreed,
            reasons=reasons,
            moved_by=moved_by,
            done_on=facts.reviewed,
        ),
    )


TIMETABLES = (
    Timetable(
        name="cycle-review",
        title=mark("Reviewing a cycle of SEN support"),
        facts=(
            Fact("started", FactKind.DAY, mark("The first day of the cycle."), required=True),
            Fact("agreed", FactKind.DAY, mark("The day agreed for its review.")),
            Fact("reviewed", FactKind.DAY, mark("The day it was reviewed."), past=True),
        ),
        rules=(APD_05, APD_01),
        steps=(REVIEW,),
        takes=CycleFacts,
        gives=(timetable,),
    ),
)
