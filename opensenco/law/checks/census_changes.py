"""Two lists of what the census would say of pupils, laid side by side (IDN-09).

Used for our record beside the school's system, and for this census beside the last. See
docs/law/census.md. A pupil is a key of the caller's: no name comes in here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from opensenco.law.checks.needs import RankedNeed
from opensenco.law.registry import answers
from opensenco.law.rulebook.identification import IDN_09


@dataclass(frozen=True, slots=True)
class Entry:
    """What one list says of a pupil; the order in which needs are listed means nothing."""

    status: str
    needs: tuple[RankedNeed, ...] = ()

    @property
    def written(self) -> str:
        """The needs as people write them: "SLCN 1, SEMH 2"."""
        ranked = sorted(self.needs, key=lambda need: (need.rank, need.code))
        return ", ".join(f"{need.code} {need.rank}" for need in ranked)


class Item(StrEnum):
    """What differs."""

    PUPIL = "pupil"
    """Only one of the lists has this pupil."""
    STATUS = "status"
    NEEDS = "needs"


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference, with both values; empty where a list does not have the pupil."""

    pupil: str
    item: Item
    first: str
    second: str


@answers(IDN_09)
def differences(
    *, first: Mapping[str, Entry], second: Mapping[str, Entry]
) -> tuple[Difference, ...]:
    """Where two lists, by the same keys of pupils, differ; in the order of the keys."""
    return tuple(
        difference
        for pupil in sorted(first.keys() | second.keys())
        for difference in _of_one(pupil, first.get(pupil), second.get(pupil))
    )


def _of_one(pupil: str, one: Entry | None, other: Entry | None) -> tuple[Difference, ...]:
    if one is None or other is None:
        said = [entry.status if entry else "" for entry in (one, other)]
        return (Difference(pupil, Item.PUPIL, *said),)
    pairs = (
        (Item.STATUS, one.status, other.status),
        (Item.NEEDS, one.written, other.written),
    )
    return tuple(Difference(pupil, item, a, b) for item, a, b in pairs if a != b)
