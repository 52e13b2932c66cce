"""Records and single papers that were decided to be disposed of go: their rows, then their files.

The worker does it once a day. Each decision is one transaction. A kill after it leaves files that
the certificate still lists, and the next turn removes them.
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
from opensenco.protection.models import Disposal, PaperDisposal
from opensenco.protection.operations.keeping import carry_out_disposal, finish_disposal
from opensenco.protection.operations.papers import carry_out_papers, finish_papers
from opensenco.protection.removing import named_elsewhere
from opensenco.protection.states import Disposing

log = logging.getLogger(__name__)


Decided = type[Disposal] | type[PaperDisposal]


def dispose_due() -> int:
    """Dispose of all whose days to call it off are over: records first, then single papers.

    What something keeps since then waits, and is looked at again the next day. Gives how many
    decisions were carried out.
    """
    return sum(_due(model) for model in (Disposal, PaperDisposal))


def _due(model: Decided) -> int:
    today = london_date(clock().now())
    with system_scope("see what is to be disposed of", write=False):
        rows = model.objects.filter(state=Disposing.DECIDED, due_on__lte=today)
        due = list(rows.order_by("due_on", "id").values_list("pk", flat=True))
        going = model.objects.filter(state=Disposing.GOING)
        left = list(going.order_by("id").values_list("pk", flat=True))
    gone = [pk for pk in due if _rows_go(model, pk)]
    for pk in (*left, *gone):
        _files_go(model, pk)
    return len(gone)


def _rows_go(model: Decided, pk: int) -> bool:
    try:
        with system_scope("dispose of what somebody decided and whose time is over"):
            row = model.objects.select_related("org", "person").get(pk=pk)
            if isinstance(row, Disposal):
                carry_out_disposal(actor=disposer(row), disposal=row, version=row.version)
            else:
                carry_out_papers(actor=disposer(row), paper_disposal=row, version=row.version)
    except DomainError:
        log.warning("Something that was to be disposed of is kept for now; its page says why.")
        return False
    return True


def _files_go(model: Decided, pk: int) -> None:
    with system_scope("say that the files of what was disposed of are gone"):
        row = model.objects.select_related("org").get(pk=pk)
        store = store_of(row.org)
        # somebody may have filed the same bytes anew since the rows went
        for digest in sorted(set(row.left) - named_elsewhere(row.org_id, set(row.left))):
            store.remove(digest)
        if isinstance(row, Disposal):
            finish_disposal(actor=disposer(row), disposal=row, version=row.version)
        else:
            finish_papers(actor=disposer(row), paper_disposal=row, version=row.version)


def disposer(row: Disposal | PaperDisposal) -> Actor:
    """Give the installation as it carries out what somebody decided, and nothing else."""
    actor = installation_actor(clock().now(), frozenset({row.org_id}))
    return replace(actor, hat=replace(actor.hat, grants={Action.KEEPING_DECIDE: Reach.ALL}))
