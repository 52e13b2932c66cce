"""The error of a calendar that does not reach, and counting along a row of days."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date

from opensenco.kernel.dates import Span, say
from opensenco.kernel.errors import DomainError


class CalendarNotCovered(DomainError):
    """A calendar does not hold a day that a rule needs. `table` names the calendar."""

    code = "calendar-not-covered"

    def __init__(self, table: str, needed: date, covered: tuple[Span, ...] = ()) -> None:
        known = ", ".join(
            f"{say(span.first)} to {say(span.last or span.first)}" for span in covered
        )
        super().__init__(
            f"“{table}” does not cover {say(needed)}, so the date cannot be worked out. "
            + (f"It covers {known}." if known else "It is empty.")
        )
        self.table = table
        self.needed = needed
        self.covered = covered
        self.args = (table, needed, covered)


def nth_after(days: Sequence[int], start: int, nth: int) -> int | None:
    """The `nth` of the sorted day numbers `days` that is after `start`; None where they run out."""
    position = bisect_right(days, start) + nth - 1
    return days[position] if position < len(days) else None


def count_in(days: Sequence[int], first: int, last: int) -> int:
    """How many of the sorted day numbers `days` lie from `first` to `last`, both counted."""
    return max(0, bisect_right(days, last) - bisect_left(days, first))
