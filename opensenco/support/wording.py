"""Plain rules about the words of a plan: patterns and counts, no guessing. A remark never blocks.

The rules are data (starter/plan-checker.toml); each carries texts that must and must not fire.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

ANY = "any"
KINDS = ("present", "absent")
SEVERITIES = ("warning", "advice", "info")
SENTENCES = re.compile(r"(?<=[.!?])\s+")


class WordingFault(ValueError):
    """The file of rules holds one that cannot be used."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    A rule of kind "present" fires on a sentence that matches `pattern` and not `unless`; one of
    kind "absent" on a whole text in which nothing matches.
    """

    id: str
    severity: str
    scopes: frozenset[str]
    kind: str
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None
    message: str
    better: str

    def found_in(self, text: str) -> str | None:
        """Give the words on which it fires, an empty text where words are missing, or None."""
        if self.kind == "absent":
            return None if self.pattern.search(text) else ""
        for sentence in SENTENCES.split(text):
            match = self.pattern.search(sentence)
            if match and not (self.unless and self.unless.search(sentence)):
                return match.group().strip()
        return None


@dataclass(frozen=True, slots=True)
class Remark:
    """What a rule says about a text.

    Args:
        rule: its stable id.
        severity: "warning" (likely to make the plan unworkable), "advice" or "info".
        words: on which it fired; empty where something is missing.
    """

    rule: str
    severity: str
    message: str
    better: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules of the file: about wording, and the texts of those about counts and blanks."""

    wording: tuple[Rule, ...]
    structure: Mapping[str, Remark]
    limits: Mapping[str, int]


@cache
def rules() -> Rules:
    """Give the rules that come with the product.

    Raises:
        WordingFault: the file breaks its own rules.
    """
    source = resources.files("opensenco.support.starter") / "plan-checker.toml"
    return read(tomllib.loads(source.read_text(encoding="utf-8")))


def read(data: Mapping[str, Any]) -> Rules:
    """Read rules and check each.

    Raises:
        WordingFault: an unknown kind, severity or scope, an id twice, or a pattern that is none.
    """
    fragments, scopes = data["fragments"], set(data["scopes"])
    wording = tuple(_rule(one, fragments, scopes) for one in data["rule"])
    ids = [one.id for one in wording] + [one["id"] for one in data["structure"]]
    twice = {one for one in ids if ids.count(one) > 1}
    if twice:
        raise WordingFault(f"used twice: {sorted(twice)}")
    structure = {
        one["id"]: Remark(one["id"], one["severity"], quoted(one["message"]), quoted(one["better"]))
        for one in data["structure"]
    }
    return Rules(wording, structure, {one["id"]: one["limit"] for one in data["structure"]})


def _rule(data: Mapping[str, Any], fragments: Mapping[str, str], scopes: set[str]) -> Rule:
    name = str(data.get("id", "a rule without id"))
    if data["kind"] not in KINDS or data["severity"] not in SEVERITIES:
        raise WordingFault(f"{name}: unknown kind or severity")
    if not set(data["scopes"]) <= scopes:
        raise WordingFault(f"{name}: unknown scope")
    flags = 0 if data["case_sensitive"] else re.IGNORECASE
    try:
        pattern, unless = (
            re.compile(_filled(data[key], fragments), flags) if data.get(key) else None
            for key in ("pattern", "unless")
        )
    except re.error as fault:
        raise WordingFault(f"{name}: {fault}") from None
    if pattern is None:
        raise WordingFault(f"{name}: no pattern")
    return Rule(
        id=name,
        severity=data["severity"],
        scopes=frozenset(data["scopes"]),
        kind=data["kind"],
        pattern=pattern,
        unless=unless,
        message=quoted(data["message"]),
        better=quoted(data["better"]),
    )


def _filled(pattern: str, fragments: Mapping[str, str]) -> str:
    for name, text in fragments.items():
        pattern = pattern.replace(f"<<{name}>>", f"(?:{text})")
    return pattern


def quoted(text: str) -> str:
    """Give a text with the quotation marks of print."""
    return re.sub(r'"([^"]*)"', "“\\1”", text).replace("'", "’")


def remarks(scope: str, text: str, whole: str | None = None) -> list[Remark]:
    """Give what the rules of a scope say about a text, each once, the gravest first.

    Args:
        scope: a key of the file's scopes, such as "outcome".
        whole: the text with what stands in fields beside it, for rules about what is missing.
    """
    if not text.strip():
        return []
    found = []
    for rule in _of_scope(scope):
        words = rule.found_in(whole or text if rule.kind == "absent" else text)
        if words is not None:
            found.append(Remark(rule.id, rule.severity, rule.message, rule.better, words))
    return sorted(found, key=lambda one: SEVERITIES.index(one.severity))


@cache
def _of_scope(scope: str) -> tuple[Rule, ...]:
    return tuple(one for one in rules().wording if {scope, ANY} & one.scopes)


def structural(holds: Iterable[tuple[str, bool]]) -> list[Remark]:
    """Give the remarks about counts and blanks whose condition holds.

    Args:
        holds: the id of a rule, and whether it fires.
    """
    texts = rules().structure
    return [texts[rule] for rule, fires in holds if fires]
