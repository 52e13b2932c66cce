"""The scanner is asked again about what it did not answer: by the clock, and by `opensenco scan`.

As a job of its own, so that a scanner that hangs holds up no mail.
"""

from dataclasses import dataclass

from django.conf import settings
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from opensenco.access.installation import installation_actor
from opensenco.access.models import Organisation
from opensenco.access.scope import system_scope
from opensenco.documents import scanning
from opensenco.documents.models import StoredFile
from opensenco.documents.operations.scanning import record_scan
from opensenco.gate.clock import clock


@dataclass(frozen=True, slots=True)
class Scanned:
    """How many files were asked about, in how many something was found, how many wait on."""

    done: int
    found: int
    left: int


def scan(*, every: bool = False) -> Scanned:
    """Ask about the files that wait, outside every transaction, and write down what was said.

    Args:
        every: about all files, also those that were scanned before.
    """
    with system_scope("list the files that wait", write=False):
        orgs = frozenset(Organisation.objects.values_list("pk", flat=True))
        files = scanning.waiting(orgs, every=every)
    done = found = 0
    for pk, said in scanning.scanned(files):
        with system_scope("write down what the scanner said"):
            row = StoredFile.objects.get(pk=pk)
            actor = installation_actor(clock().now(), frozenset({row.org_id}))
            record_scan(actor=actor, stored_file=row, said=said)
        done += 1
        found += bool(said.name)
    return Scanned(done, found, len(files) - done)


@task()
def scan_again() -> None:
    """Ask about every file that waits."""
    scan()


def ask_again() -> None:
    """See to it that files which the scanner did not answer about are asked about again."""
    if not settings.SCANNER:
        return
    with system_scope("see whether files wait for the scanner", write=False):
        orgs = frozenset(Organisation.objects.values_list("pk", flat=True))
        waits = bool(scanning.waiting(orgs))
    ready = DBTaskResult.objects.filter(status="READY", task_path=scan_again.module_path)
    if waits and not ready.exists():
        scan_again.enqueue()
