"""Term dates that an authority or trust has published, read by the settings that belong to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from opensenco.access.models import Affiliation, Organisation
from opensenco.cases.models import PublishedYear
from opensenco.cases.operations.everyday import PUBLISHING
from opensenco.cases.term_dates import Entry, Moved, moved
from opensenco.law.calendar.school import DayKind
from opensenco.law.calendar.years import AcademicYear
from opensenco.people.policy import on_day


@dataclass(frozen=True)
class Published:
    """A school year as an authority or trust has it now."""

    by: Organisation
    year: AcademicYear
    entries: list[Entry]
    at: datetime


def published_for(org: Organisation, today: date) -> list[Published]:
    """Give the years that those to whom a setting belongs today have published, by year.

    A trust's come before an authority's: who runs a school knows its days better.
    """
    above = Affiliation.objects.filter(on_day(today), member=org, of__kind__in=PUBLISHING)
    rows = PublishedYear.objects.filter(org__in=above.values("of")).select_related("org")
    newest: dict[tuple[int, int], PublishedYear] = {}
    for row in rows.order_by("at", "id"):
        newest[row.org_id, row.starts] = row
    found = [
        Published(row.org, AcademicYear(row.starts), entries_in(row), row.at)
        for row in newest.values()
        if row.days
    ]
    return sorted(
        found,
        key=lambda one: (one.year, one.by.kind != Organisation.Kind.TRUST, one.by.name),
    )


def moved_since(one: Published, ours: Sequence[Entry], entered: datetime | None) -> list[Moved]:
    """Give what has changed in a published year since ours was entered.

    Nothing is told where ours was entered before anything was published: it never began from it.

    Args:
        entered: when ours was last entered; None where it has not been.
    """
    if entered is None or one.at <= entered:
        return []
    rows = PublishedYear.objects.filter(org=one.by, starts=one.year.starts, at__lte=entered)
    before = rows.order_by("-at", "-id").first()
    return moved(entries_in(before), one.entries, ours) if before is not None else []


def entries_in(row: PublishedYear) -> list[Entry]:
    """Give the days of a published year in order of time."""
    return sorted(
        (
            Entry(date.fromisoformat(first), date.fromisoformat(last), DayKind(kind))
            for kind, first, last in row.days
        ),
        key=lambda one: one.first,
    )
