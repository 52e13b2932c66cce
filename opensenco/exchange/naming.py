"""Whom a refused row is about, by what stands in its cells: the name as the list gives it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from opensenco.access.actor import Actor
from opensenco.exchange.kinds.kind import Kind
from opensenco.exchange.kinds.known import kind_of
from opensenco.exchange.models import FileImport, ImportRow
from opensenco.exchange.readers.cells import tidy
from opensenco.exchange.states import State
from opensenco.kernel.text import search_key
from opensenco.people.who_was import hidden_names

#: the first cells of a row whose cells do not stand under their headings
FIRST_CELLS = 3
LONGEST = 120
#: so long the list is a list that somebody holds in the hand, and not yet a part of the record
_WAITS = (State.READ, State.APPLYING)


@dataclass(frozen=True, slots=True)
class Namer:
    """Names the refused rows of one file.

    Args:
        hidden: earlier names of pupils that the reader may not see, as keys; a row that has one
            says nothing once the file is settled.
    """

    kind: Kind
    header: tuple[str, ...]
    places: Mapping[str, int]
    hidden: tuple[frozenset[str], ...] = field(default=(), repr=False)

    def name(self, row: ImportRow) -> str:
        """Give whom a row is about; empty where its cells do not say it."""
        return self.of(row.cells, self.kind.called(row.values) if row.values else "")

    def of(self, cells: Sequence[str], read: str = "") -> str:
        """Give whom cells are about.

        Args:
            read: what the row is called where it could be read.
        """
        return "" if self.hides((*cells, read)) else (read or self._by_cells(cells))[:LONGEST]

    def hides(self, cells: Iterable[str]) -> bool:
        """Tell whether a row has an earlier name that its reader may not see."""
        words = frozenset(search_key(" ".join(map(tidy, cells))).split()) if self.hidden else ()
        return any(name <= frozenset(words) for name in self.hidden)

    def _by_cells(self, cells: Sequence[str]) -> str:
        if len(cells) != len(self.header):
            return " | ".join(text for one in cells[:FIRST_CELLS] if (text := tidy(one)))
        for codes in self.kind.who:
            texts = [tidy(cells[self.places[code]]) for code in codes if code in self.places]
            if any(texts):
                return ", ".join(filter(None, texts))
        return ""


def namer(actor: Actor, file: FileImport) -> Namer:
    """Give what names the refused rows of a file for this reader of it."""
    header = [tidy(heading) for heading in file.header]
    places = {
        code: header.index(tidy(heading))
        for code, heading in reversed(file.columns.get("used", []))
        if tidy(heading) in header
    }
    waits = file.state in _WAITS
    hidden = () if waits else hidden_names(actor, file.org)
    return Namer(kind_of(file.kind), tuple(file.header), places, hidden)
