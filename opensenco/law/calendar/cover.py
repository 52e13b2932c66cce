"""The error of a calendar that does not reach, and counting along a row of days."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from opensenco.kernel.dates import ONE_DAY, Span
from opensenco.kernel.errors import DomainError
from opensenco.kernel.words import Sentence, mark, sentence


class CalendarNotCovered(DomainError):
    """A calendar does not hold a day that a rule needs. `table` names the calendar."""

    code = "calendar-not-covered"

    def __init__(self, table: str, needed: date, covered: tuple[Span, ...] = ()) -> None:
        super().__init__(_words(table, needed, covered))
        self.table = table
        self.needed = needed
        self.covered = covered
        self.args = (table, needed, covered)


def gap_with(covered: tuple[Span, ...], day: date) -> Span | None:
    """The days between two stretches in which `day` lies; None where it lies before the first or
    after the last of them. `covered` is in order of time, as every calendar gives it.
    """
    for before, after in pairwise(covered):
        ends = before.last or before.first
        if ends < day < after.first:
            return Span(ends + ONE_DAY, after.first - ONE_DAY)
    return None


def _words(table: str, needed: date, covered: tuple[Span, ...]) -> Sentence:
    if not covered:
        return sentence(
            mark(
                "“{table}” is empty. It does not cover {needed}, so the date cannot be worked out."
            ),
            table=table,
            needed=needed,
        )
    gap = gap_with(covered, needed)
    if gap is not None:
        return sentence(
            mark(
                "“{table}” does not cover {needed}, so the date cannot be worked out. "
                "Nothing is said in it of {first} to {last}; enter what these days are."
            ),
            table=table,
            needed=needed,
            first=gap.first,
            last=gap.last or gap.first,
        )
    # The stretch nearest to the day needed: it tells where the calendar has to be carried on.
    nearest = min(covered, key=lambda span: _distance(span, needed))
    return sentence(
        mark(
            "“{table}” does not cover {needed}, so the date cannot be worked out. "
            "It covers {first} to {last}."
        ),
        table=table,
        needed=needed,
        first=nearest.first,
        last=nearest.last or nearest.first,
    )


def _distance(span: Span, day: date) -> int:
    return min(abs((day - edge).days) for edge in (span.first, span.last or span.first))


def nth_after(days: Sequence[int], start: int, nth: int) -> int | None:
    """The `nth` of the sorted day numbers `days` that is after `start`; None where they run out."""
    position = bisect_right(days, start) + nth - 1
    return days[position] if position < len(days) else None


def count_in(days: Sequence[int], first: int, last: int) -> int:
    """How many of the sorted day numbers `days` lie from `first` to `last`, both counted."""
    return max(0, bisect_right(days, last) - bisect_left(days, first))
