"""Lists whose worker was ended in the middle: found when a worker starts, and handed over again.

A worker that is killed leaves its job "running" for ever, and the list "being applied". Of what it
did nothing is there: it was one transaction. Whether a list is still being worked at, its row says:
the worker holds it from its first write to its last. PostgreSQL lets us ask without waiting; SQLite
has one writer at a time, so once we write, nobody else is at it.
"""

import uuid
from dataclasses import dataclass
from enum import StrEnum

from django.db import connection
from django_tasks_db.models import DBTaskResult

from opensenco.access.actor import Actor
from opensenco.exchange import jobs
from opensenco.exchange.models import FileImport
from opensenco.exchange.operations import handing
from opensenco.exchange.operations.worker import take_from_worker
from opensenco.exchange.states import WITH_WORKER
from opensenco.gate.clock import clock
from opensenco.kernel.words import mark, sentence

#: jobs looked at, the newest
MOST = 200
STOPPED = mark(
    "The worker was stopped in the middle of this list several times. Nothing of it has been done. "
    "Divide the list, or ask whoever runs this server."
)


class Came(StrEnum):
    """What came of looking at a job."""

    #: a worker is at it, or nobody may look
    LEFT = "left"
    #: it waits for no worker any more
    OVER = "over"
    AGAIN = "again"


@dataclass(frozen=True, slots=True)
class Begun:
    """A job about a list that a worker has begun and not brought to an end."""

    pk: uuid.UUID
    person: int
    hat: str
    ref: str
    version: int


def hand_over_again() -> int:
    """Hand every list over again at which a worker was ended, and give how many there were.

    A list at which a worker lives is left to it.
    """
    return sum(_looked_at(job) is Came.AGAIN for job in begun())


def begun() -> list[Begun]:
    """Give the jobs about lists that some worker has begun and not brought to an end.

    One that failed is among them where not even that could be told to its list. The newest come
    first.
    """
    paths = [job.module_path for job in (jobs.apply_list, jobs.take_list_back)]
    rows = DBTaskResult.objects.filter(status__in=["RUNNING", "FAILED"], task_path__in=paths)
    return [Begun(row.pk, *row.args_kwargs["args"]) for row in rows.order_by("-enqueued_at")[:MOST]]


def _looked_at(job: Begun) -> Came:
    came = [Came.LEFT]

    def act(actor: Actor, file: FileImport) -> None:
        came.append(_again(actor, file, job))

    if not jobs.with_file(job.person, job.hat, job.ref, act):
        jobs.left_alone(job.ref, job.version)
        came.append(Came.OVER)
    if came[-1] is not Came.LEFT:
        DBTaskResult.objects.filter(pk=job.pk, status="RUNNING").update(
            status="FAILED", finished_at=clock().now()
        )
    return came[-1]


def _again(actor: Actor, file: FileImport, job: Begun) -> Came:
    if not free(file):
        return Came.LEFT
    if file.state not in WITH_WORKER or file.version != job.version:
        return Came.OVER
    if file.attempts >= handing.MOST_ATTEMPTS:
        take_from_worker(actor=actor, file_import=file, version=job.version, why=sentence(STOPPED))
        return Came.OVER
    handing.hand_again(actor=actor, file_import=file, version=job.version)
    return Came.AGAIN


def free(file: FileImport) -> bool:
    """Tell whether nobody writes the row of a list just now."""
    if connection.vendor != "postgresql":
        return True
    return FileImport.objects.select_for_update(skip_locked=True).filter(pk=file.pk).exists()
