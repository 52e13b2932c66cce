"""A large file is handed to the worker, which applies it or takes it back while the person goes on.

What is done is the same, in one transaction; only who waits for it differs.
"""

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.scope import as_login
from opensenco.exchange import jobs
from opensenco.exchange.kinds.known import kind_of
from opensenco.exchange.models import FileImport, ImportRow, Trace
from opensenco.exchange.operations.applying import apply_import
from opensenco.exchange.operations.undoing import undo_import
from opensenco.exchange.states import WITH_WORKER, Decision, Match, State
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import NotAllowed, NotPossible

#: rows that do something; a file with more is handed to the worker
AT_ONCE = 300
#: a list at which the worker was ended so often is not begun again by itself
MOST_ATTEMPTS = 3


@operation(Action.IMPORT_PUPILS, on="file_import")
def hand_over(*, actor: Actor, file_import: FileImport, version: int | None) -> FileImport:
    """Hand a file to the worker, to be applied in this person's name and role.

    Raises:
        NotAllowed: this hat may not do everywhere here what such a file does.
        NotPossible: it does not wait.
        Stale: somebody else decided about a row in between.
    """
    if not kind_of(file_import.kind).may(actor):
        raise NotAllowed
    if file_import.state != State.READ:
        raise NotPossible(_("This file does not wait to be applied."))
    return _hand(actor, file_import, version, State.APPLYING)


@operation(Action.IMPORT_PUPILS, on="file_import")
def hand_back(*, actor: Actor, file_import: FileImport, version: int | None) -> FileImport:
    """Hand an applied file to the worker, to be taken back in this person's name and role.

    Raises:
        NotAllowed: this hat may not do everywhere here what such a file does.
        NotPossible: it does not stand applied.
        Stale: somebody else took it back in between.
    """
    if not kind_of(file_import.kind).may(actor):
        raise NotAllowed
    if file_import.state != State.APPLIED:
        raise NotPossible(_("Only a file that stands applied can be taken back."))
    return _hand(actor, file_import, version, State.UNDOING)


@operation(Action.IMPORT_PUPILS, on="file_import")
def hand_again(*, actor: Actor, file_import: FileImport, version: int | None) -> FileImport:
    """Hand a file over once more whose worker was ended; of what it was at, nothing was done.

    Should that worker live after all, it finds another version and does nothing.

    Raises:
        NotPossible: it is not with the worker, or ended the worker too often.
        Stale: the worker has done it in between.
    """
    if file_import.state not in WITH_WORKER:
        raise NotPossible(_("This file is not with the worker."))
    if file_import.attempts >= MOST_ATTEMPTS:
        raise NotPossible(_("This file has stopped the worker several times."))
    return _hand(actor, file_import, version, State(file_import.state))


def _hand(actor: Actor, file: FileImport, version: int | None, state: State) -> FileImport:
    again = file.attempts if file.state == state else 0
    change(
        file, version=version, state=state, handed_at=actor.at, stopped={}, attempts=again + 1
    )  # fmt: skip
    told = actor.person.pk, actor.hat.key, str(file.ref), file.version
    job = jobs.apply_list if state == State.APPLYING else jobs.take_list_back
    with as_login():
        job.enqueue(*told)
    return file


def apply_now_or_soon(*, actor: Actor, file_import: FileImport, version: int | None) -> FileImport:
    """Apply a file at once, or hand it to the worker where it does so much that one would wait.

    Raises:
        DomainError: as `apply_import` and `hand_over` do.
    """
    rows = ImportRow.objects.filter(file=file_import).exclude(decision=Decision.LEAVE)
    doing = rows.exclude(match__in=[Match.UNCHANGED, Match.REFUSED]).count()
    act = hand_over if doing > AT_ONCE else apply_import
    return act(actor=actor, file_import=file_import, version=version)


def undo_now_or_soon(*, actor: Actor, file_import: FileImport, version: int | None) -> FileImport:
    """Take a file back at once, or hand it to the worker where it did much.

    Raises:
        DomainError: as `undo_import` and `hand_back` do.
    """
    did = Trace.objects.filter(file=file_import).count()
    act = hand_back if did > AT_ONCE else undo_import
    return act(actor=actor, file_import=file_import, version=version)
