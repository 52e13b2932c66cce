"""What somebody who stands in for a colleague must know, at the session that it is for."""

from dataclasses import dataclass
from typing import Any

from opensenco.access.actor import Actor
from opensenco.provision.queries import Unit
from opensenco.staffing.queries import standing_in


@dataclass(frozen=True)
class Covers:
    """Where somebody stands in today.

    Args:
        by_promise: what was arranged, by the promise that it is about.
    """

    by_promise: dict[int, list[Any]]

    def of(self, unit: Unit) -> Any:
        """Give what was arranged for a session of today; None where it is one's own."""
        starts = unit.hour.starts_at if unit.hour else None
        for pupil in unit.pupils:
            for row in self.by_promise.get(pupil.allocation.pk, ()):
                if starts is None or row.starts_at in (None, starts):
                    return row
        return None


def covers(actor: Actor) -> Covers:
    """Give where this actor stands in today. Asks once."""
    found: dict[int, list[Any]] = {}
    for row in standing_in.every_today(actor):
        found.setdefault(row.allocation_id, []).append(row)
    return Covers(found)
