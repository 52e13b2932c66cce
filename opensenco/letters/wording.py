"""The wording of a letter: which fields it has, whether they are known, and how they are filled."""

import re
from collections.abc import Mapping
from difflib import get_close_matches

from django.utils.translation import gettext as _

from opensenco.kernel.errors import Invalid
from opensenco.letters.starter import fields

FIELD = re.compile(r"\{([A-Za-z0-9_ -]*)\}")
_BRACE = re.compile(r"[{}]")
_EMPTY_LINES = re.compile(r"\n{3,}")


def fields_in(*texts: str) -> list[str]:
    """Give the fields of a wording, each once, in the order of the texts."""
    return list(dict.fromkeys(name for text in texts for name in FIELD.findall(text)))


def check(field: str, text: str) -> None:
    """Refuse a wording that names a field there is not.

    Args:
        field: the form's field that holds the text.

    Raises:
        Invalid: says which is not known, which is meant perhaps, and which there are.
    """
    known = fields()
    for name in fields_in(text):
        if name in known:
            continue
        near = get_close_matches(name, known, n=1)
        raise Invalid(
            field,
            _("There is no field {%(name)s}.%(near)s The fields there are: %(all)s.")
            % {
                "name": name,
                "near": _(" Perhaps you mean {%(near)s}.") % {"near": near[0]} if near else "",
                "all": ", ".join(sorted(known)),
            },
        )
    if _BRACE.search(FIELD.sub("", text)):
        raise Invalid(
            field, _("A bracket { or } stands alone. Fields are written like {pupil_first_name}.")
        )


def merged(text: str, values: Mapping[str, str]) -> str:
    """Fill a wording. A line of which a field is empty is left out, as the content asks.

    What is filled in is never read for fields again.
    """
    lines = []
    for line in text.replace("\r\n", "\n").split("\n"):
        names = FIELD.findall(line)
        if all(values.get(name, "").strip() for name in names):
            lines.append(FIELD.sub(lambda found: values[found[1]].strip(), line).rstrip())
    return _EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip()


def empty(text: str, values: Mapping[str, str]) -> list[str]:
    """Give the fields of a wording that have no value, so that their lines are left out."""
    return [name for name in fields_in(text) if not values.get(name, "").strip()]
