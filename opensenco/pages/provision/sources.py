"""Where an entry of the library came from, what is known of it, and what changed there since."""

from datetime import date
from typing import Any

from opensenco.pages.provision.forms import ProvisionForm
from opensenco.provision.queries import shared as rows_of
from opensenco.provision.states import LAYER_NAMES, Strength


def source(row: Any, today: date) -> dict[str, Any]:
    """Give where an entry came from, and what has changed there since, part by part in words."""
    then = rows_of.source_of(row)
    if then is None:
        return {"source": None, "moves": [], "gone": False}
    found = rows_of.moved(row, today)
    moves = [
        (str(ProvisionForm.base_fields[part].label), in_words(part, getattr(found.then, part)),
         in_words(part, getattr(found.now, part)), in_words(part, getattr(row, part)))
        for part in found.parts
    ] if found else []  # fmt: skip
    return {"source": then, "moves": moves, "gone": bool(found and found.now.withdrawn)}


def in_words(part: str, value: Any) -> str:
    """Say one part of an entry."""
    if part == "layer":
        return str(LAYER_NAMES[value])
    if part == "strength":
        return str(Strength(value).label) if value else ""
    return "" if value is None else str(value)


def strength_words(row: Any) -> str:
    """Say how strong the evidence is that something helps."""
    return str(Strength(row.strength).label) if row.strength else ""
