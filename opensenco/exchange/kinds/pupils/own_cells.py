"""One cell under a heading that is a field of the school's own, read by the kind of the field.

What is read is what the record would hold, as JSON holds it: a day as ISO, choices by their labels.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any

from opensenco.exchange.readers.cells import folded, tidy
from opensenco.exchange.readers.values import read_date, read_yes_no
from opensenco.exchange.readers.words import Unreadable
from opensenco.kernel.words import Sentence, mark, sentence
from opensenco.support.field_kinds import (
    EARLIEST,
    LEAST_NUMBER,
    MOST_LINE,
    MOST_NUMBER,
    MOST_TEXT,
    FieldKind,
)

SHORTEN = mark("Shorten it, or check that the row is not shifted.")
_WHOLE = re.compile(r"[-+]?\d{1,9}", re.ASCII)
_POINT_ZERO = re.compile(r"\.0+$")
#: what stands between several choices in one cell; a comma only where no other way is understood
_BETWEEN = (re.compile(r"[;\n]"), re.compile(r"[;,\n]"))


def reader_of(kind: str, labels: Sequence[str]) -> Callable[[str], Any]:
    """Give what reads a cell of a field, as it was written, white space and all.

    Args:
        labels: what a list offers, in its order.
    """
    if kind == FieldKind.CHOICE:
        return lambda text: [_one(tidy(text), labels)]
    if kind == FieldKind.CHOICES:
        return lambda text: _several(text, labels)
    return _READERS[FieldKind(kind)]


def _line(text: str) -> str:
    return _within(tidy(text), MOST_LINE)


def _text(text: str) -> str:
    lines = (tidy(one) for one in text.replace("\r\n", "\n").split("\n"))
    return _within("\n".join(lines).strip(), MOST_TEXT)


def _within(text: str, most: int) -> str:
    if len(text) > most:
        raise Unreadable(
            sentence("The text is longer than {limit} characters.", limit=most), sentence(SHORTEN)
        )
    return text


def _yes(text: str) -> bool:
    return read_yes_no(tidy(text))


def _day(text: str) -> str:
    day = read_date(tidy(text))
    if day < EARLIEST:
        raise Unreadable(
            sentence("The date is before 1900."), sentence("Write the year with four numbers.")
        )
    return day.isoformat()


def _number(text: str) -> int:
    plain = _POINT_ZERO.sub("", tidy(text)).replace(",", "")
    if not _WHOLE.fullmatch(plain) or not LEAST_NUMBER <= int(plain) <= MOST_NUMBER:
        raise Unreadable(
            sentence("This is not a whole number of at most a million."),
            sentence("Write it in figures, without a fraction."),
        )
    return int(plain)


_READERS: dict[FieldKind, Callable[[str], Any]] = {
    FieldKind.LINE: _line,
    FieldKind.TEXT: _text,
    FieldKind.YES_NO: _yes,
    FieldKind.DATE: _day,
    FieldKind.NUMBER: _number,
}


def _found(text: str, labels: Sequence[str]) -> str | None:
    """Give the label that a text means, whatever its capitals and full stops."""
    exact = next((one for one in labels if one.casefold() == text.casefold()), None)
    alike = [one for one in labels if folded(one) == folded(text)]
    return exact or (alike[0] if len(alike) == 1 else None)


def _one(text: str, labels: Sequence[str]) -> str:
    label = _found(text, labels)
    if label is None:
        raise Unreadable(_not_offered(labels), sentence("Write one of them as the list has it."))
    return label


def _several(text: str, labels: Sequence[str]) -> list[str]:
    whole = _found(tidy(text), labels)
    if whole is not None:
        return [whole]
    for between in _BETWEEN:
        parts = [clean for one in between.split(text) if (clean := tidy(one))]
        found = [_found(one, labels) for one in parts]
        if parts and None not in found:
            return [one for one in labels if one in found]
    raise Unreadable(
        _not_offered(labels),
        sentence("Write each as the list has it, with a semicolon between two."),
    )


def _not_offered(labels: Sequence[str]) -> Sentence:
    return sentence(
        "This is not on the list of this field, which offers: {labels}.", labels="; ".join(labels)
    )
