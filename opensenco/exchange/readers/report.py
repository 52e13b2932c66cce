"""Rows that were not read, as a file to be mended and sent again."""

import csv
import io
from collections.abc import Callable, Sequence
from typing import Protocol

from opensenco.exchange.readers.cells import as_written, made_harmless
from opensenco.exchange.readers.one_row import Refused
from opensenco.exchange.readers.words import Fault
from opensenco.kernel.words import Sentence, mark

_EXTRA_HEADINGS = (
    mark("Who or what"), mark("Line"), mark("What is wrong"), mark("What to do"), mark("Left over"),
)  # fmt: skip


class Unread(Protocol):
    """Rows of a file that were not read, under its headings."""

    @property
    def header(self) -> Sequence[str]:
        """The headings as they stand."""

    @property
    def refused(self) -> Sequence[Refused]:
        """The rows."""


def nobody(cells: Sequence[str]) -> str:
    """Say nothing of whom a row is about."""
    del cells
    return ""


def refused_as_csv(
    file: Unread,
    gettext: Callable[[str], str] = str,
    named: Callable[[Sequence[str]], str] = nobody,
) -> str:
    """The refused rows as CSV with what is wrong and what to do, to be mended and sent again.

    The file's own headings come first, so that it can be read like the first one; cells that a
    spreadsheet would run as a formula are made harmless (rule IMP-12). `gettext`
    translates, `named` gives whom the cells of a row are about.
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
        placed = cells if fits else [""] * width
        who = made_harmless(named(row.cells))
        writer.writerow([*placed, who, row.line, wrong, mend, left_over])
    return out.getvalue()


def _in(words: Sentence, gettext: Callable[[str], str]) -> str:
    return words.fill(gettext(words.chosen()))


def _told(fault: Fault, gettext: Callable[[str], str]) -> str:
    wrong = _in(fault.wrong, gettext)
    return f"{fault.column}: {wrong}" if fault.column else wrong
