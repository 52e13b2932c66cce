"""A pack as a file: tagged PDF to hand over, Word to go on writing in. Both hold the same words."""

from collections.abc import Callable
from pathlib import Path

from django.utils.translation import gettext as _

from opensenco.documents.pdf.pack import (
    PackAnnex,
    PackBlock,
    PackPaper,
    PackSection,
    pack_pdf,
    point_heads,
)
from opensenco.documents.pdf.plan import initials
from opensenco.documents.setting import ENDINGS
from opensenco.documents.states import Form
from opensenco.documents.word import (
    Contents,
    PageBreak,
    Paragraph,
    Part,
    WordPaper,
    WordTable,
    word_file,
)
from opensenco.kernel.clock import london_date
from opensenco.kernel.refs import short
from opensenco.network.content import from_data
from opensenco.network.editions import Annex, annexes_from, held_by
from opensenco.network.models import PackEdition
from opensenco.network.states import Audience
from opensenco.ui.words import day as said_day

#: letters of a digest that people compare
SHORT_DIGEST = 16
#: kinds of files that are drawn on a page of a pack
PICTURES = ("jpeg", "png")
#: where the bytes of a digest lie
Where = Callable[[str], Path]


def file_of(paper: PackPaper, form: str) -> bytes:
    """Give a pack as the bytes of a PDF or Word file.

    Raises:
        PaperError: it cannot be set.
    """
    return pack_pdf(paper) if form == Form.PDF else word_of(paper)


def name_of(edition: PackEdition, form: str) -> str:
    """Give the name of the file: what it is and of which day, never of whom."""
    day = london_date(edition.at)
    return f"pack-{day.isoformat()}-{short(edition.ref)[:6]}.{ENDINGS[form]}"


def paper_of(edition: PackEdition, where: Where) -> PackPaper:
    """Give an edition as it goes on paper.

    Raises:
        FileNotTaken: a paper that belongs to it is gone, or damaged.
    """
    made_on, held = london_date(edition.at), held_by(edition)
    mark = _("Reference %(reference)s. Fingerprint of the content: %(digest)s.") % {
        "reference": short(edition.ref), "digest": edition.digest[:SHORT_DIGEST],
    }  # fmt: skip
    return PackPaper(
        place=held.place,
        title=_("Pack"),
        about=held.about,
        facts=facts_of(edition),
        words=held.why,
        sections=tuple(
            PackSection(
                one.title,
                one.source,
                tuple(PackBlock(b.kind, b.rows, b.heading) for b in one.blocks),
            )
            for one in from_data(held.content)
        ),
        left_out=tuple((what, why) for what, why in edition.left_out),
        annexes=tuple(_annex(one, where) for one in annexes_from(edition.annexes)),
        as_on=as_on(edition),
        closing=(mark, _("Private. Keep it safe, and destroy it when you no longer need it.")),
        made_on=made_on,
    )


def as_on(edition: PackEdition) -> str:
    """Say that it shows the past; empty for a pack of the present."""
    if edition.as_on is None:
        return ""
    return _("As it stood on %(day)s") % {"day": said_day(edition.as_on)}


def facts_of(edition: PackEdition) -> tuple[tuple[str, str], ...]:
    """Give what stands on the cover, as labels and texts."""
    read_by = str(Audience(edition.audience).label)
    day = edition.as_on or london_date(edition.at)
    return (
        (_("For"), edition.for_whom),
        (_("Read by"), read_by),
        (_("The record of"), said_day(day)),
        (
            _("Put together"),
            _("%(day)s by %(who)s")
            % {"day": said_day(london_date(edition.at)), "who": edition.person.name},
        ),
    )


def _annex(one: Annex, where: Where) -> PackAnnex:
    facts = ((_("What it is"), one.about), (_("On file since"), one.filed_on),
             (_("Fingerprint"), one.digest[:SHORT_DIGEST]))  # fmt: skip
    picture = one.kind in PICTURES
    path = where(one.digest) if picture or one.kind == "pdf" else None
    return PackAnnex(one.title, one.about, facts, path, picture)


def word_of(paper: PackPaper) -> bytes:
    """Give a pack as a Word document, to be gone on with. Papers of others stand beside it."""
    head = [_("Pack about %(who)s") % {"who": initials(paper.about)}, paper.as_on]
    title = f"{paper.title}: {paper.about}"
    parts: list[Part] = [
        Paragraph((paper.place,), bold=True),
        Paragraph((title,), heading=True, level=1),
        *([Paragraph((paper.as_on,), bold=True)] if paper.as_on else []),
        *(Paragraph((text,), lead=f"{label}:") for label, text in paper.facts),
        *_texts(paper.words),
        Paragraph((_("Contents"),), heading=True, level=3),
        Contents(),
        PageBreak(),
    ]
    for one in paper.sections:
        parts.append(Paragraph((one.title,), heading=True, level=2))
        parts += [Paragraph((one.source,))] if one.source else []
        for block in one.blocks:
            parts += _block(block)
    parts += _papers(paper)
    parts += [
        PageBreak(),
        Paragraph((_("What was left out, and why"),), heading=True, level=2),
        WordTable((_("What"), _("Why it is not here")), paper.left_out),
        *(Paragraph((one,)) for one in paper.closing),
    ]
    place = f"{paper.place}. " if paper.place else ""
    return word_file(
        WordPaper(
            title=title,
            paragraphs=tuple(parts),
            header=". ".join(one for one in head if one),
            footer=_("Private.") + f" {place}" + _("Page {page} of {pages}."),
        )
    )


def _block(block: PackBlock) -> list[Part]:
    parts: list[Part] = []
    if block.heading:
        parts.append(Paragraph((block.heading,), heading=True, level=3))
    if block.kind == "terms":
        parts += [Paragraph(_lines(text), lead=f"{name}:") for name, text in block.rows]
    elif block.kind == "dated":
        parts.append(WordTable((_("Day"), _("What happened")), block.rows))
    elif block.kind == "points":
        parts.append(WordTable(point_heads(), block.rows))
    elif block.kind == "list":
        parts += [Paragraph(_lines(f"• {row[0]}")) for row in block.rows]
    else:
        parts += [Paragraph(_lines(row[0])) for row in block.rows]
    return parts


def _papers(paper: PackPaper) -> list[Part]:
    if not paper.annexes:
        return []
    rows = tuple((f"{n}", one.title, one.about) for n, one in enumerate(paper.annexes, start=1))
    return [
        Paragraph((_("Papers that belong to this pack"),), heading=True, level=2),
        Paragraph((_("They are handed over beside this file."),)),
        WordTable((_("Annex"), _("Paper"), _("What it is")), rows),
    ]


def _texts(words: str) -> list[Part]:
    return [Paragraph(_lines(words))] if words.strip() else []


def _lines(text: str) -> tuple[str, ...]:
    return tuple(text.replace("\r\n", "\n").split("\n"))
