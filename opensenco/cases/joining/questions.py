"""What two records say differently, where only one of them can be right: a person chooses.

An app says once, when it is loaded, what can clash in its part of the record (`ask_about`), how
each side reads in words, and how the side that was not chosen is put to rest. Nothing is lost by
it: what is put to rest stays in the history, and comes back when the records are parted.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from django.utils.functional import Promise

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import may
from opensenco.cases.joining.rows import Deeds
from opensenco.people.models import Pupil

FIRST, SECOND = "first", "second"


class Subject(ABC):
    """One thing that can stand once in a record."""

    code: ClassVar[str]
    title: ClassVar[Promise]
    #: the verb with which a person may read it; without it nothing of it is shown
    action: ClassVar[Action]

    @abstractmethod
    def lines(self, pupil: Pupil) -> list[str]:
        """Say in words what stands in one record; nothing where nothing does."""

    @abstractmethod
    def settle(self, deeds: Deeds, chosen: str) -> None:
        """Put the side that was not chosen to rest, before rows move. Called for every pair.

        Args:
            chosen: FIRST or SECOND; FIRST too where there is nothing to choose.
        """

    def alike(self, first: Sequence[str], second: Sequence[str]) -> bool:
        """Tell whether both say the same, so that nobody need choose."""
        return list(first) == list(second)


@dataclass(frozen=True)
class Question:
    """One thing to choose: what it is, and what each record says."""

    code: str
    title: Promise
    first: tuple[str, ...]
    second: tuple[str, ...]


_subjects: dict[str, Subject] = {}
_after: list[Callable[[Actor, Pupil], None]] = []


def after_it(*again: Callable[[Actor, Pupil], None]) -> None:
    """Say what an app counts again for a record that was made one with another, or parted."""
    _after.extend(again)


def count_again(actor: Actor, pupil: Pupil) -> None:
    """Let each app count again what hangs on the rest of the record."""
    for again in _after:
        again(actor, pupil)


def ask_about(*subjects: Subject) -> None:
    """Say what can clash in an app's part of the record."""
    _subjects.update({one.code: one for one in subjects})


def subjects() -> list[Subject]:
    """Give all of them, in the order in which they are asked."""
    return list(_subjects.values())


def questions(actor: Actor, first: Pupil, second: Pupil) -> list[Question]:
    """Give what has to be chosen about two records, as far as this actor may read it.

    What they may not read is not shown and not chosen: the record that goes on keeps its own.
    """
    found = []
    for one in subjects():
        sides = one.lines(first), one.lines(second)
        if not all(sides) or one.alike(*sides):
            continue
        if may(actor, one.action, first) and may(actor, one.action, second):
            found.append(Question(one.code, one.title, tuple(sides[0]), tuple(sides[1])))
    return found
