"""Sentences for people, kept apart from the values in them so that they can be translated."""

from collections.abc import Callable
from dataclasses import dataclass, field

from opensenco.kernel.errors import DomainError


def N_(message: str) -> str:
    """Marks `message` for translation without translating it; who shows it translates it."""
    return message


@dataclass(frozen=True, slots=True)
class Sentence:
    """A marked template in plain English and the values that fill its {names}."""

    template: str
    values: tuple[tuple[str, str | int], ...] = ()

    def __str__(self) -> str:
        return self.template.format(**dict(self.values))

    def translated(self, gettext: Callable[[str], str]) -> str:
        """The sentence in the language of `gettext`."""
        return gettext(self.template).format(**dict(self.values))


def say(template: str, **values: str | int) -> Sentence:
    """A sentence of a marked template: `say(N_("Line {line} is empty."), line=3)`."""
    return Sentence(template, tuple(values.items()))


class FileRefused(DomainError):
    """The whole file cannot be read; nothing of it was used.

    `said` is the sentence to translate and show, `sentence` the same in English.
    """

    code = "file-refused"

    def __init__(self, said: Sentence) -> None:
        super().__init__(str(said))
        self.said = said


class Unreadable(Exception):
    """One cell cannot be read: `wrong` says what is the matter, `mend` what to do."""

    def __init__(self, wrong: Sentence, mend: Sentence) -> None:
        self.wrong = wrong
        self.mend = mend
        super().__init__(str(wrong))


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
