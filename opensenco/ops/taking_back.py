"""What a worker held when it was killed is free at once for the next one on the same machine.

Mail that it had taken waits again, and goes out with the same Message-ID. Jobs that it had begun
are begun again: each does nothing twice. One at which several workers ended is let be. Lists have
a way of their own (`exchange.recovering`).
"""

from typing import Any

from django_tasks_db.models import DBTaskResult

from opensenco.access.scope import system_scope
from opensenco.exchange import jobs as lists
from opensenco.exchange.recovering import hand_over_again
from opensenco.gate.clock import clock
from opensenco.notices import queue
from opensenco.ops import living

#: at so many workers that ended in the middle of it, it is the job that ends them
MOST_TRIES = 3


def take_back() -> int:
    """Free what workers held that have ended here; give how many those were."""
    with living.ended() as tokens:
        if not tokens:
            return 0
        with system_scope("free the mail that a worker held which was ended"):
            queue.free(tokens)
        begin_again(tokens)
        hand_over_again()
    return len(tokens)


def begin_again(tokens: list[str]) -> None:
    """Let jobs wait again at which these workers were, that are at nothing any more."""
    for row in DBTaskResult.objects.filter(status="RUNNING"):
        if row.worker_ids and row.worker_ids[-1] in tokens:
            try_again(row)


def try_again(row: "DBTaskResult[Any, Any]") -> None:
    """Let a job wait again that was begun and not brought to its end, or failed, as it stands.

    At lists nothing is done: those have told their person, or are handed over again.
    """
    if row.task_path in [job.module_path for job in (lists.apply_list, lists.take_list_back)]:
        return
    mine = DBTaskResult.objects.filter(pk=row.pk, status=row.status)
    if len(row.worker_ids) < MOST_TRIES:
        mine.update(status="READY", started_at=None, finished_at=None)
    else:
        mine.update(status="FAILED", finished_at=clock().now())
