"""The days on a draft plan (EHC-14). See docs/law/draft-plan.md."""

from dataclasses import dataclass
from datetime import date

from opensenco.kernel.dates import ONE_DAY
from opensenco.kernel.words import mark, sentence
from opensenco.law.calendar.counting import days_beginning_with
from opensenco.law.computing import Fact, FactKind, Timetable
from opensenco.law.due import Due, due_by
from opensenco.law.numbers.assessment import DRAFT
from opensenco.law.parameters import SHIPPED, Parameters
from opensenco.law.registry import answers
from opensenco.law.rulebook.plans import EHC_14
from opensenco.law.steps import Step, days_beginning

CLOSES = "representations-close"
EARLIEST = "earliest-final"


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftFacts:
    """`served`: the day the draft was served. `answered`: the day the family answered."""

    served: date
    answered: date | None = None

    def __post_init__(self) -> None:
        EHC_14.check_days(served=self.served, answered=self.answered)
        EHC_14.check_order(served=self.served, answered=self.answered)


@answers(EHC_14)
def timetable(*, facts: DraftFacts, parameters: Parameters = SHIPPED) -> tuple[Due, ...]:
    """The steps `representations-close`, the last of the family's fifteen days, and
    `earliest-final`, the day after: the first on which the plan may be made final.

    Both come by themselves and are never late. Raises nothing.
    """
    used = parameters.use(DRAFT, facts.served)
    since = sentence(mark("The draft was served on {served}."), served=facts.served)
    closes = days_beginning(
        EHC_14,
        facts.served,
        used,
        Step(step=CLOSES, title=mark("Last day to answer the draft"), since=since),
        {"right": _PASSED, "done_on": facts.answered, "moved_by": _MOVED_BY},
    )
    earliest = due_by(
        EHC_14,
        step=EARLIEST,
        title=mark("First day on which the plan may be final"),
        on=days_beginning_with(event=facts.served, days=used.value) + ONE_DAY,
        reasons=(
            since,
            sentence(mark("The family has its full time first; this is the day after.")),
        ),
        moved_by=_MOVED_BY,
        comes=True,
        used=(used,),
    )
    return (closes, earliest)


_PASSED = sentence(
    mark("The fifteen days to answer the draft have passed; the authority may give more time")
)
_MOVED_BY = (sentence(mark("A draft served again. The authority may give more time, never less.")),)

TIMETABLES = (
    Timetable(
        name="draft-plan",
        title=mark("Draft plan"),
        facts=(
            Fact("served", FactKind.DAY, mark("The day the draft was served."), required=True),
            Fact("answered", FactKind.DAY, mark("The day the family answered."), past=True),
        ),
        rules=(EHC_14,),
        steps=(CLOSES, EARLIEST),
        takes=DraftFacts,
        gives=(timetable,),
    ),
)
