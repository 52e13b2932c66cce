"""When a concern is answered (IDN-12). See docs/law/concern-reply.md."""

from dataclasses import dataclass
from datetime import date

from opensenco.kernel.words import Sentence, counted, mark, sentence
from opensenco.law.calendar.school import SchoolCalendar
from opensenco.law.computing import Fact, FactKind, Timetable
from opensenco.law.due import Due, due_by
from opensenco.law.numbers.practice import CONCERN_REPLY, FIRST_PLAN_DAYS
from opensenco.law.parameters import SHIPPED, Origin, Parameters, Used
from opensenco.law.registry import answers
from opensenco.law.rulebook.identification import IDN_12
from opensenco.law.strength import Strength

REPLY = "reply"
FIRST_PLAN = "first-plan"
TITLES = {
    REPLY: mark("Reply to the concern"),
    FIRST_PLAN: mark("First plan after the concern"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcernFacts:
    """What is known of a concern.

    `raised`: the day the school got the concern. `replied`: the day it answered, if it has.
    `supported`: whether it was decided that SEN support begins. `planned`: the day on which the
    first plan was agreed, if one was.
    """

    raised: date
    replied: date | None = None
    supported: bool = False
    planned: date | None = None

    def __post_init__(self) -> None:
        IDN_12.check_days(raised=self.raised, replied=self.replied, planned=self.planned)
        IDN_12.check_order(raised=self.raised, replied=self.replied)
        IDN_12.check_order(raised=self.raised, planned=self.planned)


@answers(IDN_12)
def timetable(
    *, facts: ConcernFacts, calendar: SchoolCalendar, parameters: Parameters = SHIPPED
) -> tuple[Due, ...]:
    """The step `reply`: so many school days after the concern was raised, ten unless changed.

    Where it leads to SEN support, also the step `first_plan`: thirty school days unless changed.
    The code of practice asks that concerns are taken seriously but names no number of days, so
    both have the strength of a practice. Raises CalendarNotCovered, NotInForce.
    """
    reply = _step(
        facts, calendar, parameters.use(CONCERN_REPLY, facts.raised), REPLY,
        counted_words=(
            mark("It is answered within {count} school day, not counting that day."),
            mark("It is answered within {count} school days, not counting that day."),
        ),
        done_on=facts.replied,
    )  # fmt: skip
    if not facts.supported:
        return (reply,)
    plan = _step(
        facts, calendar, parameters.use(FIRST_PLAN_DAYS, facts.raised), FIRST_PLAN,
        counted_words=(
            mark("The first plan is agreed within {count} school day, not counting that day."),
            mark("The first plan is agreed within {count} school days, not counting that day."),
        ),
        done_on=facts.planned,
    )  # fmt: skip
    return reply, plan


def _step(
    facts: ConcernFacts, calendar: SchoolCalendar, used: Used[int], step: str, *,
    counted_words: tuple[str, str], done_on: date | None,
) -> Due:  # fmt: skip
    one, many = counted_words
    return due_by(
        IDN_12,
        step=step,
        title=TITLES[step],
        on=calendar.within_school_days(event=facts.raised, days=used.value),
        strength=Strength.PRACTICE,
        reasons=(
            sentence(mark("The concern was raised on {raised}."), raised=facts.raised),
            counted(one, many, count=used.value),
            sentence(mark("Weekends, holidays and staff training days do not count.")),
            who_set(used),
        ),
        moved_by=(
            sentence(
                mark("A change to the school's calendar between {raised} and this day."),
                raised=facts.raised,
            ),
        ),
        done_on=done_on,
        used=(used,),
    )


def who_set(used: Used[int]) -> Sentence:
    """Where the number of days comes from, in words."""
    if used.origin is Origin.SHIPPED:
        return sentence(
            mark(
                "The law names no number of days. This is the usual practice; a school may set it."
            )
        )
    template = {
        Origin.SCHOOL: mark("The school set this number of days: {source}."),
        Origin.AUTHORITY: mark("The local authority set this number of days: {source}."),
    }[used.origin]
    return sentence(template, source=used.source.rstrip("."))


TIMETABLES = (
    Timetable(
        name="concern-reply",
        title=mark("Answering a concern"),
        facts=(
            Fact(
                "raised", FactKind.DAY, mark("The day the school got the concern."), required=True
            ),
            Fact("replied", FactKind.DAY, mark("The day the school answered."), past=True),
            Fact("supported", FactKind.YES_NO, mark("It was decided that SEN support begins.")),
            Fact("planned", FactKind.DAY, mark("The day the first plan was agreed."), past=True),
        ),
        rules=(IDN_12,),
        steps=(REPLY, FIRST_PLAN),
        takes=ConcernFacts,
        gives=(timetable,),
    ),
)
