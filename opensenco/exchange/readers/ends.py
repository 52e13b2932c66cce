"""What stands round a list and belongs to it, or does not: totals at its end, sheets beside it."""

import re
from collections.abc import Callable, Iterable, Sequence

from opensenco.exchange.readers.fields import Fields, heading_key
from opensenco.exchange.readers.table import Broken, Row
from opensenco.exchange.readers.workbook import Cells, Workbook
from opensenco.kernel.words import Sentence, counted

#: how the line begins in which a system counts what stands above it, or says when it was printed
_LAST_WORDS = re.compile(
    r"(grand |sub-?)?totals?\b|(number|no\.?|count) of\b|\d+ (pupils|students|rows|records)\b|"
    r"(printed|generated|produced|exported|created|report)\b.*\d|end of (the )?(list|report)\b",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[^\W\d_]")
#: two rows with the same in these are of one person
_TELLING = frozenset({"upn", "surname", "forename", "full_name", "birth_date"})
Rows = tuple[Row | Broken, ...]


def without_totals(rows: Rows) -> tuple[Rows, int]:
    """Give rows without the lines at their end that only count or sign the list, and how many."""
    kept = len(rows)
    while kept and _is_no_row(rows[kept - 1].cells):
        kept -= 1
    return rows[:kept], len(rows) - kept


def _is_no_row(cells: Sequence[str]) -> bool:
    said = [text for cell in cells if (text := cell.strip())]
    return (
        bool(said)
        and _LAST_WORDS.match(said[0]) is not None
        and not any(_LETTER.search(text) for text in said[1:])
    )


def said_of_totals(count: int) -> Sentence:
    """Say that so many lines at the end were left out."""
    return counted(
        "The last line only counts or signs the list. It was left out.",
        "The last {count} lines only count or sign the list. They were left out.",
        count=count,
    )


def beside(
    book: Workbook, name: str, header: Sequence[str], rows: Rows, fields: Fields,
    line_of: Callable[[Cells], int],
) -> tuple[Rows, tuple[str, ...]]:  # fmt: skip
    """Give rows with those of other sheets under the same headings, as a sheet for each class.

    A sheet that names somebody again is another list, as that of another year, and is left. Lines
    of further sheets are counted on from the last line before them.

    Args:
        line_of: gives the line of the headings of a sheet, 0 where there is none.

    Returns:
        All rows, and the names of the sheets that were joined.
    """
    joined: list[str] = []
    keys = [heading_key(cell) for cell in header]
    guess = fields.guess(header, [tuple(row.cells) for row in rows[:10] if isinstance(row, Row)])
    places = [n for n, code in enumerate(guess.fields) if code in _TELLING]
    seen = _named(rows, places)
    for one in book.sheets:
        if one.hidden or one.name == name:
            continue
        cells = book.cells(one.name)
        line = line_of(cells)
        found = list(cells.records(line)) if line else []
        if not found or not isinstance(found[0], Row):
            continue
        if [heading_key(cell) for cell in found[0].cells] != keys:
            continue
        more, _totals = without_totals(tuple(found[1:]))
        named = _named(more, places)
        if not places or not named or seen & named:
            continue
        rows = (*rows, *_moved(more, rows[-1].line if rows else 1))
        seen |= named
        joined.append(one.name)
    return rows, tuple(joined)


def _named(rows: Iterable[Row | Broken], places: Sequence[int]) -> set[tuple[str, ...]]:
    whole = (row for row in rows if isinstance(row, Row))
    return {tuple(row.cells[place].strip().casefold() for place in places) for row in whole}


def _moved(rows: Rows, by: int) -> Rows:
    return tuple(
        Row(row.line + by, row.cells)
        if isinstance(row, Row)
        else Broken(row.line + by, row.last_line + by, row.reason, row.cells)
        for row in rows
    )
