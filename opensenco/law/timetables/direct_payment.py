"""The first review of a direct payment (EHC-21). See docs/law/direct-payment.md."""

from dataclasses import dataclass
from datetime import date

from opensenco.kernel.words import mark, sentence
from opensenco.law.computing import Fact, FactKind, Timetable
from opensenco.law.due import Due
from opensenco.law.numbers.assessment import DIRECT_PAYMENT
from opensenco.law.parameters import SHIPPED, Parameters
from opensenco.law.registry import answers
from opensenco.law.rulebook.keeping import EHC_21
from opensenco.law.steps import Step, months_beginning

FIRST_REVIEW = "first-review"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentFacts:
    """`starts`: the day of the first payment. `reviewed`: the day of the first review."""

    starts: date
    reviewed: date | None = None

    def __post_init__(self) -> None:
        EHC_21.check_days(starts=self.starts, reviewed=self.reviewed)
        EHC_21.check_order(starts=self.starts, reviewed=self.reviewed)


@answers(EHC_21)
def timetable(*, facts: PaymentFacts, parameters: Parameters = SHIPPED) -> tuple[Due, ...]:
    """The step `first-review`: within the three months beginning with the first payment.

    Raises nothing.
    """
    what = Step(
        step=FIRST_REVIEW,
        title=mark("First review of the direct payment"),
        since=sentence(mark("The first payment was on {starts}."), starts=facts.starts),
    )
    return (
        months_beginning(
            EHC_21,
            facts.starts,
            parameters.use(DIRECT_PAYMENT, facts.starts),
            what,
            {
                "done_on": facts.reviewed,
                "moved_by": (sentence(mark("Another day of the first payment.")),),
            },
        ),
    )


TIMETABLES = (
    Timetable(
        name="direct-payment",
        title=mark("Direct payment"),
        facts=(
            Fact("starts", FactKind.DAY, mark("The day of the first payment."), required=True),
            Fact("reviewed", FactKind.DAY, mark("The day of the first review."), past=True),
        ),
        rules=(EHC_21,),
        steps=(FIRST_REVIEW,),
        takes=PaymentFacts,
        gives=(timetable,),
    ),
)
