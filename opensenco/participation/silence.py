"""Silence: how many school days somebody has not answered, and what the rule does about it.

Pure: days, calendar and rule in, the answer out. No row says that somebody is late; it is asked of
the day. So a night without a worker changes nothing but the hour of a reminder.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from opensenco.kernel.dates import ONE_DAY, Span
from opensenco.law.calendar.cover import CalendarNotCovered
from opensenco.law.calendar.holidays import SATURDAY
from opensenco.law.calendar.school import SchoolCalendar
from opensenco.participation.states import ChaseKind


@dataclass(frozen=True)
class Rule:
    """When a reminder goes out by itself, and when whoever asked has to act. All in school days.

    Args:
        remind_before: so many before the day by which answers are wanted, the first reminder.
        remind_every: so many between two reminders, and between asking and the first.
        most: reminders by the rule at most; none at all where this is nought.
        escalate_after: so many past the day, whoever asked is told that it needs another way.
    """

    remind_before: int = 1
    remind_every: int = 2
    most: int = 2
    escalate_after: int = 3


#: a reminder that went out, or what was done instead
Chased = tuple[date, str]


def school_days(calendar: SchoolCalendar, after: date, until: date) -> int:
    """Count the school days after a day, up to another that counts itself.

    Where the calendar does not reach, every weekday counts: silence is then never counted short.
    """
    if until <= after:
        return 0
    try:
        return calendar.school_days_in(Span(after + ONE_DAY, until))
    except CalendarNotCovered:
        days = range(after.toordinal() + 1, until.toordinal() + 1)
        return sum(date.fromordinal(day).weekday() < SATURDAY for day in days)


def next_step(
    rule: Rule,
    *,
    asked_on: date,
    due: date,
    chased: Sequence[Chased],
    today: date,
    calendar: SchoolCalendar,
) -> ChaseKind | None:
    """Give what the rule does today about somebody who has not answered; None for nothing.

    Only on school days, once in a day, and nothing more once it was handed back.
    """
    if school_days(calendar, today - ONE_DAY, today) == 0:
        return None
    kinds = [kind for _day, kind in chased]
    if ChaseKind.ESCALATED in kinds:
        return None
    if due < today and school_days(calendar, due, today) >= rule.escalate_after:
        return ChaseKind.ESCALATED
    if kinds.count(ChaseKind.BY_RULE) >= rule.most:
        return None
    last = max([asked_on, *(day for day, _kind in chased)])
    near = school_days(calendar, today, due) <= rule.remind_before
    quiet = school_days(calendar, last, today) >= rule.remind_every
    return ChaseKind.BY_RULE if near and quiet else None
