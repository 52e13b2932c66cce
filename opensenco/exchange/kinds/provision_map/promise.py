"""What a row of a map promises, and what a person still has to say before it is a promise.

A cell goes before what was said for the whole file, and that before what the school's own library
calls usual. The starter library's numbers are what is usual elsewhere: they are offered, not taken.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from opensenco.exchange.kinds.provision_map.library_here import Entry, LibraryHere
from opensenco.exchange.readers.any_list import Values
from opensenco.exchange.readers.map_columns import PROVISION
from opensenco.kernel.text import search_key
from opensenco.provision.models import MOST_MINUTES, MOST_TIMES

SAID = "said"
NEW = "new"


class Asks(StrEnum):
    """What a person has to say of a provision, once for the whole file."""

    WHAT = "what"
    LAYER = "layer"
    TIMES = "times"
    MINUTES = "minutes"
    MEANS = "means"


class Means(StrEnum):
    """What a number or a length without more means in a map."""

    TICK = "tick"
    MINUTES = "minutes"
    TIMES = "times"
    EACH = "each"
    WEEK = "week"
    HOURS_WEEK = "hours-week"


@dataclass(frozen=True, slots=True)
class Promised:
    """What a row promises.

    Attributes:
        entry: the entry of a library; None for one that will be made.
        name: what it is called there.
        given: the row or a person said how often and how long; else it is what is usual.
        asks: what is missing; then it is no promise yet.
        impossible: the numbers cannot be a promise.
    """

    entry: Entry | None
    name: str
    layer: int
    times: int | None
    minutes: int | None
    given: frozenset[str]
    asks: frozenset[Asks]
    impossible: bool = False


def key_of(name: str) -> str:
    """The name of a provision as answers are kept under it."""
    return search_key(name)


def promised(values: Values, library: LibraryHere) -> Promised:
    """Give what a row promises, by what it says, what was said of the file, and the library."""
    said: Mapping[str, Any] = values.get(SAID) or {}
    found = library.find(values[PROVISION])
    what = said.get("as", "")
    asks: set[Asks] = set()
    entry = library.by_key.get(what) or found.entry if what != NEW else None
    if entry is None and what != NEW and found.alike:
        asks.add(Asks.WHAT)
    layer = entry.layer if entry else values.get("layer") or said.get("layer") or 0
    if not layer:
        asks.add(Asks.LAYER)
    numbers = _Numbers(values, said, asks)
    times, minutes = numbers.times, numbers.minutes
    given = frozenset(
        name for name, one in (("times_a_week", times), ("minutes", minutes)) if one is not None
    )
    if entry is not None and entry.own is not None and numbers.weekly is None:
        times, minutes = times or entry.times, minutes or entry.minutes
    if times is None and not numbers.unclear:
        asks.add(Asks.TIMES)
    if minutes is None and numbers.weekly is None and not numbers.unclear:
        asks.add(Asks.MINUTES)
    wrong = numbers.impossible or not _possible(times, MOST_TIMES)
    wrong = wrong or not _possible(minutes, MOST_MINUTES)
    return Promised(
        entry, entry.name if entry else values[PROVISION], int(layer), times, minutes, given,
        frozenset(asks), wrong,
    )  # fmt: skip


def _possible(number: int | None, most: int) -> bool:
    return number is None or 1 <= number <= most


class _Numbers:
    """How often and how long, as far as a row and the answers say it."""

    def __init__(self, values: Values, said: Mapping[str, Any], asks: set[Asks]) -> None:
        self.times: int | None = values.get("times")
        self.minutes: int | None = values.get("minutes")
        self.weekly: int | None = values.get("weekly")
        self.impossible = False
        self.unclear = False
        if number := values.get("number"):
            self._number(float(number), said.get("means", ""), asks)
        if length := values.get("length"):
            self._length(length, said.get("means", ""), asks)
        self.times = self.times or said.get("times")
        if self.weekly is None:
            self.minutes = self.minutes or said.get("minutes")
        elif self.times:
            each, rest = divmod(self.weekly, self.times)
            self.impossible = self.impossible or bool(rest)
            self.minutes = each

    def _number(self, number: float, means: str, asks: set[Asks]) -> None:
        if means == Means.HOURS_WEEK:
            self.weekly = round(number * 60)
        elif means in (Means.MINUTES, Means.TIMES):
            self.impossible = number != int(number)
            if means == Means.MINUTES:
                self.minutes = int(number)
            else:
                self.times = int(number)
        elif means != Means.TICK:
            self.unclear = True
            asks.add(Asks.MEANS)

    def _length(self, length: int, means: str, asks: set[Asks]) -> None:
        if means == Means.WEEK:
            self.weekly = length
        elif means == Means.EACH:
            self.minutes = length
        else:
            self.unclear = True
            asks.add(Asks.MEANS)
