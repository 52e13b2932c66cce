"""Money as whole pence in an int. No floating point anywhere."""

import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from opensenco.kernel.errors import Invalid
from opensenco.kernel.words import mark

_POUNDS = re.compile(r"(-?)£?(-?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?", re.ASCII)
_LONGEST = 20


def pounds(text: str, field: str = "amount") -> int:
    """Pence in a written amount: "12.34", "£1,234.50", "12", "-£3". Raises Invalid(field).

    More than two decimals is refused, never rounded: nobody meant it.
    """
    clean = text.strip().replace(" ", "")
    found = _POUNDS.fullmatch(clean) if len(clean) <= _LONGEST else None
    if found is None or (found[1] and found[2]):
        raise Invalid(field, mark("Enter an amount in pounds, such as 5,000 or 86.40."))
    pence = int(found[3].replace(",", "")) * 100 + int((found[4] or "0").ljust(2, "0"))
    return -pence if found[1] or found[2] else pence


def write(pence: int) -> str:
    """The amount as our pages write it: "£5,000", "£86.40", "-£3"."""
    whole, rest = divmod(abs(pence), 100)
    sign = "-" if pence < 0 else ""
    return f"{sign}£{whole:,}.{rest:02d}" if rest else f"{sign}£{whole:,}"


def half_up(pence: Decimal | Fraction | int) -> int:
    """Rounded to the nearest penny; an exact half goes away from nought, on both sides."""
    if isinstance(pence, Decimal):
        return int(pence.quantize(Decimal(1), rounding=ROUND_HALF_UP))
    size = abs(Fraction(pence))
    rounded = (2 * size.numerator + size.denominator) // (2 * size.denominator)
    return rounded if pence >= 0 else -rounded
