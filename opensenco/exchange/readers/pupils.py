"""A pupil list as people have it: any common system's CSV, in, with nothing lost in silence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from opensenco.exchange.readers.fields import Fields, Guess
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
from opensenco.exchange.readers.pupil import Layout, PupilRow, Reader, Refused, Rules
from opensenco.exchange.readers.pupil_columns import (
    PUPIL_FIELDS,
    TITLES,
    PupilField,
    guess_columns,
    need_rank,
)
from opensenco.exchange.readers.pupil_doubles import settled
from opensenco.exchange.readers.pupil_row import read_row
from opensenco.exchange.readers.report import refused_as_csv
from opensenco.exchange.readers.source import Source
from opensenco.exchange.readers.table import Row
from opensenco.exchange.readers.values import NameOrder
from opensenco.kernel.words import Sentence

__all__ = ["LARGEST", "PupilFile", "preview_pupils", "read_pupils", "refused_as_csv"]


@dataclass(frozen=True, slots=True)
class PupilFile:
    """A pupil list, read. Every row that is not blank is a PupilRow or a Refused, in order.

    `used` gives the headings read for each field, `unused` those that were left out; `notes` are
    about the file as a whole; `source` says how it was written and carries its digest.
    """

    rows: tuple[PupilRow | Refused, ...]
    used: Mapping[str, tuple[str, ...]]
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
        """The fields that every list can have and this one has columns for."""
        return frozenset(PupilField(code) for code in self.used if code in TITLES)


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
    fields: Fields = PUPIL_FIELDS,
    more: Mapping[str, Reader] | None = None,
) -> PupilFile:
    """Reads the pupils in a table that was found in a file; see `read_pupils`.

    `fields` are ours, and those of one place whose cells `more` reads.
    """
    columns = layout_of(table, fields, mapping)
    layout = Layout(table.header, columns, tuple(map(need_rank, table.header)))
    rows = with_dates(table, [p for code in fields.dates for p in columns.get(code, ())])
    rules = Rules(today, blank_sen_is_none, name_order, more or {})
    read = [
        read_row(row, layout, rules)
        if isinstance(row, Row)
        else refused(row.line, row.reason, row.cells)
        for row in rows
    ]
    cells = {row.line: tuple(row.cells) for row in rows}
    return PupilFile(
        rows=settled(read, cells),
        used={code: layout.headings(code) for code in layout.columns},
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
