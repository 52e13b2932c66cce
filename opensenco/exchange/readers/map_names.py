"""Cells of provision maps that name several pupils: "Amara, Josh S", "Hassan-Cole, Idris; …"."""

import re
from dataclasses import dataclass

from opensenco.exchange.readers.amounts import Amount, read_amount
from opensenco.exchange.readers.cells import as_written, tidy
from opensenco.exchange.readers.values import LONGEST_NAME, NameOrder
from opensenco.exchange.readers.words import Unreadable

_HARD = re.compile(r"[\n\r;|•·●▪/]+|(?:^|\s)[-–*]\s")
_SOFT = re.compile(r"\s*(?:,|&|\+|\band\b)\s*")
_IN_BRACKETS = re.compile(r"[(\[]([^)\]]*)[)\]]")
#: a class or a year as a heading: "Year 3", "Y3B", "3B", "Reception"
YEAR = re.compile(
    r"(?:(?:years?|yr|y)\s*(\d{1,2})\s*([a-z]{0,2})|(\d{1,2})\s*([a-z]{1,2})|(r)(?:ec|eception)?|(n)ursery)",
    re.I,
)
_A_NAME = re.compile(r"[^\W\d_][^\d_@:=<>]*")
_MOST_WORDS = 4
_KEPT = re.compile("\x01(\\d+)\x01")


@dataclass(frozen=True, slots=True, repr=False)
class Named:
    """A pupil as a cell names them.

    Attributes:
        last: surname, or its first letter; empty where only a first name stands there.
        group: the class or year that stands behind the name in brackets.
        amount: how much stands behind the name in brackets.
    """

    first: str
    last: str = ""
    group: str = ""
    amount: Amount | None = None


def read_names(cell: str, order: NameOrder) -> list[Named]:
    """The pupils that a cell names, in its order.

    Lines, semicolons, bullets and strokes divide names; where there are none of those, commas,
    "&" and "and" do. With one of the former, a comma stands between surname and first name.
    """
    text = as_written(cell)
    pieces = [tidy(piece) for piece in _HARD.split(text)]
    several = [piece for piece in pieces if piece]
    commas = order is NameOrder.SURNAME_COMMA and _by_surname(several)
    if not commas:
        several = [tidy(one) for piece in several for one in _soft(piece)]
    return [_named(one) for one in several if one]


def looks_like_names(cell: str) -> bool:
    """Tell whether a cell could hold names of pupils and nothing else."""
    found = read_names(cell, NameOrder.SURNAME_COMMA)
    return bool(found) and all(map(_is_name, found))


def looks_like_a_name(text: str) -> bool:
    """Tell whether a text could be the name of one pupil: "Hassan-Cole, Idris", "Josh S (Y4)"."""
    return bool(tidy(text)) and _is_name(read_one_name(text))


def read_one_name(text: str) -> Named:
    """The pupil whom a text names; a comma in it stands between surname and first name."""
    return _named(tidy(as_written(text)))


def _is_name(one: Named) -> bool:
    return bool(
        _A_NAME.fullmatch(one.first)
        and one.first[:1].isupper()
        and len(f"{one.first} {one.last}".split()) <= _MOST_WORDS
    )


def _soft(piece: str) -> list[str]:
    """Divide at commas and "and", but for those within brackets."""
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        kept.append(found.group())
        return f"\x01{len(kept) - 1}\x01"

    bare = _IN_BRACKETS.sub(keep, piece)
    return [
        re.sub("\x01(\\d+)\x01", lambda found: kept[int(found[1])], one)
        for one in _SOFT.split(bare)
    ]


def _by_surname(pieces: list[str]) -> bool:
    """Whether several pieces are each "Surname, First name"."""
    bare = [_IN_BRACKETS.sub("", piece) for piece in pieces]
    return (
        len(bare) > 1
        and all(piece.count(",") <= 1 for piece in bare)
        and any("," in piece for piece in bare)
    )


def _named(text: str) -> Named:
    inside = ",".join(_IN_BRACKETS.findall(text)).split(",")
    brackets = [one for inner in inside if (one := tidy(inner))]
    plain = tidy(_IN_BRACKETS.sub(" ", text)).strip(".,: ")[:LONGEST_NAME]
    group, amount = "", None
    for inner in brackets:
        if (found := _amount(inner)) is not None:
            amount = amount or found
        else:
            group = group or inner
    last, comma, first = plain.partition(",")
    if comma:
        return Named(tidy(first), tidy(last), group, amount)
    first, _space, last = plain.partition(" ")
    return Named(first, last.strip(". "), group, amount)


def _amount(text: str) -> Amount | None:
    try:
        found = read_amount(text)
    except Unreadable:
        return None
    return found if found and found.explicit else None
