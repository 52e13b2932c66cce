"""Contracted hours along the days: which hold on a day, and what they come to. No database."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from opensenco.kernel.dates import ONE_DAY, Span
from opensenco.provision.minutes import DAYS_A_WEEK


@dataclass(frozen=True, slots=True)
class Contract:
    """What somebody works from a day on: minutes in a school week, and of them for SEND."""

    who: int
    post: str
    does: str
    week: int
    send: int
    first: date
    row: Any = None


class Contracts:
    """The contracts of a place, each until the next of the same person."""

    def __init__(self, rows: Iterable[Contract]) -> None:
        self._of: dict[int, list[Contract]] = defaultdict(list)
        for row in sorted(rows, key=lambda one: one.first):
            self._of[row.who].append(row)

    def people(self) -> list[int]:
        """Give everybody of whom hours are known."""
        return list(self._of)

    def all_of(self, who: int) -> list[Contract]:
        """Give all contracts of one person, the first first."""
        return self._of.get(who, [])

    def on(self, who: int, day: date) -> Contract | None:
        """Give what somebody works on a day; None where nobody has said, or they have left."""
        begun = [one for one in self._of.get(who, ()) if one.first <= day]
        return begun[-1] if begun and begun[-1].week else None

    def minutes(self, who: int, span: Span, days: Callable[[Span], int]) -> int:
        """Give the minutes for SEND that somebody has in a closed span.

        Args:
            days: gives the school days of a closed span; a week has five.
        """
        rows, found = self._of.get(who, []), 0
        for place, row in enumerate(rows):
            after = rows[place + 1].first if place + 1 < len(rows) else None
            held = Span(row.first, None if after is None else max(row.first, after - ONE_DAY))
            if row.send and (part := held.overlap(span)) is not None:
                found += row.send * days(part)
        return round(found / DAYS_A_WEEK)
