"""A page of words on paper: a guide, help, a notice or a statement, as its page says it."""

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

from django.utils.dateformat import format as written
from django.utils.translation import gettext as _

from opensenco.documents.pdf.typeset import Data, shortened, typeset


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; the paper's title has level 1, so these begin with 2."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph; a line break in it is kept."""

    text: str


@dataclass(frozen=True, slots=True)
class Points:
    """A list of points."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """Terms and what they are, as pairs."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with a head to each column."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Heading | Words | Points | Terms | Grid


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidePaper:
    """A page of words: nobody is named in it, so it may be handed to anybody.

    `place` is empty for pages that belong to no place.
    """

    title: str
    place: str = ""
    lead: str = ""
    blocks: tuple[Block, ...]
    printed_on: dt.date


@lru_cache(maxsize=32)
def guide_pdf(paper: GuidePaper, language: str) -> bytes:
    """Give a page of words as tagged PDF (A4, PDF/UA-1), in the language that is active now.

    Kept for whoever asks next: anybody may ask for these, also whoever is not signed in.

    Args:
        language: the language that is active, so that what is kept is not given in another.

    Raises:
        PaperError: it cannot be set.
    """
    foot = f"{paper.title}. {shortened(paper.place, 70)}." if paper.place else f"{paper.title}."
    data: dict[str, Data] = {
        "title": paper.title,
        "name": shortened(paper.title, 120),
        "school": paper.place,
        "foot": foot,
        "label_page": _("Page {page} of {pages}."),
        "lead": paper.lead,
        "blocks": [_block(one) for one in paper.blocks],
        "stands": _("As the page said on %(day)s.") % {"day": written(paper.printed_on, "j F Y")},
    }
    return typeset("guide", data, dated=paper.printed_on)


def _block(one: Block) -> dict[str, Data]:
    match one:
        case Heading():
            return {"kind": "heading", "level": one.level, "text": one.text}
        case Words():
            return {"kind": "words", "text": one.text}
        case Points():
            return {"kind": "points", "items": list(one.items)}
        case Terms():
            pairs: list[Data] = [{"term": term, "text": text} for term, text in one.pairs]
            return {"kind": "terms", "pairs": pairs}
        case Grid():
            return {"kind": "grid", "table": _table(one)}


def _table(grid: Grid) -> dict[str, Data]:
    keys = [f"c{at}" for at in range(len(grid.heads))]
    return {
        "label_columns": [
            {"key": key, "label": head, "share": 1}
            for key, head in zip(keys, grid.heads, strict=True)
        ],
        "rows": [dict(zip(keys, row, strict=False)) for row in grid.rows],
    }
