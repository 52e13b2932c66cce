"""What the worker does with lists."""

import uuid

from django_tasks import task

from opensenco.access.actor import Actor, hat_for
from opensenco.access.models import Person
from opensenco.access.scope import scope
from opensenco.audit.acting import as_actor
from opensenco.exchange.models import FileImport
from opensenco.exchange.operations.worker import apply_for
from opensenco.gate.clock import clock
from opensenco.kernel.clock import london_date


@task()
def apply_list(person_id: int, hat: str, ref: str, version: int) -> None:
    """Apply a list in the name and role of the person who handed it over.

    Nothing is done where they no longer have that role, or took the list back meanwhile.
    """
    person = Person.objects.filter(pk=person_id, is_active=True).first()
    now = clock().now()
    wearing = hat_for(person, london_date(now), hat) if person else None
    if person is None or wearing is None or wearing.key != hat:
        return
    actor = Actor(person, wearing, now)
    with scope(actor.scope, write=True), as_actor(actor):
        file = FileImport.objects.filter(ref=uuid.UUID(ref)).select_related("org").first()
        if file is not None:
            apply_for(actor, file, version)
