"""Reads the worked examples out of docs/law, so that page and test cannot differ."""

from datetime import date
from functools import cache
from pathlib import Path

from opensenco.kernel.dates import Span
from opensenco.law.calendar.holidays import england
from opensenco.law.calendar.school import CalendarRow, DayKind, SchoolCalendar
from opensenco.law.checks.needs import RankedNeed

PAGES = Path(__file__).resolve().parents[2] / "docs" / "law"
Example = dict[str, str]


def examples(page: str, heading: str = "Worked examples") -> list[Example]:
    """The rows of the first table under `heading`, each as column name to text.

    An AssertionError where the page has no such table or the table no rows.
    """
    lines = (PAGES / f"{page}.md").read_text("utf-8").splitlines()
    starts = [n for n, line in enumerate(lines) if line.lstrip("#") == f" {heading}"]
    assert len(starts) == 1, f"{page}.md needs one heading “{heading}”"
    table: list[list[str]] = []
    for line in lines[starts[0] + 1 :]:
        if line.startswith("|"):
            table.append([cell.strip() for cell in line.strip().strip("|").split("|")])
        elif table:
            break
    head, _, *rows = table
    assert rows, f"{page}.md, {heading}: no examples"
    assert all(len(row) == len(head) for row in rows), f"{page}.md, {heading}: a row is uneven"
    return [dict(zip(head, row, strict=True)) for row in rows]


def name(example: Example) -> str:
    """How a test run names one example."""
    return example.get("what it shows") or " ".join(text for text in example.values() if text)


def day(text: str) -> date | None:
    """A date, None for an empty cell."""
    return date.fromisoformat(text) if text else None


def days(text: str) -> tuple[date, ...]:
    """Dates with commas between."""
    return tuple(date.fromisoformat(part.strip()) for part in text.split(",") if part.strip())


def spans(text: str) -> tuple[Span, ...]:
    """Spans with commas between."""
    return tuple(Span.parse(part) for part in text.split(",") if part.strip())


def needs(text: str) -> tuple[RankedNeed, ...]:
    """Codes and ranks: "SLCN 1, SEMH 2"."""
    pairs = (part.split() for part in text.split(",") if part.strip())
    return tuple(RankedNeed(code, int(rank)) for code, rank in pairs)


@cache
def example_school() -> SchoolCalendar:
    """The calendar of the example school in docs/law/calendar.md."""
    rows = (
        CalendarRow(
            date.fromisoformat(row["from"]), date.fromisoformat(row["to"]), DayKind(row["kind"])
        )
        for row in examples("calendar", "The example school")
    )
    return SchoolCalendar("Example school", tuple(rows), england())


CALENDARS = {"example school": example_school}
"""The calendars that a column `calendar` may name."""


def headings() -> tuple[tuple[str, str], ...]:
    """Every page of docs/law with each heading “Worked examples: NAME”, from the name on.

    After the name may stand a comma and a word on what this table is about.
    """
    return tuple(
        (path.stem, line.partition(HEADING)[2].strip())
        for path in sorted(PAGES.glob("*.md"))
        for line in path.read_text("utf-8").splitlines()
        if line.startswith("#") and HEADING in line
    )


def timetable_of(heading: str) -> str:
    """The name of the timetable in what `headings` gives."""
    return heading.partition(",")[0]


HEADING = "Worked examples: "
