"""How the filing cabinet is read: the list of a pupil, one document, its versions and its bytes."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db.models import F, QuerySet
from django.utils.dateformat import format as date_format

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import may, visible
from opensenco.cases.statements import Told
from opensenco.documents.files.kinds import KINDS, Kind
from opensenco.documents.keeping import store_of
from opensenco.documents.models import Document, DocumentVersion, GonePaper, PaperText
from opensenco.documents.states import OPENED, Inside, Level, Scan
from opensenco.documents.types import TYPES
from opensenco.gate.rows import find
from opensenco.people.models import Pupil

#: by what a list is sorted; what has no date stands last either way
SORTS = {"title": "search_key", "kind": "kind", "dated": "dated", "filed": "filed_at"}
USUAL = "-dated"
#: papers from which one is chosen as the source of a sentence
MOST_NAMED = 200


@dataclass(frozen=True, slots=True)
class Row:
    """A document in a list, with its newest version."""

    document: Document
    version: DocumentVersion
    versions: int

    @property
    def kind(self) -> Kind:
        """What its bytes are."""
        return KINDS[self.version.file.kind]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of a pupil's documents is asked for."""

    kind: str = ""
    in_error: bool = False


def chosen(actor: Actor, pupil: Pupil, wanted: Wanted) -> QuerySet[Document]:
    """Give the documents of a pupil that this actor may know of and that are asked for."""
    rows = visible(actor, Action.DOCUMENT_VIEW, Document).filter(pupil=pupil)
    rows = rows.filter(in_error_at__isnull=not wanted.in_error)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    return rows


def listed(rows: QuerySet[Document], sort: str, start: int, stop: int) -> list[Row]:
    """Give some documents with their newest version, in two questions however many there are."""
    column = F(SORTS.get(sort.removeprefix("-"), "dated"))
    down = sort.startswith("-")
    order = column.desc(nulls_last=True) if down else column.asc(nulls_last=True)
    found = rows.select_related("filer").order_by(order, "-filed_at", "-id")
    return with_versions(list(found[start:stop]))


def with_versions(documents: Sequence[Document]) -> list[Row]:
    """Give documents with their newest version."""
    newest: dict[int, DocumentVersion] = {}
    versions = DocumentVersion.objects.filter(document__in=[one.pk for one in documents])
    for version in versions.select_related("file").order_by("number"):
        newest[version.document_id] = version
    return [Row(one, newest[one.pk], newest[one.pk].number) for one in documents]


def document(actor: Actor, ref: uuid.UUID, action: Action = Action.DOCUMENT_VIEW) -> Document:
    """Give a document that this actor may know of.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    return find(actor, action, Document, ref, "pupil", "org", "filer")


def gone_of(actor: Actor, pupil: Pupil, by: datetime | None = None) -> list[GonePaper]:
    """Give the papers of a pupil that were disposed of, of those this actor could know of.

    Args:
        by: only those that had been filed by a moment.
    """
    rows = visible(actor, Action.DOCUMENT_VIEW, GonePaper).filter(pupil=pupil)
    if by is not None:
        rows = rows.filter(filed_at__lte=by)
    return list(rows.select_related("document").order_by("-filed_at", "-id")[:MOST_NAMED])


def gone_paper(actor: Actor, ref: uuid.UUID) -> GonePaper | None:
    """Give that a document was disposed of, to whoever could know of it; None where it was not."""
    rows = visible(actor, Action.DOCUMENT_VIEW, GonePaper).filter(document__ref=ref)
    return rows.select_related("pupil").first()


def may_put_right(actor: Actor, row: Document) -> bool:
    """Tell whether this actor may correct a document, or mark it as filed in error."""
    return actor.can_somewhere(Action.DOCUMENT_FILE) and may(actor, Action.DOCUMENT_FILE, row)


def versions_of(row: Document) -> list[DocumentVersion]:
    """Give the versions of a document, the newest first."""
    rows = DocumentVersion.objects.filter(document=row).select_related("file", "filer")
    return list(rows.order_by("-number"))


def version(actor: Actor, ref: uuid.UUID) -> DocumentVersion:
    """Give a version of a document that this actor may open.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    related = ("file", "org", "document__pupil")
    return find(actor, Action.DOCUMENT_VIEW, DocumentVersion, ref, *related)


def can_be_opened(row: DocumentVersion) -> bool:
    """Tell whether the bytes may be handed out: a scanner that is set has let them through."""
    return Scan(row.file.scan) in OPENED


def bytes_of(row: DocumentVersion) -> Path:
    """Give where the bytes of a version lie.

    Raises:
        FileNotTaken: they are not where or as they were kept.
    """
    return store_of(row.org).whole(row.file.digest)


def as_sources(actor: Actor, refs: frozenset[uuid.UUID]) -> dict[uuid.UUID, Told]:
    """Tell of documents from which a sentence came, to who may open them; of others nothing.

    A confidential one is never named on paper: paper is read by others than who prints it.
    """
    rows = visible(actor, Action.DOCUMENT_VIEW, Document).filter(
        ref__in=refs, in_error_at__isnull=True
    )
    return {row.ref: Told(_named(row), row.level == Level.ORDINARY) for row in rows}


def _named(row: Document) -> str:
    when = row.dated_as or (date_format(row.dated, "j F Y") if row.dated else "")
    kind = str(TYPES[row.kind].words) if row.kind in TYPES else ""
    return ", ".join(filter(None, [row.title, kind, row.author_role, row.came_from, when]))


def to_name(actor: Actor, pupil: Pupil) -> list[Document]:
    """Give the documents of a pupil that this actor can name as a source, the newest first."""
    rows = visible(actor, Action.DOCUMENT_VIEW, Document).filter(
        pupil=pupil, in_error_at__isnull=True
    )
    return list(rows.order_by(F("dated").desc(nulls_last=True), "-filed_at", "-id")[:MOST_NAMED])


def words_inside(row: Document) -> str:
    """Give what is known of the words inside a document, for who may open it."""
    state = PaperText.objects.filter(document=row).values_list("state", flat=True).first()
    return str(Inside(state).label) if state else ""


def just_filed(actor: Actor, pupil: Pupil) -> list[Row]:
    """Give what this actor filed for a pupil in one go, the last time today."""
    mine = visible(actor, Action.DOCUMENT_FILE, Document).filter(
        pupil=pupil, filer=actor.person, in_error_at__isnull=True
    )
    last = mine.order_by("-filed_at").values_list("filed_at", flat=True).first()
    if last is None:
        return []
    return with_versions(list(mine.filter(filed_at=last).order_by("id")))
