"""A pupil list as people have it: any common system's CSV, in, with nothing lost in silence."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Protocol

from opensenco.exchange.readers.cells import as_written, made_harmless
from opensenco.exchange.readers.fields import Guess
from opensenco.exchange.readers.lists import (
    LARGEST,
    Table,
    layout_of,
    open_file,
    read_table,
    unused,
    with_dates,
)
from opensenco.exchange.readers.one_row import refused
from opensenco.exchange.readers.pupil import Layout, PupilRow, Refused, Rules
from opensenco.exchange.readers.pupil_columns import (
    PUPIL_FIELDS,
    PupilField,
    guess_columns,
    need_rank,
)
from opensenco.exchange.readers.pupil_doubles import settled
from opensenco.exchange.readers.pupil_row import read_row
from opensenco.exchange.readers.source import Source
from opensenco.exchange.readers.table import Row
from opensenco.exchange.readers.values import NameOrder
from opensenco.exchange.readers.words import Fault
from opensenco.kernel.words import Sentence, mark

__all__ = ["LARGEST", "PupilFile", "preview_pupils", "read_pupils", "refused_as_csv"]
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
    table = read_table(open_file(given), PUPIL_FIELDS, mapping)
    return read_pupil_table(
        table,
        mapping,
        today=today,
        blank_sen_is_none=blank_sen_is_none,
        name_order=name_order,
    )


def read_pupil_table(
    table: Table,
    mapping: Mapping[str, str] | None = None,
    *,
    today: date,
    blank_sen_is_none: bool = False,
    name_order: NameOrder = NameOrder.SURNAME_COMMA,
) -> PupilFile:
    """Reads the pupils in a table that was found in a file; see `read_pupils`."""
    columns = layout_of(table, PUPIL_FIELDS, mapping)
    layout = Layout(
        table.header,
        {PupilField(code): places for code, places in columns.items()},
        tuple(map(need_rank, table.header)),
    )
    rows = with_dates(table, [p for code in PUPIL_FIELDS.dates for p in columns.get(code, ())])
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
        unused=unused(table, columns),
        header=layout.header,
        delimiter=table.delimiter,
        source=table.source,
        notes=table.notes,
    )


def preview_pupils(given: Path | bytes) -> Preview:
    """The headings, a few rows and the guess, for a page on which a person maps the columns.

    Raises FileRefused. Where no heading is known, the first row is taken for the headings.
    """
    table = read_table(open_file(given), PUPIL_FIELDS, lenient=True)
    guess = guess_columns(table.header, table.sample)
    return Preview(table.header, table.sample, guess, table.source)


class Unread(Protocol):
    """Rows of a file that were not read, under its headings."""

    @property
    def header(self) -> Sequence[str]:
        """The headings as they stand."""

    @property
    def refused(self) -> Sequence[Refused]:
        """The rows."""


def refused_as_csv(file: Unread, gettext: Callable[[str], str] = str) -> str:
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
