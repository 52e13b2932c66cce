"""How a place counts and what an hour costs, by the day: its conventions, and the rates of people
and posts. Plain facts, no database and no clock.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from opensenco.kernel.dates import ONE_DAY
from opensenco.law.money.costing import Charge
from opensenco.law.money.staff import Rate, RateBasis, rate_on
from opensenco.law.money.years import YearKind
from opensenco.law.rule import NotInForce


@dataclass(frozen=True, slots=True)
class Way:
    """How a place counts from a day on."""

    first: date = date.min
    basis: RateBasis = RateBasis.AUTHORITY_STANDARD
    charge: Charge = Charge.SHARED
    weeks: int = 38
    year: YearKind = YearKind.FINANCIAL
    teacher_hours: Decimal | None = None
    usual_post: str = "ta"


@dataclass(frozen=True, slots=True)
class Price:
    """A row of rates: `who` is nobody where it is everybody's of the post."""

    post: str
    who: int | None
    basis: RateBasis
    pence: int | None
    first: date


class Ways:
    """The conventions of a place in the order of their days; before the first, the usual."""

    def __init__(self, rows: Iterable[Way]) -> None:
        by_day = {row.first: row for row in rows}
        self.rows = [Way(), *(by_day[day] for day in sorted(by_day))]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Ways) and self.rows == other.rows

    __hash__ = None  # type: ignore[assignment]

    def on(self, day: date) -> Way:
        """Give how is counted on a day."""
        return next(row for row in reversed(self.rows) if row.first <= day)

    def at(self, basis: RateBasis | None) -> "Ways":
        """Give the same, counted at rates of one kind; at their own without."""
        if basis is None:
            return self
        return Ways(replace(row, basis=basis) for row in self.rows)


class Prices:
    """The rates of a place, asked by person or post, kind and day.

    Args:
        rows: in the order in which they were entered, none that was taken back.
        posts: the post that each person's role tells, where no row does.
    """

    def __init__(self, rows: Iterable[Price], posts: Mapping[int, str]) -> None:
        self._posts = posts
        self._held: dict[int, list[Price]] = {}
        self._rates: dict[tuple[RateBasis, int | str], list[Rate]] = {}
        standing = {(row.who, row.who is None and row.post, row.basis, row.first): row
                    for row in rows}  # fmt: skip
        ordered = sorted(standing.values(), key=lambda row: row.first)
        self.firsts = frozenset(row.first for row in ordered)
        for row in ordered:
            if row.who is not None:
                self._held.setdefault(row.who, []).append(row)
        for basis in RateBasis:
            own: dict[int | str, list[Price]] = {}
            for row in ordered:
                if row.basis is basis or (row.who is not None and row.pence is None):
                    own.setdefault(row.post if row.who is None else row.who, []).append(row)
            for key, held in own.items():
                self._rates[basis, key] = list(_spans(held, basis))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Prices) and self._said == other._said

    __hash__ = None  # type: ignore[assignment]

    @property
    def _said(self) -> tuple[Any, ...]:
        return self._posts, self._held, self._rates, self.firsts

    def post_of(self, who: int | None, day: date, usual: str) -> str:
        """Give the post of somebody on a day; of nobody, the usual."""
        if who is None:
            return usual
        said = [row for row in self._held.get(who, ()) if row.first <= day]
        return said[-1].post if said else self._posts.get(who, usual)

    def pence(self, who: int | None, post: str, basis: RateBasis, day: date) -> int | None:
        """Give what an hour costs: of the person, else of the post; None where nobody said."""
        own = None if who is None else self._one(basis, who, day)
        return own if own is not None else self._one(basis, post, day)

    def _one(self, basis: RateBasis, key: int | str, day: date) -> int | None:
        try:
            return rate_on(rates=self._rates.get((basis, key), ()), role=str(key), on=day).pence
        except NotInForce:
            return None


def _spans(rows: Sequence[Price], basis: RateBasis) -> Iterable[Rate]:
    """Each holds until the day before the next; one without pence only ends the one before."""
    for row, after in zip(rows, [*rows[1:], None], strict=True):
        if row.pence is not None:
            key = str(row.post if row.who is None else row.who)
            last = after.first - ONE_DAY if after else None
            if last is None or last >= row.first:
                yield Rate(role=key, pence=row.pence, first=row.first, last=last, basis=basis)
