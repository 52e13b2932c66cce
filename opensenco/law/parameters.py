"""Numbers that a rule uses: shipped with dates of force, and overlaid by an authority or a school.

A rule asks `Parameters.use(parameter, day)` and gets the value together with a record of where it
came from; that record goes with the result, so a reader always sees which number was used. The
shipped rows stand in `law/numbers`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, Generic, TypeVar, cast

from opensenco.kernel.dates import Span
from opensenco.kernel.errors import Invalid
from opensenco.kernel.words import mark, sentence
from opensenco.law.dated import Dated, Row
from opensenco.law.discover import declared
from opensenco.law.rule import REFORM, Rule
from opensenco.law.strength import Evidence

V = TypeVar("V", int, str, date)


class Origin(StrEnum):
    """Who gave a value. A school's own row counts before its authority's, and that before ours."""

    SHIPPED = "shipped"
    AUTHORITY = "authority"
    SCHOOL = "school"


@dataclass(frozen=True, slots=True)
class Parameter(Generic[V]):
    """A whole number, a date or a word with dates of force.

    `rule` is the identifier of the rule it belongs to. `settable` says whether anybody may overlay
    it: only custom may be, since what an Act or regulations fix is not the school's to change. A
    number is then held between `least` and `most`, a word to one of `choices`.
    """

    rule: str
    title: str
    unit: str
    table: Dated[V]
    settable: bool = False
    least: int = 0
    most: int = 0
    choices: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return self.table.key


def shipped(
    key: str,
    value: V,
    rule: Rule,
    *,
    first: date = REFORM,
    last: date | None = None,
    evidence: Evidence | None = None,
) -> Dated[V]:
    """A table of one row, with the provision of `rule` and, unless given, its evidence."""
    return Dated(key, (Row(first, last, value, rule.provision, evidence or rule.evidence),))


@dataclass(frozen=True, slots=True)
class Overlay:
    """A row that an authority or a school entered, with its source (a policy, a minute)."""

    key: str
    first: date
    last: date | None
    value: int | str | date
    source: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Used(Generic[V]):
    """Which value a result rests on. `source` is a citation or the words the school gave."""

    key: str
    value: V
    first: date
    last: date | None
    origin: Origin
    source: str


@cache
def known() -> Mapping[str, Parameter[Any]]:
    """All parameters of `law/numbers` by their keys. Two of one key are a ValueError."""
    found: dict[str, Parameter[Any]] = {}
    for each in declared("opensenco.law.numbers", "PARAMETERS"):
        if each.key in found:
            raise ValueError(f"{each.key} is declared twice.")
        found[each.key] = each
    return found


class Parameters:
    """The shipped values with the overlay of one school and its authority. Immutable.

    Raises Invalid, naming the field, for an overlay that may not be: an unknown or fixed number, a
    value out of bounds, no source, an end before its start, or two rows of one origin that overlap.
    """

    __slots__ = ("_overlays",)

    def __init__(self, overlays: Iterable[Overlay] = ()) -> None:
        rows = tuple(overlays)
        for position, row in enumerate(rows):
            check_overlay(row, rows[:position])
        self._overlays = rows

    @property
    def overlays(self) -> tuple[Overlay, ...]:
        return self._overlays

    def use(self, parameter: Parameter[V], day: date) -> Used[V]:
        """The value on `day` and its origin. Raises NotInForce where even the shipped has none."""
        for origin in (Origin.SCHOOL, Origin.AUTHORITY) if self._overlays else ():
            for row in self._overlays:
                if (row.key, row.origin) == (parameter.key, origin) and day in _span(row):
                    value = cast(V, row.value)  # check_overlay saw to its type
                    return Used(row.key, value, row.first, row.last, origin, row.source)
        return _shipped(parameter.key, parameter.table.row_on(day))


_told: dict[int, tuple[Row[Any], Used[Any]]] = {}
"""What is told of a shipped row, by the identity of that row, which never changes."""


def _shipped(key: str, row: Row[V]) -> Used[V]:
    known_row, told = _told.get(id(row), (None, None))
    if known_row is not row or told is None:
        told = Used(key, row.value, row.first, row.last, Origin.SHIPPED, str(row.provision))
        _told[id(row)] = (row, told)
    return told


def _span(row: Overlay) -> Span:
    return Span(row.first, row.last)


def check_overlay(row: Overlay, others: Iterable[Overlay] = ()) -> None:
    """Raises Invalid where `row` may not stand beside `others`."""
    parameter = known().get(row.key)
    if parameter is None:
        raise Invalid("key", mark("There is no number of this name."))
    if not parameter.settable or row.origin is Origin.SHIPPED:
        raise Invalid("key", mark("This number is fixed and cannot be changed here."))
    _check_value(parameter, row.value)
    if not row.source.strip():
        raise Invalid(
            "source", mark("Say where this number comes from, such as a policy and its date.")
        )
    _span(row)  # refuses an end before the start
    for other in others:
        same = (other.key, other.origin) == (row.key, row.origin)
        if same and _span(row).overlap(_span(other)):
            raise Invalid("first", mark("Another number is already in force in part of this time."))


def _check_value(parameter: Parameter[Any], value: int | str | date) -> None:
    kind = type(parameter.table.rows[0].value)
    if kind is date and type(value) is not date:
        raise Invalid("value", mark("Enter a date."))
    if kind is str and value not in parameter.choices:
        words = mark("Enter one of these: {choices}.")
        raise Invalid("value", sentence(words, choices=", ".join(parameter.choices)))
    if kind is int and not (type(value) is int and parameter.least <= value <= parameter.most):
        raise Invalid(
            "value",
            sentence(
                mark("Enter a whole number from {least} to {most}."),
                least=parameter.least,
                most=parameter.most,
            ),
        )


SHIPPED = Parameters()
