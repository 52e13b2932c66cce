"""Plain counting of calendar days and months (CAL-02 to CAL-06, CAL-11)."""

from dataclasses import dataclass
from datetime import date, timedelta

from opensenco.kernel.dates import ONE_DAY, add_months
from opensenco.kernel.errors import Invalid
from opensenco.kernel.words import mark
from opensenco.law.registry import answers
from opensenco.law.rulebook.counting import CAL_02, CAL_03, CAL_04, CAL_05, CAL_06, CAL_11

WEEK = 7


def _at_least_one(field: str, number: int) -> None:
    if number < 1:
        raise Invalid(field, mark("Count at least one."))


@answers(CAL_02)
def within_days(*, event: date, days: int) -> date:
    """The last day of "within `days` days of `event`". Raises Invalid below one."""
    _at_least_one("days", days)
    return event + timedelta(days=days)


@answers(CAL_02)
def within_weeks(*, event: date, weeks: int) -> date:
    """The last day of "within `weeks` weeks of `event`". Raises Invalid below one."""
    _at_least_one("weeks", weeks)
    return event + timedelta(days=WEEK * weeks)


@answers(CAL_03)
def days_beginning_with(*, event: date, days: int) -> date:
    """The last of `days` days "beginning with" `event`, which is day one. Raises Invalid."""
    _at_least_one("days", days)
    return event + timedelta(days=days - 1)


@answers(CAL_04)
def months_starting_with(*, event: date, months: int) -> date:
    """The last day of "the period of `months` months starting with `event`". Raises Invalid."""
    _at_least_one("months", months)
    return add_months(event, months) - ONE_DAY


@answers(CAL_05)
def within_months(*, event: date, months: int) -> date:
    """The last day of "within `months` months of `event`". Raises Invalid below one."""
    _at_least_one("months", months)
    return add_months(event, months)


@answers(CAL_06)
def last_day_before(*, fixed: date) -> date:
    """The last lawful day for something to be done "before" `fixed`."""
    return fixed - ONE_DAY


@dataclass(frozen=True, slots=True)
class Notice:
    """`latest` is the outer limit; `safe` leaves that many whole days between."""

    safe: date
    latest: date


@answers(CAL_11)
def notice(*, meeting: date, days: int) -> Notice:
    """When something must be sent "at least `days` days before" `meeting`. Raises Invalid."""
    _at_least_one("days", days)
    latest = meeting - timedelta(days=days)
    return Notice(latest - ONE_DAY, latest)
