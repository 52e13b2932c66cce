"""Ofsted's number of a nursery, childminder or agency, never one of the schools' register.

Both are called URN and both may have six digits, so the two are kept apart by where they stand.
Letters before the digits tell early years settings (EY), agencies (CA) and settings that came from
voluntary registration (VC). The form is that of numbers met, not of a published rule.
"""

import re

from opensenco.kernel.errors import Invalid
from opensenco.kernel.identifiers import MEND_DAMAGED, is_damaged
from opensenco.kernel.words import sentence

FIELD = "ofsted_urn"
_NUMBER = re.compile(r"(?:EY|CA|VC)?[0-9]{6,7}")


def read_ofsted(text: str) -> str:
    """Give the number as we keep it: "ey 123456" gives "EY123456"; "" where there is none.

    Raises:
        Invalid: it is no such number, or a spreadsheet has damaged it.
    """
    clean = "".join(text.split()).upper()
    if is_damaged(clean):
        raise Invalid(FIELD, sentence(MEND_DAMAGED))
    if clean and not _NUMBER.fullmatch(clean):
        raise Invalid(
            FIELD, sentence("An Ofsted number is 6 or 7 digits, or EY and digits, like EY123456.")
        )
    return clean
