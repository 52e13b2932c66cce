"""Small workbooks for tests, as people have them."""

import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

import xlsxwriter


def book_of(
    rows: Iterable[Sequence[Any]],
    *,
    sheet: str = "Pupils",
    more: Callable[[Any, Any], None] | None = None,
) -> bytes:
    """Write rows into the first sheet of a workbook; `more` is given the book and that sheet."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet(sheet)
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, date):
                page.write_datetime(number, column, value, day)
            else:
                page.write(number, column, value)
    if more:
        more(book, page)
    book.close()
    return out.getvalue()


def with_part(book: bytes, name: str, content: bytes) -> bytes:
    """Put a part into a workbook, or another in the place of one."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(book)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            if part.filename != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return out.getvalue()


def part_of(book: bytes, name: str) -> bytes:
    """Give a part of a workbook."""
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        return archive.read(name)
