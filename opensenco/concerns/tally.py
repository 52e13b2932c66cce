"""Counting what was seen at set times. No database, no clock."""

from collections.abc import Sequence
from dataclasses import dataclass

#: below this many looks a share says little, and the page says so
FEW = 10


@dataclass(frozen=True, slots=True)
class Line:
    """One word that was tallied: at how many looks, and of how many in a hundred that is."""

    words: str
    count: int
    percent: int
    longest: int


@dataclass(frozen=True, slots=True)
class Tally:
    """What was seen at set times, counted.

    Args:
        looks: how many looks there were. noted: at how many of them something was noted.
    """

    lines: tuple[Line, ...]
    looks: int
    noted: int

    @property
    def few(self) -> bool:
        """Whether there are too few looks for a share to say much."""
        return self.noted < FEW


def tally(labels: Sequence[str], samples: Sequence[int | None]) -> Tally:
    """Count samples by label. Shares are of the looks at which something was noted.

    Shares are whole numbers that add up to a hundred: what is lost by rounding down goes to those
    that lost most.

    Args:
        labels: what could be noted.
        samples: for each look the place of its label from 0; None where nothing was noted.
    """
    counts = [sum(one == place for one in samples) for place in range(len(labels))]
    noted = sum(counts)
    shares = _shares(counts, noted)
    longest = [_longest(samples, place) for place in range(len(labels))]
    lines = tuple(
        Line(words, counts[place], shares[place], longest[place])
        for place, words in enumerate(labels)
    )
    return Tally(lines, len(samples), noted)


def _shares(counts: Sequence[int], noted: int) -> list[int]:
    if not noted:
        return [0 for _count in counts]
    whole = [100 * count // noted for count in counts]
    lost = sorted(range(len(counts)), key=lambda place: (-(100 * counts[place] % noted), place))
    for place in lost[: 100 - sum(whole)]:
        whole[place] += 1
    return whole


def _longest(samples: Sequence[int | None], place: int) -> int:
    """Give how many looks in a row noted the same."""
    longest = run = 0
    for one in samples:
        run = run + 1 if one == place else 0
        longest = max(longest, run)
    return longest
