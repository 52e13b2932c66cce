"""What every kind of list becomes: rows of plain values, and rows that could not be read."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from opensenco.exchange.readers.fields import Fields
from opensenco.exchange.readers.lists import Table, layout_of, unused, with_dates
from opensenco.exchange.readers.one_row import Layout, OneRow, Refused, refused
from opensenco.exchange.readers.table import HAS_NUL, Row
from opensenco.exchange.readers.words import Fault, Note
from opensenco.kernel.words import Sentence, sentence

Values = dict[str, Any]


@dataclass(frozen=True, slots=True, repr=False)
class Item:
    """What one row says, as JSON holds it, and what to know about it."""

    line: int
    values: Values
    notes: tuple[Note, ...] = ()
    part: int = 0


@dataclass(frozen=True, slots=True, repr=False)
class Part:
    """One of several things that a row says; with faults it alone is refused."""

    values: Values
    faults: tuple[Fault, ...] = ()
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
    read: Callable[[OneRow], Values | Sequence[Part]],
) -> ListFile:
    """Read the rows of a table.

    Args:
        mapping: of headings, where a person has said what they hold; else they are guessed.
        read: gives what a row says, or each of the several things that it says; what is wrong with
            it as a whole it tells the row. A value that is empty is left out, so that an empty cell
            changes nothing. A row that says nothing at all, no part, is passed over.

    Raises:
        FileRefused: a field that is needed has no column, or a field has two.
    """
    columns = layout_of(table, fields, mapping)
    layout = Layout(table.header, columns)
    rows = with_dates(table, [place for code in fields.dates for place in columns.get(code, ())])
    items: list[Item] = []
    wrong: list[Refused] = []
    for row in rows:
        if not isinstance(row, Row):
            wrong.append(refused(row.line, _reason(row), row.cells))
            continue
        for one in _parts(row, layout, read, fields.dates):
            if isinstance(one, Item):
                items.append(one)
            else:
                wrong.append(one)
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


def _parts(
    row: Row,
    layout: Layout,
    read: Callable[[OneRow], Values | Sequence[Part]],
    dates: Iterable[str],
) -> list[Item | Refused]:
    if any("\0" in cell for cell in row.cells):
        return [refused(row.line, sentence(HAS_NUL), row.cells)]
    one = OneRow(row, layout)
    said = read(one)
    one.odd_letters(tuple(layout.columns))
    one.notes += one.odd_weekdays(sorted(dates)).values()
    if one.faults:
        return [Refused(row.line, tuple(one.faults), tuple(row.cells))]
    parts = [Part(said)] if isinstance(said, dict) else said
    return [_part(row, one, part, number) for number, part in enumerate(parts)]


def _part(row: Row, one: OneRow, part: Part, number: int) -> Item | Refused:
    if part.faults:
        return Refused(row.line, part.faults, tuple(row.cells), number)
    given = {name: value for name, value in part.values.items() if value not in ("", None, [])}
    # what is to be known of the whole row is said once
    notes = (*(one.notes if number == 0 else ()), *part.notes)
    return Item(row.line, given, notes, number)
