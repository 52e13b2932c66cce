"""Filing papers: one, several at once, a new version; and what the safeguarding lead gets."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Max
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import visible
from opensenco.access.scope import as_login
from opensenco.cases import spine
from opensenco.concerns.policy import safeguarding_leads
from opensenco.documents import jobs, reading
from opensenco.documents.files import refusal
from opensenco.documents.files.refusal import FileNotTaken
from opensenco.documents.files.store import Store
from opensenco.documents.keeping import Arrived, Incoming, arrive, store_of, stored
from opensenco.documents.limits import (
    LONGEST_KEY,
    LONGEST_STRETCH,
    LONGEST_TITLE,
    LONGEST_WORDS,
)
from opensenco.documents.models import Document, DocumentVersion
from opensenco.documents.states import Level, Scan
from opensenco.documents.types import TYPES
from opensenco.gate.operation import operation
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.kernel.text import search_key
from opensenco.kernel.words import Sentence, mark, sentence
from opensenco.people.models import Pupil

MOST_AT_ONCE = 50
READ = "document.read"
ALREADY = mark("This file is filed for this pupil already.")
TWICE = mark("This file was chosen twice.")
NEWEST = mark("This is the newest version already.")
HARMLESS = (ALREADY, TWICE, NEWEST, refusal.EMPTY)


@dataclass(frozen=True, slots=True)
class Paper:
    """One file, and what is said of it.

    Args:
        kind: a code of documents.types.TYPES.
        dated_as: what the paper says where it names no day; `dated` is its first day then.
    """

    file: Incoming | Arrived
    title: str
    kind: str
    dated: date | None = None
    dated_as: str = ""
    came_from: str = ""
    author_role: str = ""
    level: str = Level.ORDINARY


class FilesNotTaken(Invalid):
    """Some of the files cannot be kept, so none was: `why` says it by their place, from 0."""

    code = "files-not-taken"

    def __init__(self, why: dict[int, Sentence]) -> None:
        super().__init__("papers", next(iter(why.values())))
        self.why = why
        # what is here already is no news to the books
        self.noted = any(str(one) not in HARMLESS for one in why.values())
        self.told_under: Action | None = None
        self.args = (why,)


@operation(Action.DOCUMENT_FILE, on="pupil")
def file_documents(*, actor: Actor, pupil: Pupil, papers: Sequence[Paper]) -> list[Document]:
    """File papers in a pupil's record, all of them or none.

    Raises:
        FilesNotTaken: a file is of no kind that is kept, or is filed here already.
        Invalid: something said of a paper cannot be.
        NotPossible: too many at once; a paper is for the safeguarding lead, which is another verb.
    """
    if any(paper.level == Level.SAFEGUARDING for paper in papers):
        raise NotPossible(_("Papers for the safeguarding lead are filed on their own."))
    made = _filed(actor, pupil, papers)
    for document in made:
        note_fact(actor, document)
    return made


@operation(Action.SAFEGUARDING_NOTE, on="pupil")
def file_for_safeguarding(*, actor: Actor, pupil: Pupil, papers: Sequence[Paper]) -> list[Document]:
    """Hand papers to the safeguarding lead, who alone opens them and knows of them.

    Raises:
        FilesNotTaken: a file is of no kind that is kept.
        Invalid: something said of a paper cannot be.
        NotPossible: too many at once; nobody here is safeguarding lead today.
    """
    if not safeguarding_leads(pupil.org_id, actor.today):
        raise NotPossible(
            _(
                "Nobody here has the role of safeguarding lead, so nobody could open this. "
                "Nothing is kept. Speak to your safeguarding lead or head teacher now."
            )
        )
    if any(paper.level != Level.SAFEGUARDING for paper in papers):
        raise NotPossible(_("This verb files papers for the safeguarding lead alone."))
    try:
        made = _filed(actor, pupil, papers)
    except FilesNotTaken as refused:
        # nobody else hears that something was to be handed in
        refused.told_under = Action.SAFEGUARDING_VIEW
        raise
    for document in made:
        spine.open_task(
            actor=actor, org=pupil.org, kind=READ, source=document, pupil=pupil, due=actor.today,
            words=_("Open the paper that %(who)s filed for you.") % {"who": actor.person.name},
            role_action=Action.SAFEGUARDING_VIEW, reader=Action.SAFEGUARDING_VIEW,
        )  # fmt: skip
    return made


@operation(Action.DOCUMENT_FILE, on="document")
def add_version(
    *, actor: Actor, document: Document, file: Incoming | Arrived, note: str = ""
) -> DocumentVersion:
    """Add a newer state of a document. The ones before it stay.

    Raises:
        FilesNotTaken: the file is of no kind that is kept, or is the newest version already.
        Invalid: the note is too long.
        NotPossible: the document was filed in error.
    """
    if document.in_error:
        raise NotPossible(_("This paper is marked as filed in error."))
    words = _words("note", note, LONGEST_TITLE)
    store = store_of(document.org)
    arrived = _arrived(store, [file])[0]
    newest = DocumentVersion.objects.filter(document=document).order_by("-number").first()
    if newest is not None and newest.file.digest == arrived.taken.digest:
        _drop(store, [arrived])
        raise FilesNotTaken({0: sentence(NEWEST)})
    version = _version(actor, store, document, arrived, note=words)
    _look_inside_soon(actor, [version])
    return version


def keep(
    *,
    actor: Actor,
    pupil: Pupil,
    papers: Sequence[Paper],
    looks: tuple[int, str] | None = None,
) -> list[Document]:
    """File papers that another app's operation has made, in its transaction and in its name.

    Checks no rights and tells the timeline nothing: the operation has, and does.

    Args:
        looks: the id of the person and the key of the role in whose name the worker looks inside,
            where it is not who files.

    Raises:
        FilesNotTaken, Invalid, NotPossible: see `file_documents`.
    """
    return _filed(actor, pupil, papers, looks)


def _filed(
    actor: Actor, pupil: Pupil, papers: Sequence[Paper], looks: tuple[int, str] | None = None
) -> list[Document]:
    if not papers:
        raise Invalid("papers", _("Choose a file."))
    if len(papers) > MOST_AT_ONCE and any(isinstance(p.file, Incoming) for p in papers):
        raise NotPossible(_("File at most %(most)s papers at once.") % {"most": MOST_AT_ONCE})
    rows = [_document(actor, pupil, paper) for paper in papers]
    store = store_of(pupil.org)
    arrived = _arrived(store, [paper.file for paper in papers])
    if why := _doubles(actor, pupil, arrived):
        _drop(store, arrived)
        raise FilesNotTaken(why)
    versions = []
    for row, one in zip(rows, arrived, strict=True):
        row.save()
        versions.append(_version(actor, store, row, one))
    _look_inside_soon(actor, versions, looks)
    return rows


def _document(actor: Actor, pupil: Pupil, paper: Paper) -> Document:
    """Give the row of a paper, not written yet, after what is said of it was looked at."""
    said = checked(
        actor, title=paper.title, kind=paper.kind, dated=paper.dated, dated_as=paper.dated_as,
        came_from=paper.came_from, author_role=paper.author_role, level=paper.level,
    )  # fmt: skip
    return Document(org_id=pupil.org_id, pupil=pupil, filer=actor.person, filed_at=actor.at, **said)


def checked(
    actor: Actor,
    *,
    title: str,
    kind: str,
    dated: date | None,
    dated_as: str,
    came_from: str,
    author_role: str,
    level: str,
) -> dict[str, Any]:
    """Give what is said of a paper by field, as it is stored.

    Raises:
        Invalid: it cannot be.
    """
    if not title.strip():
        raise Invalid("title", _("Give the paper a title."))
    if kind not in TYPES:
        raise Invalid("kind", _("Choose one of the types shown."))
    if level not in Level.values:
        raise Invalid("level", _("Choose one of the answers shown."))
    if dated and dated > actor.today:
        raise Invalid("dated", _("The date of the paper is in the future. Check it."))
    said = {
        "title": _words("title", title, LONGEST_TITLE),
        "came_from": _words("came_from", came_from, LONGEST_WORDS),
        "author_role": _words("author_role", author_role, LONGEST_WORDS),
    }
    stretch = _words("dated", dated_as, LONGEST_STRETCH) if dated else ""
    return {
        **said,
        "search_key": search_key(" ".join(said.values()), LONGEST_KEY),
        "kind": kind,
        "dated": dated,
        "dated_as": stretch,
        "level": level,
    }


def _words(field: str, text: str, most: int) -> str:
    plain = " ".join(text.split())
    if len(plain) > most:
        raise Invalid(field, _("Use at most %(most)s characters.") % {"most": most})
    return plain


def _arrived(store: Store, files: Sequence[Incoming | Arrived]) -> list[Arrived]:
    """Write every file down and look at it; where one is refused, none stays.

    Raises:
        FilesNotTaken: says of each which is refused why.
    """
    arrived: list[Arrived] = []
    why: dict[int, Sentence] = {}
    for place, file in enumerate(files):
        try:
            arrived.append(file if isinstance(file, Arrived) else arrive(store, file))
        except FileNotTaken as refused:
            why[place] = refused.words
    if why:
        _drop(store, arrived)
        raise FilesNotTaken(why)
    return arrived


def _drop(store: Store, arrived: Sequence[Arrived]) -> None:
    for one in arrived:
        if not one.waits:
            store.drop(one.taken)


def _doubles(actor: Actor, pupil: Pupil, arrived: Sequence[Arrived]) -> dict[int, Sentence]:
    """Give the files that this actor can see to be here already. Of others nothing is told."""
    seen = visible(actor, Action.DOCUMENT_VIEW, Document) if _looks(actor) else None
    digests = [one.taken.digest for one in arrived]
    here: set[str] = set()
    if seen is not None:
        standing = seen.filter(pupil=pupil, in_error_at__isnull=True)
        rows = DocumentVersion.objects.filter(document__in=standing.values("pk"))
        here = set(rows.filter(file__digest__in=digests).values_list("file__digest", flat=True))
    why = {}
    for place, digest in enumerate(digests):
        if digest in here:
            why[place] = sentence(ALREADY)
        elif digest in digests[:place]:
            why[place] = sentence(TWICE)
    return why


def _looks(actor: Actor) -> bool:
    return actor.can_somewhere(Action.DOCUMENT_VIEW)


def _version(
    actor: Actor, store: Store, document: Document, one: Arrived, *, note: str = ""
) -> DocumentVersion:
    """Name the file, then write its rows."""
    store.keep(one.taken, stays=one.waits)
    file = stored(actor, document.org, one.taken, one.found)
    last = DocumentVersion.objects.filter(document=document).aggregate(n=Max("number"))["n"] or 0
    version = DocumentVersion(
        org_id=document.org_id, document=document, pupil_id=document.pupil_id, file=file,
        number=last + 1, name=one.name, note=note, filer=actor.person, filed_at=actor.at,
    )  # fmt: skip
    version.save()
    reading.expect(document, version)
    return version


def note_fact(actor: Actor, document: Document) -> None:
    """Put a filed paper on the timeline, for whoever may know of it."""
    closed = document.level == Level.CONFIDENTIAL
    spine.add_fact(
        actor=actor, pupil=document.pupil, kind="document.filed", on=actor.today, source=document,
        words=_("Filed: %(title)s.") % {"title": document.title},
        reader=Action.DOCUMENT_CONFIDENTIAL if closed else Action.DOCUMENT_VIEW,
    )  # fmt: skip


def _look_inside_soon(
    actor: Actor, versions: Sequence[DocumentVersion], looks: tuple[int, str] | None = None
) -> None:
    """Let the worker ask the scanner, then read what is inside; in this deed's own transaction."""
    waits = settings.SCANNER and any(one.file.scan == Scan.WAITS for one in versions)
    job = jobs.scan_waiting if waits else jobs.read_waiting
    with as_login():
        job.enqueue(*(looks or (actor.person.pk, actor.hat.key)))
