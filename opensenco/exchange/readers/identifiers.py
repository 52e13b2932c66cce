"""Identifiers in files: text that must stay text (rule IMP-04).

Each reader gives the identifier as we keep it, or raises Unreadable.
"""

import re

from opensenco.exchange.readers.words import Unreadable
from opensenco.kernel.words import mark, sentence

_URN = re.compile(r"\d{5,7}", re.ASCII)
_LAESTAB = re.compile(r"(\d{3})[ /-]?(\d{4})", re.ASCII)
_UKPRN = re.compile(r"\d{8}", re.ASCII)
_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][0-9A-Z]?)([0-9][ABD-HJLNP-UW-Z]{2})")
# "1e+05", "5.00E+06", "100000.0": a number once, in the eyes of a spreadsheet.
_DAMAGED = re.compile(r"\d+(\.\d+)?[eE][+-]?\d+|\d+\.0*", re.ASCII)

_NUMBER_DAMAGED = mark("The number was damaged by a spreadsheet.")
_MEND_DAMAGED = mark(
    "Ask the system for the file again and send it without opening it in a spreadsheet."
)


def is_damaged(text: str) -> bool:
    """Whether a spreadsheet has turned an identifier into a number and lost part of it."""
    return _DAMAGED.fullmatch(text) is not None


def read_identifier(text: str) -> str:
    """An identifier of another system: any text but one that a spreadsheet has damaged."""
    if is_damaged(text):
        raise Unreadable(sentence(_NUMBER_DAMAGED), sentence(_MEND_DAMAGED))
    return text


def read_urn(text: str) -> str:
    """A unique reference number of the national register: 5 to 7 digits."""
    read_identifier(text)
    if not _URN.fullmatch(text):
        raise Unreadable(
            sentence("The URN is not a number of 5 to 7 digits."),
            sentence("Look the school up in Get Information About Schools."),
        )
    return text


def read_laestab(text: str) -> str:
    """A DfE number, authority and school together: "201/3614" and "201 3614" give "2013614"."""
    read_identifier(text)
    found = _LAESTAB.fullmatch(text)
    if not found:
        raise Unreadable(
            sentence("The DfE number is not 7 digits."),
            sentence("Write 3 digits for the authority and 4 for the school, like 201/3614."),
        )
    return found[1] + found[2]


def read_ukprn(text: str) -> str:
    """A UK provider reference number: 8 digits."""
    read_identifier(text)
    if not _UKPRN.fullmatch(text):
        raise Unreadable(
            sentence("The UKPRN is not a number of 8 digits."),
            sentence("Look the provider up in the UK Register of Learning Providers."),
        )
    return text


def read_postcode(text: str) -> str:
    """A postcode as it is written: "ng11aa" gives "NG1 1AA"."""
    found = _POSTCODE.fullmatch("".join(text.split()).upper())
    if not found:
        raise Unreadable(
            sentence("This is not a full postcode."),
            sentence("Write it like NG1 1AA."),
        )
    return f"{found[1]} {found[2]}"
