"""Progress set against what is usual: plain numbers and days, no rows.

Two scores of one child differ by chance alone, because no test is exact. Where its manual says how
exact one score is, a difference is more than chance only beyond 1.96 × √2 of that (such a range is
right 19 times in 20). Where nobody has said so, nothing is called more than chance.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from opensenco.provision.progress import Journey, better_by
from opensenco.provision.states import UsualKind

#: a month, and a term as a third of a year, in days
MONTH, TERM = Fraction("365.25") / 12, Fraction("365.25") / 3
#: 1.96 × √2: beyond so many errors of one score two scores differ by more than chance
APART = Fraction("2.772")
TENTH = 10


class Beside(StrEnum):
    """How progress stands to what is usual. UNSURE: nobody has said how exact the measure is."""

    MORE = "more"
    ABOUT = "about"
    LESS = "less"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Norm:
    """What is usual for a measure.

    Args:
        gain: in a term, where the kind is TERM. error: of one score, None where nobody said so.
    """

    kind: str
    gain: Decimal | None = None
    error: Decimal | None = None

    @property
    def within(self) -> Decimal | None:
        """By how much two scores can differ by chance, to one place."""
        if self.error is None:
            return None
        return _tenths(Fraction(self.error) * APART)

    def after(self, days: int) -> Decimal | None:
        """Give what a pupil usually gains in so many days; None where nothing is usual."""
        if self.kind == UsualKind.SAME:
            return Decimal(0)
        if self.kind == UsualKind.MONTHS:
            return _tenths(days / MONTH)
        if self.kind == UsualKind.TERM and self.gain is not None:
            return _tenths(days / TERM * Fraction(self.gain))
        return None


@dataclass(frozen=True, slots=True)
class Compared:
    """What a pupil gained between two measures, and what would have been usual."""

    days: int
    gained: Decimal
    usual: Decimal
    within: Decimal | None
    beside: Beside

    @property
    def more(self) -> Decimal:
        """By how much more than usual it is; below nought where it is less."""
        return self.gained - self.usual


def compare(norm: Norm, found: Journey) -> Compared | None:
    """Set a pupil's way from entry to the exit, else to the latest measure, against what is usual.

    None where there is no entry, no later measure, or nothing is said to be usual.
    """
    first, last = found.entry, found.exit or (found.marks[-1] if found.marks else None)
    if first is None or last is None or last.on <= first.on:
        return None
    days = (last.on - first.on).days
    usual = norm.after(days)
    if usual is None:
        return None
    gained = better_by(last.score, first.score, less_is_better=found.less_is_better)
    return Compared(days, gained, usual, norm.within, _beside(gained - usual, norm.within))


def expected(norm: Norm, found: Journey, on: date) -> Decimal | None:
    """Give the score that would be usual on a day, from where a pupil began."""
    if found.entry is None or on <= found.entry.on:
        return None
    usual = norm.after((on - found.entry.on).days)
    if usual is None:
        return None
    return found.entry.score - usual if found.less_is_better else found.entry.score + usual


def _beside(more: Decimal, within: Decimal | None) -> Beside:
    if within is None:
        return Beside.UNSURE if more else Beside.ABOUT
    if abs(more) <= within:
        return Beside.ABOUT
    return Beside.MORE if more > 0 else Beside.LESS


def _tenths(value: Fraction) -> Decimal:
    return Decimal(round(value * TENTH)) / TENTH
