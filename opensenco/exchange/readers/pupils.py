"""A pupil list as people have it: any common system's CSV, in, with nothing lost in silence."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path

from opensenco.exchange.readers.cells import as_written, made_harmless, squeezed, tidy
from opensenco.exchange.readers.pupil import Layout, PupilRow, Refused, Rules
from opensenco.exchange.readers.pupil_columns import (
    DATES,
    REPEATED,
    Guess,
    PupilField,
    guess_columns,
    known_headings,
    need_rank,
)
from opensenco.exchange.readers.pupil_doubles import settled
from opensenco.exchange.readers.pupil_row import read_row, refused
from opensenco.exchange.readers.source import MEGABYTE, Source, examine
from opensenco.exchange.readers.table import Broken, Row, Shape, find_shape, records
from opensenco.exchange.readers.values import NameOrder, written_month_first
from opensenco.exchange.readers.words import Fault, FileRefused
from opensenco.kernel.words import Sentence, counted, mark, sentence

LARGEST = 20 * MEGABYTE
MOST_ROWS = 20_000
MOST_COLUMNS = 300
_SAMPLE_ROWS = 20
_EXTRA_HEADINGS = (mark("Line"), mark("What is wrong"), mark("What to do"), mark("Left over"))


@dataclass(frozen=True, slots=True)
class PupilFile:
    """A pupil list, read. Every row that is not blank is a PupilRow or a Refused, in order.

    `used` gives the headings read for each field, `unused` those that were left out; `notes` are
    about the file as a whole; `source` says how it was written and carries its digest.
    """

    rows: tuple[PupilRow | Refused, ...]
    used: Mapping[PupilField, tuple[str, ...]]
    unused: tuple[str, ...]
    header: tuple[str, ...]
    delimiter: str
    source: Source
    notes: tuple[Sentence, ...] = ()

    @property
    def pupils(self) -> tuple[PupilRow, ...]:
        """The rows that were read."""
        return tuple(row for row in self.rows if isinstance(row, PupilRow))

    @property
    def refused(self) -> tuple[Refused, ...]:
        """The rows that were not."""
        return tuple(row for row in self.rows if isinstance(row, Refused))

    @property
    def fields(self) -> frozenset[PupilField]:
        """The fields that the file has columns for."""
        return frozenset(self.used)


@dataclass(frozen=True, slots=True)
class Preview:
    """The headings of a file, some of its rows, and what its columns probably are."""

    header: tuple[str, ...]
    sample: tuple[tuple[str, ...], ...] = field(repr=False)
    guess: Guess
    source: Source


def read_pupils(
    given: Path | bytes,
    mapping: Mapping[str, PupilField] | None = None,
    *,
    today: date,
    blank_sen_is_none: bool = False,
    name_order: NameOrder = NameOrder.SURNAME_COMMA,
) -> PupilFile:
    """Reads a pupil list in CSV.

    `mapping` says what each heading holds; without it the columns are guessed. `today` is the day
    on which dates of birth must lie in the past. `blank_sen_is_none` says that an empty SEN status
    means no SEN; else it means that nothing was said. `name_order` is for columns of whole names.

    Raises FileRefused, and nothing else, where the file as a whole cannot be read.
    """
    source = examine(given, LARGEST)
    table = _Table(source, None if mapping is None else {squeezed(name) for name in mapping})
    layout = _layout(table, mapping)
    rows = table.rows()
    _refuse_month_first(rows, layout)
    rules = Rules(today, blank_sen_is_none, name_order)
    read = [
        read_row(row, layout, rules)
        if isinstance(row, Row)
        else refused(row.line, row.reason, row.cells)
        for row in rows
    ]
    cells = {row.line: tuple(row.cells) for row in rows}
    return PupilFile(
        rows=settled(read, cells),
        used={kind: layout.headings(kind) for kind in layout.columns},
        unused=_unused(layout),
        header=layout.header,
        delimiter=table.shape.delimiter,
        source=source,
        notes=_notes(source),
    )


def preview_pupils(given: Path | bytes) -> Preview:
    """The headings, a few rows and the guess, for a page on which a person maps the columns.

    Raises FileRefused. Where no heading is known, the first row is taken for the headings.
    """
    source = examine(given, LARGEST)
    table = _Table(source, set())
    return Preview(table.header, table.sample, guess_columns(table.header, table.sample), source)


def refused_as_csv(file: PupilFile, gettext: Callable[[str], str] = str) -> str:
    """The refused rows as CSV with what is wrong and what to do, to be mended and sent again.

    The file's own headings come first, so that it can be read like the first one; cells that a
    spreadsheet would run as a formula are made harmless (rule IMP-12). `gettext` translates.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([*map(made_harmless, file.header), *map(gettext, _EXTRA_HEADINGS)])
    width = len(file.header)
    for row in file.refused:
        cells = [made_harmless(as_written(cell).replace("\0", "")) for cell in row.cells]
        # Cells of a row of wrong length may be shifted: they go to the end, for a person to place.
        fits = len(cells) == width
        wrong = " ".join(_told(fault, gettext) for fault in row.faults)
        mend = " ".join(_in(fault.mend, gettext) for fault in row.faults)
        left_over = "" if fits else made_harmless(" | ".join(cells))
        writer.writerow([*(cells if fits else [""] * width), row.line, wrong, mend, left_over])
    return out.getvalue()


