"""Identifiers in files: text that must stay text (rule IMP-04).

What an identifier looks like stands in `kernel/identifiers.py`. Here its refusals become those of a
cell: each reader gives the identifier as we keep it, or raises Unreadable.
"""

from collections.abc import Callable

from opensenco.exchange.readers.words import Unreadable
from opensenco.kernel import identifiers
from opensenco.kernel.identifiers import BadIdentifier, Identifier, is_damaged
from opensenco.kernel.words import mark, sentence

_NUMBER_DAMAGED = mark("The number was damaged by a spreadsheet.")


def read_identifier(text: str) -> str:
    """An identifier of another system: any text but one that a spreadsheet has damaged."""
    if is_damaged(text):
        raise Unreadable(sentence(_NUMBER_DAMAGED), sentence(identifiers.MEND_DAMAGED))
    return text


def read_urn(text: str) -> str:
    """A unique reference number of the national register: 5 to 7 digits."""
    return _read(identifiers.read_urn, text)


def read_laestab(text: str) -> str:
    """A DfE number, authority and school together: "201/3614" and "201 3614" give "2013614"."""
    return _read(identifiers.read_laestab, text)


def read_ukprn(text: str) -> str:
    """A UK provider reference number: 8 digits."""
    return _read(identifiers.read_ukprn, text)


def read_postcode(text: str) -> str:
    """A postcode as it is written: "ng11aa" gives "NG1 1AA"."""
    return _read(identifiers.read_postcode, text)


def _read(reader: Callable[[str], Identifier], text: str) -> str:
    try:
        return reader(text).text
    except BadIdentifier as refusal:
        raise Unreadable(refusal.words, refusal.mend) from None
