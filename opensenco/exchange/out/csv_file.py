"""A table as CSV."""

import csv
import io
from datetime import date, datetime

from opensenco.exchange.out.table import Table
from opensenco.exchange.readers.cells import made_harmless


def written(table: Table) -> bytes:
    """Give a table as CSV: UTF-8 with its mark, CRLF, days as 2027-03-10, formulas harmless.

    Rule IMP-12: words that begin like a formula get an apostrophe before them.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(made_harmless(head) for head in table.heads)
    writer.writerows([_text(cell) for cell in row] for row in table.rows)
    return out.getvalue().encode("utf-8-sig")


def _text(cell: str | date | int | None) -> str:
    if isinstance(cell, str):
        return made_harmless(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "minutes")
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else str(cell)
