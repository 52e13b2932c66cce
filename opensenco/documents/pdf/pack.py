"""One child's pack on paper: its facts as plain values, and the PDF made of them."""

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils.translation import gettext as _
from pypdf import PdfReader

from opensenco.documents.files.annexing import BROKEN, LOCKED, UPON
from opensenco.documents.pdf.annexes import Looked, Place, drawn_into, looked_at
from opensenco.documents.pdf.drawn import line_drawn
from opensenco.documents.pdf.pictures import picture_page
from opensenco.documents.pdf.plan import initials
from opensenco.documents.pdf.typeset import Data, shortened, typeset

#: pages of papers that are drawn into one pack; what is beyond is handed over beside it
MOST_PAGES = 300


@dataclass(frozen=True, slots=True)
class PackBlock:
    """Rows of one kind under a heading: "terms", "list", "text", "dated" or "points"."""

    kind: str
    rows: tuple[tuple[str, ...], ...]
    heading: str = ""


@dataclass(frozen=True, slots=True)
class PackSection:
    """One part of the record, and from whose record of which day it is."""

    title: str
    source: str
    blocks: tuple[PackBlock, ...]


@dataclass(frozen=True, slots=True)
class PackAnnex:
    """A paper that belongs to the pack.

    Args:
        facts: what is known of it, as labels and texts.
        path: where its bytes lie, where they are those of a PDF or a picture; None for others.
        picture: whether they are those of a picture.
    """

    title: str
    about: str
    facts: tuple[tuple[str, str], ...]
    path: Path | None = None
    picture: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PackPaper:
    """One pack as it goes on paper.

    Args:
        place: whose record it is; empty where nobody is to know.
        facts: of the cover: for whom, what for, by whom.
        left_out: what is not in it, and why.
        as_on: says that it shows the past; empty for a pack of the present.
    """

    place: str
    title: str
    about: str
    facts: tuple[tuple[str, str], ...]
    words: str
    sections: tuple[PackSection, ...]
    left_out: tuple[tuple[str, str], ...]
    annexes: tuple[PackAnnex, ...]
    as_on: str
    closing: tuple[str, ...]
    made_on: dt.date


def pack_pdf(paper: PackPaper) -> bytes:
    """Give a pack as tagged PDF (A4), with the papers that can be drawn behind it.

    With papers of others in it, it is not called accessible as a whole: they are as they are.

    Raises:
        PaperError: it cannot be set.
    """
    with TemporaryDirectory(prefix="opensenco-") as folder:
        annexes = [_on_a_page(one, Path(folder)) for one in paper.annexes]
        looked = looks(annexes)
        own = typeset("pack", _data(paper, looked), dated=paper.made_on)
        return drawn_into(own, _places(own, annexes, looked))


def _on_a_page(one: PackAnnex, folder: Path) -> PackAnnex:
    """Give a picture as a PDF of one page; others as they are."""
    if not one.picture or one.path is None:
        return one
    return replace(one, path=picture_page(one.path, folder))


def looks(annexes: Sequence[PackAnnex]) -> list[Looked]:
    """Look at each paper: how many pages it has, or why it cannot be drawn."""
    known = iter(looked_at([one.path for one in annexes if one.path is not None]))
    found, left = [], MOST_PAGES
    for one in annexes:
        none = Looked(0, BROKEN if one.picture else "kind")
        look = next(known) if one.path is not None else none
        if look.pages > left:
            look = Looked(0, "long")
        left -= look.pages
        found.append(look)
    return found


def why_beside(why: str) -> str:
    """Say why a paper is handed over beside the pack and not in it."""
    said = {
        LOCKED: _("Beside this pack: it is locked with a password."),
        BROKEN: _("Beside this pack: its pages could not be read."),
        UPON: _("Beside this pack: it has fields or notes that would be lost."),
        "long": _("Beside this pack: it has too many pages."),
        "kind": _("Beside this pack: it is neither a PDF nor a picture."),
    }
    return said[why]


def _places(own: bytes, annexes: Sequence[PackAnnex], looked: Sequence[Looked]) -> list[Place]:
    """Give the pages that wait: the last bookmarks say where, but for that of the end."""
    shown = [(a, k) for a, k in zip(annexes, looked, strict=True) if k.pages]
    if not shown:
        return []
    reader = PdfReader(io.BytesIO(own))
    inner = [one for one in reader.outline if isinstance(one, list)]
    marks = [one for several in inner for one in several if not isinstance(one, list)]
    places = []
    for mark, (annex, look) in zip(marks[-1 - len(shown) : -1], shown, strict=True):
        cover = reader.get_destination_page_number(mark)
        if annex.path is not None and cover is not None:
            places.append(Place(annex.path, cover + 1, look.pages))
    return places


