"""A re-assessment (EHC-23), with the exceptions of EHC-08. See docs/law/re-assessment.md."""

from dataclasses import dataclass
from datetime import date

from opensenco.kernel.dates import Span
from opensenco.kernel.words import mark, sentence
from opensenco.law.calendar.counting import within_weeks
from opensenco.law.checks.exceptions import NO_EXCEPTIONS, Exceptions, excuses, relied_on
from opensenco.law.computing import Fact, FactKind, Timetable
from opensenco.law.due import Due
from opensenco.law.numbers.assessment import RE_ASSESSMENT_DECISION, RE_ASSESSMENT_FINAL
from opensenco.law.parameters import SHIPPED, Parameters
from opensenco.law.registry import answers
from opensenco.law.rule import BadFact
from opensenco.law.rulebook.assessment import EHC_08
from opensenco.law.rulebook.keeping import EHC_23
from opensenco.law.steps import More, Step, days_after, no_date, weeks_after
from opensenco.law.timetables.needs_assessment import EXCEPTIONS

DECISION = "decision"
FINAL = "final-plan"
REFUSED = "refuse"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReAssessmentFacts:
    """`asked`: the day the authority received the request. `notified`: the day it told the family
    whether it will re-assess, and `outcome` which it was. `final_sent`: the day the final plan was
    sent. `exceptions`: what the authority relies on for sending it late.
    """

    asked: date
    notified: date | None = None
    outcome: str = "re-assess"
    final_sent: date | None = None
    exceptions: Exceptions = NO_EXCEPTIONS

    def __post_init__(self) -> None:
        EHC_23.check_days(asked=self.asked, notified=self.notified, final_sent=self.final_sent)
        EHC_23.check_order(asked=self.asked, notified=self.notified, final_sent=self.final_sent)
        if self.outcome == REFUSED and self.final_sent is not None:
            words = mark("There was no re-assessment, so there is no such day.")
            raise BadFact(EHC_23.id, "final-sent", words)
        for asked in self.exceptions.advice_asked:
            EHC_08.check_order(asked=self.asked, advice_asked=asked, final_sent=self.final_sent)


@answers(EHC_23, EHC_08)
def timetable(*, facts: ReAssessmentFacts, parameters: Parameters = SHIPPED) -> tuple[Due, ...]:
    """The steps `decision` and, unless it was refused, `final-plan`.

    The final plan is counted from the day the family was told; before, it has no date. An exception
    stands beside its date. Raises nothing.
    """
    since = sentence(mark("The re-assessment was asked for on {asked}."), asked=facts.asked)
    decision = days_after(
        EHC_23,
        facts.asked,
        parameters.use(RE_ASSESSMENT_DECISION, facts.asked),
        Step(step=DECISION, title=mark("Say whether there will be a re-assessment"), since=since),
        {"done_on": facts.notified, "moved_by": _MOVED_BY, "rests_on_unverified": True},
    )
    if facts.outcome == REFUSED:
        return (decision,)
    return (decision, _final(facts, parameters))


def _final(facts: ReAssessmentFacts, parameters: Parameters) -> Due:
    title = mark("Send the final plan")
    more: More = {
        "done_on": facts.final_sent,
        "moved_by": _MOVED_BY,
        "rests_on_unverified": False,
    }
    if facts.notified is None:
        missing = sentence(mark("Counted from the day on which the authority says yes."))
        return no_date(EHC_23, Step(step=FINAL, title=title, since=missing), more)
    told = sentence(
        mark("The authority said on {notified} that it will re-assess."), notified=facts.notified
    )
    used = parameters.use(RE_ASSESSMENT_FINAL, facts.notified)
    period = Span(facts.notified, within_weeks(event=facts.notified, weeks=used.value))
    more["excused_by"] = excuses(exceptions=facts.exceptions, period=period)
    what = Step(step=FINAL, title=title, since=told)
    return weeks_after(EHC_23, facts.notified, used, what, more)


_MOVED_BY = (
    sentence(mark("Nothing moves this day. An exception in the law can excuse a late final plan.")),
)


def _given(
    asked: date,
    notified: date | None = None,
    outcome: str = "re-assess",
    final_sent: date | None = None,
    advice_asked: tuple[date, ...] = (),
    closed: Span | None = None,
    circumstances: Span | None = None,
    absent: Span | None = None,
) -> ReAssessmentFacts:
    """The facts by the names people write."""
    return ReAssessmentFacts(
        asked=asked,
        notified=notified,
        outcome=outcome,
        final_sent=final_sent,
        exceptions=relied_on(
            advice_asked=advice_asked, closed=closed, circumstances=circumstances, absent=absent
        ),
    )


TIMETABLES = (
    Timetable(
        name="re-assessment",
        title=mark("Re-assessment"),
        facts=(
            Fact(
                "asked",
                FactKind.DAY,
                mark("The day the authority received the request."),
                required=True,
            ),
            Fact("notified", FactKind.DAY, mark("The day the family was told the decision.")),
            Fact(
                "outcome",
                FactKind.CHOICE,
                mark("What was decided."),
                choices=("re-assess", REFUSED),
            ),
            Fact("final-sent", FactKind.DAY, mark("The day the final plan was sent."), past=True),
            *EXCEPTIONS,
        ),
        rules=(EHC_23, EHC_08),
        steps=(DECISION, FINAL),
        takes=_given,
        gives=(timetable,),
    ),
)
