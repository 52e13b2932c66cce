"""The annual review of an EHC plan (REV-01, 05, 07 to 09, 11 to 13, 16).

See docs/law/annual-review.md.
"""

from opensenco.kernel.words import mark
from opensenco.law.computing import Fact, FactKind, Timetable
from opensenco.law.due import Due
from opensenco.law.parameters import SHIPPED, Parameters
from opensenco.law.registry import answers
from opensenco.law.review import amending, meeting, months
from opensenco.law.review import facts as names
from opensenco.law.review.facts import Outcome, ReviewFacts
from opensenco.law.rule import Rule
from opensenco.law.rulebook.reviews import (
    REV_01,
    REV_05,
    REV_07,
    REV_08,
    REV_09,
    REV_11,
    REV_12,
    REV_13,
    REV_16,
)


@answers(REV_01, REV_05, REV_07, REV_08, REV_09, REV_11, REV_12, REV_13, REV_16)
def timetable(*, facts: ReviewFacts, parameters: Parameters = SHIPPED) -> tuple[Due, ...]:
    """The steps that the facts allow, from `latest-meeting` to `review-complete`.

    Without the notice, `comments-close` and `final-amended-plan` have no date and say what is
    missing; with the notice itself they are left out once it is decided not to amend. Raises
    nothing: the facts have been checked when they were made.
    """
    steps: list[Due] = []
    if facts.begins is not None:
        steps += months.latest_meeting(facts, facts.begins, parameters)
    if facts.meeting is not None:
        steps += meeting.before(facts, facts.meeting, parameters)
        steps += meeting.after(facts, facts.meeting, parameters)
    if facts.may_amend and (facts.meeting or facts.notice):
        steps += amending.amending(facts, parameters)
    if facts.begins is not None:
        steps += months.complete(facts, facts.begins, parameters)
    return tuple(steps + months.next_review(facts, parameters))


def _day(name: str, help: str, rule: Rule, *, past: bool = False) -> Fact:
    return Fact(name, FactKind.DAY, help, rule=rule, past=past)


TIMETABLES = (
    Timetable(
        name="annual-review",
        title=mark("Annual review of an EHC plan"),
        facts=(
            _day("plan-made", mark("The day the plan was first made."), REV_01),
            _day("last-review", mark("The day the last review was finished."), REV_01),
            _day("meeting", mark("The day of the review meeting."), REV_05),
            _day("notice", mark("The day the amendment notice was sent."), REV_11),
            _day("born", mark("The child's date of birth."), REV_07, past=True),
            Fact(
                "year-group",
                FactKind.NUMBER,
                mark("The year the pupil is really taught in."),
                rule=REV_07,
            ),
            _day(
                "papers-sent", mark("The day invitation and papers were sent."), REV_05, past=True
            ),
            _day("reported", mark("The day the report was sent."), REV_08, past=True),
            _day("decided", mark("The day of the authority's decision."), REV_09, past=True),
            Fact(
                "outcome",
                FactKind.CHOICE,
                mark("What the authority decided."),
                choices=tuple(Outcome),
                rule=REV_09,
            ),
            _day("finalised", mark("The day the final amended plan was sent."), REV_13, past=True),
        ),
        rules=(REV_01, REV_05, REV_07, REV_08, REV_09, REV_11, REV_12, REV_13, REV_16),
        steps=names.STEPS,
        takes=ReviewFacts,
        gives=(timetable,),
    ),
)
