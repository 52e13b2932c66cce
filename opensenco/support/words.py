"""What is typed, as it is stored: trimmed, and refused in plain words where it cannot be kept."""

from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext as _

from opensenco.kernel.errors import Invalid
from opensenco.support.states import Measure

LINE = 200
TEXT = 20_000


def line(field: str, text: str, most: int = LINE) -> str:
    """Give one line of text without white space round it.

    Raises:
        Invalid: longer than the record holds.
    """
    clean = " ".join(text.split())
    if len(clean) > most:
        raise Invalid(field, _("Shorten this to %(most)s characters.") % {"most": most})
    return clean


def paragraph(field: str, text: str, most: int = TEXT) -> str:
    """Give several lines of text, trimmed.

    Raises:
        Invalid: longer than the record holds.
    """
    clean = text.replace("\r\n", "\n").strip()
    if len(clean) > most:
        raise Invalid(field, _("Shorten this to %(most)s characters.") % {"most": most})
    return clean


def lines(text: str) -> list[str]:
    """Give the lines of a text that hold one thing each; empty ones are left out."""
    return [clean for raw in text.splitlines() if (clean := raw.strip(" \t-•*"))]


def differing(row: object, values: Iterable[tuple[str, object]]) -> dict[str, object]:
    """Give the values that differ from what a row holds."""
    return {name: value for name, value in values if getattr(row, name) != value}


def score_in_words(measure: Measure, number: Decimal | None, said: str) -> str:
    """Give what was reached as people say it: "8 years 4 months", "104", "below 70"."""
    if said or number is None:
        return said
    if measure is Measure.AGE:
        years, months = divmod(int(number), 12)
        return _("%(years)s years %(months)s months") % {"years": years, "months": months}
    text = format(number.normalize(), "f")
    if measure is Measure.PHONICS:
        return _("%(mark)s of 40") % {"mark": text}
    return text
