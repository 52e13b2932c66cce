"""What the worker does with files that were filed."""

from django.conf import settings
from django_tasks import task

from opensenco.access.actor import Actor, hat_for
from opensenco.access.models import Person
from opensenco.access.scope import scope
from opensenco.documents import reading, scanning
from opensenco.documents.models import StoredFile
from opensenco.documents.operations.reading import record_words
from opensenco.documents.operations.scanning import record_scan
from opensenco.gate.clock import clock
from opensenco.kernel.clock import london_date


@task()
def scan_waiting(person_id: int, hat: str) -> None:
    """Ask the scanner about every file that waits in the places of who filed one, and read them.

    The scanner is asked outside any transaction. Where it is down the files wait on: for the next
    file that is filed, for who presses the button, or for `opensenco scan`.
    """
    actor = _who(person_id, hat)
    if not settings.SCANNER or actor is None:
        return
    with scope(actor.scope):
        files = scanning.waiting(actor.hat.orgs)
    for pk, said in scanning.scanned(files):
        with scope(actor.scope, write=True):
            row = StoredFile.objects.get(pk=pk)
            record_scan(actor=actor, stored_file=row, said=said)
    _read(actor)


@task()
def read_waiting(person_id: int, hat: str) -> None:
    """Read the words inside every file that waits in the places of who filed one.

    A kill on the way loses what one child was reading; the next turn reads it again.
    """
    actor = _who(person_id, hat)
    if actor is not None:
        _read(actor)


def _who(person_id: int, hat: str) -> Actor | None:
    """Give who filed, in the role in which they did; None where they have it no longer."""
    person = Person.objects.filter(pk=person_id, is_active=True).first()
    now = clock().now()
    wearing = hat_for(person, london_date(now), hat) if person else None
    if person is None or wearing is None or wearing.key != hat:
        return None
    return Actor(person, wearing, now)


def _read(actor: Actor) -> None:
    """Read for a turn, a few files at a time; what is left then has a turn of its own."""
    for _each in range(reading.TURN // reading.FEW):
        with scope(actor.scope):
            files = reading.waiting(actor.hat.orgs)
        if not files:
            return
        for pk, read in reading.read(files):
            with scope(actor.scope, write=True):
                row = StoredFile.objects.get(pk=pk)
                record_words(actor=actor, stored_file=row, read=read)
    read_waiting.enqueue(actor.person.pk, actor.hat.key)
