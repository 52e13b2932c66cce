"""One row of a list by its fields, with the faults and notes that reading it brings up."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from opensenco.exchange.readers.cells import as_written, tidy
from opensenco.exchange.readers.table import Row
from opensenco.exchange.readers.values import read_date
from opensenco.exchange.readers.words import Fault, Note, Unreadable
from opensenco.kernel.dates import other_weekday, weekday_name
from opensenco.kernel.words import Sentence, mark, sentence

LONGEST_TEXT = 50
OTHER_WEEKDAY = mark("{day} is a {weekday}, and the list says another day of the week.")
_FORMULA = ("=", "+", "@")
_UNKNOWN_LETTER = "\N{REPLACEMENT CHARACTER}"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Layout:
    """Which column is what: the headings as they stand, and the columns of each field, from 0."""

    header: tuple[str, ...]
    columns: Mapping[str, tuple[int, ...]]

    def places(self, code: str) -> tuple[int, ...]:
        """The columns that hold a field; none where the file lacks it."""
        return self.columns.get(code, ())

    def headings(self, code: str) -> tuple[str, ...]:
        """The headings over a field."""
        return tuple(tidy(self.header[place]) for place in self.places(code))


@dataclass(frozen=True, slots=True)
class Refused:
    """A row, or one part of it, that was not read.

    It has its line, every fault, and the cells as they stood, which are personal.
    """

    line: int
    faults: tuple[Fault, ...]
    cells: tuple[str, ...] = field(default=(), repr=False)
    part: int = 0


class OneRow:
    """The cells of one row by field.

    A cell that cannot be read either refuses the row (`must`, `need`) or is left blank with a note
    (`may`): a kind of list says which.
    """

    def __init__(self, row: Row, layout: Layout) -> None:
        self.row = row
        self.layout = layout
        self.faults: list[Fault] = []
        self.notes: list[Note] = []

    def whole(self, place: int) -> str:
        """A cell as it was written, white space and all."""
        return as_written(self.row.cells[place])

    def text(self, code: str) -> str:
        """The tidied text of a field; empty where there is none."""
        places = self.layout.places(code)
        return tidy(self.whole(places[0])) if places else ""

    def texts(self, code: str) -> list[str]:
        """The tidied texts of a field that several columns hold, without the empty ones."""
        found = (tidy(self.whole(place)) for place in self.layout.places(code))
        return [text for text in found if text]

    def heading(self, code: str) -> str:
        """The first heading over a field."""
        return next(iter(self.layout.headings(code)), "")

    def need(self, code: str, reader: Callable[[str], T], blank: T) -> T:
        """What the cell says; if it is empty or cannot be read, the row is refused."""
        if not self.text(code):
            self.missing(code)
        return self.must(code, reader, blank)

    def must(self, code: str, reader: Callable[[str], T], blank: T) -> T:
        """What the cell says; if it cannot be read, the row is refused."""
        text = self.text(code)
        try:
            return reader(text) if text else blank
        except Unreadable as refusal:
            self.fault(code, refusal.wrong, refusal.mend)
            return blank

    def may(self, code: str, reader: Callable[[str], T], blank: T) -> T:
        """What the cell says; if it cannot be read, it is left blank with a note."""
        text = self.text(code)
        try:
            return reader(text) if text else blank
        except Unreadable as refusal:
            self.note(code, refusal.wrong)
            return blank

    def missing(self, code: str) -> None:
        """Refuse the row for an empty cell."""
        self.fault(code, sentence("The cell is empty."), sentence("Fill it in; we need it."))

    def fault(self, code: str, wrong: Sentence, mend: Sentence) -> None:
        """Refuse the row for what stands in a cell."""
        self.faults.append(Fault(self.heading(code), wrong, mend, self.text(code)))

    def note(self, code: str, said: Sentence) -> None:
        """Say something about a cell of a row that is read all the same."""
        self.notes.append(Note(self.heading(code), said, self.text(code)))

    def odd_weekdays(self, codes: Iterable[str]) -> dict[str, Note]:
        """Note dates that are written with another day of the week than theirs, by field."""
        found: dict[str, Note] = {}
        for code in codes:
            text = self.text(code)
            try:
                day = read_date(text) if text else None
            except Unreadable:
                continue
            if day is not None and other_weekday(text, day):
                said = sentence(OTHER_WEEKDAY, day=day, weekday=weekday_name(day))
                found[code] = Note(self.heading(code), said, text)
        return found

    def odd_letters(self, codes: Sequence[str]) -> None:
        """Note letters that could not be read, and what a spreadsheet would run."""
        for code in codes:
            text = self.text(code)
            if _UNKNOWN_LETTER in text:
                said = sentence("A letter could not be read. Check how this is written.")
                self.note(code, said)
            elif text.startswith(_FORMULA):
                self.note(code, sentence("This looks like a formula. It is kept as text."))


def refused(line: int, wrong: Sentence, cells: Sequence[str]) -> Refused:
    """A row refused as a whole, for a fault of the row and not of one cell."""
    mend = sentence("Mend this row in the system or in the spreadsheet and save it again.")
    return Refused(line, (Fault("", wrong, mend),), tuple(cells))


def short_text(text: str) -> str:
    """A text of at most 50 characters."""
    if len(text) > LONGEST_TEXT:
        raise Unreadable(
            sentence("The text is longer than {limit} characters.", limit=LONGEST_TEXT),
            sentence("Shorten it, or check that the row is not shifted."),
        )
    return text
