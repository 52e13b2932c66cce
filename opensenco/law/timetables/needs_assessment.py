"""An EHC needs assessment, from the request to the final plan (EHC-04, EHC-08, EHC-09, EHC-17).

See docs/law/needs-assessment.md.
"""

from dataclasses import dataclass
from datetime import date

from opensenco.kernel.dates import Span
from opensenco.kernel.words import Sentence, mark, sentence
from opensenco.law.calendar.counting import within_weeks
from opensenco.law.checks.exceptions import NO_EXCEPTIONS, Exceptions, excuses, relied_on
from opensenco.law.computing import Fact, FactKind, Timetable
from opensenco.law.due import Due
from opensenco.law.numbers.assessment import DECISION, FINAL, NO_PLAN
from opensenco.law.parameters import SHIPPED, Parameter, Parameters, Used
from opensenco.law.registry import answers
from opensenco.law.rule import BadFact, Rule
from opensenco.law.rulebook.assessment import EHC_04, EHC_08, EHC_09
from opensenco.law.rulebook.plans import EHC_17
from opensenco.law.steps import More, Step, weeks_after

REFUSED = "refuse"
DECISIONS = ("assess", REFUSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentFacts:
    """`requested`: the day the authority received the request, or became responsible.

    `decided`: the day it told the family whether it will assess, and `outcome` which it was.
    `no_plan`: the day it told them that there will be no plan; `draft_served`: the day the draft
    was served; `final_sent`: the day the final plan
    was sent. `exceptions`: what the authority relies on for being late.
    """

    requested: date
    decided: date | None = None
    outcome: str = ""
    no_plan: date | None = None
    draft_served: date | None = None
    final_sent: date | None = None
    exceptions: Exceptions = NO_EXCEPTIONS

    def __post_init__(self) -> None:
        EHC_04.check_days(requested=self.requested, decided=self.decided)
        EHC_04.check_order(requested=self.requested, decided=self.decided)
        EHC_09.check_days(no_plan=self.no_plan)
        plan = {"draft_served": self.draft_served, "final_sent": self.final_sent}
        EHC_17.check_days(**plan)
        for begin in ({"requested": self.requested}, {"decided": self.decided}):
            EHC_09.check_order(**begin, no_plan=self.no_plan)
            EHC_17.check_order(**begin, **plan)
        for fact, day in plan.items():
            EHC_09.check_not_both(**{"no_plan": self.no_plan, fact: day})
        if self.outcome == REFUSED:
            for fact, day in {"no_plan": self.no_plan, **plan}.items():
                _refuse_after_refusal(fact, day)
        for asked in self.exceptions.advice_asked:
            EHC_08.check_order(requested=self.requested, advice_asked=asked, no_plan=self.no_plan)
            EHC_08.check_order(advice_asked=asked, final_sent=self.final_sent)


def _refuse_after_refusal(fact: str, day: date | None) -> None:
    if day is not None:
        words = mark("There was no assessment, so there is no such day: the outcome is {outcome}.")
        raise BadFact(EHC_04.id, fact.replace("_", "-"), sentence(words, outcome=REFUSED))


@answers(EHC_04, EHC_09, EHC_17, EHC_08)
def timetable(*, facts: AssessmentFacts, parameters: Parameters = SHIPPED) -> tuple[Due, ...]:
    """The steps `decision`, `no-plan-notice` and `final-plan`.

    After a refusal to assess only the first is left; what was done in place of a step takes that
    step away: no notice once a draft was served, no plan where the notice was given. An
    exception stands beside the date, which stays as it is. Raises nothing.
    """
    since = sentence(
        mark("The authority received the request on {requested}."), requested=facts.requested
    )

    def step(rule: Rule, number: Parameter[int], done: date | None) -> Due:
        return _step(facts, since, (rule, parameters.use(number, facts.requested)), done)

    steps = [step(EHC_04, DECISION, facts.decided)]
    if facts.outcome == REFUSED:
        return tuple(steps)
    if facts.draft_served is None and facts.final_sent is None:
        steps.append(step(EHC_09, NO_PLAN, facts.no_plan))
    if facts.no_plan is None:
        steps.append(step(EHC_17, FINAL, facts.final_sent))
    return tuple(steps)


_STEPS = {
    EHC_04.id: ("decision", mark("Tell the family whether there will be an assessment")),
    EHC_09.id: ("no-plan-notice", mark("If there will be no plan: tell the family")),
    EHC_17.id: ("final-plan", mark("Send the final plan")),
}


def _step(
    facts: AssessmentFacts, since: Sentence, limit: tuple[Rule, Used[int]], done: date | None
) -> Due:
    rule, used = limit
    step, title = _STEPS[rule.id]
    more: More = {"done_on": done, "moved_by": _MOVED_BY, "rests_on_unverified": False}
    if facts.exceptions is not NO_EXCEPTIONS:
        period = Span(facts.requested, within_weeks(event=facts.requested, weeks=used.value))
        more["excused_by"] = excuses(exceptions=facts.exceptions, period=period)
    what = Step(step=step, title=title, since=since)
    return weeks_after(rule, facts.requested, used, what, more)


_MOVED_BY = (
    sentence(mark("Nothing moves this day. An exception in the law can excuse a late step.")),
)


def _given(
    requested: date,
    decided: date | None = None,
    outcome: str = "",
    no_plan: date | None = None,
    draft_served: date | None = None,
    final_sent: date | None = None,
    advice_asked: tuple[date, ...] = (),
    closed: Span | None = None,
    circumstances: Span | None = None,
    absent: Span | None = None,
) -> AssessmentFacts:
    """The facts by the names people write."""
    return AssessmentFacts(
        requested=requested,
        decided=decided,
        outcome=outcome,
        no_plan=no_plan,
        draft_served=draft_served,
        final_sent=final_sent,
        exceptions=relied_on(
            advice_asked=advice_asked, closed=closed, circumstances=circumstances, absent=absent
        ),
    )


EXCEPTIONS = (
    Fact(
        "advice-asked",
        FactKind.DAY,
        mark("A day on which advice was asked of a school or provider."),
        repeated=True,
        rule=EHC_08,
    ),
    Fact("closed", FactKind.SPAN, mark("The first and last day it was closed."), rule=EHC_08),
    Fact(
        "circumstances",
        FactKind.OPEN_SPAN,
        mark("Days of exceptional personal circumstances."),
        rule=EHC_08,
    ),
    Fact(
        "absent", FactKind.SPAN, mark("Days on which the family was out of the area."), rule=EHC_08
    ),
)

TIMETABLES = (
    Timetable(
        name="needs-assessment",
        title=mark("EHC needs assessment"),
        facts=(
            Fact(
                "requested",
                FactKind.DAY,
                mark("The day the authority received the request."),
                required=True,
            ),
            Fact(
                "decided",
                FactKind.DAY,
                mark("The day the family was told the decision."),
                past=True,
            ),
            Fact("outcome", FactKind.CHOICE, mark("What was decided."), choices=DECISIONS),
            Fact(
                "no-plan",
                FactKind.DAY,
                mark("The day the family was told that there will be no plan."),
                rule=EHC_09,
                past=True,
            ),
            Fact(
                "draft-served",
                FactKind.DAY,
                mark("The day the draft was served."),
                rule=EHC_17,
                past=True,
            ),
            Fact(
                "final-sent",
                FactKind.DAY,
                mark("The day the final plan was sent."),
                rule=EHC_17,
                past=True,
            ),
            *EXCEPTIONS,
        ),
        rules=(EHC_04, EHC_09, EHC_17, EHC_08),
        steps=tuple(step for step, _ in _STEPS.values()),
        takes=_given,
        gives=(timetable,),
    ),
)
