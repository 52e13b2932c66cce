"""A large file is handed to the worker, which applies it while the person goes on.

What applying does is the same, in one transaction; only who waits for it differs.
"""

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.scope import as_login
from opensenco.exchange import jobs
from opensenco.exchange.kinds.known import kind_of
from opensenco.exchange.models import FileImport, ImportRow
from opensenco.exchange.operations.applying import apply_import
from opensenco.exchange.states import Decision, Match, State
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import NotAllowed, NotPossible

#: rows that do something; a file with more is handed to the worker
AT_ONCE = 300


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
    change(file_import, version=version, state=State.APPLYING, handed_at=actor.at, stopped={})
    told = actor.person.pk, actor.hat.key, str(file_import.ref), file_import.version
    with as_login():
        jobs.apply_list.enqueue(*told)
    return file_import


def apply_now_or_soon(*, actor: Actor, file_import: FileImport, version: int | None) -> FileImport:
    """Apply a file at once, or hand it to the worker where it does so much that one would wait.

    Raises:
        DomainError: as `apply_import` and `hand_over` do.
    """
    rows = ImportRow.objects.filter(file=file_import).exclude(decision=Decision.LEAVE)
    doing = rows.exclude(match__in=[Match.UNCHANGED, Match.REFUSED]).count()
    act = hand_over if doing > AT_ONCE else apply_import
    return act(actor=actor, file_import=file_import, version=version)
