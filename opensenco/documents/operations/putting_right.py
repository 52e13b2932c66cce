"""Putting right what was said of a document, and saying that one was filed in error."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases import spine
from opensenco.documents import reading
from opensenco.documents.models import Document
from opensenco.documents.operations.filing import checked, note_fact
from opensenco.documents.states import LEVELS, Level
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotPossible


@operation(Action.DOCUMENT_FILE, on="document")
def correct_document(
    *, actor: Actor, document: Document, version: int | None, **said: Any
) -> Document:
    """Say otherwise what a document is: title, kind, dated, came_from, author_role, level.

    A document that becomes confidential leaves the timeline of others; one of the safeguarding lead
    stays theirs.

    Raises:
        Invalid: something cannot be.
        NotPossible: it was filed in error, or is the safeguarding lead's.
        Stale: somebody else changed it in between.
    """
    _check_standing(document)
    before = Level(document.level)
    values = checked(actor, **{name: said.get(name, getattr(document, name)) for name in _SAID})
    if values["level"] != before and Level(values["level"]) not in LEVELS[before]:
        raise NotPossible(
            _("Papers of the safeguarding lead are filed as such from the beginning, and stay so.")
        )
    if values["dated"] != document.dated and "dated_as" not in said:
        values["dated_as"] = ""
    change(document, version=version, **values)
    reading.say_anew(document)
    if document.level != before:
        _tell_anew(actor, document)
    return document


@operation(Action.DOCUMENT_FILE, on="documents")
def correct_documents(
    *, actor: Actor, documents: Sequence[Document], said: Sequence[Mapping[str, Any]]
) -> list[Document]:
    """Say otherwise what each of several documents is, all of them or none.

    Args:
        said: for each document, the version that was read and what is said of it.

    Raises:
        Invalid: something cannot be; the field ends in the document's place, "title-0".
        NotPossible, Stale: as `correct_document` does.
    """
    for place, (document, words) in enumerate(zip(documents, said, strict=True)):
        try:
            correct_document(actor=actor, document=document, **words)
        except Invalid as refused:
            raise Invalid(f"{refused.field}-{place}", refused.words) from None
    return list(documents)


_SAID = ("title", "kind", "dated", "dated_as", "came_from", "author_role", "level")


def _tell_anew(actor: Actor, document: Document) -> None:
    """Take the fact back from those who may not know any more, and tell those who may."""
    _withdraw(actor, document, Action.DOCUMENT_CONFIDENTIAL)
    note_fact(actor, document)


def _withdraw(actor: Actor, document: Document, reader: Action) -> None:
    """Take what the timeline says of a document back; `reader` alone is told that it was."""
    spine.withdraw_facts(
        actor=actor, pupil=document.pupil, source=document, reader=reader,
        words=_("A paper here was filed in error, or is known to others now."),
    )  # fmt: skip


@operation(Action.DOCUMENT_FILE, on="documents")
def mark_filed_in_error(
    *, actor: Actor, documents: Sequence[Document], reason: str, version: int | None = None
) -> list[Document]:
    """Mark documents as filed in error. They stay, closed to all but those who can put them right.

    Args:
        version: of the one document that was read on a page.

    Raises:
        Invalid: no reason that says anything.
        NotPossible: one is marked already.
        Stale: somebody else changed it in between.
    """
    if len(reason.split()) < 2:
        raise Invalid("reason", _("Say in a few words what was wrong."))
    for document in documents:
        _check_standing(document)
        change(
            document, version=version, in_error_at=actor.at, in_error_by=actor.person,
            in_error_reason=reason.strip(),
        )  # fmt: skip
        spine.settle_task(actor=actor, source=document)
        if document.level != Level.SAFEGUARDING:
            closed = document.level == Level.CONFIDENTIAL
            reader = Action.DOCUMENT_CONFIDENTIAL if closed else Action.DOCUMENT_VIEW
            _withdraw(actor, document, reader)
    return list(documents)


def close(*, actor: Actor, document: Document, reason: str) -> None:
    """Close a document that another app's operation takes down, in its transaction and its name.

    One that was marked as filed in error before stays as it is.
    """
    if not document.in_error:
        change(
            document, version=None, in_error_at=actor.at, in_error_by=actor.person,
            in_error_reason=reason,
        )  # fmt: skip


@operation(Action.SAFEGUARDING_VIEW, on="document")
def take_in_hand(*, actor: Actor, document: Document) -> Document:
    """Say as safeguarding lead that one has opened a paper and has it in hand."""
    spine.settle_task(actor=actor, source=document)
    return document


def _check_standing(document: Document) -> None:
    if document.in_error:
        raise NotPossible(_("This paper is marked as filed in error already."))
