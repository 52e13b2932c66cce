"""Records that were decided to be disposed of go: their rows, then their files.

The worker does it once a day. Each record is one transaction. A kill after it leaves files that the
certificate still lists, and the next turn removes them.
"""

import logging
from dataclasses import replace

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.installation import installation_actor
from opensenco.access.reach import Reach
from opensenco.access.scope import system_scope
from opensenco.documents.keeping import store_of
from opensenco.gate.clock import clock
from opensenco.kernel.clock import london_date
from opensenco.kernel.errors import DomainError
from opensenco.protection.models import Disposal
from opensenco.protection.operations.keeping import carry_out_disposal, finish_disposal
from opensenco.protection.states import Disposing

log = logging.getLogger(__name__)


def dispose_due() -> int:
    """Dispose of every record whose days to call it off are over; give how many went.

    What something keeps since then waits, and is looked at again the next day.
    """
    today = london_date(clock().now())
    with system_scope("see which records are to be disposed of", write=False):
        rows = Disposal.objects.filter(state=Disposing.DECIDED, due_on__lte=today)
        due = list(rows.order_by("due_on", "id").values_list("pk", flat=True))
        going = Disposal.objects.filter(state=Disposing.GOING)
        left = list(going.order_by("id").values_list("pk", flat=True))
    gone = [pk for pk in due if _rows_go(pk)]
    for pk in (*left, *gone):
        _files_go(pk)
    return len(gone)


def _rows_go(pk: int) -> bool:
    try:
        with system_scope("dispose of a record whose time is over"):
            row = Disposal.objects.select_related("org").get(pk=pk)
            carry_out_disposal(actor=disposer(row), disposal=row, version=row.version)
    except DomainError:
        log.warning("A record that was to be disposed of is kept for now; its page says why.")
        return False
    return True


def _files_go(pk: int) -> None:
    with system_scope("say that the files of a record are gone"):
        row = Disposal.objects.select_related("org").get(pk=pk)
        store = store_of(row.org)
        for digest in row.left:
            store.remove(digest)
        finish_disposal(actor=disposer(row), disposal=row, version=row.version)


def disposer(row: Disposal) -> Actor:
    """Give the installation as it carries out what somebody decided, and nothing else."""
    actor = installation_actor(clock().now(), frozenset({row.org_id}))
    return replace(actor, hat=replace(actor.hat, grants={Action.KEEPING_DECIDE: Reach.ALL}))
