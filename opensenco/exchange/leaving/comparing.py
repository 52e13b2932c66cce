"""Comparing two files of places by what they say, and not by their bytes."""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from opensenco.exchange.leaving import what
from opensenco.exchange.leaving.archive import Reading

#: deeds that the way from one installation to another leaves in the books of both; they tell of
#: the way, and nothing of what was brought
JOURNEY = frozenset(
    {"ask_for_copy", "keep_copy", "stop_copy", "take_copy", "hand_out_copy", "bring_place_in"}
)
#: bytes that stand for one value; two that differ by chance are alike once in a million million
WIDE = 6
NUMBERS = ("urn", "la_code", "group_uid", "ofsted_urn")


@dataclass
class Table:
    """How one table differs; references of rows, never what stands in them."""

    only_first: list[str] = field(default_factory=list)
    only_second: list[str] = field(default_factory=list)
    #: by reference the fields that differ
    other: dict[str, list[str]] = field(default_factory=dict)

    @property
    def alike(self) -> bool:
        """Tell whether nothing differs."""
        return not (self.only_first or self.only_second or self.other)


@dataclass
class Compared:
    """How two files differ."""

    rows: int = 0
    tables: dict[str, Table] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    #: entries of the books that tell of the way alone
    journey: int = 0

    @property
    def alike(self) -> bool:
        """Tell whether both say the same."""
        return not self.tables and not self.files


def compared(first: Reading, second: Reading) -> Compared:
    """Compare two files: every row of every table, every version, every paper.

    Rows are found by their references; versions by the row and their turn. Organisations that both
    know by a public number are one, whatever reference each installation gave them. In memory are
    some hundred bytes for each row of the largest table.
    """
    found = Compared()
    labels = dict.fromkeys([*first.models(), *second.models()])
    same = _places(first), _places(second)
    for label in labels:
        table, rows = _table(label, first, second, same, found)
        found.rows += rows
        if not table.alike:
            found.tables[label] = table
    papers = [{p for p in one.paths() if p.startswith("files/")} for one in (first, second)]
    found.files = sorted(papers[0] ^ papers[1])
    return found


def _places(file: Reading) -> dict[str, str]:
    """Give by reference what an organisation is known by everywhere, where it is."""
    found = {}
    for row in file.rows(what.PLACES):
        number = next((f"{name} {row[name]}" for name in NUMBERS if row.get(name)), "")
        if number:
            found[row["ref"]] = number
    return found


def _table(
    label: str, first: Reading, second: Reading, same: tuple[dict[str, str], dict[str, str]],
    found: Compared,
) -> tuple[Table, int]:  # fmt: skip
    table, known, turns = Table(), {}, Counter[str]()
    rows = 0
    for row in first.rows(label):
        rows += 1
        if _of_the_way(label, row):
            found.journey += 1
            continue
        known[_key(label, row, same[0], turns)] = _marks(row, same[0])
    turns.clear()
    for row in second.rows(label):
        if _of_the_way(label, row):
            found.journey += 1
            continue
        key, marks = _key(label, row, same[1], turns), _marks(row, same[1])
        before = known.pop(key, None)
        if before is None:
            table.only_second.append(key)
        elif before != marks:
            table.other[key] = _differing(before, marks, list(row))
    table.only_first = list(known)
    return table, rows


def _of_the_way(label: str, row: dict[str, Any]) -> bool:
    return label == "audit.Entry" and row["verb"] in JOURNEY


def _key(label: str, row: dict[str, Any], same: dict[str, str], turns: Counter[str]) -> str:
    ref = str(same.get(row["ref"], row["ref"]))
    if not label.endswith(".history"):
        return ref
    turns[ref] += 1
    return f"{ref} {turns[ref]}"


def _marks(row: dict[str, Any], same: dict[str, str]) -> bytes:
    """Give some bytes for each field: what stands in it, without keeping it."""
    return b"".join(
        hashlib.blake2s(
            json.dumps(same.get(value, value) if isinstance(value, str) else value,
                       sort_keys=True).encode(),
            digest_size=WIDE,
        ).digest()
        for value in row.values()
    )  # fmt: skip


def _differing(before: bytes, after: bytes, names: list[str]) -> list[str]:
    if len(before) != len(after):
        return ["(other fields)"]
    fields = enumerate(names)
    return [name for at, name in fields if _mark(before, at) != _mark(after, at)]


def _mark(marks: bytes, at: int) -> bytes:
    return marks[at * WIDE : (at + 1) * WIDE]
