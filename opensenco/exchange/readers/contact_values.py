"""Cells of lists of contacts: telephone numbers and what somebody is to the child."""

import re

from opensenco.exchange.readers.cells import folded
from opensenco.exchange.readers.words import Unreadable
from opensenco.kernel.words import sentence

LONGEST_PHONE = 40
LONGEST_RELATION = 60
#: an address as the window of an envelope shows it
MOST_LINES, LONGEST_LINE, LONGEST_ADDRESS = 6, 40, 200
_FEWEST_DIGITS = 5
_WITHOUT_NOUGHT = re.compile(r"[1-9]\d{9}", re.A)
#: relations as systems write them; parents are told apart because rights follow from it
_RELATIONS = {
    "Mother": "mother|mum|mummy|m|mo|natural mother|birth mother|adoptive mother",
    "Father": "father|dad|daddy|f|fa|natural father|birth father|adoptive father",
    "Parent": "parent|pa|adoptive parent",
    "Stepmother": "stepmother|step mother|stepmum",
    "Stepfather": "stepfather|step father|stepdad",
    "Foster carer": "foster parent|foster carer|foster mother|foster father|fos",
    "Carer": "carer|guardian|legal guardian|special guardian|car",
    "Grandparent": "grandparent|grandmother|grandfather|nan|nana|gran|grandad|granddad|grp",
    "Social worker": "social worker|sw|swr",
}
_BY_WORDING = {
    folded(wording): name for name, text in _RELATIONS.items() for wording in text.split("|")
}


def read_relation(text: str) -> str:
    """What somebody is to the child: in our word where we know it, else as it is written."""
    if len(text) > LONGEST_RELATION:
        raise Unreadable(
            sentence("The text is longer than {limit} characters.", limit=LONGEST_RELATION),
            sentence("Shorten it, or check that the row is not shifted."),
        )
    return _BY_WORDING.get(folded(text), text)


def read_phone(text: str) -> str:
    """A telephone number as it is written; one that lost its nought in a spreadsheet gets it back.

    A British number has ten digits after the nought, so ten digits that begin with another number
    are one that a spreadsheet took for a sum.
    """
    if len(text) > LONGEST_PHONE or sum(char.isdigit() for char in text) < _FEWEST_DIGITS:
        raise Unreadable(
            sentence("This is not a telephone number."),
            sentence("Write it like 01632 960123."),
        )
    return f"0{text}" if _WITHOUT_NOUGHT.fullmatch(text) else text


def read_address(text: str) -> str:
    """A postal address as it stands on an envelope, a line each: a cell has them behind commas.

    What has more than six lines has its first ones together: "Flat 2, 14 High Street".
    """
    lines = [" ".join(one.split()) for one in re.split(r"[\n,;]+", text) if one.strip()]
    while len(lines) > MOST_LINES:
        lines[:2] = [f"{lines[0]}, {lines[1]}"]
    if any(len(one) > LONGEST_LINE for one in lines) or len(", ".join(lines)) > LONGEST_ADDRESS:
        raise Unreadable(
            sentence("This address does not fit on an envelope."),
            sentence("Write it like 14 High Street, Thornwick, TH1 2AB."),
        )
    return "\n".join(lines)
