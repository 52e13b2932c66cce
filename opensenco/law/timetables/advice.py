"""Advice for an EHC needs assessment (EHC-07), and the exception of a closure (EHC-08).

See docs/law/advice.md.
"""

from dataclasses import dataclass
from datetime import date

from opensenco.kernel.dates import Span
from opensenco.kernel.words import Sentence, mark, sentence
from opensenco.law.checks.exceptions import FOUR_WEEKS, closure_excuse, closure_window
from opensenco.law.computing import Fact, FactKind, Timetable
from opensenco.law.due import Answer, Due, Excuse, due_by, unverified
from opensenco.law.numbers.assessment import ADVICE
from opensenco.law.parameters import SHIPPED, Parameters
from opensenco.law.registry import answers
from opensenco.law.rulebook.assessment import EHC_07, EHC_08
from opensenco.law.steps import Step, weeks_after
from opensenco.law.strength import SEND_REGULATIONS, Provision

REPLY = "advice"
CLOSURE = "closure-exception"
NOT_EXCUSED = "not-excused"
_REGULATION_8 = Provision(SEND_REGULATIONS, "regulation 8(2)", EHC_07.provision.address)


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviceFacts:
    """`asked`: the day advice was asked for; `given`: the day it came.

    `closed`: the first and last day on which the school or provider asked was closed. `missed`: the
    day of an appointment that the child did not keep; `circumstances`: days of exceptional personal
    circumstances; `absent`: days on which the family was out of the area.
    """

    asked: date
    given: date | None = None
    closed: Span | None = None
    missed: date | None = None
    circumstances: Span | None = None
    absent: Span | None = None

    def __post_init__(self) -> None:
        EHC_07.check_days(asked=self.asked, given=self.given, missed=self.missed)
        EHC_07.check_order(asked=self.asked, missed=self.missed, given=self.given)


@answers(EHC_07)
def timetable(*, facts: AdviceFacts, parameters: Parameters = SHIPPED) -> tuple[Due, ...]:
    """The step `advice`: within six weeks of being asked. A missed appointment, circumstances or an
    absence in that time excuse it; a closure does not. Raises nothing.
    """
    used = parameters.use(ADVICE, facts.asked)
    what = Step(
        step=REPLY,
        title=mark("Give the advice"),
        since=sentence(mark("The advice was asked for on {asked}."), asked=facts.asked),
    )
    last = facts.asked + used.value * (FOUR_WEEKS / 4)
    excused = _excuses(facts, Span(facts.asked, last))
    return (
        weeks_after(
            EHC_07,
            facts.asked,
            used,
            what,
            {
                "done_on": facts.given,
                "excused_by": excused,
                "rests_on_unverified": False,
                "moved_by": (
                    sentence(
                        mark("Nothing moves this day. A few exceptions can excuse a late reply.")
                    ),
                ),
            },
        ),
    )


def _excuses(facts: AdviceFacts, period: Span) -> tuple[Excuse, ...]:
    found: list[Excuse] = []
    if facts.missed and facts.missed in period:
        words = mark("The child did not keep an appointment on {missed}.")
        found.append(Excuse(_REGULATION_8, sentence(words, missed=facts.missed)))
    if facts.circumstances and facts.circumstances.overlap(period):
        words = mark("Exceptional personal circumstances from {first}. {doubt}")
        first = facts.circumstances.first
        found.append(Excuse(_REGULATION_8, sentence(words, first=first, doubt=_DOUBT)))
    away = facts.absent.overlap(period) if facts.absent else None
    if away and away.last and away.length() >= FOUR_WEEKS.days:
        words = mark("Away from the area for {days} days on end. {doubt}")
        found.append(Excuse(_REGULATION_8, sentence(words, days=away.length(), doubt=_DOUBT)))
    return tuple(found)


_DOUBT = str(unverified(EHC_07)[0])


@answers(EHC_08)
def closure(*, facts: AdviceFacts) -> tuple[Due, ...]:
    """The step `closure-exception`: whether a closure of the school asked excuses the authority.

    It is `excused` or has the answer `not-excused`, and no date either way. Raises nothing.
    """
    window = closure_window(closed=facts.closed) if facts.closed else None
    excused = closure_excuse(window) if window and facts.asked in window else None
    return (
        due_by(
            EHC_08,
            step=CLOSURE,
            title=mark("Does a closure excuse the authority?"),
            on=None,
            reasons=(excused.reason, _LIFTED) if excused else (_why_not(facts, window),),
            window=window,
            excused_by=(excused,) if excused else (),
            answer=None if excused else _NOT_EXCUSED,
            rests_on_unverified=False,
        ),
    )


def _why_not(facts: AdviceFacts, window: Span | None) -> Sentence:
    if facts.closed is None:
        return sentence(mark("No closure is given."))
    if window is None:
        return sentence(mark("The closure is shorter than four weeks."))
    return sentence(
        mark("Only advice asked for from {first} to {last} counts."),
        first=window.first,
        last=window.last or window.first,
    )


_LIFTED = sentence(
    mark(
        "The authority's own limits need not be met where this makes that impractical. The "
        "dates stay as they are."
    )
)
_NOT_EXCUSED = Answer(NOT_EXCUSED, sentence(mark("Not excused by a closure")))


TIMETABLES = (
    Timetable(
        name="advice",
        title=mark("Advice for an EHC needs assessment"),
        facts=(
            Fact("asked", FactKind.DAY, mark("The day the advice was asked for."), required=True),
            Fact("given", FactKind.DAY, mark("The day the advice came."), past=True),
            Fact(
                "closed",
                FactKind.SPAN,
                mark("The first and last day the school or provider was closed."),
                rule=EHC_08,
            ),
            Fact(
                "missed",
                FactKind.DAY,
                mark("The day of an appointment that was not kept."),
                past=True,
            ),
            Fact(
                "circumstances",
                FactKind.OPEN_SPAN,
                mark("Days of exceptional personal circumstances."),
            ),
            Fact("absent", FactKind.SPAN, mark("Days on which the family was out of the area.")),
        ),
        rules=(EHC_07, EHC_08),
        steps=(REPLY, CLOSURE),
        takes=AdviceFacts,
        gives=(timetable, closure),
    ),
)
