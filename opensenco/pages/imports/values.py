"""Values of a row, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from opensenco.access.actor import Actor
from opensenco.exchange.kinds.kind import Kind


@dataclass(frozen=True, slots=True)
class Changed:
    """One field that a row changes, with what stands before and after in words."""

    label: str
    before: str
    after: str


def changes(kind: Kind, actor: Actor, several: Iterable[dict[str, Any]]) -> list[Changed]:
    """Give the fields that a row changes, those that this reader may see."""
    return [
        Changed(
            str(kind.labels[one["field"]]),
            kind.in_words(one["field"], one["before"]),
            kind.in_words(one["field"], one["after"]),
        )
        for one in several
        if kind.shown(actor, one["field"])
    ]
