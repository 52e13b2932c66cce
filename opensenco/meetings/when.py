"""When meetings are: hours on the clock in England, days of notice by law, one in each term."""

from datetime import UTC, date, datetime, time, timedelta

from opensenco.cases.calendar import calendar_of, own_calendar
from opensenco.kernel.clock import LONDON, london_time
from opensenco.kernel.dates import Span
from opensenco.law.calendar.cover import CalendarNotCovered
from opensenco.law.calendar.school import SchoolCalendar
from opensenco.law.calendar.years import AcademicYear
from opensenco.law.due import Due
from opensenco.law.review import facts as names
from opensenco.law.review.facts import ReviewFacts
from opensenco.law.timetables.annual_review import timetable
from opensenco.meetings.starter import Kind

#: what the law says of the days round the meeting of an annual review
STEPS = (names.ASK_ADVICE, names.PAPERS_SAFE, names.PAPERS, names.REPORT, names.DECISION)
#: school days from a meeting to its record: what schools promise, no rule (see kinds.toml)
RECORD_DAYS = 5
#: meetings of one series at most: those of one school year
MOST_OF_A_SERIES = 6


def at(day: date, hour: time) -> datetime:
    """Give the moment of an hour on the clock in England, right on either side of a change."""
    return datetime.combine(day, hour, LONDON).astimezone(UTC)


def notice(
    kind: Kind | None, day: date, *, sent: date | None = None, given: date | None = None
) -> tuple[Due, ...]:
    """Give the days of the law round a meeting: papers, report, decision (REV-05, 08, 09).

    Empty for kinds that the law gives no days.

    Args:
        sent: the day on which invitation and papers had been sent.
        given: the day on which the record was given out.
    """
    if kind is None or not kind.is_review:
        return ()
    facts = ReviewFacts(meeting=day, papers_sent=sent, reported=given)
    return tuple(due for due in timetable(facts=facts) if due.step in STEPS)


def record_by(org_id: int, held: date) -> date:
    """Give the day by which the record goes out: five school days, which is practice."""
    days = calendar_of(org_id, held)
    try:
        return days.calendar.within_school_days(event=held, days=RECORD_DAYS)
    except CalendarNotCovered:
        return held + timedelta(days=7)


def in_later_terms(org_id: int, first: datetime) -> list[datetime]:
    """Give one more moment in each later term of the school year, in the same week of it.

    The weekday and the hour on the clock stay; where school is closed on that day, the next school
    day is taken. Empty in the last term. Terms are what the school entered.

    Raises:
        CalendarNotCovered: the school has not entered its term dates of that year.
    """
    begins = london_time(first)
    year = AcademicYear.of(begins.date())
    calendar = own_calendar(org_id, year.span)
    terms = calendar.terms_of(year)
    current = next((term for term in terms if begins.date() in term), None)
    if current is None:
        return []
    since = begins.date() - _monday(current.first)
    later = [term for term in terms if term.first > current.first][: MOST_OF_A_SERIES - 1]
    days = [_school_day(calendar, _monday(term.first) + since, term) for term in later]
    return [at(day, begins.time()) for day in days]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _school_day(calendar: SchoolCalendar, day: date, term: Span) -> date:
    """Give the day, or the next school day where school is closed; never outside the term."""
    day = min(max(day, term.first), term.last or day)
    return day if calendar.is_school_day(day) else calendar.within_school_days(event=day, days=1)
