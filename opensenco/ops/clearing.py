"""Lists that nobody settles are given up after a while: what they say of children is forgotten.

So is to whom mail went some weeks ago, and what was typed behind links that have ended. Records
that were decided to be disposed of go too, once the days to call that off are over. So do sign-ins
that are over, and after some weeks what is kept of jobs.

A worker does it when it starts and each day after that. The page of such a list says the day
beforehand. And a list that was handed over by somebody whose role has ended waits again.
"""

import uuid
from datetime import timedelta

from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from opensenco.access import devices
from opensenco.access.installation import installation_actor
from opensenco.access.scope import system_scope
from opensenco.exchange import progress
from opensenco.exchange.copying import forget_copies
from opensenco.exchange.models import FileImport
from opensenco.exchange.operations.imports import WAITS, abandon_import
from opensenco.exchange.operations.worker import take_from_worker
from opensenco.exchange.recovering import free
from opensenco.exchange.states import WITH_WORKER, State
from opensenco.gate.clock import clock
from opensenco.kernel.clock import london_date
from opensenco.kernel.errors import DomainError
from opensenco.kernel.words import mark, sentence
from opensenco.ops import disposing, failing, posting
from opensenco.ops.management.commands._import_lists import importing
from opensenco.participation.operations import links

EACH = timedelta(days=1)
ROLE_ENDED = mark(
    "Whoever handed this list to the worker no longer has the role for it. Nothing of it has been "
    "done. Somebody who has the role can go on with it."
)


def give_up_waiting() -> int:
    """Give up every list that has waited too long, and give how many there were."""
    now = clock().now()
    count = 0
    with system_scope("give up lists that nobody settled"):
        late = FileImport.objects.filter(state=State.READ, compared_at__lt=now - WAITS)
        for file in list(late.select_related("org").order_by("id")):
            actor = importing(installation_actor(now, frozenset({file.org_id})))
            try:
                abandon_import(actor=actor, file_import=file, version=file.version)
            except DomainError:
                # somebody is at it just now: it does not wait any more
                continue
            count += 1
    return count


def take_from_nobody(ref: str, version: int) -> None:
    """Let a list wait again, or stand applied, that nobody's role lets the worker go on with."""
    with system_scope("take a list from the worker whose sender has no role any more"):
        rows = FileImport.objects.filter(
            ref=uuid.UUID(ref), version=version, state__in=list(WITH_WORKER)
        )
        file = rows.select_related("org").first()
        # a worker that is at it began while they had the role
        if file is None or not free(file):
            return
        actor = importing(installation_actor(clock().now(), frozenset({file.org_id})))
        take_from_worker(actor=actor, file_import=file, version=version, why=sentence(ROLE_ENDED))


def forget_typed() -> int:
    """Forget what people without an account typed and never sent, once their link has ended."""
    with system_scope("forget what was typed behind links that have ended"):
        return links.forget_drafts_of_what_ended(london_date(clock().now()))


@task()
def clear_each_day() -> None:
    """Give up what has waited too long, and clear away what a worker that was ended left behind,
    today and each day after it.
    """
    give_up_waiting()
    progress.forget()
    forget_copies()
    posting.forget_addresses()
    forget_typed()
    # by the machine's own clock, which sessions end by
    devices.clear(timezone.now())
    failing.forget(timezone.now())
    disposing.dispose_due()
    clear_each_day.using(run_after=timezone.now() + EACH).enqueue()


def begin() -> None:
    """See to it that this is done each day, once however many workers there are."""
    waiting = DBTaskResult.objects.filter(status="READY", task_path=clear_each_day.module_path)
    if not waiting.exists():
        clear_each_day.enqueue()
