"""What comes in for pupils: which rows count, and what of each lies in a year."""

from collections.abc import Iterable
from datetime import date

from opensenco.costing.models import TopUp
from opensenco.kernel.dates import Span
from opensenco.law.money.years import SplitBy, YearKind, split_by_year


def counting_tops(rows: Iterable[TopUp]) -> list[TopUp]:
    """Give of each pupil and first day the row that was recorded last, if it does not take back."""
    newest: dict[tuple[int, date], TopUp] = {}
    for row in sorted(rows, key=lambda row: row.pk):
        newest[getattr(row, "of", 0), row.first] = row
    return [row for row in newest.values() if not row.withdrawn]


def part_in(year: Span, row: TopUp) -> int:
    """Give what of a top-up lies in a year, by its days."""
    kind = YearKind.FINANCIAL if year.first.month == 4 else YearKind.ACADEMIC
    parts = split_by_year(
        pence=row.pence, span=Span(row.first, row.last), kind=kind, by=SplitBy.DAYS
    )
    return parts.get(year.first, 0)
