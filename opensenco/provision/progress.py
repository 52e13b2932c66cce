"""From entry to exit: the arithmetic of a pupil's points. Plain numbers and days, no rows.

A point is the entry or the exit only where it was measured near enough to the day on which the
provision began or ended. Otherwise the gain would be of something else, and is not given.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

#: how long before the first day, and after it, the first measure still is where a pupil began
ENTRY_BEFORE, ENTRY_AFTER = timedelta(days=60), timedelta(days=14)
#: how long before the last day, and after it, the latest measure is where a pupil ended
EXIT_BEFORE, EXIT_AFTER = timedelta(days=14), timedelta(days=28)


@dataclass(frozen=True, slots=True)
class Mark:
    """One point: its day, the score, and whether somebody said that it is the last."""

    on: date
    score: Decimal
    last: bool = False


@dataclass(frozen=True, slots=True)
class Journey:
    """A pupil's points in the order of their days, with those of the beginning and the end."""

    marks: tuple[Mark, ...]
    entry: Mark | None
    exit: Mark | None
    less_is_better: bool = False

    @property
    def gain(self) -> Decimal | None:
        """How much better the exit is than the entry; below nought where it is worse."""
        if self.entry is None or self.exit is None:
            return None
        return better_by(self.exit.score, self.entry.score, less_is_better=self.less_is_better)


def journey(
    marks: Sequence[Mark], *, starts: date, ends: date | None, less_is_better: bool = False
) -> Journey:
    """Tell entry and exit of a pupil's points. One point alone is never both.

    Args:
        starts: the first day of the provision. ends: the last one, None where it has no end.
    """
    ordered = tuple(sorted(marks, key=lambda mark: mark.on))
    first = ordered[0] if ordered and ordered[0].on <= starts + ENTRY_AFTER else None
    ending = [mark for mark in ordered if mark.last]
    if not ending and ends is not None:
        ending = [one for one in ordered if ends - EXIT_BEFORE <= one.on <= ends + EXIT_AFTER]
    final = ending[-1] if ending else None
    if final is not None and final == ordered[0]:
        final = None
    return Journey(ordered, first, final, less_is_better)


@dataclass(frozen=True, slots=True)
class AimLine:
    """The straight line from a first point to the aim; level before the one and after the other."""

    first: date
    begins: Decimal
    by: date
    score: Decimal

    def on(self, day: date) -> Decimal:
        """Give what is to be reached by a day, to two places."""
        whole = (self.by - self.first).days
        if whole <= 0 or day >= self.by:
            return self.score
        gone = Fraction(max((day - self.first).days, 0), whole)
        value = Fraction(self.begins) + gone * (Fraction(self.score) - Fraction(self.begins))
        return Decimal(round(value * 100)) / 100


def better_by(score: Decimal, than: Decimal, *, less_is_better: bool) -> Decimal:
    """Tell by how much a score is better than another; below nought where it is worse."""
    return than - score if less_is_better else score - than


def plain(score: Decimal) -> str:
    """Give a score without needless noughts: 4 and not 4.00."""
    text = format(score.normalize(), "f")
    return "0" if text == "-0" else text
