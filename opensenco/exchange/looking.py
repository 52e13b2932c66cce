"""A file before it is read: of what kind it is, what its columns hold, what somebody could say."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from opensenco.access.actor import Actor
from opensenco.exchange.kinds.kind import Kind, Reading
from opensenco.exchange.kinds.known import KINDS, kind_of, lists_for
from opensenco.exchange.models import FileImport, KeptFile
from opensenco.exchange.readers.cells import as_written, tidy
from opensenco.exchange.readers.lists import (
    Opened,
    column_key,
    column_keys,
    open_file,
    read_table,
)
from opensenco.exchange.readers.words import FileRefused, NotUnderstood
from opensenco.exchange.states import ImportKind
from opensenco.kernel.words import mark, sentence

SAMPLES = 3
LONGEST_SAMPLE = 40
#: columns about pupils alone that make a list of contacts a list of pupils too
ENOUGH_OF_PUPILS = 2
UNKNOWN_KIND = mark("We cannot tell what {name} is a list of. Choose it below.")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a file: its heading, some of its cells, and the code of what it probably is.

    `key` names it among columns of one heading; see `readers.lists.column_keys`.
    """

    heading: str
    key: str
    samples: tuple[str, ...] = field(repr=False)
    code: str


@dataclass(frozen=True, slots=True)
class Look:
    """A file that waits: its columns, the sheets there are to choose from, and its days."""

    columns: tuple[Column, ...]
    sheets: tuple[str, ...]
    sheet: str
    #: days that hold for every row, as the file itself seems to say them (ISO)
    once: Mapping[str, str] = field(default_factory=dict)


def kind_in(actor: Actor, content: bytes, name: str) -> Kind:
    """Find out of what kind a list is, by its headings.

    Raises:
        FileRefused: it cannot be read, or fits none of the kinds that this hat may take over.
    """
    best = max(_fitting(open_file(content), lists_for(actor)), default=None)
    if best is None:
        raise FileRefused(sentence(UNKNOWN_KIND, name=name))
    return kind_of(best[-1])


#: how many ordinary columns (class, year, status) a column weighs that tells a kind of list
TELLING = 3


def kinds_in(actor: Actor, content: bytes, name: str) -> list[Kind]:
    """Find out what lists a file holds: one, or pupils with their contacts in the same rows.

    Raises:
        FileRefused: see `kind_in`.
    """
    found = kind_in(actor, content, name)
    both = [KINDS[ImportKind.PUPILS], KINDS[ImportKind.CONTACTS]]
    if found not in both or not all(kind.may(actor) for kind in both):
        return [found]
    table = read_table(open_file(content), found.fields)
    pupils, contacts = (kind.fields.guess(table.header, table.sample) for kind in both)
    if pupils.missing or contacts.missing:
        return [found]
    # a list of contacts says who the pupil is; one of pupils says more of them than that
    more = sum(
        one is not None and other is None
        for one, other in zip(pupils.fields, contacts.fields, strict=True)
    )
    return both if more >= ENOUGH_OF_PUPILS else [found]


def _fitting(opened: Opened, kinds: Iterable[Kind]) -> Iterable[tuple[bool, int, int, str]]:
    """Give the kinds that a file could be of, those that know most of its columns last.

    One that finds all it needs comes after those that do not; of two that know as many columns,
    the one that asks for more is meant. Columns that hardly another kind has weigh more.
    """
    for kind in kinds:
        try:
            table = read_table(opened, kind.fields)
        except NotUnderstood:
            continue
        guess = kind.fields.guess(table.header, table.sample)
        # what the list itself says for certain, and more for what hardly another kind has
        known = kind.fields.sure(table.header, table.sample)
        if known:
            known += (TELLING - 1) * sum(code in kind.telling for code in guess.fields)
            yield not guess.missing, known, kind.fields.asks, kind.code.value


def look(file: FileImport, kind: Kind) -> Look | None:
    """Give the columns of a file that waits, with what they are taken for and some cells.

    Args:
        kind: that of the file, with the columns of its place.

    Returns:
        None for a file that is settled: its bytes are kept no more.

    Raises:
        FileRefused: it cannot be read.
    """
    kept = KeptFile.objects.filter(file=file).first()
    if kept is None or not kept.content:
        return None
    reading = Reading.from_stored(file.reading)
    fields = kind.fields
    opened = open_file(bytes(kept.content))
    table = read_table(opened, fields, reading.columns, reading.sheet, lenient=True)
    if reading.columns is None:
        codes = [code or "" for code in fields.guess(table.header, table.sample).fields]
    else:
        said = {column_key(heading): code for heading, code in reading.columns.items()}
        codes = [said.get(key, "") for key in column_keys(table.header)]
    columns = tuple(
        Column(tidy(heading), key, _samples(row[place] for row in table.sample), codes[place])
        for place, (heading, key) in enumerate(
            zip(table.header, column_keys(table.header), strict=True)
        )
    )
    sheets = tuple(one.name for one in opened.sheets)
    return Look(columns, sheets, table.sheet, kind.proposed(table))


def _samples(cells: Iterable[str]) -> tuple[str, ...]:
    texts = dict.fromkeys(text for cell in cells if (text := tidy(as_written(cell))))
    return tuple(text[:LONGEST_SAMPLE].replace("\0", "") for text in list(texts)[:SAMPLES])
