"""What the worker does with a list that was handed to it, and how it is taken from it again."""

from collections.abc import Callable

from django.db import transaction
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases import spine
from opensenco.exchange.models import FileImport
from opensenco.exchange.operations.applying import apply_import
from opensenco.exchange.operations.undoing import undo_import
from opensenco.exchange.sentences import kept
from opensenco.exchange.states import WITH_WORKER, State
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import DomainError, NotPossible
from opensenco.kernel.words import Sentence


@operation(Action.IMPORT_PUPILS, on="file_import")
def take_from_worker(
    *, actor: Actor, file_import: FileImport, version: int | None, why: Sentence | None = None
) -> FileImport:
    """Let a file wait again, or stand applied, with which the worker has done nothing yet.

    Where the worker is at it in this moment, one of the two is too late and does nothing.

    Raises:
        NotPossible: it is not with the worker.
        Stale: the worker has done it in between.
    """
    if file_import.state not in WITH_WORKER:
        raise NotPossible(_("This file is not being applied."))
    before = WITH_WORKER[State(file_import.state)]
    stopped = kept(why) if why else {}
    return change(
        file_import, version=version, state=before, handed_at=None, stopped=stopped, attempts=0
    )


def apply_for(actor: Actor, file_import: FileImport, version: int) -> None:
    """Apply a file in the worker, or let it wait again with the sentence that says why not.

    Nothing is done where the person has taken it back from the worker meanwhile, or where it was
    handed over once more.
    """
    _do(actor, file_import, version, State.APPLYING, apply_import)


def undo_for(actor: Actor, file_import: FileImport, version: int) -> None:
    """Take a file back in the worker, or let it stand with the sentence that says why."""
    _do(actor, file_import, version, State.UNDOING, undo_import)


def _do(
    actor: Actor,
    file: FileImport,
    version: int,
    state: State,
    act: Callable[..., FileImport],
) -> None:
    if file.state != state or file.version != version:
        return
    try:
        with transaction.atomic():
            row = act(actor=actor, file_import=file, version=version)
            _tell(actor, row)
    except DomainError as refused:
        fresh = FileImport.objects.select_related("org").get(pk=file.pk)
        if fresh.state == state and fresh.version == version:
            take_from_worker(actor=actor, file_import=fresh, version=version, why=refused.words)


def _tell(actor: Actor, row: FileImport) -> None:
    name = row.file_name or _("A list without a name")
    words = {
        State.APPLIED: _("%(name)s has been applied."),
        State.UNDONE: _("%(name)s has been taken back."),
    }.get(
        State(row.state),
        _("%(name)s has not been applied: the record has changed since. Look at it again."),
    )
    spine.tell(
        actor=actor, org=row.org, words=words % {"name": name}, person=actor.person, source=row
    )
