"""The starter library: what schools usually give, to copy into one's own library and change.

Its entries are data (provisions.toml). Every number in it is what is usual, never a rule.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

LAYERS = {"universal": 1, "targeted": 2, "specialist": 3}
STRENGTHS = {"strong", "moderate", "emerging", "mixed", "weak", "expert"}
#: an account of the finding was read: only then is the evidence shown as fact
READ = "finding-read"
CHECKED = {READ, "source-seen", "from-knowledge"}
WORDS = ("name", "purpose", "how_it_runs", "entry_measure", "exit_measure", "training")
MOST_NAME, MOST_MEASURE = 120, 200


class StarterFault(ValueError):
    """The file of the starter library holds an entry that cannot be used."""


@dataclass(frozen=True, slots=True)
class Starter:
    """One entry.

    `minutes`, `times_a_week` and `weeks` are None where they make no sense, as for teaching that
    is part of every lesson. `evidence` is empty where nobody has read the finding yet.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    area: str
    layer: int
    ages: tuple[int, int]
    group: tuple[int, int, int]
    minutes: int | None
    times_a_week: int | None
    weeks: int | None
    delivered_by: tuple[str, ...]
    training: str
    purpose: str
    how_it_runs: str
    entry_measure: str
    exit_measure: str
    cautions: str
    strength: str
    evidence: str

    def matches(self, words: str) -> bool:
        """Tell whether each of the words is in the name, an alias or the purpose."""
        text = " ".join((self.name, *self.aliases, self.purpose)).casefold()
        return all(word in text for word in words.casefold().split())


@dataclass(frozen=True, slots=True)
class Library:
    """All entries in the order of the file, and the names of areas of need."""

    areas: Mapping[str, str]
    entries: Mapping[str, Starter]

    def found(self, words: str = "", area: str = "", layer: int | None = None) -> list[Starter]:
        """Give the entries that match all of what is asked."""
        return [
            entry
            for entry in self.entries.values()
            if entry.matches(words)
            and (not area or entry.area == area)
            and (layer is None or entry.layer == layer)
        ]


@cache
def library() -> Library:
    """Give the shipped library, read once."""
    text = resources.files(__name__).joinpath("provisions.toml").read_text("utf-8")
    return read(text)


def read(text: str) -> Library:
    """Read a library and check every entry.

    Raises:
        StarterFault: an entry cannot be used; says which and why.
    """
    table = tomllib.loads(text)
    entries: dict[str, Starter] = {}
    for raw in table["provision"]:
        try:
            entry = _entry(raw, table["areas"], table["roles"])
        except (KeyError, TypeError, ValueError) as fault:
            raise StarterFault(f"{raw.get('id', 'an entry without id')}: {fault}") from fault
        if entry.id in entries:
            raise StarterFault(f"{entry.id}: there are two of this id")
        entries[entry.id] = entry
    return Library(table["areas"], entries)


def _entry(raw: dict[str, Any], areas: Mapping[str, str], roles: Mapping[str, str]) -> Starter:
    _check_words(raw)
    if raw["area"] not in areas:
        raise StarterFault(f"no such area: {raw['area']}")
    if raw["evidence_strength"] not in STRENGTHS or raw["evidence_checked"] not in CHECKED:
        raise StarterFault("unknown strength of evidence, or how it was checked")
    if raw["wave"] != LAYERS[raw["layer"]]:
        raise StarterFault("layer and wave differ")
    read_it = raw["evidence_checked"] == READ
    return Starter(
        id=raw["id"],
        name=raw["name"],
        aliases=tuple(raw["aliases"]),
        area=raw["area"],
        layer=LAYERS[raw["layer"]],
        ages=_rising(raw["age_from"], raw["age_to"]),
        group=_sizes(raw["group_min"], raw["group_usual"], raw["group_max"]),
        minutes=_within(raw, "minutes", 360),
        times_a_week=_within(raw, "sessions_per_week", 25),
        weeks=_within(raw, "weeks", 60),
        delivered_by=tuple(roles[key] for key in raw["delivered_by"]),
        training=raw["training"],
        purpose=raw["purpose"],
        how_it_runs=raw["how_it_runs"],
        entry_measure=raw["entry_measure"],
        exit_measure=raw["exit_measure"],
        cautions=raw["cautions"],
        strength=raw["evidence_strength"],
        evidence=f"{raw['evidence_note']} ({raw['evidence_source']})" if read_it else "",
    )


def _check_words(raw: dict[str, Any]) -> None:
    for part in WORDS:
        if not str(raw[part]).strip():
            raise StarterFault(f"{part} is empty")
    if len(raw["name"]) > MOST_NAME:
        raise StarterFault("the name is too long")
    if max(len(raw["entry_measure"]), len(raw["exit_measure"])) > MOST_MEASURE:
        raise StarterFault("a measure is too long")


def _within(raw: dict[str, Any], part: str, most: int) -> int | None:
    value = raw.get(part)
    if value is None:
        return None
    if not 1 <= value <= most:
        raise StarterFault(f"{part} must be between 1 and {most}")
    return int(value)


def _rising(low: int, high: int) -> tuple[int, int]:
    if not 0 <= low <= high <= 25:
        raise StarterFault("ages must rise and lie between 0 and 25")
    return low, high


def _sizes(least: int, usual: int, most: int) -> tuple[int, int, int]:
    if not 1 <= least <= usual <= most <= 60:
        raise StarterFault("group sizes must rise: least, usual, most")
    return least, usual, most
