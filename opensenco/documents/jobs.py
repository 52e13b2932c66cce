"""What the worker does with files that were filed."""

from django.conf import settings
from django_tasks import task

from opensenco.access.actor import Actor, hat_for
from opensenco.access.models import Person
from opensenco.access.scope import scope
from opensenco.documents import scanning
from opensenco.documents.models import StoredFile
from opensenco.documents.operations.scanning import record_scan
from opensenco.gate.clock import clock
from opensenco.kernel.clock import london_date


@task()
def scan_waiting(person_id: int, hat: str) -> None:
    """Ask the scanner about every file that waits in the places of who filed one.

    The scanner is asked outside any transaction. Where it is down the files wait on: for the next
    file that is filed, for who presses the button, or for `opensenco scan`.
    """
    person = Person.objects.filter(pk=person_id, is_active=True).first()
    now = clock().now()
    wearing = hat_for(person, london_date(now), hat) if person else None
    if not settings.SCANNER or person is None or wearing is None or wearing.key != hat:
        return
    actor = Actor(person, wearing, now)
    with scope(actor.scope):
        files = scanning.waiting(wearing.orgs)
    for pk, said in scanning.scanned(files):
        with scope(actor.scope, write=True):
            row = StoredFile.objects.get(pk=pk)
            record_scan(actor=actor, stored_file=row, said=said)
