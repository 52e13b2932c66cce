"""The time to appeal to the tribunal (TRB-05, TRB-06). See docs/law/appeal.md."""

from dataclasses import dataclass
from datetime import date

from opensenco.kernel.words import Sentence, counted, mark, sentence
from opensenco.law.calendar.counting import within_months
from opensenco.law.calendar.holidays import BankHolidays
from opensenco.law.calendar.tribunal import last_day_of_step, last_day_to_start, relief_after
from opensenco.law.computing import Fact, FactKind, Timetable
from opensenco.law.due import Due, due_by
from opensenco.law.numbers.tribunal import FROM_CERTIFICATE, FROM_NOTICE
from opensenco.law.parameters import SHIPPED, Parameters, Used
from opensenco.law.registry import answers
from opensenco.law.rule import BadFact
from opensenco.law.rulebook.tribunal import TRB_05, TRB_06
from opensenco.law.strength import Strength

APPEAL = "appeal"
ADVISED = "appeal-advised"
ACT = "act"
MOST_DAYS = 366


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealFacts:
    """`letter`: the day the written notice of the decision was sent.

    `certificate`: the day the mediation certificate was issued, None where there is none;
    `placement_only`: whether the appeal is about the placement alone, which needs none.
    `appealed`: the day the tribunal received the appeal.
    """

    letter: date
    certificate: date | None = None
    placement_only: bool = False
    appealed: date | None = None

    def __post_init__(self) -> None:
        TRB_05.check_days(letter=self.letter, certificate=self.certificate, appealed=self.appealed)
        TRB_05.check_order(letter=self.letter, certificate=self.certificate)
        TRB_05.check_order(letter=self.letter, appealed=self.appealed)


@dataclass(frozen=True, slots=True)
class AppealTime:
    """`ends`: the day on which the time ends as the months are counted; `last`: the day on which an
    appeal is still in time by the tribunal's own days. `used`: the numbers of months."""

    ends: date
    last: date
    used: tuple[Used[int], ...]


@answers(TRB_05)
def appeal_time(
    *, facts: AppealFacts, holidays: BankHolidays, parameters: Parameters = SHIPPED
) -> AppealTime:
    """Two months from the letter, or one from the certificate where that is later.

    Raises CalendarNotCovered where the table of bank holidays does not reach.
    """
    months = parameters.use(FROM_NOTICE, facts.letter)
    ends = within_months(event=facts.letter, months=months.value)
    used = [months]
    if facts.certificate:
        months = parameters.use(FROM_CERTIFICATE, facts.certificate)
        ends = max(ends, within_months(event=facts.certificate, months=months.value))
        used.append(months)
    return AppealTime(ends, last_day_to_start(ends=ends, holidays=holidays), tuple(used))


@answers(TRB_05)
def timetable(
    *, facts: AppealFacts, holidays: BankHolidays, parameters: Parameters = SHIPPED
) -> tuple[Due, ...]:
    """The step `appeal`, the last lawful day, and `appeal-advised` where the tribunal's own days
    have moved it: the day before that, which is the one to keep to.

    Raises CalendarNotCovered where the table of bank holidays does not reach.
    """
    time = appeal_time(facts=facts, holidays=holidays, parameters=parameters)
    reasons = _reasons(facts, time)
    alone = facts.placement_only and facts.certificate is None
    moved_by = _OTHER_LETTER if alone else _LATER_CERTIFICATE
    last = due_by(
        TRB_05,
        step=APPEAL,
        title=mark("The tribunal must have the appeal"),
        on=time.last,
        reasons=reasons,
        moved_by=moved_by,
        done_on=facts.appealed,
        used=time.used,
        right=_passed(facts),
    )
    if time.last == time.ends:
        return (last,)
    advised = due_by(
        TRB_05,
        step=ADVISED,
        title=mark("Send the appeal by this day to be safe"),
        on=time.ends,
        strength=Strength.PRACTICE,
        reasons=(*reasons[:-1], sentence(mark("It is safer not to lean on the later day."))),
        moved_by=moved_by,
        done_on=facts.appealed,
        used=time.used,
        right=_SAFE_DAY_PASSED,
    )
    return (advised, last)