def _data(paper: PackPaper, looked: Sequence[Looked]) -> dict[str, Data]:
    who = initials(paper.about)
    header = [_("Pack about %(who)s") % {"who": who}, paper.as_on]
    foot = [_("Private"), shortened(paper.place, 70)]
    return {
        "name": shortened(f"{paper.title}: {paper.about}", 120),
        "school": paper.place,
        "title": f"{paper.title}: {paper.about}",
        "header": ". ".join(one for one in header if one),
        "foot": ". ".join(one for one in foot if one) + ".",
        "label_page": _("Page {page} of {pages}."),
        "label_contents": _("Contents"),
        "notice": paper.as_on,
        "facts": [{"label": label, "text": text} for label, text in paper.facts],
        "words": paper.words,
        "sections": [_section(one) for one in paper.sections],
        "papers": _papers(paper, looked) if paper.annexes else None,
        "left_out": {
            "label": _("What was left out, and why"),
            "texts": [_("This list is part of every pack.")],
            "table": {
                "label_columns": [
                    {"key": "what", "label": _("What"), "share": 2},
                    {"key": "why", "label": _("Why it is not here"), "share": 3},
                ],
                "rows": [{"what": what, "why": why} for what, why in paper.left_out],
            },
        },
        "closing": list(paper.closing),
        "annexes": [
            _annex(number, annex, look)
            for number, (annex, look) in enumerate(zip(paper.annexes, looked, strict=True), start=1)
            if look.pages
        ],
    }


def _section(one: PackSection) -> dict[str, Data]:
    return {
        "label": one.title,
        "byline": one.source,
        "blocks": [_block(block) for block in one.blocks],
    }


def _block(block: PackBlock) -> dict[str, Data]:
    found: dict[str, Data] = {"heading": block.heading}
    if block.kind == "terms":
        found["pairs"] = [{"label_name": name, "text": text} for name, text in block.rows]
    elif block.kind == "dated":
        found["table"] = {
            "label_columns": [
                {"key": "on", "label": _("Day"), "share": 1},
                {"key": "what", "label": _("What happened"), "share": 4},
            ],
            "rows": [{"on": day, "what": text} for day, text in block.rows],
        }
    elif block.kind == "points":
        keys = ("on", "score", "line", "against", "how")
        found["drawing"] = {
            # as bytes: words on their way to paper get the quotation marks of print
            "svg": list(line_drawn(block.rows).encode()),
            "label_alt": _("The points in the order of their days, with the aim line dashed. The "
                           "table below says the same."),
        }  # fmt: skip
        found["table"] = {
            "label_columns": [
                {"key": key, "label": label, "share": share}
                for key, label, share in zip(keys, point_heads(), (4, 3, 3, 5, 6), strict=True)
            ],
            "rows": [dict(zip(keys, row, strict=True)) for row in block.rows],
        }
    else:
        found["bullets" if block.kind == "list" else "texts"] = [row[0] for row in block.rows]
    return found


def point_heads() -> tuple[str, ...]:
    """Give the heads of a table of points."""
    return (_("Day"), _("Score"), _("Aim line that day"), _("Against the aim line"),
            _("By whom, and how"))  # fmt: skip


def _papers(paper: PackPaper, looked: Sequence[Looked]) -> dict[str, Data]:
    rows: list[Data] = []
    for number, (annex, look) in enumerate(zip(paper.annexes, looked, strict=True), start=1):
        row: dict[str, Data] = {"number": str(number), "title": annex.title, "about": annex.about}
        row |= {"inside": True} if look.pages else {"where": why_beside(look.why)}
        rows.append(row)
    return {
        "label": _("Papers that belong to this pack"),
        "label_heads": [_("Annex"), _("Paper"), _("Where")],
        "label_page": _("From page {page} of this pack."),
        "rows": rows,
    }


def _annex(number: int, annex: PackAnnex, look: Looked) -> dict[str, Data]:
    line = _("Annex %(number)s, page %(page)s of %(pages)s")
    named = _("Annex %(number)s: %(title)s") % {"number": number, "title": annex.title}
    return {
        "number": str(number),
        "label": named,
        "facts": [{"label": label, "text": text} for label, text in annex.facts],
        "label_note": _(
            "The pages that follow are a copy of this paper as it was filed. Somebody else made "
            "it: a screen reader may not read it well. Ask for the paper itself, or for its words."
        ),
        "pages": [
            line % {"number": number, "page": page, "pages": look.pages}
            for page in range(1, look.pages + 1)
        ],
    }
