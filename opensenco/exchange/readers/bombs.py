"""Is this ZIP file a workbook that is safe to open? Looked at before anything is unfolded.

A small file can claim, or hold, more than a machine has: every part is unfolded once in pieces and
counted, and the furthest cell is looked for, because readers make room for all cells before it.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, BinaryIO

from opensenco.exchange.readers.words import FileRefused
from opensenco.kernel.words import mark, sentence
from opensenco.kernel.zips import BREAKS, check_usual

MEGABYTE = 1024 * 1024
MOST_UNFOLDED = 200 * MEGABYTE
MOST_PARTS = 2_000
MOST_CELLS = 6_000_000
_OVERLAP = 512
_LETTERS = 26
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.A)
# a cell that holds something; one that is only coloured ends at once: <c r="F9" s="3"/>
_CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"(?:[^>]*[^/>])?>', re.A)
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]", re.A)
_SINCE_1904 = re.compile(rb'date1904="(?:1|true)"', re.A)

_OTHER = (
    ("word/", mark("This is a Word file. Ask the program it came from for CSV or Excel.")),
    ("ppt/", mark("This is a presentation. Ask the program it came from for CSV or Excel.")),
)
DAMAGED = mark("This workbook is damaged or incomplete. Save it again and choose it anew.")
MACROS = mark(
    "This workbook holds macros, which we do not open. Save it as an Excel workbook without "
    "macros (.xlsx)."
)
TOO_LARGE = mark(
    "This workbook unfolds to more than {limit} MB. Copy the list into a new workbook and send "
    "that."
)
TOO_FAR = mark(
    "A sheet of this workbook has something far below or far to the right of the list. Copy the "
    "list into a new workbook and send that."
)


@dataclass(frozen=True, slots=True)
class Safe:
    """What was seen of a workbook: whether it calculates, and from when it counts its days."""

    formulas: bool
    since_1904: bool


def check(stream: BinaryIO) -> Safe:
    """Look into a ZIP file without unfolding it into memory.

    Raises:
        FileRefused: it is no workbook, is damaged, holds macros, or is larger than it looks.
    """
    try:
        with zipfile.ZipFile(stream) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            _refuse_other(names, len(parts))
            check_usual(parts)
            return _unfold(archive, parts)
    except BREAKS:
        raise FileRefused(sentence(DAMAGED)) from None


def _refuse_other(names: set[str], count: int) -> None:
    if count > MOST_PARTS:
        raise FileRefused(sentence(TOO_LARGE, limit=MOST_UNFOLDED // MEGABYTE))
    for folder, words in _OTHER:
        if any(name.startswith(folder) for name in names):
            raise FileRefused(sentence(words))
    if any(name.casefold().endswith("vbaproject.bin") for name in names):
        raise FileRefused(sentence(MACROS))
    if "xl/workbook.xml" not in names:
        raise FileRefused(
            sentence(
                "This is a ZIP file or a workbook of another program. Save it as .xlsx or CSV."
            )
        )


def _unfold(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> Safe:
    total, formulas, since_1904 = 0, False, False
    for part in parts:
        reach = _Reach() if _SHEET.fullmatch(part.filename) else None
        with archive.open(part) as stream:
            for piece in _pieces(stream):
                total += len(piece)
                if total > MOST_UNFOLDED:
                    raise FileRefused(sentence(TOO_LARGE, limit=MOST_UNFOLDED // MEGABYTE))
                if reach:
                    reach.take(piece)
                elif part.filename == "xl/workbook.xml":
                    since_1904 = since_1904 or bool(_SINCE_1904.search(piece))
        formulas = formulas or bool(reach and reach.formulas)
    return Safe(formulas, since_1904)


def _pieces(stream: IO[bytes]) -> Iterator[bytes]:
    while piece := stream.read(MEGABYTE):
        yield piece


class _Reach:
    """How far the cells of one sheet reach. A cell may stand across two pieces."""

    def __init__(self) -> None:
        self._before = b""
        self._row = self._column = 0
        self.formulas = False

    def take(self, piece: bytes) -> None:
        text = self._before + piece
        for letters, number in _CELL.findall(text):
            self._row = max(self._row, int(number))
            self._column = max(self._column, _column(letters))
        if self._row * self._column > MOST_CELLS:
            raise FileRefused(sentence(TOO_FAR))
        self.formulas = self.formulas or bool(_FORMULA.search(text))
        self._before = text[-_OVERLAP:]


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * _LETTERS + letter - ord("A") + 1
    return number
