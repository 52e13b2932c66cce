"""The list of a pupil's documents, one document, and its bytes."""

import uuid
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import may
from opensenco.documents import queries
from opensenco.documents.files.kinds import KINDS
from opensenco.documents.operations.putting_right import take_in_hand
from opensenco.documents.states import Level
from opensenco.exchange import out
from opensenco.gate.answer import Answer
from opensenco.gate.page import Logs, page
from opensenco.kernel.errors import NotAllowed, NotFound
from opensenco.pages.documents import show as shown
from opensenco.people import queries as people

#: who teaches Idris, and who co-ordinates; the safeguarding lead; nobody who only runs groups
READERS = {"senco": 200, "head": 200, "phase_senco": 200, "teacher": 200, "other_teacher": 403,
           "ta": 403, "admin": 403, "dsl": 200, "governor": 403, "parent": 403}  # fmt: skip


@page(Action.DOCUMENT_VIEW, logs=Logs.CHILD, tab="register", who=READERS)
def of_pupil(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer:
    """Show the documents of a pupil that one may know of, sorted and filtered."""
    row = people.pupil(actor, pupil, Action.DOCUMENT_VIEW)
    if kind := out.asked(request.GET):
        every = shown.of_pupil(actor, row, request.GET.dict(), every=out.MOST)
        return out.as_file(actor, kind, "documents", shown.table(every.rows), opened=[row])
    found = shown.of_pupil(actor, row, request.GET.dict())
    files = actor.can_somewhere(Action.DOCUMENT_FILE) and may(actor, Action.DOCUMENT_FILE, row)
    show = {"pupil": row, "shown": found, "words": shown, "files": files,
            "gone": queries.gone_of(actor, row)}  # fmt: skip
    return Answer("documents/list.html", show, opened=[row])


@page(Action.DOCUMENT_VIEW, logs=Logs.CHILD, tab="register", who=READERS)
def show(request: HttpRequest, actor: Actor, document: uuid.UUID) -> Answer:
    """Show one document: what is said of it, its versions, and who has opened it."""
    try:
        row = queries.document(actor, document)
    except (NotFound, NotAllowed):
        if (gone := queries.gone_paper(actor, document)) is None:
            raise
        return Answer(
            "documents/gone.html", {"gone": gone, "pupil": gone.pupil}, opened=[gone.pupil],
            under=gone.told_under,
        )  # fmt: skip
    facts = {**shown.one(actor, row), "words": shown}
    return Answer(
        "documents/show.html", facts, opened=[row.pupil], under=shown.under(row),
        wanted=str(row.ref),
    )  # fmt: skip


@page(Action.DOCUMENT_VIEW, logs=Logs.CHILD, tab="register", who=READERS)
def download(request: HttpRequest, actor: Actor, document_version: uuid.UUID) -> Answer:
    """Give the bytes of a version, to be saved; a file that the scanner has not let through stays.

    Each opening is one entry in the log of looks.
    """
    row = queries.version(actor, document_version)
    # the document says whose it is: a version stays with the record that it was filed in
    pupil = row.document.pupil
    told: dict[str, Any] = {
        "opened": [pupil],
        "under": shown.under(row.document),
        "wanted": str(row.document.ref),
    }
    if not queries.can_be_opened(row):
        return Answer("documents/closed.html", {"version": row, "pupil": pupil}, **told)
    return Answer(
        file=queries.bytes_of(row), content_type=KINDS[row.file.kind].media,
        filename=shown.filename(row), seal=_in_hand(actor, row.document),
        fresh=row.document.level != Level.ORDINARY, **told,
    )  # fmt: skip


def _in_hand(actor: Actor, document: Any) -> Callable[[], object] | None:
    """Let what waits for the safeguarding lead be settled by their opening it."""
    if document.level != Level.SAFEGUARDING:
        return None
    return lambda: take_in_hand(actor=actor, document=document)
