"""Which promises the law owes to a child: apps above, which know EHC plans, say so."""

from collections.abc import Callable, Collection, Sequence

from opensenco.access.actor import Actor
from opensenco.provision.models import Allocation

#: gives of some promises the keys of those that are owed
Owes = Callable[[Actor, Sequence[Allocation]], Collection[int]]
_owes: list[Owes] = []


def owes(found: Owes) -> None:
    """Say which promises are owed, such as what gives a row of section F of an EHC plan."""
    _owes.append(found)


def owed_of(actor: Actor, promises: Sequence[Allocation]) -> frozenset[int]:
    """Give the keys of those promises that are owed, as far as this actor may know it."""
    return frozenset(key for found in _owes for key in found(actor, promises))
