"""Excel workbooks as people have them: sheets of text, with what their cells mean and no more.

Values only: a formula gives the result that was saved. Dates come as dates, whole numbers without
a decimal point, and a cell that is merged downwards gives its value to each of its rows.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from opensenco.exchange.readers import bombs
from opensenco.exchange.readers.table import Broken, Row
from opensenco.exchange.readers.words import FileRefused
from opensenco.kernel.words import Sentence, mark, sentence

FORMULAS = mark("The workbook calculates. We read the results as they were saved.")
MERGED_DOWN = mark("Cells that are merged downwards count for each of their rows.")
MERGED_ACROSS = mark("Cells of this row are merged with others. Divide them in the spreadsheet.")
TOO_WIDE = mark("This row has something to the right of the headings.")
HIDDEN_READ = mark(
    "The sheet “{name}” is hidden in the workbook. Check that it is the one you mean."
)
HIDDEN_LEFT = mark("The workbook has hidden sheets ({names}). They were not read.")
_WHOLE = 10**15
Grid = list[list[str]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook."""

    name: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Workbook:
    """A workbook that is safe to read."""

    sheets: tuple[Sheet, ...]
    safe: bombs.Safe
    _book: Any = field(repr=False)

    def cells(self, name: str) -> "Cells":
        """Give the cells of a sheet as text.

        Raises:
            FileRefused: the sheet cannot be read.
        """
        return Cells(_guarded(lambda: self._book.get_sheet_by_name(name)))


def open_workbook(given: Path | bytes) -> Workbook:
    """Look at a workbook and open it.

    Raises:
        FileRefused: see `bombs.check`; or there is no sheet in it.
    """
    content = given if isinstance(given, bytes) else given.read_bytes()
    safe = bombs.check(io.BytesIO(content))
    book = _guarded(lambda: CalamineWorkbook.from_filelike(io.BytesIO(content)))
    sheets = tuple(
        Sheet(one.name, one.visible != SheetVisibleEnum.Visible) for one in book.sheets_metadata
    )
    if not sheets:
        raise FileRefused(sentence("This workbook has no sheet."))
    return Workbook(sheets, safe, book)


def _guarded(ask: Any) -> Any:
    """Ask the reader, whose faults are the file's."""
    try:
        return ask()
    except CalamineError:
        raise FileRefused(sentence(bombs.DAMAGED)) from None
    except BaseException as fault:
        # what the reader did not expect comes as a panic, which is no Exception
        if type(fault).__name__ == "PanicException":
            raise FileRefused(sentence(bombs.DAMAGED)) from None
        raise


class Cells:
    """The cells of one sheet as text, rows counted from 1 as the spreadsheet does."""

    def __init__(self, sheet: CalamineSheet) -> None:
        values = _guarded(lambda: sheet.to_python(skip_empty_area=False))
        self.grid: Grid = [[_text(value) for value in row] for row in values]
        self.merged_down = False
        self._across: set[int] = set()
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
            self._merge(top, left, bottom, right)

    def _merge(self, top: int, left: int, bottom: int, right: int) -> None:
        if top >= len(self.grid):
            return
        if right > left:
            self._across.update(range(top, min(bottom, len(self.grid) - 1) + 1))
            return
        self.merged_down = True
        value = self.grid[top][left] if left < len(self.grid[top]) else ""
        for row in self.grid[top : bottom + 1]:
            if left < len(row):
                row[left] = value

    def head(self, count: int) -> Iterator[tuple[int, list[str]]]:
        """The first rows that are not blank, by line, to find the headings among."""
        for line, cells in enumerate(self.grid[:count], start=1):
            if any(cell.strip() for cell in cells):
                yield line, cells

    def records(self, header_line: int) -> Iterator[Row | Broken]:
        """The row with the headings and every row after it that is not blank."""
        header = _trimmed(self.grid[header_line - 1])
        width = len(header)
        yield Row(header_line, header)
        for line, cells in enumerate(self.grid[header_line:], start=header_line + 1):
            if not any(cell.strip() for cell in cells):
                continue
            reason = self._wrong(line, cells, width)
            if reason:
                yield Broken(line, line, reason, tuple(cells[:width]))
            else:
                yield Row(line, [*cells[:width], *[""] * (width - len(cells))])

    def _wrong(self, line: int, cells: Sequence[str], width: int) -> Sentence | None:
        if line - 1 in self._across:
            return sentence(MERGED_ACROSS)
        if any(cell.strip() for cell in cells[width:]):
            return sentence(TOO_WIDE)
        return None


def _trimmed(cells: Sequence[str]) -> list[str]:
    """A header without the blank cells at its end."""
    last = max((place for place, cell in enumerate(cells) if cell.strip()), default=-1)
    return list(cells[: last + 1])


def _text(value: object) -> str:
    """A cell as somebody would have typed it. Identifiers are text (rule IMP-04)."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < _WHOLE else repr(value)
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds") if value.time() != time() else _iso(value.date())
    return _iso(value) if isinstance(value, date) else str(value)


def _iso(day: date) -> str:
    return day.isoformat()
