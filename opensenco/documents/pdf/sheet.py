"""The sheet of a class on paper, and the card for whoever covers it."""

import datetime as dt
from dataclasses import dataclass

from django.utils.dateformat import format as written
from django.utils.translation import gettext as _

from opensenco.documents.pdf.typeset import Data, shortened, typeset


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One pupil: how the paper names them, and what an adult with them needs to know."""

    name: str
    health: tuple[str, ...] = ()
    communication: tuple[str, ...] = ()
    do: tuple[str, ...] = ()
    avoid: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPaper:
    """The sheet of one class or group: no surname, no status, no need.

    `cover` makes it the card for somebody who does not know the pupils. `common` helps several of
    them at once. `size` is how many pupils are in the class.
    """

    school: str
    group: str
    cover: bool = False
    adults: tuple[str, ...] = ()
    coordinator_word: str
    common: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    size: int
    printed_on: dt.date


def sheet_pdf(paper: SheetPaper) -> bytes:
    """The sheet as tagged PDF (A4, PDF/UA-1), its labels in the language active now.

    Columns that nobody fills are left out. Raises PaperError when it cannot be set.
    """
    words = {"group": paper.group, "school": shortened(paper.school, 70)}
    title = _("Covering %(group)s") if paper.cover else _("%(group)s: how to teach these pupils")
    data: dict[str, Data] = {
        "title": title % words,
        "name": shortened(title % words, 120),
        "school": paper.school,
        "foot": _("Private. Shred after use. %(school)s.") % words,
        "label_page": _("Page {page} of {pages}."),
        "lead": _lead(paper),
        "common": {"label": _("Do these for everyone"), "ranked": paper.common},
        "pupils": {"label": _("Pupils"), "table": _table(paper)},
    }
    return typeset("sheet", data, dated=paper.printed_on)


def _lead(paper: SheetPaper) -> list[str]:
    shown = {"num": len(paper.rows), "size": paper.size, "day": written(paper.printed_on, "j F Y")}
    said = [_("%(num)s of %(size)s in this class or group, as at %(day)s.") % shown]
    if paper.adults:
        said.append(_("Usually with them: %(who)s.") % {"who": ", ".join(paper.adults)})
    if paper.cover:
        said.append(_("If you are unsure, ask the %(who)s.") % {"who": paper.coordinator_word})
    return said


def _table(paper: SheetPaper) -> dict[str, Data]:
    return {
        "label_columns": [
            {"key": "name", "label": _("Pupil"), "share": 2},
            {"key": "health", "label": _("Health"), "share": 3},
            {"key": "communication", "label": _("Communication"), "share": 3},
            {"key": "do", "label": _("Do these"), "share": 5},
            {"key": "avoid", "label": _("Avoid"), "share": 3},
        ],
        "rows": [
            {
                "name": row.name,
                "health": "\n".join(row.health),
                "communication": "\n".join(row.communication),
                "do": "\n".join(f"{n}. {text}" for n, text in enumerate(row.do, 1)),
                "avoid": row.avoid,
            }
            for row in paper.rows
        ],
    }
