"""The doctor: looks at an installation and says in plain words what is well and what is not.

It changes nothing. Each examination is a function that gives findings.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How a finding is to be taken."""

    WELL = "well"
    #: somebody should look at it; nothing is broken
    LOOK = "look"
    WRONG = "wrong"


@dataclass(frozen=True)
class Finding:
    """One thing that the doctor says.

    Args:
        about: in a word or two.
        says: one plain sentence, with what to do where something is to be done.
    """

    about: str
    level: Level
    says: str


Examination = Callable[[], Iterable[Finding]]

#: what runs beside the record, and not yet where a backup has just been brought back
BESIDE = ("worker", "mail", "scanner")


def examine(*, every_file: bool = False) -> list[Finding]:
    """Look at everything.

    Args:
        every_file: read all files, in place of a few hundred by chance.
    """
    from opensenco.ops.doctor import files, record, surroundings

    examinations: list[tuple[str, Examination]] = [
        ("database", record.database),
        ("migrations", record.migrations),
        ("roles", record.roles),
        ("walls", record.walls),
        ("files", lambda: files.files(every=every_file)),
        ("worker", surroundings.worker),
        ("mail", surroundings.mail),
        ("scanner", surroundings.scanner),
        ("clock", surroundings.clocks),
        ("disk", surroundings.disk),
        ("gate", surroundings.gate),
    ]
    return [finding for name, one in examinations for finding in _said(name, one)]


def _said(name: str, examination: Examination) -> Iterator[Finding]:
    """Give what an examination found; one that fails is itself a finding."""
    try:
        yield from examination()
    except Exception as fault:
        kind = type(fault).__name__
        yield Finding(name, Level.WRONG, f"This could not be looked at: {kind}.")


def well(about: str, says: str) -> Finding:
    """Say that something is well."""
    return Finding(about, Level.WELL, says)


def look(about: str, says: str) -> Finding:
    """Say that somebody should look at something."""
    return Finding(about, Level.LOOK, says)


def wrong(about: str, says: str) -> Finding:
    """Say that something is wrong."""
    return Finding(about, Level.WRONG, says)
