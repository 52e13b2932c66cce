"""The tribunal's own days in cases of special needs (TRB-06). See docs/law/appeal.md."""

from datetime import date

from opensenco.kernel.dates import ONE_DAY
from opensenco.kernel.errors import Invalid
from opensenco.kernel.words import mark
from opensenco.law.calendar.holidays import BankHolidays
from opensenco.law.registry import answers
from opensenco.law.rulebook.tribunal import TRB_06

AUGUST = 8
DECEMBER = 12


def relief_after(day: date) -> date | None:
    """The day after which an appeal may still be started where its time ends on `day`: 1 January or
    31 August. None on a day that has no such relief."""
    if day.month == DECEMBER and day.day >= 25:
        return date(day.year + 1, 1, 1)
    if (day.month, day.day) == (1, 1):
        return day
    if day.month == AUGUST:
        return date(day.year, AUGUST, 31)
    return None


@answers(TRB_06)
def last_day_to_start(*, ends: date, holidays: BankHolidays) -> date:
    """The last day on which an appeal whose time ends on `ends` is still in time, until 5 pm.

    Raises CalendarNotCovered.
    """
    after = relief_after(ends)
    return _working_from(ends if after is None else after + ONE_DAY, holidays)


@answers(TRB_06)
def last_day_of_step(*, event: date, days: int, holidays: BankHolidays) -> date:
    """The last day of "within `days` days of `event`" for a step after the start of an appeal.

    25 December to 1 January and August are not counted; a last day that is no working day becomes
    the next one. Raises Invalid below one day and CalendarNotCovered.
    """
    if days < 1:
        raise Invalid("days", mark("Count at least one."))
    day = event
    while days:
        day += ONE_DAY
        days -= relief_after(day) is None
    return _working_from(day, holidays)


def _working_from(day: date, holidays: BankHolidays) -> date:
    while not holidays.is_working_day(day):
        day += ONE_DAY
    return day
