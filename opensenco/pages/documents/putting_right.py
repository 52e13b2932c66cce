"""What is said of a document is put right, or the document was filed in error."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.documents import queries
from opensenco.documents.operations import putting_right
from opensenco.documents.states import Level
from opensenco.gate.answer import Answer
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.pages.documents.filing import KEEPERS
from opensenco.pages.documents.forms import DetailsForm, ErrorForm

FIELDS = ("title", "kind", "dated", "came_from", "author_role", "level", "version")


@page(Action.DOCUMENT_FILE, logs=Logs.CHILD, writes=True, tab="register", who=KEEPERS)
def correct(request: HttpRequest, actor: Actor, document: uuid.UUID) -> Answer | HttpResponse:
    """Say otherwise what a document is, from when, from whom, and who may open it."""
    row = queries.document(actor, document, Action.DOCUMENT_FILE)
    closed = row.level == Level.SAFEGUARDING
    form = converse(
        request,
        actor,
        lambda **given: DetailsForm(closed=closed, **given),
        act=lambda given: putting_right.correct_document(actor=actor, document=row, **given),
        then=lambda _made: reverse("documents:show", args=[row.ref]),
        said=_("Kept."),
        initial=_stands(row),
        fresh=lambda: _stands(queries.document(actor, document, Action.DOCUMENT_FILE)),
    )
    if isinstance(form, HttpResponse):
        return form
    show = {"form": form, "document": row, "pupil": row.pupil}
    return Answer("documents/correct.html", show, opened=[row.pupil], under=row.told_under)


@page(Action.DOCUMENT_FILE, logs=Logs.CHILD, writes=True, tab="register", who=KEEPERS)
def in_error(request: HttpRequest, actor: Actor, document: uuid.UUID) -> Answer | HttpResponse:
    """Mark a document as filed in error, with a reason; its bytes stay, closed."""
    row = queries.document(actor, document, Action.DOCUMENT_FILE)
    form = converse(
        request,
        actor,
        ErrorForm,
        act=lambda given: putting_right.mark_filed_in_error(
            actor=actor, documents=[row], reason=given["reason"], version=given["version"]
        ),
        then=lambda _made: reverse("documents:list", args=[row.pupil.ref]),
        said=_("Marked as filed in error. It stays, for those who can put it right."),
        initial={"version": row.version},
        fresh=lambda: _stands(queries.document(actor, document, Action.DOCUMENT_FILE)),
    )
    if isinstance(form, HttpResponse):
        return form
    show = {"form": form, "document": row, "pupil": row.pupil}
    return Answer("documents/in_error.html", show, opened=[row.pupil], under=row.told_under)


def _stands(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in FIELDS}
