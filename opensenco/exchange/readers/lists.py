"""A list in any file that people have: its headings, its rows, and what to know about them.

The kind of file is told by what is in it, never by its name. What a CSV file and the sheets of a
workbook have in common is here; what the columns mean, each kind of list says.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

from opensenco.exchange.readers.cells import as_written, squeezed, tidy
from opensenco.exchange.readers.ends import beside, said_of_totals, without_totals
from opensenco.exchange.readers.fields import Fields, Guess, heading_key
from opensenco.exchange.readers.source import MEGABYTE, Source, examine, refuse_too_large
from opensenco.exchange.readers.table import (
    HEADER_WITHIN,
    Broken,
    Row,
    Shape,
    find_shape,
    records,
)
from opensenco.exchange.readers.values import written_month_first
from opensenco.exchange.readers.words import FileRefused, NotUnderstood
from opensenco.exchange.readers.workbook import (
    FORMULAS,
    HIDDEN_LEFT,
    HIDDEN_READ,
    MERGED_DOWN,
    Cells,
    Sheet,
    Workbook,
    open_workbook,
)
from opensenco.kernel.words import Sentence, counted, sentence

LARGEST = 20 * MEGABYTE
MOST_ROWS = 20_000
MOST_COLUMNS = 300
SAMPLE_ROWS = 20
LONGEST_ABOVE = 1_000
_ZIP = b"PK"
_SERIAL = re.compile(r"[1-9]\d{4}(\.\d+)?", re.A)
_DAY_NOUGHT = {False: date(1899, 12, 30), True: date(1904, 1, 1)}
Score = Callable[[Sequence[str]], int]


@dataclass(frozen=True, slots=True)
class Opened:
    """A file whose kind is known. Of a CSV file `sheets` is empty."""

    source: Source
    book: Workbook | None = field(default=None, repr=False)

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """The sheets of a workbook."""
        return self.book.sheets if self.book else ()


@dataclass(frozen=True, slots=True)
class Table:
    """The list in a file: its headings, some rows for a look, and all rows.

    `delimiter` is that of a CSV file; `sheet` the name of the sheet that holds the list.
    """

    source: Source
    header: tuple[str, ...]
    sample: tuple[tuple[str, ...], ...] = field(repr=False)
    rows: tuple[Row | Broken, ...] = field(repr=False)
    notes: tuple[Sentence, ...] = ()
    delimiter: str = ""
    sheet: str = ""
    since_1904: bool | None = None
    #: the lines above the headings, where a report has its title
    above: tuple[tuple[str, ...], ...] = field(default=(), repr=False)


def open_file(given: Path | bytes, largest: int = LARGEST) -> Opened:
    """Find what kind of file this is, by what is in it.

    Raises:
        FileRefused: it cannot be opened, is empty, too large, of another kind or not safe.
    """
    if not _begins(given).startswith(_ZIP):
        return Opened(examine(given, largest))
    content = given if isinstance(given, bytes) else given.read_bytes()
    refuse_too_large(len(content), largest)
    digest = hashlib.sha256(content).hexdigest()
    return Opened(Source(content, len(content), digest, "utf-8", 0, False), open_workbook(content))


def _begins(given: Path | bytes) -> bytes:
    if isinstance(given, bytes):
        return given[: len(_ZIP)]
    try:
        with given.open("rb") as file:
            return file.read(len(_ZIP))
    except OSError:
        raise FileRefused(sentence("We cannot open this file. Choose it again.")) from None


def read_table(
    opened: Opened, fields: Fields, mapping: Mapping[str, str] | None = None, sheet: str = "",
    *, lenient: bool = False,
) -> Table:  # fmt: skip
    """Find the list in a file and read its rows.

    Args:
        mapping: of headings, where a person has said what they hold.
        sheet: the sheet that a person has chosen; else the one that knows most headings is taken,
            and a hidden one only where no other knows any.
        lenient: where no heading is known take the first row for the headings, for a person to say.

    Raises:
        FileRefused: there is no row with headings, or more than a list can have.
    """
    score = _score(fields, None if mapping is None else {column_key(name) for name in mapping})
    table = (
        _of_workbook(opened, opened.book, (score, fields), sheet, lenient=lenient)
        if opened.book
        else _of_text(opened.source, score, lenient=lenient)
    )
    if len(table.header) > MOST_COLUMNS:
        raise FileRefused(sentence("This file has more than {limit} columns.", limit=MOST_COLUMNS))
    rows, totals = without_totals(table.rows)
    if not totals:
        return table
    return replace(table, rows=rows, notes=(*table.notes, said_of_totals(totals)))


def _score(fields: Fields, wanted: set[str] | None) -> Score:
    def score(cells: Sequence[str]) -> int:
        chosen = sum(squeezed(cell) in wanted for cell in cells) if wanted else 0
        return chosen or fields.known_headings(cells)

    return score


def _of_text(source: Source, score: Score, *, lenient: bool) -> Table:
    with source.open_text() as stream:
        shape = find_shape(stream, score)
    if shape is None and lenient:
        with source.open_text() as stream:
            shape = find_shape(stream, len) or Shape(",", 1)
    if shape is None:
        raise no_header()
    with source.open_text() as stream:
        header, rows = _divided(records(stream, shape))
    with source.open_text() as stream:
        above = tuple((line[:LONGEST_ABOVE],) for line in islice(stream, shape.header_line - 1))
    return Table(
        source, header, _sample(rows), rows, _notes(source), delimiter=shape.delimiter, above=above
    )


def _of_workbook(
    opened: Opened, book: Workbook, known_by: tuple[Score, Fields], wanted: str, *, lenient: bool
) -> Table:
    score, fields = known_by
    best: tuple[int, bool, str, int, Cells] | None = None
    for one in book.sheets:
        if wanted and one.name != wanted:
            continue
        cells = book.cells(one.name)
        line, value = _best_line(cells, score, lenient=lenient)
        known = bool(value), not one.hidden, value
        if line and (best is None or known > (bool(best[0]), best[1], best[0])):
            best = value, not one.hidden, one.name, line, cells
    if best is None:
        raise no_header()
    _value, _shown, name, line, cells = best
    header, rows = _divided(cells.records(line))
    joined: tuple[str, ...] = ()
    if not wanted:
        together, joined = beside(
            book, name, header, without_totals(rows)[0], fields,
            lambda one: _best_line(one, score, lenient=False)[0],
        )  # fmt: skip
        rows = together if joined else rows
        _refuse_too_many(rows)
    return Table(
        opened.source, header, _sample(rows), rows, _notes_of_book(book, name, cells, joined),
        sheet=name, since_1904=book.safe.since_1904,
        above=tuple(tuple(one) for number, one in cells.head(HEADER_WITHIN) if number < line),
    )  # fmt: skip


def _best_line(cells: Cells, score: Score, *, lenient: bool) -> tuple[int, int]:
    """The line of the headings and how many of them are known; 0 where there is none."""
    lines = list(cells.head(HEADER_WITHIN))
    found = max(((score(one), -line) for line, one in lines), default=(0, 0))
    if found[0]:
        return -found[1], found[0]
    return (lines[0][0], 0) if lenient and lines else (0, 0)


def _divided(several: Iterator[Row | Broken]) -> tuple[tuple[str, ...], tuple[Row | Broken, ...]]:
    """The headings, and every row after them."""
    found = list(islice(several, MOST_ROWS + 2))
    if not found or not isinstance(found[0], Row) or any("\0" in c for c in found[0].cells):
        raise no_header()
    _refuse_too_many(found[1:])
    return tuple(found[0].cells), tuple(found[1:])


def _refuse_too_many(rows: Sequence[Row | Broken]) -> None:
    if len(rows) > MOST_ROWS:
        raise FileRefused(
            sentence(
                "This file has more than {limit} rows. Divide it and send the parts.",
                limit=MOST_ROWS,
            )
        )


def _sample(rows: Sequence[Row | Broken]) -> tuple[tuple[str, ...], ...]:
    whole = (tuple(row.cells) for row in rows[:SAMPLE_ROWS] if isinstance(row, Row))
    return tuple(whole)


def no_header() -> FileRefused:
    """The refusal of a file without headings that we know."""
    return NotUnderstood(
        sentence(
            "We cannot find the row with the headings. The list needs columns such as Surname, "
            "Forename and Date of birth, with their names above them."
        )
    )


def layout_of(
    table: Table, fields: Fields, mapping: Mapping[str, str] | None
) -> dict[str, tuple[int, ...]]:
    """Which columns hold which field, as a person said or as we guess.

    Raises:
        FileRefused: a field that is needed has no column, or a field has two.
    """
    if mapping is None:
        guess = fields.guess(table.header, table.sample)
        _refuse_doubled(table.header, guess, fields)
    else:
        guess = _as_mapped(table.header, mapping, fields)
    for code in guess.missing:
        raise NotUnderstood(sentence(fields.by_code[code].missing))
    columns = {
        code: tuple(place for place, other in enumerate(guess.fields) if other == code)
        for code in fields.by_code
        if code in guess.fields
    }
    _refuse_month_first(table, [p for code in fields.dates for p in columns.get(code, ())])
    return columns


def _as_mapped(header: Sequence[str], mapping: Mapping[str, str], fields: Fields) -> Guess:
    wanted = {column_key(heading): code for heading, code in mapping.items()}
    keys = column_keys(header)
    chosen = tuple(wanted.get(key) for key in keys)
    if set(wanted) - set(keys):
        raise NotUnderstood(
            sentence("A column that was chosen is not in this file. Choose the columns again.")
        )
    for code in fields.by_code:
        if code not in fields.repeated and chosen.count(code) > 1:
            raise _doubled(header[chosen.index(code)])
    return Guess(chosen, (), fields.missing(chosen))


def column_keys(header: Sequence[str]) -> list[str]:
    """A name for each column by its heading; of several with one heading the second has "|2"."""
    seen: Counter[str] = Counter()
    keys = []
    for heading in header:
        key = squeezed(heading)
        seen[key] += 1
        keys.append(key if seen[key] == 1 else f"{key}|{seen[key]}")
    return keys


def column_key(heading: str) -> str:
    """The name of a column that a person named by its heading, or by `column_keys`."""
    before, bar, number = heading.rpartition("|")
    return f"{squeezed(before)}|{number}" if bar and number.isdigit() else squeezed(heading)


def _refuse_doubled(header: Sequence[str], guess: Guess, fields: Fields) -> None:
    keys = [heading_key(heading) for heading in header]
    for heading, code in zip(header, guess.fields, strict=True):
        if code and code not in fields.repeated and keys.count(heading_key(heading)) > 1:
            raise _doubled(heading)


def _doubled(heading: str) -> FileRefused:
    return NotUnderstood(
        sentence(
            "Two columns are for one field, “{heading}”. Take one of them out.",
            heading=tidy(heading),
        )
    )


def _refuse_month_first(table: Table, places: Sequence[int]) -> None:
    for place in places:
        texts = (tidy(as_written(row.cells[place])) for row in table.rows if isinstance(row, Row))
        if written_month_first(texts):
            raise FileRefused(
                sentence(
                    "The dates in column {number} have the month before the day. Set the "
                    "spreadsheet to British dates, or ask the system for the file again.",
                    number=place + 1,
                )
            )


def with_dates(table: Table, places: Sequence[int]) -> tuple[Row | Broken, ...]:
    """The rows, with a workbook's numbers for days written as days in some columns.

    Only a workbook says from when it counts its days, so a CSV file's numbers are left as they are.
    """
    if table.since_1904 is None or not places:
        return table.rows
    nought = _DAY_NOUGHT[table.since_1904]
    rows: list[Row | Broken] = []
    for row in table.rows:
        if isinstance(row, Row) and any(_SERIAL.fullmatch(row.cells[place]) for place in places):
            cells = list(row.cells)
            for place in places:
                if _SERIAL.fullmatch(cells[place]):
                    days = timedelta(days=int(cells[place].partition(".")[0]))
                    cells[place] = (nought + days).isoformat()
            rows.append(Row(row.line, cells))
        else:
            rows.append(row)
    return tuple(rows)


def unused(table: Table, columns: Mapping[str, Sequence[int]]) -> tuple[str, ...]:
    """The headings of columns that nobody reads."""
    taken = {place for places in columns.values() for place in places}
    headings = (tidy(text) for place, text in enumerate(table.header) if place not in taken)
    return tuple(heading for heading in headings if heading)


def _notes(source: Source) -> tuple[Sentence, ...]:
    told = []
    if source.unreadable:
        told.append(
            counted(
                "1 letter could not be read. Check the name that has it.",
                "{count} letters could not be read. Check the names that have them.",
                count=source.unreadable,
            )
        )
    if source.twice_written:
        told.append(
            counted(
                "1 letter is written in another way than the rest of the file, like “Ã«” for “ë”. "
                "Check the name that has it, or ask the system for the list again.",
                "{count} letters are written in another way than the rest of the file, like “Ã«” "
                "for “ë”. Check the names that have them, or ask the system for the list again.",
                count=source.twice_written,
            )
        )
    return tuple(told)


def _notes_of_book(
    book: Workbook, name: str, cells: Cells, joined: tuple[str, ...]
) -> tuple[Sentence, ...]:
    notes = []
    if any(one.hidden and one.name == name for one in book.sheets):
        notes.append(sentence(HIDDEN_READ, name=name))
    read = {name, *joined}
    others = [one.name for one in book.sheets if not one.hidden and one.name not in read]
    hidden = [one.name for one in book.sheets if one.hidden and one.name != name]
    if joined:
        told = "The sheets {names} have the same headings. They were read one under another."
        notes.append(sentence(told, names=", ".join((name, *joined))))
    elif len(book.sheets) > 1:
        notes.append(sentence("The list was read from the sheet “{name}”.", name=name))
    if others:
        notes.append(sentence("Other sheets were not read: {names}.", names=", ".join(others)))
    if hidden:
        notes.append(sentence(HIDDEN_LEFT, names=", ".join(hidden)))
    if book.safe.formulas:
        notes.append(sentence(FORMULAS))
    if cells.merged_down:
        notes.append(sentence(MERGED_DOWN))
    return tuple(notes)
