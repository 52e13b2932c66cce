"""A paper that is made of tables: what it is of and of which day, then each table with its note."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from opensenco.documents.pdf.plan import Part
from opensenco.documents.pdf.typeset import shortened, typeset
from opensenco.documents.word import Paragraph, WordPaper, WordTable, word_file
from opensenco.documents.word import Part as WordPart


@dataclass(frozen=True, slots=True)
class TableOnPaper:
    """One table: its heading, what must be known of it, its heads and its rows.

    Args:
        shares: how wide each column is beside the others.
    """

    heading: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[int, ...]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TablesPaper:
    """A paper of tables that names no pupil.

    Args:
        facts: what it is of, as labels and texts. closing: how it was counted, line by line.
    """

    place: str
    title: str
    facts: tuple[tuple[str, str], ...]
    tables: tuple[TableOnPaper, ...]
    closing: tuple[str, ...]
    printed_on: dt.date


def tables_pdf(paper: TablesPaper) -> bytes:
    """Give a paper of tables as tagged PDF (A4, PDF/UA-1).

    Raises:
        PaperError: it cannot be set.
    """
    data: Part = {
        "title": paper.title,
        "name": shortened(paper.title, 120),
        "school": paper.place,
        "foot": f"{shortened(paper.place, 70)}. {paper.title}.",
        "label_page": _("Page {page} of {pages}."),
        "facts": [{"label": label, "text": text} for label, text in paper.facts if text],
        "sections": [
            {"label": one.heading, "byline": one.note, "table": _table(one)}
            for one in paper.tables
            if one.rows
        ],
        "closing": list(paper.closing),
    }
    return typeset("plan", data, dated=paper.printed_on)


def _table(one: TableOnPaper) -> Part:
    keys = [f"column{number}" for number in range(len(one.heads))]
    return {
        "label_columns": [
            {"key": key, "label": label, "share": share}
            for key, label, share in zip(keys, one.heads, one.shares, strict=True)
        ],
        "rows": [dict(zip(keys, row, strict=True)) for row in one.rows],
    }


def tables_word(paper: TablesPaper) -> bytes:
    """Give the same as a Word file, to be gone on with."""
    parts: list[WordPart] = [
        Paragraph((paper.place,), bold=True),
        Paragraph((paper.title,), heading=True, level=1),
        *(Paragraph((text,), lead=f"{label}:") for label, text in paper.facts if text),
    ]
    for one in paper.tables:
        if one.rows:
            parts.append(Paragraph((one.heading,), heading=True, level=2))
            parts += [Paragraph((one.note,))] if one.note else []
            parts.append(WordTable(one.heads, one.rows))
    parts += [Paragraph((line,)) for line in paper.closing]
    foot = f"{paper.place}. " + _("Page {page} of {pages}.")
    return word_file(
        WordPaper(title=paper.title, paragraphs=tuple(parts), header=paper.title, footer=foot)
    )
