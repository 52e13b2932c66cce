"""Counts of people in which nobody can be picked out, also not by subtraction.

One to four people are never told. A reader who knows this rule, and the other numbers of the page,
must not be able to work one of them out: so where a hidden number could only be one, the total goes
first, and then the smallest number beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

#: the first count that is told
SMALL = 5


@dataclass(frozen=True, slots=True)
class Guarded:
    """A count as it may be shown.

    Args:
        value: the count; None where it is hidden.
        small: hidden because it is one to four; otherwise because of a small one elsewhere.
    """

    value: int | None
    small: bool = False


@dataclass(frozen=True, slots=True)
class Tables:
    """Tables that count the same people, and their common total, as they may be shown."""

    tables: tuple[tuple[Guarded, ...], ...]
    total: int | None


def guard(*tables: Sequence[int]) -> Tables:
    """Hide what must be hidden in tables that count the same people in different ways.

    Raises:
        ValueError: a count is negative, or the tables do not add up to the same total.
    """
    if min((count for table in tables for count in table), default=0) < 0:
        raise ValueError("a count of people is never negative")
    if len({sum(table) for table in tables}) > 1:
        raise ValueError("these tables do not count the same people")
    total: int | None = sum(tables[0]) if tables else 0
    if total in range(1, SMALL):
        total = None
    beside: set[tuple[int, int]] = set()
    while (weak := _weak(tables, beside, total)) is not None:
        candidates = [
            (number != weak, count, number, place)
            for number, table in enumerate(tables)
            for place, count in enumerate(table)
            if count >= SMALL and (number, place) not in beside
        ]
        if total is not None:
            total = None
        elif candidates:
            beside.add(min(candidates)[2:])
        else:
            break
    return Tables(
        tuple(
            tuple(_shown(count, (number, place) in beside) for place, count in enumerate(table))
            for number, table in enumerate(tables)
        ),
        total,
    )


def possible(
    tables: Sequence[Sequence[Guarded]], total: int | None, number: int
) -> tuple[int, ...]:
    """Give which counts a small hidden one of a table can be, to a reader who knows the rule.

    The small ones of one table cannot be told apart, so one answer holds for each of them.
    """
    low, high = _range(tables[number], one_less=True)
    others = [_range(table) for place, table in enumerate(tables) if place != number]
    others += [(total, total)] if total is not None else []
    least = max([0, *(one[0] for one in others)])
    most = min([_ENDLESS, *(one[1] for one in others)])
    return tuple(
        value for value in range(1, SMALL) if low + value <= most and high + value >= least
    )


_ENDLESS = 10**9


def _range(table: Sequence[Guarded], *, one_less: bool = False) -> tuple[int, int]:
    """Give between which totals a table can lie; every whole number between them is possible."""
    told = sum(one.value for one in table if one.value is not None)
    small = sum(one.small for one in table) - one_less
    beside = sum(one.value is None and not one.small for one in table)
    low = told + small + SMALL * beside
    return low, _ENDLESS if beside else told + (SMALL - 1) * small


def _weak(
    tables: Sequence[Sequence[int]], beside: set[tuple[int, int]], total: int | None
) -> int | None:
    """Give the first table in which a small number can be worked out."""
    shown = [
        [_shown(count, (number, place) in beside) for place, count in enumerate(table)]
        for number, table in enumerate(tables)
    ]
    for number, table in enumerate(shown):
        if any(one.small for one in table) and len(possible(shown, total, number)) == 1:
            return number
    return None


def _shown(count: int, beside: bool) -> Guarded:
    if count in range(1, SMALL):
        return Guarded(None, small=True)
    return Guarded(None if beside else count)
