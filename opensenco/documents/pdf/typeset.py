"""From data and a template to the bytes of a PDF: the one place that calls the typesetter.

A paper is a template in `templates/` and a mapping of plain values. The values travel as JSON
through an input of the compiler; nothing anybody wrote is ever pasted into markup.
"""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TypeAlias

import typst
from django.utils import translation
from django.utils.translation import gettext as _

from opensenco.documents.pdf.coverage import FONTS
from opensenco.documents.pdf.plain import BREAK, LOST, plain

TEMPLATES = Path(__file__).parent / "templates"

Data: TypeAlias = "str | int | bool | Sequence[Data] | Mapping[str, Data] | None"
"""What a template may be given. A key that begins with `label` holds a word of ours."""

LONGEST = 600_000
"""Characters in one paper: about 150 pages, set in two seconds and half a gigabyte."""


class PaperError(RuntimeError):
    """A paper could not be made. Never holds a word of the record."""


class PaperTooLongError(PaperError):
    """The record holds more than can reasonably be printed on one paper."""


@cache
def _fonts() -> typst.Fonts:
    """Our own fonts and no others: not the machine's, not those inside the typesetter."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )


def filled(data: Data) -> Data:
    """The same data with every text made plain and everything empty left out.

    Left out are empty texts, None, empty lists, and mappings that hold nothing but labels: so a
    part that nobody has written brings no heading with it. False and 0 are facts and stay.
    """
    if isinstance(data, str):
        return plain(data)
    if isinstance(data, Mapping):
        kept = {key: value for key, raw in data.items() if _is_filled(value := filled(raw))}
        return kept if any(not key.startswith("label") for key in kept) else {}
    if isinstance(data, Sequence):
        return [value for raw in data if _is_filled(value := filled(raw))]
    return data


def _is_filled(value: Data) -> bool:
    return value is not None and value not in ("", [], {})


def shortened(text: str, length: int) -> str:
    """One line of at most `length` characters, for a foot or a title, cut with an ellipsis."""
    line = " ".join(plain(text).replace(BREAK, "").split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


def _language() -> dict[str, str]:
    """The language that the labels are in now, as the typesetter wants it: en and GB."""
    language, _dash, region = (translation.get_language() or "en-gb").partition("-")
    return {"language": language, "region": region.upper() or "GB"}


def _as_json(data: Mapping[str, Data]) -> str:
    """What the template reads, with a word to the reader where a character was lost."""
    kept = filled({**data, **_language()})
    written = json.dumps(kept, ensure_ascii=False)
    if len(written) > LONGEST:
        raise PaperTooLongError(f"A paper holds at most {LONGEST} characters.")
    if LOST in written and isinstance(kept, dict):
        lost = _("%(mark)s stands for a letter that this paper cannot show. The record has it.")
        written = json.dumps({**kept, "lost": lost % {"mark": LOST}}, ensure_ascii=False)
    return written


def typeset(template: str, data: Mapping[str, Data], *, dated: dt.date) -> bytes:
    """One tagged PDF (PDF/UA-1) from `templates/<template>.typ`.

    The same data and date give the same bytes. `dated` is the paper's own day: it becomes the
    creation date of the file, since the clock is not asked here.
    Raises PaperTooLongError above `LONGEST`, and PaperError when the typesetter refuses; neither
    holds a word of the data.
    """
    noon = dt.datetime.combine(dated, dt.time(12), tzinfo=dt.UTC)
    try:
        return typst.compile(
            str(TEMPLATES / f"{template}.typ"),
            root=str(TEMPLATES),
            font_paths=_fonts(),
            ignore_system_fonts=True,
            sys_inputs={"data": _as_json(data)},
            pdf_standards=["ua-1"],
            timestamp=noon,
        )
    except typst.TypstError:
        # Its message may quote the text that it stumbled on.
        raise PaperError(f"The typesetter refused the paper “{template}”.") from None