def _in(words: Sentence, gettext: Callable[[str], str]) -> str:
    return words.fill(gettext(words.chosen()))


def _told(fault: Fault, gettext: Callable[[str], str]) -> str:
    wrong = _in(fault.wrong, gettext)
    return f"{fault.column}: {wrong}" if fault.column else wrong


class _Table:
    """The header and rows of a source. Raises FileRefused where there is no header."""

    def __init__(self, source: Source, wanted: set[str] | None) -> None:
        self._source = source

        def score(cells: Sequence[str]) -> int:
            chosen = sum(squeezed(cell) in wanted for cell in cells) if wanted else 0
            return chosen or known_headings(cells)

        with source.open_text() as stream:
            shape = find_shape(stream, score)
        if shape is None and wanted is None:
            raise _no_header()
        self.shape = shape or self._any_shape()
        with source.open_text() as stream:
            first = list(islice(records(stream, self.shape), _SAMPLE_ROWS + 1))
        if not first or not isinstance(first[0], Row) or any("\0" in c for c in first[0].cells):
            raise _no_header()
        self.header = tuple(first[0].cells)
        if len(self.header) > MOST_COLUMNS:
            raise FileRefused(
                sentence("This file has more than {limit} columns.", limit=MOST_COLUMNS)
            )
        self.sample = tuple(tuple(row.cells) for row in first[1:] if isinstance(row, Row))

    def _any_shape(self) -> Shape:
        with self._source.open_text() as stream:
            return find_shape(stream, len) or Shape(",", 1)

    def rows(self) -> list[Row | Broken]:
        """Every row after the header."""
        with self._source.open_text() as stream:
            found = list(islice(records(stream, self.shape), 1, MOST_ROWS + 2))
        if len(found) > MOST_ROWS:
            raise FileRefused(
                sentence(
                    "This file has more than {limit} rows. Divide it and send the parts.",
                    limit=MOST_ROWS,
                )
            )
        return found


def _no_header() -> FileRefused:
    return FileRefused(
        sentence(
            "We cannot find the row with the headings. The list needs columns such as Surname, "
            "Forename and Date of birth, with their names above them."
        )
    )


def _layout(table: _Table, mapping: Mapping[str, PupilField] | None) -> Layout:
    if mapping is None:
        guess = guess_columns(table.header, table.sample)
        _refuse_doubled(table.header, guess)
    else:
        guess = _as_mapped(table.header, mapping)
    for kind in guess.missing:
        raise FileRefused(sentence(_MISSING[kind]))
    columns = {
        kind: tuple(place for place, other in enumerate(guess.fields) if other is kind)
        for kind in PupilField
        if kind in guess.fields
    }
    return Layout(table.header, columns, tuple(map(need_rank, table.header)))


_MISSING = {
    PupilField.SURNAME: mark("This file has no column with the surname."),
    PupilField.FORENAME: mark("This file has no column with the first name."),
    PupilField.BIRTH_DATE: mark("This file has no column with the date of birth."),
}


def _unused(layout: Layout) -> tuple[str, ...]:
    taken = {place for places in layout.columns.values() for place in places}
    headings = (tidy(text) for place, text in enumerate(layout.header) if place not in taken)
    return tuple(heading for heading in headings if heading)


def _as_mapped(header: Sequence[str], mapping: Mapping[str, PupilField]) -> Guess:
    wanted = {squeezed(heading): kind for heading, kind in mapping.items()}
    chosen = tuple(wanted.get(squeezed(heading)) for heading in header)
    if set(wanted) - {squeezed(heading) for heading in header}:
        raise FileRefused(
            sentence("A column that was chosen is not in this file. Choose the columns again.")
        )
    for kind in PupilField:
        if kind not in REPEATED and chosen.count(kind) > 1:
            raise _doubled(header[chosen.index(kind)])
    return Guess(chosen)


def _refuse_doubled(header: Sequence[str], guess: Guess) -> None:
    keys = [squeezed(heading) for heading in header]
    for heading, kind in zip(header, guess.fields, strict=True):
        if kind is not None and kind not in REPEATED and keys.count(squeezed(heading)) > 1:
            raise _doubled(heading)


def _doubled(heading: str) -> FileRefused:
    return FileRefused(
        sentence(
            "Two columns are for one field, “{heading}”. Take one of them out.",
            heading=tidy(heading),
        )
    )


def _refuse_month_first(rows: Sequence[Row | Broken], layout: Layout) -> None:
    for place in (place for kind in DATES for place in layout.places(kind)):
        texts = (tidy(as_written(row.cells[place])) for row in rows if isinstance(row, Row))
        if written_month_first(texts):
            raise FileRefused(
                sentence(
                    "The dates in column {number} have the month before the day. Set the "
                    "spreadsheet to British dates, or ask the system for the file again.",
                    number=place + 1,
                )
            )


def _notes(source: Source) -> tuple[Sentence, ...]:
    if not source.unreadable:
        return ()
    return (
        counted(
            "1 letter could not be read. Check the name that has it.",
            "{count} letters could not be read. Check the names that have them.",
            count=source.unreadable,
        ),
    )
