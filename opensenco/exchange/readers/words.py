"""What readers say: why a file, a row or a cell is refused, and what to know about the rest."""

from dataclasses import dataclass, field

from opensenco.kernel.errors import DomainError
from opensenco.kernel.words import Sentence, mark


class FileRefused(DomainError):
    """The whole file cannot be read; nothing of it was used."""

    code = "file-refused"
    usual = mark("We cannot read this file.")


class NotUnderstood(FileRefused):
    """The file can be read, but not which column is what: a person can say so."""

    code = "file-not-understood"


class Unreadable(Exception):
    """One cell cannot be read: `wrong` says what is the matter, `mend` what to do."""

    def __init__(self, wrong: Sentence, mend: Sentence) -> None:
        self.wrong = wrong
        self.mend = mend
        super().__init__(wrong, mend)


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a row was refused. `column` is the file's own heading, empty for the row as a whole.

    `given` is what the cell held: personal, so it stays out of the representation.
    """

    column: str
    wrong: Sentence
    mend: Sentence
    given: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Note:
    """Something to know about a row that was read all the same."""

    column: str
    said: Sentence
    given: str = field(default="", repr=False)
