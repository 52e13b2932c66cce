"""The calendar of one setting, as the law counts along it."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from opensenco.cases.models import CalendarDays, CalendarYear
from opensenco.kernel.dates import ONE_DAY, Span
from opensenco.kernel.words import Sentence, mark, sentence
from opensenco.law.calendar.cover import CalendarNotCovered
from opensenco.law.calendar.holidays import england
from opensenco.law.calendar.school import CalendarRow, DayKind, SchoolCalendar
from opensenco.law.calendar.years import AcademicYear

#: how far round a day a date is counted along the calendar
AROUND = timedelta(days=400)

NOT_ENTERED = mark(
    "The school has not entered its term dates for all of these days, so there every weekday that "
    "is not a bank holiday counts. The day can only move later."
)
NOT_ENTERED_YEAR = mark(
    "The school has not entered its term dates of {year}, so there every weekday that is not a "
    "bank holiday counts. The day can only move later."
)


@dataclass(frozen=True)
class Days:
    """The days along which a setting counts from a day on.

    Attributes:
        calendar: the setting's own days where it entered them; elsewhere every weekday that is no
            bank holiday, so that a day counted along it is never later than the true one.
        entered: the stretches that the setting has entered.
    """

    calendar: SchoolCalendar
    entered: tuple[Span, ...]
    since: date

    def remarks(self, until: date | None) -> tuple[Sentence, ...]:
        """Give what a reader must be told about a date counted from the day on."""
        last = until or self.since
        if any(self.since in span and last in span for span in self.entered):
            return ()
        return (sentence(NOT_ENTERED_YEAR, year=str(self._missing(last))),)

    def _missing(self, last: date) -> AcademicYear:
        """Give the first school year of which days are missing between the day and the last."""
        day = self.since
        for span in self.entered:
            if day in span and span.last is not None:
                day = span.last + ONE_DAY
        return AcademicYear.of(min(day, max(last, self.since)))


def own_calendar(org_id: int, span: Span) -> SchoolCalendar:
    """Give the days that a setting has entered and that touch a closed span; maybe none."""
    rows = tuple(
        CalendarRow(row.first, row.last, DayKind(row.kind))
        for row in CalendarDays.objects.filter(
            org_id=org_id,
            taken_back_at__isnull=True,
            first__lte=span.last,
            last__gte=span.first,
        ).order_by("first", "id")
    )
    return SchoolCalendar("term dates", rows, england())


def calendar_of(org_id: int, day: date, around: timedelta = AROUND) -> Days:
    """Give the days along which a setting counts from a day on.

    Args:
        around: how far it reaches; no further than is asked, since each of its days is looked at.
    """
    whole = Span(day - around, day + around)
    own = own_calendar(org_id, whole)
    plain = tuple(CalendarRow(*gap, DayKind.TERM) for gap in _gaps(whole, own.covered))
    return Days(SchoolCalendar(own.name, (*own.rows, *plain), england()), own.covered, day)


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
    days = calendar_of(min(orgs), day)
    if days.calendar.is_school_day(day):
        return None
    try:
        opens = days.calendar.within_school_days(event=day, days=1)
    except CalendarNotCovered:
        return Closed(None)
    known = any(day in span for span in days.entered)
    # past the days that were entered nobody has said that school is open
    return Closed(None) if known and days.remarks(opens) else Closed(opens)


def _gaps(whole: Span, covered: Iterable[Span]) -> Iterator[tuple[date, date]]:
    """Give the stretches that nobody entered, of those for which bank holidays are known."""
    known = england().covered.overlap(whole)
    if known is None or known.last is None:
        return
    start = known.first
    for span in covered:
        if start < span.first:
            yield start, min(span.first - ONE_DAY, known.last)
        start = max(start, span.end or start)
    if start <= known.last:
        yield start, known.last


def is_closed(org_id: int, day: date) -> bool:
    """Tell whether a setting is closed on a day, as far as anybody has said."""
    try:
        # what lies before and after it does not bear on whether pupils come in
        return not calendar_of(org_id, day, timedelta(0)).calendar.is_school_day(day)
    except CalendarNotCovered:
        # beyond the bank holidays that are known nobody can say
        return False


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


def years_entered(org_id: int) -> frozenset[int]:
    """Give the calendar years in which those academic years begin that a setting has entered."""
    years = CalendarYear.objects.filter(org_id=org_id)
    return frozenset(years.values_list("starts", flat=True))
