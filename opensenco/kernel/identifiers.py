"""Identifiers of learners, schools and places: their form, their check digits, and what is wrong.

Each reader takes a text as somebody typed it and gives an `Identifier`, or raises BadIdentifier
with the fault, the place of it, one sentence that says what is wrong and one that says how to mend
it. The identifier itself stays out of every sentence: it may belong to a child. The unique pupil
number has a module of its own, `kernel/upn.py`; `read` knows them all.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from opensenco.kernel.errors import Invalid
from opensenco.kernel.upn import AUTHORITIES, BadUpn, read_upn
from opensenco.kernel.words import Sentence, mark, sentence


class IdentifierKind(StrEnum):
    """What can be read here, by its stable name."""

    UPN = "upn"
    ULN = "uln"
    URN = "urn"
    LAESTAB = "laestab"
    UKPRN = "ukprn"
    NHS_NUMBER = "nhs-number"
    POSTCODE = "postcode"


class Fault(StrEnum):
    """What can be wrong, in the order in which it is looked for."""

    EMPTY = "empty"
    DAMAGED = "damaged"
    CHARACTER = "character"
    LENGTH = "length"
    FORM = "form"
    NOT_ISSUED = "not-issued"
    CHECK = "check"


class Notice(StrEnum):
    """What to know about an identifier that is right in form."""

    UNKNOWN_NUMBER = "unknown-number"
    LEADING_ZERO = "leading-zero"
    FIRST_DIGIT = "first-digit"
    AUTHORITY_UNKNOWN = "authority-unknown"
    TEMPORARY = "temporary"


NOTICES = {
    Notice.UNKNOWN_NUMBER: mark("This is the number used where a learner's ULN is not known yet."),
    Notice.LEADING_ZERO: mark("No ULN that was given out begins with nought. Check it."),
    Notice.FIRST_DIGIT: mark("A UKPRN is believed to begin with 1. Check it."),
    Notice.AUTHORITY_UNKNOWN: mark("The authority's code is not on our list. Check it."),
    Notice.TEMPORARY: mark("This UPN is a temporary one. Ask for the permanent one."),
}


class BadIdentifier(Invalid):
    """A text that is not an identifier of this kind.

    `position` (from 1) tells the character at fault where there is a single one, else it is 0;
    `mend` says what to do. Neither the text nor any part of it is in any sentence.
    """

    code = "bad-identifier"

    def __init__(
        self,
        kind: IdentifierKind,
        fault: Fault,
        words: Sentence,
        mend: Sentence,
        position: int = 0,
    ) -> None:
        super().__init__(str(kind), words)
        self.kind = kind
        self.fault = fault
        self.mend = mend
        self.position = position
        # Kept as arguments, so that a copy made by pickle or copy has them too.
        self.args = (kind, fault, words, mend, position)


@dataclass(frozen=True, slots=True)
class Identifier:
    """An identifier of right form, as we keep it, and what to know about it."""

    kind: IdentifierKind
    text: str = field(repr=False)
    notices: tuple[Notice, ...] = ()

    @property
    def known(self) -> bool:
        """False for the number that stands for one not known yet; do not keep it as a number."""
        return Notice.UNKNOWN_NUMBER not in self.notices

    def __str__(self) -> str:
        return self.text


UNKNOWN_ULN = "9999999999"
_LENGTH = 10
_WEIGHTS = range(10, 1, -1)
_ELEVEN = 11

_DIGITS_AND_GAPS = re.compile(r"[0-9 ]*")
_URN = re.compile(r"\d{5,7}", re.ASCII)
_LAESTAB = re.compile(r"(\d{3})[ /-]?(\d{4})", re.ASCII)
_UKPRN = re.compile(r"\d{8}", re.ASCII)
_OUTWARD = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]?")
_INWARD = re.compile(r"[0-9][ABD-HJLNP-UW-Z]{2}")
_INWARD_FORM = re.compile(r"[0-9][A-Z]{2}")
_POSTCODE_LENGTHS = range(5, 8)
# "1e+05", "5.00E+06", "100000.0": a number once, in the eyes of a spreadsheet.
_DAMAGED = re.compile(r"\d+(\.\d+)?[eE][+-]?\d+|\d+\.0*", re.ASCII)

MEND_DAMAGED = mark(
    "Ask the system for the file again and send it without opening it in a spreadsheet."
)
_ENTER = {
    IdentifierKind.UPN: mark("Enter the UPN."),
    IdentifierKind.ULN: mark("Enter the ULN."),
    IdentifierKind.URN: mark("Enter the URN."),
    IdentifierKind.LAESTAB: mark("Enter the DfE number."),
    IdentifierKind.UKPRN: mark("Enter the UKPRN."),
    IdentifierKind.NHS_NUMBER: mark("Enter the NHS number."),
    IdentifierKind.POSTCODE: mark("Enter the postcode."),
}
_MEND = {
    IdentifierKind.UPN: mark("Check it with the school that gave it."),
    IdentifierKind.ULN: mark("Check it in the Learning Records Service."),
    IdentifierKind.URN: mark("Look the school up in Get Information About Schools."),
    IdentifierKind.LAESTAB: mark(
        "Write 3 digits for the authority and 4 for the school, like 201/3614."
    ),
    IdentifierKind.UKPRN: mark("Look the provider up in the UK Register of Learning Providers."),
    IdentifierKind.NHS_NUMBER: mark("Check it on a letter from a hospital or a surgery."),
    IdentifierKind.POSTCODE: mark("Write it like NG1 1AA."),
}


def is_damaged(text: str) -> bool:
    """Whether a spreadsheet has turned an identifier into a number and lost part of it."""
    return _DAMAGED.fullmatch(text) is not None


def read(kind: IdentifierKind, text: str) -> Identifier:
    """The identifier of that kind in `text`. Raises BadIdentifier."""
    return _READERS[kind](text)


def read_urn(text: str) -> Identifier:
    """A school's unique reference number in the national register: 5 to 7 digits.

    Raises BadIdentifier.
    """
    kind = IdentifierKind.URN
    clean = _whole(kind, text)
    if not _URN.fullmatch(clean):
        raise _bad(kind, Fault.FORM, mark("The URN is not a number of 5 to 7 digits."))
    return Identifier(kind, clean)


def read_laestab(text: str) -> Identifier:
    """A DfE number, authority and school together: "201/3614" and "201 3614" give "2013614".

    Raises BadIdentifier.
    """
    kind = IdentifierKind.LAESTAB
    found = _LAESTAB.fullmatch(_whole(kind, text))
    if not found:
        raise _bad(kind, Fault.FORM, mark("The DfE number is not 7 digits."))
    unknown = found[1] not in AUTHORITIES
    return Identifier(kind, found[1] + found[2], (Notice.AUTHORITY_UNKNOWN,) if unknown else ())


def read_ukprn(text: str) -> Identifier:
    """A UK provider reference number: 8 digits. Raises BadIdentifier."""
    kind = IdentifierKind.UKPRN
    clean = _whole(kind, text)
    if not _UKPRN.fullmatch(clean):
        raise _bad(kind, Fault.FORM, mark("The UKPRN is not a number of 8 digits."))
    return Identifier(kind, clean, () if clean[0] == "1" else (Notice.FIRST_DIGIT,))


def read_postcode(text: str) -> Identifier:
    """A postcode as it is written: "ng11aa" gives "NG1 1AA". Raises BadIdentifier.

    It says nothing about an authority: a postcode gives the district, and a district may lie in a
    county whose authority is another.
    """
    kind = IdentifierKind.POSTCODE
    clean = "".join(text.split()).upper()
    if not clean:
        raise _bad(kind, Fault.EMPTY, _ENTER[kind])
    outward, inward = clean[:-3], clean[-3:]
    if len(clean) not in _POSTCODE_LENGTHS:
        raise _bad(kind, Fault.LENGTH, mark("This is not a full postcode."))
    if _INWARD_FORM.fullmatch(inward) and not _INWARD.fullmatch(inward):
        place = next(n for n, char in enumerate(inward, start=1) if char in "CIKMOV")
        words = mark("The last two letters of a postcode are never C, I, K, M, O or V.")
        raise _bad(kind, Fault.CHARACTER, words, position=len(outward) + place)
    if not (_OUTWARD.fullmatch(outward) and _INWARD.fullmatch(inward)):
        raise _bad(kind, Fault.FORM, mark("This is not a full postcode."))
    return Identifier(kind, f"{outward} {inward}")


def district(postcode: Identifier) -> str:
    """The part of a postcode that people who do not need the address may see: "NG1".

    A ValueError for an identifier of another kind.
    """
    if postcode.kind is not IdentifierKind.POSTCODE:
        raise ValueError("Only a postcode has a district.")
    return postcode.text.partition(" ")[0]


def read_uln(text: str) -> Identifier:
    """A unique learner number: ten digits, the last a check digit. Raises BadIdentifier.

    The first nine are weighted 10 to 2 and added; the remainder on division by 11 taken from 10 is
    the last digit, and no number has the remainder nought. 9999999999 stands for a number that is
    not known.
    """
    kind = IdentifierKind.ULN
    clean = _ten_digits(kind, text)
    if clean == UNKNOWN_ULN:
        return Identifier(kind, clean, (Notice.UNKNOWN_NUMBER,))
    remainder = _weighted(clean) % _ELEVEN
    if remainder == 0:
        raise _bad(kind, Fault.NOT_ISSUED, mark("No ULN begins with these nine digits."))
    if int(clean[-1]) != 10 - remainder:
        raise _bad(kind, Fault.CHECK, mark("A digit of the ULN is wrong: its last does not fit."))
    return Identifier(kind, clean, (Notice.LEADING_ZERO,) if clean[0] == "0" else ())


def read_nhs_number(text: str) -> Identifier:
    """An NHS number, written 3-3-4: ten digits, the last a check digit. Raises BadIdentifier.

    The first nine are weighted 10 to 2 and added; eleven less the remainder on division by 11 is
    the last digit, eleven counting as nought, and no number has ten.
    """
    kind = IdentifierKind.NHS_NUMBER
    clean = _ten_digits(kind, text.replace("-", " "))
    check = (_ELEVEN - _weighted(clean) % _ELEVEN) % _ELEVEN
    if check == 10:
        words = mark("No NHS number begins with these nine digits.")
        raise _bad(kind, Fault.NOT_ISSUED, words)
    if int(clean[-1]) != check:
        words = mark("A digit of the NHS number is wrong: its last does not fit.")
        raise _bad(kind, Fault.CHECK, words)
    return Identifier(kind, f"{clean[:3]} {clean[3:6]} {clean[6:]}")


def _read_upn(text: str) -> Identifier:
    kind = IdentifierKind.UPN
    _whole(kind, text)
    try:
        upn = read_upn(text)
    except BadUpn as error:
        raise BadIdentifier(
            kind, _UPN_FAULTS[error.fault], error.words, sentence(_MEND[kind]), error.position
        ) from None
    notices = (
        *(() if upn.authority_known else (Notice.AUTHORITY_UNKNOWN,)),
        *((Notice.TEMPORARY,) if upn.temporary else ()),
    )
    return Identifier(kind, upn.text, notices)


_UPN_FAULTS = {
    "length": Fault.LENGTH,
    "first": Fault.CHARACTER,
    "digits": Fault.CHARACTER,
    "last": Fault.CHARACTER,
    "check-letter": Fault.CHECK,
}


def _whole(kind: IdentifierKind, text: str) -> str:
    """`text` without white space around it. Raises BadIdentifier where it is empty or damaged."""
    clean = text.strip()
    if not clean:
        raise _bad(kind, Fault.EMPTY, _ENTER[kind])
    if is_damaged(clean):
        words = mark("The number was damaged by a spreadsheet.")
        raise BadIdentifier(kind, Fault.DAMAGED, sentence(words), sentence(MEND_DAMAGED))
    return clean


def _ten_digits(kind: IdentifierKind, text: str) -> str:
    spaced = _whole(kind, " ".join(text.split()))
    wrong = next((n for n, char in enumerate(spaced) if not _DIGITS_AND_GAPS.fullmatch(char)), None)
    if wrong is not None:
        place = len(spaced[:wrong].replace(" ", "")) + 1
        raise _bad(kind, Fault.CHARACTER, _ONLY_DIGITS[kind], position=place)
    clean = spaced.replace(" ", "")
    if len(clean) != _LENGTH:
        raise _bad(kind, Fault.LENGTH, _TEN_DIGITS[kind])
    return clean


_ONLY_DIGITS = {
    IdentifierKind.ULN: mark("A ULN has only digits."),
    IdentifierKind.NHS_NUMBER: mark("An NHS number has only digits."),
}
_TEN_DIGITS = {
    IdentifierKind.ULN: mark("A ULN has 10 digits."),
    IdentifierKind.NHS_NUMBER: mark("An NHS number has 10 digits."),
}


def _weighted(digits: str) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False))


def _bad(kind: IdentifierKind, fault: Fault, words: str, position: int = 0) -> BadIdentifier:
    return BadIdentifier(kind, fault, sentence(words), sentence(_MEND[kind]), position)


_READERS: dict[IdentifierKind, Callable[[str], Identifier]] = {
    IdentifierKind.UPN: _read_upn,
    IdentifierKind.ULN: read_uln,
    IdentifierKind.URN: read_urn,
    IdentifierKind.LAESTAB: read_laestab,
    IdentifierKind.UKPRN: read_ukprn,
    IdentifierKind.NHS_NUMBER: read_nhs_number,
    IdentifierKind.POSTCODE: read_postcode,
}
