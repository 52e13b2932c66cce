"""A list that goes out: its heads, its rows, and what a cell can be."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from enum import StrEnum

from django.utils.functional import Promise

from opensenco.kernel.clock import london_time

#: words, a day, a moment (with its zone), a whole number, or nothing
Cell = str | Promise | date | datetime | int | None
#: the same once it is tidied
Held = str | date | datetime | int | None
#: more rows than any list of ours has; a sheet holds about ten times as many
MOST = 100_000
#: what neither a spreadsheet nor XML can hold: controls but tab and line break, halves of letters,
#: and the two places of Unicode that are no letters
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class Kind(StrEnum):
    """The kinds of file that a list is given as; the value is also the ending of its name."""

    XLSX = "xlsx"
    CSV = "csv"


class Table:
    """A list as it goes into a file.

    Args:
        title: what the list is, for the sheet; never a child's name.
        heads: the words over the columns.
        rows: the cells. Words are tidied so that every program can hold them; a moment becomes
            what a clock in London showed.

    Raises:
        ValueError: a row has more or fewer cells than there are heads, or a moment has no zone.
        TypeError: a cell is something else, such as True or 1.5.
    """

    def __init__(
        self,
        title: str | Promise,
        heads: Iterable[str | Promise],
        rows: Iterable[Sequence[Cell]],
    ) -> None:
        self.title = words(str(title))
        self.heads = [words(str(head)) for head in heads]
        self.rows = [[_cell(cell) for cell in row] for row in rows]
        #: what a reader should know of it; a workbook has it on a sheet of its own
        self.about: list[tuple[str, Held]] = []
        if any(len(row) != len(self.heads) for row in self.rows):
            raise ValueError("A row of this list has not as many cells as the list has heads.")


def words(text: str) -> str:
    """`text` with single line breaks and without what a spreadsheet cannot hold."""
    return _UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _cell(cell: Cell) -> Held:
    if isinstance(cell, bool) or not isinstance(cell, Cell):
        raise TypeError("A cell is words, a day, a moment, a whole number or nothing.")
    if isinstance(cell, datetime):
        return london_time(cell).replace(tzinfo=None, second=0, microsecond=0)
    return words(str(cell)) if isinstance(cell, str | Promise) else cell
