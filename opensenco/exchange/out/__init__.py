"""Any list as a file for a spreadsheet: one table of typed cells, written as CSV or for Excel."""

from opensenco.exchange.out.answer import as_file, asked
from opensenco.exchange.out.table import MOST, Cell, Kind, Table

__all__ = ["MOST", "Cell", "Kind", "Table", "as_file", "asked"]
