"""Steps that are due so many days, weeks or months after an event, with the reasons in words."""

from datetime import date
from typing import TypedDict

from opensenco.kernel.dates import Span
from opensenco.kernel.words import Sentence, counted, mark, sentence
from opensenco.law.calendar.counting import (
    days_beginning_with,
    months_starting_with,
    within_days,
    within_months,
    within_weeks,
)
from opensenco.law.due import Answer, Due, Excuse, due_by
from opensenco.law.parameters import Used
from opensenco.law.rule import Rule
from opensenco.law.strength import Provision, Strength

STAYS = sentence(mark("A weekend or a holiday does not move it."))


class More(TypedDict, total=False):
    """What a step may be given besides: see `due_by`."""

    strength: Strength | None
    window: Span | None
    moved_by: tuple[Sentence, ...]
    excused_by: tuple[Excuse, ...]
    done_on: date | None
    comes: bool
    answer: Answer | None
    right: Sentence | None
    provision: Provision | None
    rests_on_unverified: bool | None


class Step(TypedDict):
    """The name of a step, its title for people, and the sentence about the event it runs from."""

    step: str
    title: str
    since: Sentence


def weeks_after(rule: Rule, event: date, used: Used[int], what: Step, more: More) -> Due:
    """Due within `used.value` weeks of `event`, which is not counted. Raises nothing."""
    counting = counted(
        mark("It is due within {count} week of that day."),
        mark("It is due within {count} weeks of that day."),
        count=used.value,
    )
    return _step(rule, within_weeks(event=event, weeks=used.value), used, what, counting, more)


def days_after(rule: Rule, event: date, used: Used[int], what: Step, more: More) -> Due:
    """Due within `used.value` days of `event`, which is not counted. Raises nothing."""
    counting = counted(
        mark("It is due within {count} day of that day, every day of the week counted."),
        mark("It is due within {count} days of that day, every day of the week counted."),
        count=used.value,
    )
    return _step(rule, within_days(event=event, days=used.value), used, what, counting, more)


def days_beginning(rule: Rule, event: date, used: Used[int], what: Step, more: More) -> Due:
    """Due on the last of `used.value` days beginning with `event`. Raises nothing."""
    counting = counted(
        mark("There is {count} day, that day counted."),
        mark("There are {count} days, that day counted as the first."),
        count=used.value,
    )
    return _step(
        rule, days_beginning_with(event=event, days=used.value), used, what, counting, more
    )


def months_after(rule: Rule, event: date, used: Used[int], what: Step, more: More) -> Due:
    """Due within `used.value` months of `event`. Raises nothing."""
    counting = counted(
        mark("It is due within {count} month of that day."),
        mark("It is due within {count} months of that day."),
        count=used.value,
    )
    return _step(rule, within_months(event=event, months=used.value), used, what, counting, more)


def months_beginning(rule: Rule, event: date, used: Used[int], what: Step, more: More) -> Due:
    """Due by the end of the `used.value` months beginning with `event`. Raises nothing."""
    counting = counted(
        mark("It is due by the end of the month that begins with that day."),
        mark("It is due by the end of the {count} months that begin with that day."),
        count=used.value,
    )
    return _step(
        rule, months_starting_with(event=event, months=used.value), used, what, counting, more
    )


def no_date(rule: Rule, what: Step, more: More) -> Due:
    """A step whose date cannot be said yet; `what["since"]` says what is missing."""
    return due_by(
        rule, step=what["step"], title=what["title"], on=None, reasons=(what["since"],), **more
    )


def _step(rule: Rule, on: date, used: Used[int], what: Step, counting: Sentence, more: More) -> Due:
    return due_by(
        rule,
        step=what["step"],
        title=what["title"],
        on=on,
        reasons=(what["since"], counting, STAYS),
        used=(used,),
        **more,
    )
