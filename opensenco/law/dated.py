"""Values with dates of force. A change is a new row and never an edit, so that an old case is
still judged by the value of its own time (CAL-16)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Generic, TypeVar

from opensenco.kernel.dates import ONE_DAY
from opensenco.kernel.words import mark, sentence
from opensenco.law.rule import NotInForce
from opensenco.law.strength import Evidence, Provision

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Row(Generic[T]):
    """One value from `first` to `last`, both counted; `last` None while it still holds."""

    first: date
    last: date | None
    value: T
    provision: Provision
    evidence: Evidence = Evidence.SECONDARY

    def holds_on(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Dated(Generic[T]):
    """Rows in order of time. Rows that overlap or are out of order are a ValueError; gaps may be.

    A day in no row raises NotInForce: it is never answered with the nearest value.
    """

    key: str
    rows: tuple[Row[T], ...]

    def __post_init__(self) -> None:
        if not self.rows:
            raise ValueError(f"{self.key}: a dated table needs a row.")
        for row in self.rows:
            if row.last is not None and row.last < row.first:
                raise ValueError(f"{self.key}: the row from {row.first} ends before it begins.")
        for row, following in pairwise(self.rows):
            if row.last is None or following.first <= row.last:
                raise ValueError(f"{self.key}: the row from {following.first} overlaps another.")

    def __iter__(self) -> Iterator[Row[T]]:
        return iter(self.rows)

    def row_on(self, day: date) -> Row[T]:
        """The row that holds on `day`. Raises NotInForce."""
        for row in reversed(self.rows):
            if row.holds_on(day):
                return row
        words = mark("No value of {key} is in force on {day}.")
        raise NotInForce(sentence(words, key=self.key, day=day))

    def on(self, day: date) -> T:
        """The value on `day`. Raises NotInForce."""
        return self.row_on(day).value

    def followed_by(
        self, first: date, value: T, provision: Provision, evidence: Evidence
    ) -> "Dated[T]":
        """A table in which `value` holds from `first` on and the last row ends the day before.

        This table stays as it is. A start that is not after the last row's is a ValueError.
        """
        *earlier, last = self.rows
        if first <= last.first:
            raise ValueError(f"{self.key}: a new row must start after {last.first}.")
        ends = first - ONE_DAY if last.last is None or last.last >= first else last.last
        closed = Row(last.first, ends, last.value, last.provision, last.evidence)
        return Dated(self.key, (*earlier, closed, Row(first, None, value, provision, evidence)))
