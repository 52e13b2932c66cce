"""Numbers that a rule uses: shipped with dates of force, and overlaid by an authority or a school.

A rule asks `Parameters.use(parameter, day)` and gets the value together with a record of where it
came from; that record goes with the result, so a reader always sees which number was used.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from opensenco.kernel.dates import Span
from opensenco.kernel.errors import Invalid
from opensenco.kernel.words import mark, sentence
from opensenco.law.dated import Dated, Row
from opensenco.law.rulebook.identification import IDN_12, IDN_15
from opensenco.law.strength import Evidence, Provision


class Origin(StrEnum):
    """Who gave a value. A school's own row counts before its authority's, and that before ours."""

    SHIPPED = "shipped"
    AUTHORITY = "authority"
    SCHOOL = "school"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A whole number with dates of force. `settable` says whether anybody may overlay it.

    Only custom may be overlaid: what an Act or regulations fix is not the school's to change.
    """

    rule: str
    title: str
    unit: str
    table: Dated[int]
    settable: bool = False
    least: int = 0
    most: int = 0

    @property
    def key(self) -> str:
        return self.table.key


@dataclass(frozen=True, slots=True)
class Overlay:
    """A row that an authority or a school entered, with its source (a policy, a minute)."""

    key: str
    first: date
    last: date | None
    value: int
    source: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Used:
    """Which value a result rests on. `source` is a citation or the words the school gave."""

    key: str
    value: int
    first: date
    last: date | None
    origin: Origin
    source: str


def _usual(key: str, value: int, rule_provision: Provision) -> Dated[int]:
    return Dated(key, (Row(date(2014, 9, 1), None, value, rule_provision, Evidence.SECONDARY),))


CONCERN_REPLY = Parameter(
    rule=IDN_12.id,
    title=mark("School days in which a concern is answered"),
    unit=mark("school days"),
    table=_usual("concern.reply_school_days", 10, IDN_12.provision),
    settable=True,
    least=1,
    most=60,
)
TELL_PARENTS_ALERT = Parameter(
    rule=IDN_15.id,
    title=mark("School days after which the SENCO is alerted that parents have not been told"),
    unit=mark("school days"),
    table=_usual("parents.told_alert_school_days", 5, IDN_15.provision),
    settable=True,
    least=1,
    most=20,
)

PARAMETERS = {each.key: each for each in (CONCERN_REPLY, TELL_PARENTS_ALERT)}


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

    def use(self, parameter: Parameter, day: date) -> Used:
        """The value on `day` and its origin. Raises NotInForce where even the shipped has none."""
        for origin in (Origin.SCHOOL, Origin.AUTHORITY):
            for row in self._overlays:
                if (row.key, row.origin) == (parameter.key, origin) and day in _span(row):
                    return Used(row.key, row.value, row.first, row.last, origin, row.source)
        shipped = parameter.table.row_on(day)
        return Used(
            parameter.key,
            shipped.value,
            shipped.first,
            shipped.last,
            Origin.SHIPPED,
            str(shipped.provision),
        )


def _span(row: Overlay) -> Span:
    return Span(row.first, row.last)


def check_overlay(row: Overlay, others: Iterable[Overlay] = ()) -> None:
    """Raises Invalid where `row` may not stand beside `others`."""
    parameter = PARAMETERS.get(row.key)
    if parameter is None:
        raise Invalid("key", mark("There is no number of this name."))
    if not parameter.settable or row.origin is Origin.SHIPPED:
        raise Invalid("key", mark("This number is fixed and cannot be changed here."))
    if not parameter.least <= row.value <= parameter.most:
        raise Invalid(
            "value",
            sentence(
                mark("Enter a whole number from {least} to {most}."),
                least=parameter.least,
                most=parameter.most,
            ),
        )
    if not row.source.strip():
        raise Invalid(
            "source", mark("Say where this number comes from, such as a policy and its date.")
        )
    _span(row)  # refuses an end before the start
    for other in others:
        same = (other.key, other.origin) == (row.key, row.origin)
        if same and _span(row).overlap(_span(other)):
            raise Invalid("first", mark("Another number is already in force in part of this time."))


SHIPPED = Parameters()
