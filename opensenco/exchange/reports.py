"""Files that people take away: refused rows, to be mended and read in again."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext

from opensenco.access.actor import Actor
from opensenco.exchange.models import FileImport, ImportRow
from opensenco.exchange.naming import Namer, namer
from opensenco.exchange.readers.one_row import Refused
from opensenco.exchange.readers.report import refused_as_csv
from opensenco.exchange.readers.words import Fault
from opensenco.exchange.sentences import again
from opensenco.exchange.states import Match


@dataclass(frozen=True, slots=True)
class _Unread:
    header: tuple[str, ...]
    refused: tuple[Refused, ...]


def _faults(parts: Iterable[ImportRow]) -> Iterator[Fault]:
    """Give what is wrong with the parts of one row: it is mended and sent again as a whole."""
    for row in parts:
        for one in row.faults:
            yield Fault(one["column"], again(one["wrong"]), again(one["mend"]), one["given"])


def _cells(by: Namer, row: ImportRow) -> tuple[str, ...]:
    return () if by.hides(row.cells) else tuple(row.cells)


def refused_as_file(actor: Actor, file: FileImport) -> tuple[bytes, int]:
    """Give the refused rows of a file as CSV, with whom each is about, what is wrong and what to
    do, and how many. Of a row with an earlier name that this reader may not see, once the list is
    settled, the file has the line and the reason alone.
    """
    by = namer(actor, file)
    rows = ImportRow.objects.filter(file=file, match=Match.REFUSED).order_by("line", "part")
    refused = tuple(
        Refused(line, tuple(_faults(several)), _cells(by, several[0]))
        for line, parts in groupby(rows, key=lambda row: row.line)
        if (several := list(parts))
    )
    read = _Unread(tuple(file.header), refused)
    return refused_as_csv(read, gettext, by.of).encode("utf-8-sig"), len(refused)
