"""The rules about words, read from their file; each carries texts that must and must not fire."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from opensenco.plainwords.reading import sentences, without_quotations

ANY = "any"
KINDS = ("present", "absent")
SEVERITIES = ("warning", "advice", "info")
#: what elsewhere in the record can answer a remark: figures, a name, a measured start and end
SETTLED_BY = ("", "quantity", "person", "measure")
#: what somebody said is left as they said it
OF_PEOPLE = "strengths-language"


class WordingFault(ValueError):
    """The file of rules holds one that cannot be used."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    A rule of kind "present" fires on a sentence that matches `pattern` and not `unless`; one of
    kind "absent" on a whole text in which nothing matches.
    """

    id: str
    category: str
    severity: str
    scopes: frozenset[str]
    kind: str
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None
    settled_by: str
    message: str
    better: str

    def found_in(self, text: str) -> str | None:
        """Give the words on which it fires, an empty text where words are missing, or None."""
        hit = self.hit(text)
        return None if hit is None else hit[1]

    def hit(self, text: str) -> tuple[str, str] | None:
        """Give the sentence on which it fires and the words in it, or None."""
        if self.kind == "absent":
            return None if self.pattern.search(text) else (text.strip(), "")
        for sentence in sentences(text):
            said = without_quotations(sentence) if self.category == OF_PEOPLE else sentence
            match = self.pattern.search(said)
            if match and match.group().strip() and not (self.unless and self.unless.search(said)):
                return sentence, match.group().strip(" \t.,;:")
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
class Reader:
    """How hard a text may be for those who read it."""

    id: str
    audience: str
    max_grade: int
    max_words: int
    message: str


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules of the file: about wording, and the texts of those about counts and blanks."""

    wording: tuple[Rule, ...]
    structure: Mapping[str, Remark]
    limits: Mapping[str, int]
    facts: Mapping[str, str]
    readers: tuple[Reader, ...]
    quantity: re.Pattern[str]
    categories: Mapping[str, str]
    severities: Mapping[str, str]
    scopes: Mapping[str, str]


@cache
def rules() -> Rules:
    """Give the rules that come with the product.

    Raises:
        WordingFault: the file breaks its own rules.
    """
    source = resources.files("opensenco.plainwords") / "plan-checker.toml"
    return read(tomllib.loads(source.read_text(encoding="utf-8")))


def read(data: Mapping[str, Any]) -> Rules:
    """Read rules and check each.

    Raises:
        WordingFault: an unknown kind, severity, category or scope, an id twice, or a pattern that
            is none.
    """
    wording = tuple(_rule(one, data) for one in data["rule"])
    ids = [one.id for one in wording] + [one["id"] for one in data["structure"]]
    twice = {one for one in ids if ids.count(one) > 1}
    if twice:
        raise WordingFault(f"used twice: {sorted(twice)}")
    structure = {
        one["id"]: Remark(one["id"], one["severity"], quoted(one["message"]), quoted(one["better"]))
        for one in data["structure"]
    }
    return Rules(
        wording=wording,
        structure=structure,
        limits={one["id"]: one["limit"] for one in data["structure"]},
        facts={one["id"]: one["facts"] for one in data["structure"]},
        readers=tuple(
            Reader(one["id"], one["audience"], one["max_grade"], one["max_sentence_words"],
                   quoted(one["message"]))
            for one in data["readability"]
        ),
        quantity=re.compile(data["fragments"]["quantity"], re.IGNORECASE),
        categories=data["categories"],
        severities=data["severities"],
        scopes=data["scopes"],
    )  # fmt: skip


def _rule(data: Mapping[str, Any], whole: Mapping[str, Any]) -> Rule:
    name = str(data.get("id", "a rule without id"))
    settled = data.get("settled_by", "")
    if data["kind"] not in KINDS or data["severity"] not in SEVERITIES:
        raise WordingFault(f"{name}: unknown kind or severity")
    if not set(data["scopes"]) <= set(whole["scopes"]) or settled not in SETTLED_BY:
        raise WordingFault(f"{name}: unknown scope, or settled by what is unknown")
    if data["category"] not in whole["categories"]:
        raise WordingFault(f"{name}: unknown category")
    flags = 0 if data["case_sensitive"] else re.IGNORECASE
    try:
        pattern, unless = (
            re.compile(_filled(data[key], whole["fragments"]), flags) if data.get(key) else None
            for key in ("pattern", "unless")
        )
    except re.error as fault:
        raise WordingFault(f"{name}: {fault}") from None
    if pattern is None:
        raise WordingFault(f"{name}: no pattern")
    return Rule(
        id=name,
        category=data["category"],
        severity=data["severity"],
        scopes=frozenset(data["scopes"]),
        kind=data["kind"],
        pattern=pattern,
        unless=unless,
        settled_by=settled,
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


@cache
def of_scope(scope: str) -> tuple[Rule, ...]:
    """Give the rules that look at texts of a scope."""
    return tuple(one for one in rules().wording if {scope, ANY} & one.scopes)


def said(rule: Rule, words: str) -> Remark:
    """Give the remark of a rule on some words."""
    return Remark(rule.id, rule.severity, rule.message, rule.better, words)


def remarks(
    scope: str, text: str, whole: str | None = None, settled: Iterable[str] = ()
) -> list[Remark]:
    """Give what the rules of a scope say about a text, each once, the gravest first.

    Args:
        scope: a key of the file's scopes, such as "outcome".
        whole: the text with what stands in fields beside it, for rules about what is missing.
        settled: what elsewhere in the record answers a remark, of SETTLED_BY.
    """
    return [said(rule, words) for rule, _sentence, words in hits(scope, text, whole, settled)]


def hits(
    scope: str, text: str, whole: str | None = None, settled: Iterable[str] = ()
) -> list[tuple[Rule, str, str]]:
    """Give the rules that fire on a text, each with its sentence and words, the gravest first."""
    if not text.strip():
        return []
    answered = frozenset(settled)
    found = []
    for rule in of_scope(scope):
        if rule.settled_by and rule.settled_by in answered:
            continue
        hit = rule.hit(whole or text if rule.kind == "absent" else text)
        if hit is not None:
            found.append((rule, text.strip() if rule.kind == "absent" else hit[0], hit[1]))
    return sorted(found, key=lambda one: SEVERITIES.index(one[0].severity))


def structural(holds: Iterable[tuple[str, bool]]) -> list[Remark]:
    """Give the remarks about counts and blanks whose condition holds.

    Args:
        holds: the id of a rule, and whether it fires.
    """
    texts = rules().structure
    return [texts[rule] for rule, fires in holds if fires]
