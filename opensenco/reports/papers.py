"""A report as paper: tagged PDF to publish, Word to go on writing in."""

from django.utils.dateformat import format as written
from django.utils.translation import gettext as _

from opensenco.documents.pdf.typeset import Data, shortened, typeset
from opensenco.documents.word import Paragraph, WordPaper, WordTable, word_file
from opensenco.reports.document import Document, Section, Table
from opensenco.reports.states import Form, PartType

WIDTH = 1000


def file_of(document: Document, form: str, stands: str) -> bytes:
    """Give a report as the bytes of a PDF or Word file. The same report gives the same bytes.

    Args:
        stands: what the reader must know of it: which edition, or that it is a draft.

    Raises:
        PaperError: it cannot be set.
    """
    return pdf_of(document, stands) if form == Form.PDF else word_of(document, stands)


def name_of(document: Document, form: str) -> str:
    """Give the name of the file: what it is and of which day, never of whom."""
    ending = "pdf" if form == Form.PDF else "docx"
    return f"{document.kind}-{document.drawn_on.isoformat()}.{ending}"


def pdf_of(document: Document, stands: str) -> bytes:
    """Give a report as tagged PDF (A4, PDF/UA-1).

    Raises:
        PaperError: it cannot be set.
    """
    data: dict[str, Data] = {
        "name": shortened(f"{document.title}: {document.place}", 120),
        "title": document.title,
        "school": document.place,
        "foot": f"{document.title}. {shortened(document.place, 70)}.",
        "label_page": _("Page {page} of {pages}."),
        "stands": stands,
        "period": period(document),
        "hides": why_hidden() if document.hides else "",
        "sections": [_section(one) for one in document.shown],
    }
    return typeset("report", data, dated=document.drawn_on)


def period(document: Document) -> str:
    """Say of which days the figures are."""
    return _("Figures of %(day)s. What happened counts from %(since)s.") % {
        "day": written(document.drawn_on, "j F Y"),
        "since": written(document.since, "j F Y"),
    }


def why_hidden() -> str:
    """Say why some numbers are not said."""
    return _(
        "A number under 5 is not shown, so that no child can be picked out. Others are hidden "
        "where one could be worked out from them."
    )


def heading_of(one: Section) -> str:
    """Give the heading of a section, with its number where people wrote it."""
    return f"{one.number}. {one.title}" if one.number else one.title


def _section(one: Section) -> dict[str, Data]:
    found: dict[str, Data] = {"label": heading_of(one), "level": 2 if one.table is None else 3}
    if one.words:
        found["paragraphs"] = one.paragraphs
    if one.table is not None:
        found["chart" if one.type is PartType.CHART else "figures"] = _figures(one.table)
    if one.points:
        found["points"] = _points(one)
    return found


def _figures(table: Table) -> dict[str, Data]:
    most = max((line.cells[0].value or 0 for line in table.lines), default=0) or 1
    return {
        "label_heads": list(table.heads),
        "note": table.note,
        "counts": table.counts,
        "rows": [
            {
                "name": line.name,
                "cells": [cell.shown for cell in line.cells],
                "share": round(WIDTH * (line.cells[0].value or 0) / most),
            }
            for line in table.lines
        ],
    }


def _points(one: Section) -> dict[str, Data]:
    return {
        "label_heads": [_("What is asked"), _("Where it stands"), _("Answered in")],
        "rows": [
            {
                "what": point.words,
                "source": point.source,
                "where": where(point.section, point.reason),
            }
            for point in one.points
        ],
    }


def where(section: str, reason: str) -> str:
    """Say in which section a point is answered, or why it is not."""
    if section:
        return _("Section %(number)s") % {"number": section}
    return _("Not answered: %(reason)s") % {"reason": reason} if reason else _("Not answered")


def word_of(document: Document, stands: str) -> bytes:
    """Give a report as a Word document."""
    parts: list[Paragraph | WordTable] = [
        Paragraph((document.place,), bold=True),
        Paragraph((document.title,), heading=True, level=1),
        Paragraph((stands,)),
        Paragraph((period(document),)),
    ]
    for one in document.shown:
        parts.append(Paragraph((heading_of(one),), heading=True, level=3 if one.table else 2))
        parts += [Paragraph(tuple(lines)) for lines in one.paragraphs]
        if one.table is not None:
            rows = [(line.name, *(cell.shown for cell in line.cells)) for line in one.table.lines]
            parts.append(WordTable(one.table.heads, tuple(rows)))
            parts += [Paragraph((one.table.note,))] if one.table.note else []
        if one.points:
            heads = (_("What is asked"), _("Where it stands"), _("Answered in"))
            lines = [(p.words, p.source, where(p.section, p.reason)) for p in one.points]
            parts.append(WordTable(heads, tuple(lines)))
    if document.hides:
        parts.append(Paragraph((why_hidden(),)))
    title = f"{document.title}: {document.place}"
    return word_file(WordPaper(title=title, paragraphs=tuple(parts)))
