"""One establishment of the national register, as far as a setting needs it.

Heads' names, which the register holds too, have no place here.
"""

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum

from opensenco.kernel.words import Sentence


class Standing(StrEnum):
    """Whether an establishment is open, by the register's four statuses."""

    OPEN = "open"
    CLOSED = "closed"
    CLOSING = "closing"
    PROPOSED = "proposed"


@dataclass(frozen=True, slots=True)
class Coded:
    """A value of a code list: a code without leading zeros ("2", never "02") and its name.

    Either may be empty: some fields of the register have a name only, some copies no codes.
    """

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Address:
    """Where an establishment is."""

    street: str
    locality: str
    address3: str
    town: str
    county: str
    postcode: str


@dataclass(frozen=True, slots=True)
class SenPlaces:
    """What an establishment is approved or resourced for; `types` are codes of types of need."""

    types: tuple[str, ...]
    section_41: bool | None
    resourced_provision: bool | None
    resourced_on_roll: int | None
    resourced_capacity: int | None
    unit: bool | None
    unit_on_roll: int | None
    unit_capacity: int | None


@dataclass(frozen=True, slots=True)
class Establishment:
    """One row of the register.

    Text is "" and everything else None where the register says nothing or "does not apply".
    Coordinates are metres of the British National Grid. `unread` names the columns of this row
    that held something else than they should; their fields are empty.
    """

    line: int
    urn: str
    name: str
    standing: Standing
    la_code: str
    la_name: str
    establishment_number: str
    ukprn: str
    type: Coded | None
    type_group: Coded | None
    phase: Coded | None
    gender: Coded | None
    opened_on: date | None
    closed_on: date | None
    low_age: int | None
    high_age: int | None
    has_nursery: bool | None
    has_sixth_form: bool | None
    capacity: int | None
    pupils: int | None
    fsm_percent: Decimal | None
    trust: Coded | None
    federation: Coded | None
    address: Address
    website: str
    phone: str
    sen: SenPlaces
    district: Coded | None
    easting: int | None
    northing: int | None
    changed_on: date | None
    unread: tuple[str, ...] = ()

    @property
    def laestab(self) -> str:
        """Authority and number together, "2036905"; "" where the register has no number."""
        return self.la_code + self.establishment_number if self.establishment_number else ""

    def values(self) -> dict[str, object]:
        """Every fact by name, for storing and for `compare.changes`.

        A coded value becomes two, `type_code` and `type_name`; the parts of the address stand by
        themselves; those of `sen` begin with `sen_`. `line` and `unread`, which are of the file
        and not of the school, are left out.
        """
        flat: dict[str, object] = {}
        for name in _NAMES:
            value: object = getattr(self, name)
            if name in CODED:
                coded = value if isinstance(value, Coded) else Coded("", "")
                flat |= {f"{name}_code": coded.code, f"{name}_name": coded.name}
            elif isinstance(value, Address):
                flat |= {part: getattr(value, part) for part in _PARTS[Address]}
            elif isinstance(value, SenPlaces):
                flat |= {f"sen_{part}": getattr(value, part) for part in _PARTS[SenPlaces]}
            else:
                flat[name] = value
        return flat


_NAMES = tuple(item.name for item in fields(Establishment) if item.name not in {"line", "unread"})
# By hand, since `asdict` copies deeply and would take a quarter of the time of a whole import.
_PARTS = {kind: tuple(item.name for item in fields(kind)) for kind in (Address, SenPlaces)}

CODED = frozenset({"type", "type_group", "phase", "gender", "trust", "federation", "district"})


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A row that was set aside, from `line` to `last_line`, and why.

    `urn` is "" where it could not be made out. Nothing else of the row is kept.
    """

    line: int
    last_line: int
    urn: str
    reason: Sentence
