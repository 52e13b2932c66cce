"""Reading packs on paper: those of a pupil, one of them, and the files that were made of it."""

import uuid
from dataclasses import dataclass
from pathlib import Path

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import visible
from opensenco.documents import queries as documents
from opensenco.documents.keeping import store_of
from opensenco.documents.models import DocumentVersion, GonePaper
from opensenco.documents.setting import TYPES
from opensenco.documents.states import Form, Setting
from opensenco.gate.rows import find
from opensenco.kernel.errors import NotFound
from opensenco.network.content import Section, from_data
from opensenco.network.editions import Annex, annexes_from, held_by, papers_of
from opensenco.network.models import Pack, PackEdition, PackFile
from opensenco.network.papers import facts_of, name_of
from opensenco.network.seeing import seen_parts, shown_to
from opensenco.network.states import Part
from opensenco.people.models import Pupil

MOST = 20
RELATED = ("org", "person", "pupil__org", "pupil__same_as", "pack__from_org", "pack__org")


@dataclass(frozen=True)
class Shown:
    """A pack on paper as its page shows it.

    Args:
        sections: as they are read on paper; what this colleague may not see is hidden from them.
        sees_all: whether they may have it as a file.
        gone: papers in it that were disposed of since, by the reference of the version.
    """

    edition: PackEdition
    about: str
    why: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    left_out: list[tuple[str, str]]
    annexes: tuple[Annex, ...]
    files: list[PackFile]
    sees_all: bool
    gone: dict[str, GonePaper]

    @property
    def to_make(self) -> list[str]:
        """The forms in which it has not been made yet."""
        made = {one.form for one in self.files if one.state == Setting.DONE}
        return [form for form in Form.values if form not in made]


def edition(actor: Actor, ref: uuid.UUID) -> PackEdition:
    """Give a pack on paper by its reference.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    return find(actor, Action.PACK_OPEN, PackEdition, ref, *RELATED)


def editions_of(actor: Actor, pupil: Pupil) -> list[PackEdition]:
    """Give the packs on paper about a pupil, the newest first."""
    rows = visible(actor, Action.PACK_OPEN, PackEdition).filter(pupil__in=[pupil.pk])
    found = rows.select_related("person").defer("content", "annexes", "left_out")
    return list(found.order_by("-at", "-id")[:MOST])


def shown(actor: Actor, row: PackEdition) -> Shown:
    """Give what the page of a pack on paper shows."""
    held = held_by(row)
    sections = from_data(held.content)
    if row.pupil is not None:
        sections = shown_to(sections, seen_parts(actor, row.pupil.stands))
    files = PackFile.objects.filter(edition=row).select_related("person")
    return Shown(
        edition=row,
        about=held.about,
        why=held.why,
        facts=facts_of(row),
        sections=sections,
        left_out=[(what, why) for what, why in row.left_out],
        annexes=annexes_from(row.annexes) if _sees_papers(actor, row) else (),
        files=list(files.order_by("-at", "-id")[:MOST]),
        sees_all=sees_all(actor, row),
        gone=_gone_since(actor, row),
    )


def sees_all(actor: Actor, row: PackEdition) -> bool:
    """Tell whether this actor may see every part of a pack and every paper that belongs to it."""
    if row.pupil is None:
        return True
    parts = {Part(one.part) for one in from_data(row.content)}
    return parts <= seen_parts(actor, row.pupil.stands) and _sees_papers(actor, row)


def _sees_papers(actor: Actor, row: PackEdition) -> bool:
    refs = {one.ref for one in annexes_from(row.annexes)}
    if not refs:
        return True
    rows = visible(actor, Action.DOCUMENT_VIEW, DocumentVersion).filter(ref__in=refs)
    there = {str(ref) for ref in rows.values_list("ref", flat=True)}
    return refs <= there | set(_gone_since(actor, row))


def _gone_since(actor: Actor, row: PackEdition) -> dict[str, GonePaper]:
    """Give the papers of a pupil that were disposed of, by each version: the pack holds them on."""
    if row.pupil is None or not row.annexes:
        return {}
    gone = documents.gone_of(actor, row.pupil.stands)
    return {ref: one for one in gone for ref in one.versions}


def pack_file(actor: Actor, ref: uuid.UUID) -> PackFile:
    """Give a file of a pack that is ready, for who may see all that is in it.

    Raises:
        NotFound, NotYours: see `gate.rows.find`; it is not ready; a part is not for this actor.
    """
    related = [f"edition__{name}" for name in RELATED]
    row = find(actor, Action.PACK_OPEN, PackFile, ref, *related)
    if row.state != Setting.DONE or not sees_all(actor, row.edition):
        raise NotFound
    return row


def bytes_of(row: PackFile) -> tuple[Path, str, str]:
    """Give where a file lies, what it is, and its name, which names no child.

    Raises:
        FileNotTaken: it is not where or as it was kept.
    """
    where = store_of(row.edition.org).whole(row.digest)
    return where, TYPES[row.form], name_of(row.edition, row.form)


def made_of(actor: Actor, pack: Pack) -> list[PackEdition]:
    """Give the packs on paper that were made of what another organisation sent, newest first."""
    rows = visible(actor, Action.PACK_OPEN, PackEdition).filter(pack=pack)
    return list(rows.select_related("person").defer("content").order_by("-at", "-id")[:MOST])


def papers_to_choose(actor: Actor, pupil: Pupil) -> list[tuple[str, str]]:
    """Give the papers that can belong to a pack: reference of the document, and how it is told."""
    if not actor.can_somewhere(Action.DOCUMENT_VIEW):
        return []
    found = []
    for row, version in papers_of(actor, pupil):
        annex = Annex.of(row, version)
        told = f"{annex.title}, {annex.about}" if annex.about else annex.title
        found.append((str(row.ref), told))
    return found
