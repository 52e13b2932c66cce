"""Which new passwords are refused: those that somebody who guesses would try first.

Django's own list holds the passwords most often found in breaches. Nearly all of them are shorter
than ours must be, so people make them longer: with a year, with signs, or by writing them twice. A
password is taken apart here, and refused where one known word and such padding is all there is.
Nothing is asked of anybody's server.
"""

import re
from collections.abc import Collection
from functools import cache

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

#: what stands near at hand for somebody who signs in here; docs/security/controls.md tells of them
NEAR_AT_HAND = """
opensenco senco sendco send ehcp inclusion school academy primary secondary nursery infant junior
college federation trust authority council teacher headteacher assistant governor coordinator
safeguarding pupil pupils children child classroom office admin administrator staff password
passphrase welcome letmein changeme secret login signin january february march april june july
august september october november december monday tuesday wednesday thursday friday saturday sunday
spring summer autumn winter easter christmas birthday england london britain
"""
#: rows of a keyboard and of the alphabet, in which fingers run
ROWS = (
    *("qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz", "1234567890"),
    *("1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p", "qazwsxedcrfvtgbyhnujmikolp"),
    *("1q2w3e4r5t6y7u8i9o0p", "q1w2e3r4t5y6u7i8o9p0", "zaq1xsw2cde3vfr4", "zaq12wsxcde34rfv"),
)
SWAPS = str.maketrans("@4301!5$7", "aaeoiisst")
#: letters of a word or signs of a run, at the least
RUN = 4
#: this many letters beside one known word, or none, are a password of one's own
OWN = 5


class EasilyGuessedValidator:
    """Refuses a password that is one known word, a run or a repetition, however padded."""

    def validate(self, password: str, user: object = None) -> None:
        """Look at a new password.

        Raises:
            ValidationError: it would be guessed early.
        """
        if is_easily_guessed(password, _own(user)):
            raise ValidationError(
                _("This is one of the first passwords that others would try. Use three words"),
                code="password_easily_guessed",
            )

    def get_help_text(self) -> str:
        """Say it before it is refused."""
        return _("Three words that have nothing to do with each other make a good password.")


def is_easily_guessed(password: str, own: Collection[str] = ()) -> bool:
    """Tell whether one known word, runs and repetitions are all that a password is made of.

    Args:
        own: words that stand near at hand for this person, such as their names.
    """
    plain = password.casefold()
    for word in own:
        # one's own name is no second word beside another
        plain = plain.replace(word, "")
    return any(_thin(form) for form in {plain, plain.translate(SWAPS)})


def _own(user: object) -> set[str]:
    """Give the names and address of whoever chooses a password."""
    said = " ".join(str(getattr(user, name, "")) for name in ("first_name", "last_name", "email"))
    return {word for word in re.findall(r"\w+", said.casefold()) if len(word) >= RUN}


def _thin(plain: str) -> bool:
    once = _once(plain)
    words, left, at = set(), 0, 0
    while at < len(once):
        run = _run(once, at)
        word = "" if run else _word(once, at)
        words |= {word} - {""}
        left += not run and not word and once[at].isalpha()
        at += run or len(word) or 1
    return len(words) <= 1 and left < OWN


def _once(plain: str) -> str:
    """Give what is repeated from the first to the last sign once: "abcabcabc" is "abc"."""
    return plain[: (plain + plain).find(plain, 1)] if plain else ""


def _run(plain: str, at: int) -> int:
    """Give how many signs from here run along a row, either way, or are one sign."""
    length = 0
    for row in (*ROWS, *(row[::-1] for row in ROWS), plain[at] * len(plain)):
        reach = RUN
        while plain[at : at + reach] in row and at + reach <= len(plain):
            length, reach = max(length, reach), reach + 1
    return length


def _word(plain: str, at: int) -> str:
    """Give the longest known word that begins here."""
    known = _known()
    longest = range(min(len(plain) - at, 20), RUN - 1, -1)
    return next((plain[at : at + n] for n in longest if plain[at : at + n] in known), "")


@cache
def _known() -> frozenset[str]:
    common: set[str] = CommonPasswordValidator().passwords
    letters = (word for word in common if len(word) >= RUN and word.isalpha())
    return frozenset(letters) | set(NEAR_AT_HAND.split())
