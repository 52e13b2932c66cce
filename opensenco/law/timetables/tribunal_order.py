"""Carrying out an order, and replying to a recommendation (TRB-08, TRB-09).

See docs/law/tribunal-order.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from opensenco.kernel.words import mark, sentence
from opensenco.law.computing import Fact, FactKind, Timetable
from opensenco.law.due import Due, due_by
from opensenco.law.numbers.tribunal import (
    AMEND,
    ASSESS_FINAL,
    ASSESS_NO_PLAN,
    ASSESS_TELL,
    MAKE_DRAFT,
    MAKE_FINAL,
    NAME_SCHOOL,
    RECOMMENDATION,
)
from opensenco.law.parameters import SHIPPED, Parameter, Parameters
from opensenco.law.registry import answers
from opensenco.law.rule import BadFact
from opensenco.law.rulebook.tribunal import TRB_08, TRB_09
from opensenco.law.steps import Step, weeks_after
from opensenco.law.strength import SEND_REGULATIONS, Evidence, Provision

TELL = "tell"
NO_PLAN = "no-plan"
DRAFT = "draft-plan"
FINAL = "final-plan"
AMENDED = "amended-plan"
CONTINUE = "continue"
REPLY = "reply"

TITLES = {
    TELL: mark("Tell the family that the assessment begins"),
    NO_PLAN: mark("If there will be no plan: tell the family"),
    DRAFT: mark("Send the draft plan"),
    FINAL: mark("Send the final plan"),
    AMENDED: mark("Send the amended plan"),
    CONTINUE: mark("Continue the plan"),
}
Limits = tuple[tuple[str, Parameter[int]], ...]
ORDERS: Mapping[str, Limits] = {
    "assess": ((TELL, ASSESS_TELL), (NO_PLAN, ASSESS_NO_PLAN), (FINAL, ASSESS_FINAL)),
    "make-plan": ((DRAFT, MAKE_DRAFT), (FINAL, MAKE_FINAL)),
    "amend": ((AMENDED, AMEND),),
    "name-school": ((AMENDED, NAME_SCHOOL),),
    "continue": (),
    "continue-amend": ((AMENDED, AMEND),),
}
"""For each kind of order its steps with their weeks. To re-assess is to assess."""

AT_ONCE = ("continue", "continue-amend")
UNOPPOSED = Provision(
    SEND_REGULATIONS, "regulation 45", "https://legislation.gov.uk/id/uksi/2015/359/regulation/8/b"
)
READ_IN_45 = ("assess", "amend")
"""The kinds of order whose limits have been read in regulation 45, for unopposed appeals."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderFacts:
    """`dated`: the day of the order, or the day the authority gave way in an unopposed appeal.

    `kind`: a key of ORDERS. `unopposed`: whether the authority gave way. `done`: for a step the day
    it was done.
    """

    dated: date
    kind: str
    unopposed: bool = False
    done: Mapping[str, date] = field(default_factory=dict)

    def __post_init__(self) -> None:
        days = {DONE[step]: day for step, day in self.done.items()}
        TRB_09.check_days(dated=self.dated, **days)
        for step in self.done:
            if step not in steps_of(self.kind):
                words = mark("An order of the kind {kind} has no such step.")
                fact = DONE[step].replace("_", "-")
                raise BadFact(TRB_09.id, fact, sentence(words, kind=self.kind))
        TRB_09.check_none_before(dated=self.dated, **days)
        for first, then in _ORDER:
            TRB_09.check_order(**{first: days.get(first), then: days.get(then)})
        TRB_09.check_not_both(**{fact: days.get(fact) for fact in (DONE[NO_PLAN], DONE[FINAL])})


def steps_of(kind: str) -> frozenset[str]:
    """The steps that an order of that kind can have."""
    at_once = (CONTINUE,) if kind in AT_ONCE else ()
    return frozenset((*at_once, *(step for step, _ in ORDERS[kind])))


DONE = {
    TELL: "told",
    NO_PLAN: "no_plan_told",
    DRAFT: "draft_sent",
    FINAL: "final_sent",
    AMENDED: "amended",
    CONTINUE: "continued",
}
_ORDER = (("told", "no_plan_told"), ("told", "final_sent"), ("draft_sent", "final_sent"))
"""Which day of doing a step cannot come before which."""


@answers(TRB_09)
def timetable(*, facts: OrderFacts, parameters: Parameters = SHIPPED) -> tuple[Due, ...]:
    """The steps of the order: see ORDERS, and `continue`, due on the day of the order itself.

    Where the final plan was sent there is no step `no-plan`, and the other way round. Raises
    nothing.
    """
    steps = [_at_once(facts)] if facts.kind in AT_ONCE else []
    for step, number in ORDERS[facts.kind]:
        other = {NO_PLAN: FINAL, FINAL: NO_PLAN}.get(step)
        if other not in facts.done:
            steps.append(_step(facts, step, number, parameters))
    return tuple(steps)


