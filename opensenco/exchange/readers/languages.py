"""First languages: the census codes, and the names under which people write them."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from opensenco.exchange.readers.cells import folded
from opensenco.exchange.readers.words import Unreadable
from opensenco.kernel.words import sentence

_TABLE = Path(__file__).with_name("languages.toml")
LONGEST = 60
# Answers of the census that name no language.
NO_LANGUAGE = frozenset({"ENB", "NOT", "OTB", "OTH", "OTL", "REF", "ZZZ"})
_ALSO = {
    "punjabi": "PNJ",
    "bangla": "BNG",
    "sylheti": "BNGS",
    "irish": "GAE",
    "irish gaelic": "GAE",
    "scottish gaelic": "GAL",
    "kurmanji": "KURM",
    "sorani": "KURS",
    "tamazight": "TMZ",
    "kyrgyz": "KGZ",
    "sinhalese": "SNH",
    "slovene": "SLV",
    "dari": "PRSD",
    "tajik": "PRST",
    "pidgin english": "WPE",
    "bsl": "BSL",
    "brazilian portuguese": "PORB",
    "believed to be english": "ENB",
    "believed to be other than english": "OTB",
    "not obtained": "NOT",
}


@dataclass(frozen=True, slots=True)
class Language:
    """A language: its census code, or an empty code where the list does not have it; its name."""

    code: str
    name: str


@cache
def languages() -> dict[str, str]:
    """Name by code, as published."""
    return {code: str(name) for code, name in tomllib.loads(_TABLE.read_text("utf-8")).items()}


def read_language(text: str) -> Language:
    """The language in `text`, a code or a name. A name that the list does not have is kept.

    "PNJ", "Punjabi", "Farsi", "Cantonese". Raises Unreadable for a text that is too long or has
    no letters.
    """
    if len(text) > LONGEST or not any(char.isalpha() for char in text):
        raise Unreadable(
            sentence("This is not the name of a language."),
            sentence("Write one language, or its census code."),
        )
    code = text.upper() if text.upper() in languages() else _codes_by_name().get(folded(text), "")
    return Language(code, languages()[code] if code else text)


@cache
def _codes_by_name() -> dict[str, str]:
    """Every whole name; every part of a name that means one language; the names beside them."""
    by_part: dict[str, set[str]] = {}
    for code, name in languages().items():
        for part in _parts(name):
            by_part.setdefault(folded(part), set()).add(code)
    parts = {part: _broadest(codes) for part, codes in by_part.items() if _broadest(codes)}
    return parts | {folded(name): code for code, name in languages().items()} | _ALSO


def _broadest(codes: set[str]) -> str:
    """The code that all others refine (MAN of MANA and MANB), or "" where there is none."""
    shortest = min(codes, key=len)
    return shortest if all(code.startswith(shortest) for code in codes) else ""


def _parts(name: str) -> Iterator[str]:
    main, _, inside = name.rstrip(")").partition("(")
    yield from main.split("/")
    # "Chinese (Cantonese)" is known as Cantonese; "Arabic (Iraq)" is not known as Iraq.
    if inside.strip() and main.strip() in {"Akan", "Chinese", "Bengali", "Panjabi", "Kurdish"}:
        yield from inside.split("/")
