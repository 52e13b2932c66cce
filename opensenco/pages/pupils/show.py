"""What the pupil's pages show, gathered from the domains."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from opensenco.access.actor import Actor
from opensenco.people import queries


@dataclass(frozen=True)
class Then:
    """A pupil's record at the end of a day."""

    day: date
    pupil: Any
    contacts: list[Any]


def as_it_stood(actor: Actor, pupil: Any, day: date) -> Then | None:
    """Gather the record as it stood; None where the pupil was not on it yet."""
    row = queries.as_stood(actor, pupil, day)
    if row is None:
        return None
    return Then(day, row, queries.contacts_as_stood(actor, pupil, day))