def _provision(facts: OrderFacts) -> Provision:
    return UNOPPOSED if facts.unopposed else TRB_09.provision


def _doubtful(facts: OrderFacts, number: Parameter[int]) -> bool:
    if facts.unopposed:
        return facts.kind not in READ_IN_45
    return number.table.row_on(facts.dated).evidence is Evidence.UNVERIFIED


def _step(facts: OrderFacts, step: str, number: Parameter[int], parameters: Parameters) -> Due:
    words = (
        mark("The authority gave way on {dated}.")
        if facts.unopposed
        else mark("The tribunal's order is of {dated}.")
    )
    what = Step(step=step, title=TITLES[step], since=sentence(words, dated=facts.dated))
    return weeks_after(
        TRB_09,
        facts.dated,
        parameters.use(number, facts.dated),
        what,
        {
            "provision": _provision(facts),
            "done_on": facts.done.get(step),
            "moved_by": _MOVED_BY,
            "rests_on_unverified": _doubtful(facts, number),
        },
    )


def _at_once(facts: OrderFacts) -> Due:
    return due_by(
        TRB_09,
        step=CONTINUE,
        title=TITLES[CONTINUE],
        on=facts.dated,
        reasons=(
            sentence(mark("The tribunal's order is of {dated}."), dated=facts.dated),
            sentence(mark("A plan that is to be continued goes on at once.")),
        ),
        moved_by=_MOVED_BY,
        done_on=facts.done.get(CONTINUE),
        provision=_provision(facts),
        rests_on_unverified=True,
    )


_MOVED_BY = (sentence(mark("Another time set by the tribunal.")),)


def _given(dated: date, kind: str, unopposed: bool = False, **done: date) -> OrderFacts:
    """The facts by the names people write."""
    steps = {name: step for step, name in DONE.items()}
    return OrderFacts(
        dated=dated,
        kind=kind,
        unopposed=unopposed,
        done={steps[name]: day for name, day in done.items()},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendationFacts:
    """`sent`: the day the recommendation was sent to the body. `replied`: the day it replied."""

    sent: date
    replied: date | None = None

    def __post_init__(self) -> None:
        TRB_08.check_days(sent=self.sent, replied=self.replied)
        TRB_08.check_order(sent=self.sent, replied=self.replied)


@answers(TRB_08)
def recommendation(
    *, facts: RecommendationFacts, parameters: Parameters = SHIPPED
) -> tuple[Due, ...]:
    """The step `reply` to a recommendation on health or social care: five weeks, unverified.

    Raises nothing.
    """
    since = sentence(mark("The recommendation was sent on {sent}."), sent=facts.sent)
    return (
        weeks_after(
            TRB_08,
            facts.sent,
            parameters.use(RECOMMENDATION, facts.sent),
            Step(step=REPLY, title=mark("Reply to the recommendation, with reasons"), since=since),
            {"done_on": facts.replied, "moved_by": _MOVED_BY, "rests_on_unverified": True},
        ),
    )


TIMETABLES = (
    Timetable(
        name="tribunal-order",
        title=mark("Carrying out an order of the tribunal"),
        facts=(
            Fact("dated", FactKind.DAY, mark("The day of the order."), required=True),
            Fact(
                "kind",
                FactKind.CHOICE,
                mark("What was ordered."),
                required=True,
                choices=tuple(ORDERS),
            ),
            Fact("unopposed", FactKind.YES_NO, mark("Whether the authority gave way.")),
            Fact("told", FactKind.DAY, mark("The day the family was told."), past=True),
            Fact("no-plan-told", FactKind.DAY, mark("The day it was told of no plan."), past=True),
            Fact("draft-sent", FactKind.DAY, mark("The day the draft was sent."), past=True),
            Fact("final-sent", FactKind.DAY, mark("The day the final plan was sent."), past=True),
            Fact("amended", FactKind.DAY, mark("The day the amended plan was sent."), past=True),
            Fact("continued", FactKind.DAY, mark("The day the plan went on."), past=True),
        ),
        rules=(TRB_09,),
        steps=tuple(TITLES),
        takes=_given,
        gives=(timetable,),
    ),
    Timetable(
        name="tribunal-recommendation",
        title=mark("Replying to a recommendation of the tribunal"),
        facts=(
            Fact("sent", FactKind.DAY, mark("The day it was sent."), required=True),
            Fact("replied", FactKind.DAY, mark("The day of the reply."), past=True),
        ),
        rules=(TRB_08,),
        steps=(REPLY,),
        takes=RecommendationFacts,
        gives=(recommendation,),
    ),
)
