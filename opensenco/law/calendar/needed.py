"""A school's calendar where only some facts need one, and the terms in it."""

from datetime import date

from opensenco.kernel.dates import ONE_DAY, Span
from opensenco.kernel.words import mark
from opensenco.law.calendar.cover import CalendarNotCovered
from opensenco.law.calendar.school import SchoolCalendar
from opensenco.law.rule import BadFact, Rule


def needed(rule: Rule, calendar: SchoolCalendar | None) -> SchoolCalendar:
    """The calendar, or a BadFact that names it where there is none."""
    if calendar is None:
        words = mark("This counts school days, so it needs the calendar of the school.")
        raise BadFact(rule.id, "calendar", words)
    return calendar


def next_term(calendar: SchoolCalendar, after: date) -> Span:
    """The first term that begins after `after`. Raises CalendarNotCovered."""
    term = next((each for each in calendar.terms if each.first > after), None)
    if term is None:
        pieces = calendar.covered
        beyond = (pieces[-1].last or after) + ONE_DAY if pieces else after
        raise CalendarNotCovered(calendar.name, max(beyond, after), pieces)
    # A term may be missing from the calendar in between: counting over it would skip it unseen.
    calendar.school_days_in(Span(after, term.first))
    return term
