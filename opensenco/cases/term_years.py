"""Reading the days of a setting's academic year as they were entered."""

from collections.abc import Iterator
from dataclasses import dataclass

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.access.registry import visible
from opensenco.cases.models import CalendarDays, CalendarYear
from opensenco.cases.term_dates import ENTERED, Entry, reach, terms_of
from opensenco.kernel.dates import Span
from opensenco.law.calendar.holidays import england
from opensenco.law.calendar.school import CalendarRow, DayKind, SchoolCalendar
from opensenco.law.calendar.years import AcademicYear


@dataclass(frozen=True)
class TermYear:
    """One academic year of a setting as it was entered.

    Attributes:
        row: None where nothing was entered.
        entries: what people enter: terms, half-terms, training days one by one, days closed.
        others: what commands entered besides, such as a Saturday on which the school is open.
        entered: the years of this setting that were entered, by the year in which they begin.
    """

    org: Organisation
    year: AcademicYear
    row: CalendarYear | None
    entries: list[Entry]
    others: list[Entry]
    entered: list[int]

    @property
    def calendar(self) -> SchoolCalendar:
        """The year as the law counts along it."""
        rows = [*self.entries, *self.others]
        if terms_of(rows):
            rows.append(reach(self.year, rows))
        return SchoolCalendar(
            str(self.year), tuple(CalendarRow(r.first, r.last, r.kind) for r in rows), england()
        )


def places_with_a_calendar(actor: Actor) -> list[Organisation]:
    """Give the settings whose term dates this actor may enter, by name."""
    rows = visible(actor, Action.CALENDAR_EDIT, Organisation)
    return list(rows.order_by("name", "id"))


def term_year(org: Organisation, year: AcademicYear) -> TermYear:
    """Give one academic year of a setting, its days in order of time."""
    years = {row.starts: row for row in CalendarYear.objects.filter(org=org).select_related("by")}
    row = years.get(year.starts)
    days = CalendarDays.objects.filter(year=row, taken_back_at__isnull=True).order_by("first", "id")
    entries = [
        Entry(one.first, one.last, DayKind(one.kind))
        for one in days
        if row is not None and one.kind != DayKind.YEAR
    ]
    shown = [one for entry in entries if entry.kind in ENTERED for one in _day_by_day(entry)]
    others = [entry for entry in entries if entry.kind not in ENTERED]
    return TermYear(org, year, row, shown, others, sorted(years))


def _day_by_day(entry: Entry) -> Iterator[Entry]:
    """Training days are entered and shown one by one."""
    if entry.kind is not DayKind.INSET:
        yield entry
        return
    for day in Span(entry.first, entry.last).days():
        yield Entry(day, day, entry.kind)
