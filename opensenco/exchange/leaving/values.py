"""How values stand in the file: plain words, and back to what the database holds."""

import json
import uuid
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from opensenco.kernel.errors import NotPossible
from opensenco.kernel.words import mark, sentence

WRONG = mark("{model}.{field} holds a value that cannot stand there.")


def plain(value: Any) -> Any:
    """Give a value as JSON holds it: days as 2027-03-10, moments in UTC, exact numbers as text."""
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, uuid.UUID | Decimal):
        return str(value)
    if isinstance(value, dict):
        return {str(name): plain(value[name]) for name in sorted(value, key=str)}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return value


#: some readers take these for the end of a line
_ENDS = str.maketrans({sign: f"\\u{ord(sign):04x}" for sign in "\x85\u2028\u2029"})


def line(row: dict[str, Any]) -> bytes:
    """Give a row as one line of JSON Lines."""
    words = json.dumps(row, ensure_ascii=False, separators=(",", ":"))
    return words.translate(_ENDS).encode() + b"\n"


def cell(value: Any) -> str:
    """Give a value as a cell of CSV: nothing is empty, what has parts stays JSON."""
    if value is None:
        return ""
    if value is True or value is False:
        return "yes" if value else "no"
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


def held(field: "models.Field[Any, Any]", value: Any) -> Any:
    """Give a value of the file as the database holds it.

    Raises:
        NotPossible: it cannot be one. The value itself is not repeated: it can be a child's.
    """
    try:
        found = field.to_python(value)
        wrong = found is None and not field.null
        wrong = wrong or (isinstance(found, str) and "\x00" in found)
        longest = getattr(field, "max_length", None)
        wrong = wrong or bool(isinstance(found, str) and longest and len(found) > longest)
    except (ValidationError, ValueError, TypeError):
        wrong = True
    if wrong:
        label = field.model._meta.label
        raise NotPossible(sentence(WRONG, model=label, field=field.name))
    return found
