"""The proposed Individual Support Plan (REF-09). See docs/law/support-plan-proposed.md.

Nothing here is law. It is computed only where the setting for proposals is on, and nothing of it is
ever late.
"""

from dataclasses import dataclass
from datetime import date

from opensenco.kernel.words import mark, sentence
from opensenco.law.calendar.counting import within_months, within_weeks
from opensenco.law.computing import Fact, FactKind, Timetable
from opensenco.law.due import Due, due_by
from opensenco.law.registry import answers
from opensenco.law.rulebook.reform import REF_09

MAKE = "make-plan"
REVIEW = "yearly-review"
WEEKS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedFacts:
    """`begun`: the day a school began to make such a plan of its own will. `made`: when it was."""

    begun: date
    made: date | None = None

    def __post_init__(self) -> None:
        REF_09.check_days(begun=self.begun, made=self.made)
        REF_09.check_order(begun=self.begun, made=self.made)


@answers(REF_09)
def timetable(*, facts: ProposedFacts) -> tuple[Due, ...]:
    """The steps `make-plan` (eight weeks) and, once it is made, `yearly-review`. Raises nothing."""
    voluntary = sentence(mark("Proposed, not law: the school does this of its own will."))
    make = due_by(
        REF_09,
        step=MAKE,
        title=mark("Make the support plan (proposed)"),
        on=within_weeks(event=facts.begun, weeks=WEEKS),
        reasons=(
            sentence(mark("The plan was begun on {begun}."), begun=facts.begun),
            sentence(mark("Eight weeks were consulted on.")),
            voluntary,
        ),
        done_on=facts.made,
        rests_on_unverified=True,
    )
    if facts.made is None:
        return (make,)
    review = due_by(
        REF_09,
        step=REVIEW,
        title=mark("Review the support plan (proposed)"),
        on=within_months(event=facts.made, months=12),
        reasons=(
            sentence(mark("The plan was made on {made}."), made=facts.made),
            sentence(mark("A review at least once a year is proposed.")),
            voluntary,
        ),
        rests_on_unverified=False,
    )
    return (make, review)


TIMETABLES = (
    Timetable(
        name="support-plan-proposed",
        title=mark("The proposed support plan"),
        facts=(
            Fact("begun", FactKind.DAY, mark("The day it was begun."), required=True),
            Fact("made", FactKind.DAY, mark("The day it was made.")),
        ),
        rules=(REF_09,),
        steps=(MAKE, REVIEW),
        takes=ProposedFacts,
        gives=(timetable,),
    ),
)
