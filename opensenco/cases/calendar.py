"""The calendar of one setting, as the law counts along it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from opensenco.cases.models import CalendarDays
from opensenco.kernel.words import Sentence, mark, sentence
from opensenco.law.calendar.cover import CalendarNotCovered
from opensenco.law.calendar.holidays import england
from opensenco.law.calendar.school import CalendarRow, DayKind, SchoolCalendar

#: how far a setting's calendar must reach so that a date of some weeks can be counted along it
AHEAD = timedelta(days=180)
AROUND = timedelta(days=400)

NOT_ENTERED = mark(
    "The school has not entered its term dates for these days, so every weekday that is not a bank "
    "holiday counts. The day can only move later."
)


def own_calendar(org_id: int, day: date) -> SchoolCalendar:
    """Give the days round a day that a setting has entered; without any it answers for no day."""
    rows = tuple(
        CalendarRow(row.first, row.last, DayKind(row.kind))
        for row in CalendarDays.objects.filter(
            org_id=org_id,
            taken_back_at__isnull=True,
            first__lte=day + AROUND,
            last__gte=day - AROUND,
        ).order_by("first", "id")
    )
    return SchoolCalendar("term dates", rows, england())


def calendar_of(org_id: int, day: date) -> tuple[SchoolCalendar, tuple[Sentence, ...]]:
    """Give a setting's calendar round a day, and what a reader must be told about it.

    Where the setting has not entered its days, every weekday counts that is no bank holiday: a day
    counted along it is never later than the true one, and the sentence given says so.
    """
    own = own_calendar(org_id, day)
    if any(day in span and day + AHEAD in span for span in own.covered):
        return own, ()
    return _weekdays(day), (sentence(NOT_ENTERED),)


@dataclass(frozen=True)
class Closed:
    """A setting is closed on a day.

    Args:
        opens: the next day on which pupils come in; None where its calendar does not say.
    """

    opens: date | None


def closed_on(orgs: Collection[int], day: date) -> Closed | None:
    """Say that one setting is closed on a day, and when it opens; None where pupils come in.

    Where the setting has not entered its days, weekends and bank holidays are closed. For several
    settings there is no one answer, so None.
    """
    if len(orgs) != 1:
        return None
    own = own_calendar(min(orgs), day)
    covered = any(day in span for span in own.covered)
    calendar = own if covered else _weekdays(day)
    if calendar.is_school_day(day):
        return None
    try:
        return Closed(calendar.within_school_days(event=day, days=1))
    except CalendarNotCovered:
        return Closed(None)


def _weekdays(day: date) -> SchoolCalendar:
    """Give the days round a day on which schools may be open: weekdays, no bank holidays."""
    plain = CalendarRow(day - AROUND, day + AROUND, DayKind.TERM)
    return SchoolCalendar("weekdays", (plain,), england())


@dataclass(frozen=True)
class TermWeek:
    """Which week of which term a day is in; weeks begin on Monday, terms are named by season."""

    week: int
    term: str


def term_week(orgs: Collection[int], day: date) -> TermWeek | None:
    """Give the week of term for one setting; None in holidays, for several settings, or unknown."""
    if len(orgs) != 1:
        return None
    row = CalendarDays.objects.filter(
        org_id__in=list(orgs),
        taken_back_at__isnull=True,
        kind=DayKind.TERM.value,
        first__lte=day,
        last__gte=day,
    ).first()
    if row is None:
        return None
    monday = row.first - timedelta(days=row.first.weekday())
    season = "autumn" if row.first.month >= 8 else "spring" if row.first.month <= 3 else "summer"
    return TermWeek((day - monday).days // 7 + 1, season)
