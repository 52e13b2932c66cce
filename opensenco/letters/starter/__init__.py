"""The letters that are shipped: data (letters.toml) that a school copies and changes.

Fields are written `{like_this}`; each has its meaning and where it comes from.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

#: the rule under which parents must be told, so that sending such a letter is the proof
TELLS = "IDN-15"


@dataclass(frozen=True, slots=True)
class Starter:
    """One letter as it is shipped."""

    id: str
    name: str
    use_when: str
    rules: tuple[str, ...]
    subject: str
    standard: str
    easy_read: str
    note: str

    @property
    def tells_support(self) -> bool:
        """Whether sending it tells the parents of SEN support (IDN-15)."""
        return TELLS in self.rules


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a letter: what it means, and which part of the record holds it."""

    name: str
    meaning: str
    source: str


@cache
def _shipped() -> tuple[Mapping[str, Starter], Mapping[str, Field]]:
    table = tomllib.loads(resources.files(__name__).joinpath("letters.toml").read_text("utf-8"))
    letters = {
        one["id"]: Starter(
            id=one["id"], name=one["title"], use_when=one["use_when"], rules=tuple(one["rules"]),
            subject=one["subject"], standard=one["standard"].strip(),
            easy_read=one["easy_read"].strip(), note=one["notes"],
        )
        for one in table["letter"]
    }  # fmt: skip
    fields = {
        one["field"]: Field(one["field"], one["meaning"], one["source"])
        for one in table["merge_field"]
    }
    return letters, fields


def starters() -> Mapping[str, Starter]:
    """Give the shipped letters by their ids, in the file's own order."""
    return _shipped()[0]


def fields() -> Mapping[str, Field]:
    """Give every field that a letter can hold, by its name."""
    return _shipped()[1]