def _reasons(facts: AppealFacts, time: AppealTime) -> tuple[Sentence, ...]:
    reasons = [sentence(mark("The letter was sent on {letter}."), letter=facts.letter)]
    if facts.certificate:
        words = mark("The mediation certificate was issued on {day}.")
        reasons.append(sentence(words, day=facts.certificate))
    elif facts.placement_only:
        reasons.append(sentence(mark("For the placement alone no certificate is needed.")))
    else:
        reasons.append(
            sentence(
                mark("A mediation certificate is needed first, or the tribunal's leave to go on.")
            )
        )
    words = mark("Two months from the letter: {ends}.")
    if facts.certificate:
        words = mark("Two months from the letter or one from the certificate, the later: {ends}.")
    reasons.append(sentence(words, ends=time.ends))
    if time.last == time.ends:
        reasons.append(sentence(mark("It has to arrive by 5 pm.")))
    elif relief_after(time.ends):
        words = mark("At Christmas and in August the time ends later: {last}, 5 pm.")
        reasons.append(sentence(words, last=time.last))
    else:
        words = mark("That is no working day, so the next one is in time: {last}, 5 pm.")
        reasons.append(sentence(words, last=time.last))
    return tuple(reasons)


_LATER_CERTIFICATE = (sentence(mark("A certificate issued later.")),)
_OTHER_LETTER = (sentence(mark("Another day on which the letter was sent.")),)
_SAFE_DAY_PASSED = sentence(mark("The safe day has passed; look at the last day for the appeal"))
_PASSED = sentence(
    mark(
        "The time to appeal has passed; the tribunal may still take a late appeal for good reasons"
    )
)
_PASSED_WITHOUT_CERTIFICATE = sentence(
    mark(
        "The time to appeal has passed; the tribunal may still take a late appeal for good "
        "reasons, and without a certificate it has to give leave"
    )
)


def _passed(facts: AppealFacts) -> Sentence:
    """What is told of a right that has lapsed (TRB-07)."""
    needs_leave = facts.certificate is None and not facts.placement_only
    return _PASSED_WITHOUT_CERTIFICATE if needs_leave else _PASSED


@dataclass(frozen=True, slots=True, kw_only=True)
class StepFacts:
    """A step asked for within `days` (1 to 366) of the day `ordered`, and the day it was `done`."""

    ordered: date
    days: int
    done: date | None = None

    def __post_init__(self) -> None:
        TRB_06.check_days(ordered=self.ordered, done=self.done)
        TRB_06.check_order(ordered=self.ordered, done=self.done)
        if not 1 <= self.days <= MOST_DAYS:
            raise BadFact(TRB_06.id, "days", mark("Give a number from 1 to 366."))


@answers(TRB_06)
def step(*, facts: StepFacts, holidays: BankHolidays) -> tuple[Due, ...]:
    """The step `act`: so many days on, without Christmas and August. Raises CalendarNotCovered."""
    return (
        due_by(
            TRB_06,
            step=ACT,
            title=mark("Do what the tribunal asked for"),
            on=last_day_of_step(event=facts.ordered, days=facts.days, holidays=holidays),
            reasons=(
                counted(
                    mark("The tribunal gave {count} day on {ordered}."),
                    mark("The tribunal gave {count} days on {ordered}."),
                    count=facts.days,
                    ordered=facts.ordered,
                ),
                sentence(mark("25 December to 1 January and August are not counted.")),
                sentence(mark("A last day that is no working day becomes the next one; 5 pm.")),
            ),
            moved_by=(sentence(mark("Another day or number in the tribunal's order.")),),
            done_on=facts.done,
        ),
    )


TIMETABLES = (
    Timetable(
        name="appeal",
        title=mark("Time to appeal"),
        facts=(
            Fact("letter", FactKind.DAY, mark("The day the letter was sent."), required=True),
            Fact("certificate", FactKind.DAY, mark("The day of the mediation certificate.")),
            Fact("placement-only", FactKind.YES_NO, mark("Whether it is about the place alone.")),
            Fact(
                "appealed",
                FactKind.DAY,
                mark("The day the tribunal received the appeal."),
                past=True,
            ),
        ),
        rules=(TRB_05,),
        steps=(ADVISED, APPEAL),
        takes=AppealFacts,
        gives=(timetable,),
    ),
    Timetable(
        name="tribunal-step",
        title=mark("A step in an appeal"),
        facts=(
            Fact("ordered", FactKind.DAY, mark("The day it runs from."), required=True),
            Fact("days", FactKind.NUMBER, mark("How many days were given."), required=True),
            Fact("done", FactKind.DAY, mark("The day it was done."), past=True),
        ),
        rules=(TRB_06,),
        steps=(ACT,),
        takes=StepFacts,
        gives=(step,),
    ),
)
