"""A list of things that a rule asks for, and what of it is missing."""

from collections.abc import Collection
from dataclasses import dataclass

from opensenco.kernel.words import mark, sentence
from opensenco.law.checks.finding import Finding, Severity, found
from opensenco.law.rule import BadFact, Rule
from opensenco.law.strength import Strength


@dataclass(frozen=True, slots=True)
class Item:
    """One thing asked for: its stable name, and its words for people."""

    key: str
    words: str


@dataclass(frozen=True, slots=True)
class Checklist:
    """The things that `rule` asks for, in the order in which people read them.

    A name that is used twice is a ValueError.
    """

    rule: Rule
    items: tuple[Item, ...]

    def __post_init__(self) -> None:
        if len(set(self.keys)) != len(self.items):
            raise ValueError(f"{self.rule.id}: a name is used twice.")

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(item.key for item in self.items)


def missing(*, checklist: Checklist, done: Collection[str]) -> tuple[Finding, ...]:
    """A finding for each item that is not in `done`, which holds names of items.

    What a duty asks for is an error, anything weaker a warning. Raises BadFact for a name that is
    not on the list.
    """
    rule = checklist.rule
    for key in sorted(set(done) - set(checklist.keys)):
        words = mark("“{key}” is not on this list.")
        raise BadFact(rule.id, "done", sentence(words, key=key[:40]))
    severity = Severity.ERROR if rule.strength is Strength.MUST else Severity.WARNING
    return tuple(
        found(
            rule,
            item.key,
            sentence(mark("Missing: {item}."), item=item.words),
            severity=severity,
        )
        for item in checklist.items
        if item.key not in done
    )
