"""A table as a workbook for Excel: values only, with no formula, no link and no macro in it."""

import io
import re
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from opensenco.exchange.out.table import Table

#: what one cell of a sheet can hold, counted as Excel counts: some signs are two
MOST_LETTERS = 32_767
#: whole numbers beyond this lose digits in a sheet, and are written as words
MOST_EXACT = 2**53
#: days that Excel counts wrong or not at all are written as words
FIRST_DAY = date(1900, 3, 1)
NARROWEST, WIDEST = 9, 60
#: the number by which sheets of paper are called there
A4 = 9
#: how many rows a column's width is measured by
MEASURED = 200
_STARTS = ("=", "+", "-", "@", "\t", "'")
_NO_SHEET = re.compile(r"[\[\]:*?/\\]")
#: nothing that was typed becomes anything but words; nothing personal is put on the disk meanwhile
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def written(table: Table) -> bytes:
    """Give a table as XLSX: heads that stay, days as days, columns as wide as what is in them.

    Words longer than a cell can hold end with a sentence that says so.
    """
    out = io.BytesIO()
    book: Any = Workbook(out, _OPTIONS)
    book.set_properties({"title": table.title, "author": "OpenSENCO"})
    sheet = book.add_worksheet(_sheet_name(table.title))
    forms = _forms(book)
    for column, head in enumerate(table.heads):
        sheet.set_column(column, column, _width(table, column))
        sheet.write_string(0, column, head[:MOST_LETTERS], forms["head"])
    for number, row in enumerate(table.rows, start=1):
        for column, cell in enumerate(row):
            _put(sheet, number, column, cell, forms)
    # the heads stay above, and the first column, which says whose row it is, at the side
    sheet.freeze_panes(1, 1)
    if table.rows and table.heads:
        sheet.autofilter(0, 0, len(table.rows), len(table.heads) - 1)
    _as_printed(sheet, table.title)
    if table.about:
        _about(book, table, forms)
    book.close()
    return out.getvalue()


def _as_printed(sheet: Any, title: str) -> None:
    """Let a print be A4 across, as wide as the page, with its heads and numbers on every page."""
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    words = {"title": title[:80].replace("&", "&&"), "page": "&P", "pages": "&N"}
    sheet.set_footer(_("&L%(title)s. Private.&RPage %(page)s of %(pages)s") % words)


def _about(book: Any, table: Table, forms: dict[str, Any]) -> None:
    """Write what a reader of the file should know of it on a sheet of its own."""
    sheet = book.add_worksheet(_sheet_name(_("About this list")))
    sheet.set_column(0, 0, NARROWEST * 2)
    sheet.set_column(1, 1, WIDEST)
    for number, (label, cell) in enumerate(table.about):
        sheet.write_string(number, 0, label[:MOST_LETTERS], forms["head"])
        _put(sheet, number, 1, cell, forms)


def _forms(book: Any) -> dict[str, Any]:
    return {
        "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
        "words": book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"}),
        # Excel would take it for a formula once somebody edits the cell.
        "quoted": book.add_format(
            {"num_format": "@", "text_wrap": True, "valign": "top", "quote_prefix": True}
        ),
        "day": book.add_format({"num_format": "dd/mm/yyyy", "valign": "top", "align": "left"}),
        "moment": book.add_format(
            {"num_format": "dd/mm/yyyy hh:mm", "valign": "top", "align": "left"}
        ),
        "number": book.add_format({"num_format": "0", "valign": "top"}),
    }


def _put(sheet: Any, row: int, column: int, cell: str | date | int | None, forms: Any) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, date) and _day_of(cell) >= FIRST_DAY:
        form = forms["moment" if isinstance(cell, datetime) else "day"]
        sheet.write_datetime(row, column, cell, form)
    elif isinstance(cell, int) and abs(cell) <= MOST_EXACT:
        sheet.write_number(row, column, cell, forms["number"])
    else:
        words = cell if isinstance(cell, str) else str(cell)
        form = forms["quoted" if words.startswith(_STARTS) else "words"]
        sheet.write_string(row, column, _that_fits(words), form)


def _day_of(cell: date) -> date:
    return cell.date() if isinstance(cell, datetime) else cell


def _that_fits(words: str) -> str:
    if len(units := words.encode("utf-16-le")) <= 2 * MOST_LETTERS:
        return words
    end = "\n" + _("(Cut here: a spreadsheet’s cell holds no more. The CSV file has it all.)")
    room = 2 * MOST_LETTERS - len(end.encode("utf-16-le"))
    return units[:room].decode("utf-16-le", "ignore") + end


def _width(table: Table, column: int) -> int:
    """Give the width of a column in letters, by its longest line."""
    cells = [table.heads[column], *(row[column] for row in table.rows[:MEASURED])]
    lines = (len(line) for cell in cells if cell is not None for line in str(cell).split("\n"))
    return min(max(NARROWEST, max(lines, default=0) + 2), WIDEST)


def _sheet_name(title: str) -> str:
    return _NO_SHEET.sub(" ", title)[:31].strip("' \n\t") or "1"
