"""Gains of several children as a distribution: what can be said of them, and what cannot.

No mean is given: on a handful of children one child moves it. The median is given from six children
on, with an interval made of the children's own gains. It rests on nothing but counting: each child
of the like is as likely above the true median as below it, so the number above is that of heads in
tosses of a coin. Of fewer than six the widest interval there is, from the least gain to the
greatest, would miss the true median more often than once in twenty times; then nothing is said but
how many gained.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import comb

#: how sure an interval is at least
SURE = Fraction(95, 100)
#: fewer than this and there is no such interval: 1 - 2 / 2 ** 5 is less than 95 in 100
FEWEST = 6


@dataclass(frozen=True, slots=True)
class Interval:
    """From one child's gain to another's; `sure` is how often such an interval holds the median."""

    low: Decimal
    high: Decimal
    sure: Fraction


@dataclass(frozen=True, slots=True)
class Spread:
    """Gains in rising order, and what can be said of them.

    Args:
        median: None, like the interval, where there are too few.
    """

    gains: tuple[Decimal, ...]
    median: Decimal | None
    interval: Interval | None

    @property
    def number(self) -> int:
        """How many children."""
        return len(self.gains)

    @property
    def gained(self) -> int:
        """How many are better at the end than at the beginning."""
        return sum(gain > 0 for gain in self.gains)

    @property
    def same(self) -> int:
        """How many are where they began."""
        return sum(gain == 0 for gain in self.gains)

    @property
    def lost(self) -> int:
        """How many are worse at the end."""
        return sum(gain < 0 for gain in self.gains)


def spread(gains: Iterable[Decimal]) -> Spread:
    """Tell what can be said of gains."""
    ordered = tuple(sorted(gains))
    found = interval(ordered)
    return Spread(ordered, median(ordered) if found else None, found)


def median(ordered: Sequence[Decimal]) -> Decimal:
    """Give the middle of values in rising order: as many lie above it as below.

    Raises:
        ValueError: there is none.
    """
    if not ordered:
        raise ValueError("No values have no median.")
    half = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[half]
    return (ordered[half - 1] + ordered[half]) / 2


def interval(ordered: Sequence[Decimal]) -> Interval | None:
    """Give the narrowest interval of values in rising order that is sure enough.

    It runs from the value at a place to the one at the same place from above. None where even the
    widest is not sure enough.
    """
    number = len(ordered)
    found = None
    outside = 0
    for place in range(number // 2):
        # that at most `place` of the values lie on one side of the true median
        outside += comb(number, place)
        sure = 1 - Fraction(2 * outside, 2**number)
        if sure < SURE:
            break
        found = Interval(ordered[place], ordered[number - 1 - place], sure)
    return found
