"""What the worker does with a list that was handed to it, and how it is taken from it again."""

from django.db import transaction
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases import spine
from opensenco.exchange.models import FileImport
from opensenco.exchange.operations.applying import apply_import
from opensenco.exchange.sentences import kept
from opensenco.exchange.states import State
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import DomainError, NotPossible
from opensenco.kernel.words import Sentence


@operation(Action.IMPORT_PUPILS, on="file_import")
def take_from_worker(
    *, actor: Actor, file_import: FileImport, version: int | None, why: Sentence | None = None
) -> FileImport:
    """Let a file wait again that the worker has not applied; nothing of it has been done.

    Where the worker is at it in this moment, one of the two is too late and does nothing.

    Raises:
        NotPossible: it is not with the worker.
        Stale: the worker has applied it in between.
    """
    if file_import.state != State.APPLYING:
        raise NotPossible(_("This file is not being applied."))
    stopped = kept(why) if why else {}
    return change(file_import, version=version, state=State.READ, handed_at=None, stopped=stopped)


def apply_for(actor: Actor, file_import: FileImport, version: int) -> None:
    """Apply a file in the worker, or let it wait again with the sentence that says why not.

    Nothing is done where the person has taken it back from the worker meanwhile.
    """
    if file_import.state != State.APPLYING or file_import.version != version:
        return
    try:
        with transaction.atomic():
            row = apply_import(actor=actor, file_import=file_import, version=version)
            _tell(actor, row)
    except DomainError as refused:
        fresh = FileImport.objects.select_related("org").get(pk=file_import.pk)
        if fresh.state == State.APPLYING:
            take_from_worker(actor=actor, file_import=fresh, version=None, why=refused.words)


def _tell(actor: Actor, row: FileImport) -> None:
    name = row.file_name or _("A list without a name")
    words = (
        _("%(name)s has been applied.")
        if row.state == State.APPLIED
        else _("%(name)s has not been applied: the record has changed since. Look at it again.")
    )
    spine.tell(
        actor=actor, org=row.org, words=words % {"name": name}, person=actor.person, source=row
    )
