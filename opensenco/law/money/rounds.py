"""The days of a funding round (FUND-65, FUND-69). See docs/law/funding-round.md."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from opensenco.kernel.words import Sentence, mark, sentence
from opensenco.law.calendar.holidays import BankHolidays
from opensenco.law.calendar.school import SchoolCalendar
from opensenco.law.due import Due, due_by
from opensenco.law.money.basis import check_whole
from opensenco.law.registry import answers
from opensenco.law.rule import BadFact
from opensenco.law.rulebook.moderation import FUND_65, FUND_69

DEADLINE = "deadline"
NOTIFY = "notify"
SECOND_LOOK = "second-look-closes"


class DayUnit(StrEnum):
    """Which days a scheme counts. It has to say so: ten working days are not two weeks."""

    CALENDAR = "calendar"
    WORKING = "working"
    SCHOOL = "school"


@dataclass(frozen=True, slots=True)
class Period:
    """So many days of a kind, as the scheme says. Raises BadFact for fewer than one."""

    days: int
    unit: DayUnit

    def __post_init__(self) -> None:
        check_whole(FUND_65, 1, days=self.days)


TWENTY_SCHOOL_DAYS = Period(20, DayUnit.SCHOOL)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundFacts:
    """What is known of a round. Each step needs its own fact and is left out without it.

    `panel`: the day of the panel, and `bids_before` how many calendar days before it bids close.
    `decided`: the day of the decision, and `notice` the time in which schools are told. `told`: the
    day on which the school was told, and `second_look` the time to ask for another. Raises BadFact.
    """

    notice: Period
    panel: date | None = None
    bids_before: int = 14
    decided: date | None = None
    told: date | None = None
    second_look: Period = TWENTY_SCHOOL_DAYS

    def __post_init__(self) -> None:
        FUND_65.check_days(panel=self.panel, decided=self.decided, told=self.told)
        FUND_65.check_order(panel=self.panel, decided=self.decided, told=self.told)
        check_whole(FUND_65, bids_before=self.bids_before)


@answers(FUND_65, FUND_69)
def timetable(
    *, facts: RoundFacts, holidays: BankHolidays, calendar: SchoolCalendar | None = None
) -> tuple[Due, ...]:
    """The steps `deadline`, `notify` and `second-look-closes`, as far as the facts reach.

    Raises BadFact where school days are counted without the school's calendar, and
    CalendarNotCovered.
    """
    steps = []
    if facts.panel is not None:
        steps.append(_deadline(facts, facts.panel))
    if facts.decided is not None:
        on = _after(facts.decided, facts.notice, holidays, calendar)
        steps.append(_notify(facts, facts.decided, on))
    if facts.told is not None:
        on = _after(facts.told, facts.second_look, holidays, calendar)
        steps.append(_second_look(facts, facts.told, on))
    return tuple(steps)


def _deadline(facts: RoundFacts, panel: date) -> Due:
    words = mark("Bids close {days} days before the panel on {panel}.")
    return due_by(
        FUND_65,
        step=DEADLINE,
        title=mark("Bids close"),
        on=panel - timedelta(days=facts.bids_before),
        reasons=(sentence(words, days=facts.bids_before, panel=panel),),
    )


def _notify(facts: RoundFacts, decided: date, on: date) -> Due:
    return due_by(
        FUND_65,
        step=NOTIFY,
        title=mark("Tell the school the outcome"),
        on=on,
        reasons=(sentence(mark("Decided on {decided}."), decided=decided), _counts(facts.notice)),
        done_on=facts.told,
    )


def _second_look(facts: RoundFacts, told: date, on: date) -> Due:
    return due_by(
        FUND_69,
        step=SECOND_LOOK,
        title=mark("Last day to ask for a second look"),
        on=on,
        reasons=(sentence(mark("Told on {told}."), told=told), _counts(facts.second_look)),
        comes=True,
    )


_COUNTS = {
    DayUnit.CALENDAR: mark("The scheme counts {days} calendar days after that day."),
    DayUnit.WORKING: mark("The scheme counts {days} working days after that day."),
    DayUnit.SCHOOL: mark("The scheme counts {days} school days after that day."),
}


def _counts(period: Period) -> Sentence:
    return sentence(_COUNTS[period.unit], days=period.days)


def _after(
    day: date, period: Period, holidays: BankHolidays, calendar: SchoolCalendar | None
) -> date:
    if period.unit is DayUnit.CALENDAR:
        return day + timedelta(days=period.days)
    within: Callable[..., date] = holidays.within_working_days
    if period.unit is DayUnit.SCHOOL:
        if calendar is None:
            words = mark("This counts school days, so it needs the calendar of the school.")
            raise BadFact(FUND_69.id, "calendar", words)
        within = calendar.within_school_days
    return within(event=day, days=period.days)
