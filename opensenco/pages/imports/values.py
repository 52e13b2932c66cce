"""Values of a row, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from opensenco.access.actor import Actor
from opensenco.exchange.kinds.kind import Kind


@dataclass(frozen=True, slots=True)
class Changed:
    """One field that a row changes, with what stands before and after in words.

    `follows`: it comes of another change by itself, and `after` says all of it.
    """

    label: str
    before: str
    after: str
    follows: bool = False


def changes(kind: Kind, actor: Actor, several: Iterable[dict[str, Any]]) -> list[Changed]:
    """Give the fields that a row changes, those that this reader may see."""
    return [_changed(kind, one) for one in several if kind.shown(actor, one["field"])]


def _changed(kind: Kind, one: dict[str, Any]) -> Changed:
    name = one["field"]
    label, before = str(kind.labels[name]), kind.in_words(name, one["before"])
    if name in kind.follows:
        return Changed(label, "", before, follows=True)
    return Changed(label, before, kind.in_words(name, one["after"]))
