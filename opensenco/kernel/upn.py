"""The unique pupil number: its form, its check letter, and whose authority gave it.

Thirteen characters: a check letter, three of the authority, four of the school, two of the year,
and a serial of three digits. A temporary number ends in a letter instead of the third digit.
Source: the Department for Education's guide to unique pupil numbers, and the checks of the
children in need census (1510 check letter, 1530 authority, 1540 digits, 1550 last character).
"""

from dataclasses import dataclass, field
from enum import StrEnum

from opensenco.kernel.errors import Invalid
from opensenco.kernel.words import mark, sentence

ALPHABET = "ABCDEFGHJKLMNPQRTUVWXYZ"
LENGTH = 13

# Authorities, ended authorities and pseudo codes (001-005, 701-708) that a number may carry.
_AUTHORITIES = (
    "001-005 201-213 301-320 330-336 340-344 350-359 370-373 380-384 390-394 420 660-681 701-708 "
    "800-803 805-808 810-813 815 816 820-823 825 826 830 831 835-841 845 846 850-852 855-857 860 "
    "861 865-896 908 909 916 919 921 925 926 928 929 931 933 935-938 940-943"
)


def _codes(ranges: str) -> frozenset[str]:
    spans = (span.partition("-") for span in ranges.split())
    return frozenset(
        f"{code:03d}"
        for first, _, last in spans
        for code in range(int(first), int(last or first) + 1)
    )


AUTHORITIES = _codes(_AUTHORITIES)


class UpnFault(StrEnum):
    """What can be wrong with a unique pupil number, in the order in which it is looked for."""

    LENGTH = "length"
    FIRST = "first"
    DIGITS = "digits"
    LAST = "last"
    CHECK_LETTER = "check-letter"


_SENTENCES = {
    UpnFault.LENGTH: mark("A UPN has 13 characters: a letter, then 12 numbers."),
    UpnFault.FIRST: mark("A UPN starts with a letter."),
    UpnFault.DIGITS: mark("Only the first and the last character of a UPN can be a letter."),
    UpnFault.LAST: mark("A UPN ends in a number, or in a letter other than I, O and S."),
    UpnFault.CHECK_LETTER: mark("With these numbers the UPN should start with {letter}."),
}


class BadUpn(Invalid):
    """A text that is not a unique pupil number.

    `fault` says why; `position` (1 to 13) where a single character is at fault, else 0;
    `letter` the check letter that would be right, where only that is wrong. The number itself is
    left out: an exception may end in a log.
    """

    def __init__(self, fault: UpnFault, position: int = 0, letter: str = "") -> None:
        super().__init__("upn", sentence(_SENTENCES[fault], letter=letter))
        self.fault = fault
        self.position = position
        self.letter = letter
        # Kept as arguments, so that a copy made by pickle or copy has them too.
        self.args = (fault, position, letter)


@dataclass(frozen=True, slots=True)
class Upn:
    """A unique pupil number of right form with a right check letter, in capitals."""

    text: str = field(repr=False)

    @property
    def authority(self) -> str:
        """The code of the local authority of the school that gave it."""
        return self.text[1:4]

    @property
    def authority_known(self) -> bool:
        """Whether that code is on the list; a warning only, since the list goes out of date."""
        return self.authority in AUTHORITIES

    @property
    def temporary(self) -> bool:
        """Whether the school gave it while it did not know the permanent one."""
        return self.text[-1].isalpha()

    def __str__(self) -> str:
        return self.text


def check_letter(body: str) -> str:
    """The letter that belongs before the 12 characters `body`.

    Each character counts by its place, 2 to 13: a digit as itself, a final letter by its value in
    the alphabet without I, O and S. Raises BadUpn where `body` cannot be the body of a number.
    """
    if len(body) != LENGTH - 1 or not body.isascii():
        raise BadUpn(UpnFault.LENGTH)
    for place, character in enumerate(body[:-1], start=2):
        if not character.isdigit():
            raise BadUpn(UpnFault.DIGITS, position=place)
    last = body[-1]
    if not last.isdigit() and last not in ALPHABET:
        raise BadUpn(UpnFault.LAST, position=LENGTH)
    values = [*(int(digit) for digit in body[:-1]), _value(last)]
    total = sum(value * place for place, value in enumerate(values, start=2))
    return ALPHABET[total % len(ALPHABET)]


def read_upn(text: str) -> Upn:
    """The number in `text`, in any case and with spaces anywhere. Raises BadUpn."""
    clean = "".join(text.split())
    if len(clean) != LENGTH or not clean.isascii():
        raise BadUpn(UpnFault.LENGTH)
    clean = clean.upper()
    if not clean[0].isalpha():
        raise BadUpn(UpnFault.FIRST, position=1)
    letter = check_letter(clean[1:])
    if clean[0] != letter:
        raise BadUpn(UpnFault.CHECK_LETTER, position=1, letter=letter)
    return Upn(clean)


def _value(character: str) -> int:
    return int(character) if character.isdigit() else ALPHABET.index(character)
