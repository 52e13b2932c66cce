"""Numbers of a school or an authority from the text of a file, CSV or TOML (CAL-16).

A CSV file has the columns of COLUMNS, in this order; a TOML file a table `[[number]]` for each row,
with these names. What may be set, and to what, is checked as everywhere else: see
`law/parameters.py`.
"""

import csv
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from io import StringIO
from typing import Any, NamedTuple

from opensenco.kernel.dates import parse_day
from opensenco.kernel.errors import Invalid
from opensenco.kernel.words import mark, sentence
from opensenco.law.parameters import Origin, Overlay, Parameters, check_overlay, known
from opensenco.law.rule import BadFact
from opensenco.law.rulebook.counting import CAL_16

COLUMNS = ("key", "from", "to", "value", "source", "origin")
ENTERED = (Origin.AUTHORITY, Origin.SCHOOL)
_OPTIONAL = "to"
_COLUMN_OF = {"first": "from", "last": "to"}


class _Row(NamedTuple):
    """A row as it stands in the file; `where` says in which line, or which number, it is."""

    where: str
    cells: Mapping[str, Any]


def read_numbers(text: str, name: str) -> Parameters:
    """The shipped numbers with those in `text` over them; a `name` that ends in .toml is TOML.

    Raises BadFact of the fact `numbers`, with the row and the column where one is wrong.
    """
    text = text.removeprefix("\ufeff")
    rows = _toml(text) if name.casefold().endswith(".toml") else _csv(text)
    overlays: list[Overlay] = []
    for row in rows:
        try:
            overlay = _overlay(row.cells)
            check_overlay(overlay, overlays)
        except Invalid as error:
            column = _COLUMN_OF.get(error.field, error.field)
            words = mark("{where}, {column}: {words}")
            told = sentence(words, where=row.where, column=column, words=str(error))
            raise BadFact(CAL_16.id, "numbers", told) from None
        overlays.append(overlay)
    return Parameters(overlays)


def _csv(text: str) -> Iterator[_Row]:
    lines = csv.reader(StringIO(text, newline=""), strict=True)
    try:
        head = tuple(cell.strip().casefold() for cell in next(lines, []))
        if head != COLUMNS:
            words = mark("The first line of the numbers must be: {columns}.")
            raise _bad(words, columns=",".join(COLUMNS))
        for cells in lines:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(COLUMNS):
                words = mark("Line {line} must have six parts: {columns}.")
                raise _bad(words, line=lines.line_num, columns=", ".join(COLUMNS))
            given = {column: cell.strip() for column, cell in zip(COLUMNS, cells, strict=True)}
            yield _Row(f"Line {lines.line_num}", given)
    except csv.Error:
        words = mark("Line {line} is not well written; look at its quotation marks.")
        raise _bad(words, line=lines.line_num) from None


def _toml(text: str) -> Iterator[_Row]:
    try:
        data = tomllib.loads(text.replace("\r\n", "\n"))
    except (ValueError, RecursionError) as error:
        raise _bad(mark("This is not TOML: {why}."), why=str(error).rstrip(".")) from None
    rows = data.pop("number", [])
    if data or not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise _bad(mark("Write a table [[number]] for each row, and nothing else."))
    for position, row in enumerate(rows, start=1):
        yield _Row(f"Number {position}", row)


def _overlay(cells: Mapping[str, Any]) -> Overlay:
    for column in COLUMNS:
        if cells.get(column, "") == "" and column != _OPTIONAL:
            raise Invalid(column, mark("This is needed."))
    for column in cells:
        if column not in COLUMNS:
            words = mark("There is no such column. There is: {columns}.")
            raise Invalid(str(column), sentence(words, columns=", ".join(COLUMNS)))
    return Overlay(
        key=_key(cells["key"]),
        first=_day("from", cells["from"]),
        last=_day("to", cells["to"]) if cells.get("to", "") != "" else None,
        value=_value(cells["key"], cells["value"]),
        source=_source(cells["source"]),
        origin=_origin(cells["origin"]),
    )


def _key(cell: Any) -> str:
    settable = [key for key, each in known().items() if each.settable]
    if isinstance(cell, str) and cell in known():
        return cell
    near = get_close_matches(str(cell), settable, n=1) or sorted(settable)
    words = mark("There is no number of this name. There is: {names}.")
    raise Invalid("key", sentence(words, names=", ".join(near)))


def _day(column: str, cell: Any) -> date:
    if type(cell) is date:
        return parse_day(cell.isoformat(), column)
    return parse_day(cell if isinstance(cell, str) else "", column)


def _value(key: str, cell: Any) -> Any:
    """The value in the kind that the number has; what is of another kind is left, to be refused."""
    kind = type(known()[key].table.rows[0].value)
    if isinstance(cell, str) and kind is int and cell.isascii() and cell.isdigit():
        return int(cell) if len(cell) <= 9 else cell
    return _day("value", cell) if kind is date else cell


def _source(cell: Any) -> str:
    if not isinstance(cell, str):
        raise Invalid("source", mark("Write it in words."))
    return " ".join(cell.split())


def _origin(cell: Any) -> Origin:
    if cell not in ENTERED:
        raise Invalid("origin", mark("Write authority or school."))
    return Origin(cell)


def _bad(template: str, **values: str | int) -> BadFact:
    return BadFact(CAL_16.id, "numbers", sentence(template, **values))
