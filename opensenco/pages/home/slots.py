"""Places on the home pages that other journeys fill; the table of addresses says with what.

Journeys know nothing of each other. A journey that has something for a home page offers a function
and a template, and `opensenco.config.urls` puts them into a slot by name.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from opensenco.access.actor import Actor

#: the slots there are, and where they stand
SLOTS = {
    "senco.top": "above the lists of who co-ordinates: the guide, while a place is set up",
    "senco.main": "after what is due, for who co-ordinates: what the record lacks",
    "staff.main": "after what waits, for other staff: what an administrator books and chases",
    "staff.top": "above what waits, for other staff and for tiers above the school",
    "senco.side": "beside the lists of who co-ordinates: provision gone quiet, hours",
    "staff.side": "beside what waits, for other staff and for tiers above the school",
    "teacher.top": "above a teacher's lists: what is to be read before the lesson",
    "assistant.top": "above an assistant's groups: what is to be read before them",
    "teacher.side": "beside a teacher's lists: what is written down from here",
    "assistant.foot": "last on an assistant's page: what is written down from here",
    "assistant.now": "first on an assistant's page: the group that has just ended, what is next",
}


@dataclass(frozen=True)
class Part:
    """What fills a slot.

    Args:
        template: included with what `give` gives under the name `part`.
        give: asked inside the scope, once for each page.
    """

    template: str
    give: Callable[[Actor], Mapping[str, Any]]


@dataclass(frozen=True)
class Filled:
    """A part with what it shows."""

    template: str
    show: Mapping[str, Any] = field(default_factory=dict)


_parts: dict[str, list[Part]] = {}


def fill(slot: str, *parts: Part) -> None:
    """Say what stands in a slot, in order, in place of what was said before.

    Raises:
        KeyError: there is no such slot.
    """
    if slot not in SLOTS:
        raise KeyError(f"{slot}: no such slot. There are: {', '.join(SLOTS)}")
    _parts[slot] = list(parts)


def filled(actor: Actor, slot: str) -> list[Filled]:
    """Give what stands in a slot for this person."""
    return [Filled(part.template, part.give(actor)) for part in _parts.get(slot, [])]
