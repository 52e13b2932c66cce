"""A school's reply to a consultation (EHC-16). See docs/law/consultation.md."""

from dataclasses import dataclass
from datetime import date

from opensenco.kernel.words import mark, sentence
from opensenco.law.computing import Fact, FactKind, Timetable
from opensenco.law.due import Due
from opensenco.law.numbers.assessment import CONSULTATION
from opensenco.law.parameters import SHIPPED, Parameters
from opensenco.law.registry import answers
from opensenco.law.rulebook.plans import EHC_16
from opensenco.law.steps import Step, days_after

REPLY = "reply"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationFacts:
    """`received`: the day the school got the consultation. `replied`: the day it replied."""

    received: date
    replied: date | None = None

    def __post_init__(self) -> None:
        EHC_16.check_days(received=self.received, replied=self.replied)
        EHC_16.check_order(received=self.received, replied=self.replied)


@answers(EHC_16)
def timetable(*, facts: ConsultationFacts, parameters: Parameters = SHIPPED) -> tuple[Due, ...]:
    """The step `reply`: within fifteen days, school holidays counted. Guidance. Raises nothing."""
    what = Step(
        step=REPLY,
        title=mark("Reply to the consultation"),
        since=sentence(
            mark("The school got the consultation on {received}."), received=facts.received
        ),
    )
    return (
        days_after(
            EHC_16,
            facts.received,
            parameters.use(CONSULTATION, facts.received),
            what,
            {
                "done_on": facts.replied,
                "moved_by": (
                    sentence(mark("Another day agreed with the authority, which may go on alone.")),
                ),
            },
        ),
    )


TIMETABLES = (
    Timetable(
        name="consultation",
        title=mark("Replying to a consultation"),
        facts=(
            Fact(
                "received",
                FactKind.DAY,
                mark("The day the school got the consultation."),
                required=True,
            ),
            Fact("replied", FactKind.DAY, mark("The day the school replied."), past=True),
        ),
        rules=(EHC_16,),
        steps=(REPLY,),
        takes=ConsultationFacts,
        gives=(timetable,),
    ),
)
