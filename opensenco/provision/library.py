"""The starter library that comes with the product: read from a data file, checked as it is read.

A school brings entries in as rows of its own and changes them; a later version of the file adds
entries and never overwrites a school's.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

from opensenco.provision.states import Area, Layer

FILE = Path(__file__).parent / "starter" / "provisions.toml"
SCHEMA, VERSION = "provisions", 1
#: who delivers it where the file says several: at most so many are named
MOST_ROLES = 3


class BadLibrary(ValueError):
    """The data file says something that cannot be; names the entry and what is wrong."""


@dataclass(frozen=True)
class Entry:
    """One provision of the starter library, as the file holds it.

    Args:
        group_usual: the size to start from, between group_min and group_max.
        minutes, sessions_per_week: None where it is part of every lesson.
        weeks: None where it has no set end.
        delivered_by: keys of the file's own list of roles.
        evidence_checked: how far the note on evidence has been checked against its source.
    """

    id: str
    name: str
    aliases: list[str]
    area: str
    layer: str
    wave: int
    age_from: int
    age_to: int
    group_min: int
    group_max: int
    group_usual: int
    ongoing: bool
    costed: bool
    cost_basis: str
    delivered_by: list[str]
    training: str
    purpose: str
    how_it_runs: str
    entry_measure: str
    exit_measure: str
    evidence_strength: str
    evidence_source: str
    evidence_note: str
    evidence_checked: str
    cautions: str
    trademark: bool
    minutes: int | None = None
    sessions_per_week: int | None = None
    weeks: int | None = None
    trademark_note: str = ""


@dataclass(frozen=True)
class Library:
    """The starter library and the words of its roles."""

    entries: tuple[Entry, ...]
    roles: Mapping[str, str]

    def find(self, entry_id: str) -> Entry | None:
        """Give the entry of an id, or None."""
        return next((one for one in self.entries if one.id == entry_id), None)

    def who(self, entry: Entry) -> str:
        """Give in words who usually delivers an entry."""
        return ", ".join(self.roles[key] for key in entry.delivered_by[:MOST_ROLES])


@cache
def starter() -> Library:
    """Give the starter library.

    Raises:
        BadLibrary: the file breaks its own rules.
    """
    return read(tomllib.loads(FILE.read_text(encoding="utf-8")))


def read(data: Mapping[str, Any]) -> Library:
    """Read a library and check every entry of it.

    Raises:
        BadLibrary: see there.
    """
    if (data.get("schema"), data.get("version")) != (SCHEMA, VERSION):
        raise BadLibrary(f"expected {SCHEMA} version {VERSION}")
    entries = tuple(_entry(one) for one in data["provision"])
    for what in ("id", "name"):
        held = [getattr(one, what) for one in entries]
        twice = {one for one in held if held.count(one) > 1}
        if twice:
            raise BadLibrary(f"{what} used twice: {sorted(twice)}")
    unknown = {key for one in entries for key in one.delivered_by} - set(data["roles"])
    if unknown:
        raise BadLibrary(f"unknown roles: {sorted(unknown)}")
    return Library(entries, dict(data["roles"]))


def _entry(data: Mapping[str, Any]) -> Entry:
    known = {field.name: field.type for field in fields(Entry)}
    name = str(data.get("id", "an entry without id"))
    strange = set(data) - set(known)
    if strange:
        raise BadLibrary(f"{name}: unknown keys {sorted(strange)}")
    try:
        entry = Entry(**data)
    except TypeError as fault:
        raise BadLibrary(f"{name}: {fault}") from None
    for field in fields(Entry):
        _check_type(name, field.name, str(field.type), getattr(entry, field.name))
    _check_values(entry)
    return entry


_KINDS: dict[str, tuple[type, ...]] = {
    "str": (str,),
    "bool": (bool,),
    "int": (int,),
    "int | None": (int, type(None)),
    "list[str]": (list,),
}


def _check_type(entry: str, key: str, kind: str, value: object) -> None:
    wanted = _KINDS[kind.removeprefix("<class '").removesuffix("'>")]
    if not isinstance(value, wanted) or (isinstance(value, bool) and bool not in wanted):
        raise BadLibrary(f"{entry}: {key} is not {kind}")


def _check_values(entry: Entry) -> None:
    rules = {
        "area": entry.area in Area.values,
        "layer": entry.layer in Layer.values,
        "group_usual": 1 <= entry.group_min <= entry.group_usual <= entry.group_max,
        "age_to": 0 <= entry.age_from <= entry.age_to,
        "minutes": (entry.minutes is None) == (entry.sessions_per_week is None),
        "purpose": bool(entry.purpose.strip()),
        "delivered_by": bool(entry.delivered_by),
    }
    wrong = [key for key, holds in rules.items() if not holds]
    if wrong:
        raise BadLibrary(f"{entry.id}: {', '.join(wrong)} cannot be so")
