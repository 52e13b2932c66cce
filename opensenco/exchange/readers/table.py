"""Rows of a delimited text file, each with its line number, none padded and none cut.

Rules IMP-02 (a row of another length than its header is set aside), IMP-07 (comma, semicolon, tab;
any line end; line breaks inside quotes).
"""

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TextIO

from opensenco.exchange.readers.words import FileRefused
from opensenco.kernel.words import Sentence, mark, sentence

DELIMITERS = (",", ";", "\t", "|")
_LONGEST_LINE = 1_000_000  # characters
_LONGEST_RECORD = 200  # lines, where a quotation mark is open over several
_SAMPLE_LINES = 40
_MOST_SCORED = 1000  # cells of a record; a file may be nothing but delimiters
HEADER_WITHIN = 12  # a report may have its title and date above the headings

WRONG_LENGTH = mark("{found} fields, header has {wanted}.")
BAD_QUOTES = mark("A quotation mark is open at the end, or stands in the middle of a quoted cell.")
HAS_NUL = mark("The row holds a character that is not text (NUL).")
CELL_TOO_LONG = mark("A cell is longer than a cell can be.")


@dataclass(frozen=True, slots=True)
class Row:
    """One record: the line it begins on, counted from 1, and its cells as they stand."""

    line: int
    cells: list[str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Broken:
    """A record that is no row: from `line` to `last_line`, with what cells could be made out."""

    line: int
    last_line: int
    reason: Sentence
    cells: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Shape:
    """How a file is divided: the delimiter, and the line, from 1, on which the headings begin."""

    delimiter: str
    header_line: int


class _Lines:
    """The physical lines, counted, with those of the present record kept."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.number = 0
        self.held: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._stream.readline(_LONGEST_LINE + 1)
        if not line:
            raise StopIteration
        self.number += 1
        if len(line) > _LONGEST_LINE:
            raise FileRefused(
                sentence(
                    "Line {line} is longer than a row can be. Save the file as CSV again.",
                    line=self.number,
                )
            )
        self.held.append(line)
        if len(self.held) > _LONGEST_RECORD:
            raise csv.Error("a quotation mark is open over too many lines")
        return line


def find_shape(stream: TextIO, score: Callable[[Sequence[str]], int]) -> Shape | None:
    """The delimiter and heading row under which `score` knows most headings, None if it knows none.

    `score` is given the cells of one record and says how many of them it knows. The stream is read
    from where it stands; open another one for the rows.
    """
    sample = [line for line in islice(_Lines(stream), _SAMPLE_LINES) if line]
    best, found = (0, 0), None
    for delimiter in DELIMITERS:
        for line, cells in _sampled(sample, delimiter):
            value = (score(cells[:_MOST_SCORED]), len(cells))
            if value[0] > 0 and value > best:
                best, found = value, Shape(delimiter, line)
    return found


def _sampled(sample: list[str], delimiter: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(sample, delimiter=delimiter)
    for _ in range(HEADER_WITHIN):
        line = reader.line_num + 1
        try:
            yield line, next(reader)
        except (csv.Error, StopIteration):
            return


def records(stream: TextIO, shape: Shape, *, salvage: bool = False) -> Iterator[Row | Broken]:
    """Every record that is not blank, in order, the one with the headings first.

    A record that has not as many cells as the first is Broken. With `salvage`, lines swallowed by
    an open quotation mark are tried again one by one; only for files of so many columns that a
    line cannot have the right number by chance.
    """
    lines = _Lines(stream)
    for _ in islice(lines, shape.header_line - 1):
        lines.held.clear()
    reader = csv.reader(lines, delimiter=shape.delimiter, strict=True)
    width = 0
    while True:
        first = lines.number + 1
        lines.held.clear()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            broken = Broken(first, lines.number, _why(lines.held))
        else:
            if not cells or (not cells[0].strip() and not any(map(str.strip, cells))):
                continue
            width = width or len(cells)
            if len(cells) == width:
                yield Row(first, cells)
                continue
            reason = sentence(WRONG_LENGTH, found=len(cells), wanted=width)
            broken = Broken(first, lines.number, reason, tuple(cells))
        if salvage and broken.last_line > first:
            yield from _one_by_one(tuple(lines.held), first, shape.delimiter, width)
        else:
            yield broken


def _one_by_one(
    held: Sequence[str], first: int, delimiter: str, width: int
) -> Iterator[Row | Broken]:
    for number, text in enumerate(held, start=first):
        try:
            cells = next(csv.reader([text], delimiter=delimiter, strict=True), [])
        except csv.Error:
            yield Broken(number, number, _why([text]))
            continue
        if len(cells) == width:
            yield Row(number, cells)
        elif cells:
            reason = sentence(WRONG_LENGTH, found=len(cells), wanted=width)
            yield Broken(number, number, reason, tuple(cells))


def _why(held: Sequence[str]) -> Sentence:
    longest = max(map(len, held), default=0)
    return sentence(CELL_TOO_LONG if longest > csv.field_size_limit() else BAD_QUOTES)
