"""A hand-over on paper: each pupil with what is live, due, promised and open, as a tagged PDF."""

import datetime as dt
from dataclasses import dataclass

from django.utils.dateformat import format as written
from django.utils.translation import gettext as _

from opensenco.documents.pdf.plan import Part
from opensenco.documents.pdf.typeset import shortened, typeset


@dataclass(frozen=True, slots=True)
class PartPaper:
    """One part of what is said of a pupil: lines of what, in words, and what stands beside."""

    title: str
    lines: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class PupilPaper:
    """One pupil that is handed over."""

    name: str
    class_name: str
    note: str
    parts: tuple[PartPaper, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverPaper:
    """One hand-over as it goes on paper; `given_on` is None for a draft."""

    place: str
    kind: str
    giver: str
    taker: str
    words: str
    given_on: dt.date | None
    taken_on: dt.date | None
    pupils: tuple[PupilPaper, ...]
    printed_on: dt.date
    printed_by: str


def hand_over_pdf(paper: HandOverPaper) -> bytes:
    """Give a hand-over as tagged PDF (A4, PDF/UA-1).

    Raises:
        PaperError: it cannot be set.
    """
    title = _("Hand-over: %(kind)s") % {"kind": paper.kind.lower()}
    data: Part = {
        "title": title,
        "name": shortened(title, 120),
        "school": paper.place,
        "foot": _("Private. Hand-over. %(school)s.") % {"school": shortened(paper.place, 70)},
        "label_page": _("Page {page} of {pages}."),
        "notice": "" if paper.given_on else _("A draft: it has not been given yet."),
        "facts": [
            {"label": _("From"), "main": paper.giver},
            {"label": _("To"), "main": paper.taker},
            {"label": _("Given on"), "text": _day(paper.given_on)},
            {"label": _("Taken over on"), "text": _day(paper.taken_on)},
        ],
        "sections": [
            {"label": _("Of all of them"), "text": paper.words},
            *(_pupil(one) for one in paper.pupils),
        ],
        "closing": [
            _("Printed on %(day)s by %(who)s. Shred after use.")
            % {"day": _day(paper.printed_on), "who": paper.printed_by}
        ],
    }
    return typeset("plan", data, dated=paper.printed_on)


def _day(day: dt.date | None) -> str:
    return written(day, "j F Y") if day else ""


def _pupil(one: PupilPaper) -> Part:
    name = f"{one.name}, {one.class_name}" if one.class_name else one.name
    return {
        "label": name,
        "text": one.note,
        "cards": [
            {
                "label": part.title,
                "table": {
                    "label_columns": [
                        {"key": "what", "label": _("What"), "share": 3},
                        {"key": "words", "label": _("In words"), "share": 6},
                        {"key": "beside", "label": _("Who, when"), "share": 3},
                    ],
                    "rows": [
                        {"what": what, "words": words, "beside": beside}
                        for what, words, beside in part.lines
                    ],
                },
            }
            for part in one.parts
        ],
    }
