"""Data that comes with the product for plans: strategies to take, and outcomes to begin with."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True)
class StarterStrategy:
    """One strategy: what an adult does, and why it helps. No code is needed to be given one."""

    id: str
    text: str
    why: str
    situations: tuple[str, ...]
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bank:
    """All strategies in the order of the file, and the names of situations."""

    situations: Mapping[str, str]
    entries: Mapping[str, StarterStrategy]

    def found(self, words: str = "", situation: str = "") -> list[StarterStrategy]:
        """Give those that have each of the words and help in a situation."""
        wanted = words.casefold().split()
        return [
            one
            for one in self.entries.values()
            if all(word in f"{one.text} {one.why}".casefold() for word in wanted)
            and (not situation or situation in one.situations)
        ]


@dataclass(frozen=True, slots=True)
class Stem:
    """An outcome to begin with, and how a weak one becomes a good one.

    `stem` has the places {date} and {pupil}; the examples are never this pupil's own figures.
    """

    id: str
    area: str
    ages: tuple[int, int]
    stem: str
    baseline: str
    aim: str
    measure: str
    weak: str
    why_better: str

    def begun(self, pupil: str, day: str) -> str:
        """Give the stem for a pupil and a day."""
        return self.stem.replace("{pupil}", pupil).replace("{date}", day or "…")


@dataclass(frozen=True, slots=True)
class Stems:
    """All stems in the order of the file, the names of areas, and what makes an outcome good."""

    areas: Mapping[str, str]
    entries: Mapping[str, Stem]
    principles: tuple[tuple[str, str, str], ...]

    def found(self, words: str = "", area: str = "", age: int | None = None) -> list[Stem]:
        """Give those that have each of the words, of an area and for an age."""
        wanted = words.casefold().split()
        return [
            one
            for one in self.entries.values()
            if all(word in f"{one.stem} {one.weak} {one.measure}".casefold() for word in wanted)
            and (not area or one.area == area)
            and (age is None or one.ages[0] <= age <= one.ages[1])
        ]


@cache
def strategies() -> Bank:
    """Give the starter bank of strategies, read once."""
    data = _read("strategies.toml")
    entries = {
        one["id"]: StarterStrategy(
            one["id"], one["text"], one["why"], tuple(one["situations"]), tuple(one["needs"])
        )
        for one in data["strategy"]
    }
    return Bank(data["situations"], entries)


@cache
def stems() -> Stems:
    """Give the outcomes to begin with, read once."""
    data = _read("outcome-stems.toml")
    entries = {
        one["id"]: Stem(
            id=one["id"], area=one["area"], ages=(one["age_from"], one["age_to"]),
            stem=one["stem"], baseline=one["baseline_example"], aim=one["target_example"],
            measure=one["measure"], weak=one["weak_version"], why_better=one["why_better"],
        )
        for one in data["outcome"]
    }  # fmt: skip
    principles = tuple((one["rule"], one["weak"], one["better"]) for one in data["principle"])
    return Stems(data["areas"], entries, principles)


def _read(name: str) -> dict[str, Any]:
    source = resources.files("opensenco.support.starter") / name
    return tomllib.loads(source.read_text(encoding="utf-8"))
