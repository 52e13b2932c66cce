"""What every kind of list becomes: rows of plain values, and rows that could not be read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from opensenco.exchange.readers.fields import Fields
from opensenco.exchange.readers.lists import Table, layout_of, unused, with_dates
from opensenco.exchange.readers.one_row import Layout, OneRow, Refused, refused
from opensenco.exchange.readers.table import HAS_NUL, Row
from opensenco.exchange.readers.words import Note
from opensenco.kernel.words import Sentence, sentence

Values = dict[str, Any]


@dataclass(frozen=True, slots=True, repr=False)
class Item:
    """What one row says, as JSON holds it, and what to know about it."""

    line: int
    values: Values
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class ListFile:
    """A list, read. `used` gives the headings read for each field, in the order of the fields.

    `cells` are those of each row as they stood, by line, for rows that are refused later on.
    """

    items: tuple[Item, ...]
    refused: tuple[Refused, ...]
    used: Mapping[str, tuple[str, ...]]
    unused: tuple[str, ...]
    header: tuple[str, ...]
    digest: str
    notes: tuple[Sentence, ...] = ()
    sheet: str = ""
    cells: Mapping[int, tuple[str, ...]] = field(default_factory=dict, repr=False)


def read_list(
    table: Table,
    fields: Fields,
    mapping: Mapping[str, str] | None,
    read: Callable[[OneRow], Values],
) -> ListFile:
    """Read the rows of a table.

    Args:
        mapping: of headings, where a person has said what they hold; else they are guessed.
        read: gives what a row says; what is wrong it tells the row. A value that is empty is left
            out, so that an empty cell changes nothing.

    Raises:
        FileRefused: a field that is needed has no column, or a field has two.
    """
    columns = layout_of(table, fields, mapping)
    layout = Layout(table.header, columns)
    rows = with_dates(table, [place for code in fields.dates for place in columns.get(code, ())])
    items: list[Item] = []
    wrong: list[Refused] = []
    for row in rows:
        one = _one(row, layout, read) if isinstance(row, Row) else None
        if isinstance(one, Item):
            items.append(one)
        else:
            wrong.append(one or refused(row.line, _reason(row), row.cells))
    return ListFile(
        items=tuple(items),
        refused=tuple(wrong),
        used={code: layout.headings(code) for code in fields.by_code if code in columns},
        unused=unused(table, columns),
        header=table.header,
        digest=table.source.digest,
        notes=table.notes,
        sheet=table.sheet,
        cells={row.line: tuple(row.cells) for row in rows},
    )


def _reason(row: Any) -> Sentence:
    reason: Sentence = row.reason
    return reason


def _one(row: Row, layout: Layout, read: Callable[[OneRow], Values]) -> Item | Refused:
    if any("\0" in cell for cell in row.cells):
        return refused(row.line, sentence(HAS_NUL), row.cells)
    one = OneRow(row, layout)
    values = read(one)
    one.odd_letters(tuple(layout.columns))
    if one.faults:
        return Refused(row.line, tuple(one.faults), tuple(row.cells))
    given = {name: value for name, value in values.items() if value not in ("", None, [])}
    return Item(row.line, given, tuple(one.notes))
