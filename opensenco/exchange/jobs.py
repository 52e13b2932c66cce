"""What the worker does with lists."""

import uuid
from collections.abc import Callable
from contextlib import suppress

from django.db import connection
from django_tasks import task

from opensenco.access.actor import Actor, hat_for
from opensenco.access.models import Person
from opensenco.access.scope import scope
from opensenco.audit.acting import as_actor
from opensenco.exchange.models import FileImport
from opensenco.exchange.operations.worker import apply_for, take_from_worker, undo_for
from opensenco.exchange.progress import telling
from opensenco.exchange.states import WITH_WORKER
from opensenco.gate.clock import clock
from opensenco.kernel.clock import london_date
from opensenco.kernel.words import mark, sentence

#: what is done with a list whose person has no role for it any more: the worker's own say so
_left: list[Callable[[str, int], None]] = []
LOST = mark("The server could not go on with this list. Nothing of it has been done. Try again.")


def when_left_alone(act: Callable[[str, int], None]) -> None:
    """Say what becomes of a list, by its reference and version, that nobody may go on with."""
    _left.append(act)


def left_alone(ref: str, version: int) -> None:
    """Let a list wait again that was handed over by somebody who has no such role any more."""
    for act in _left:
        act(ref, version)


@task()
def apply_list(person_id: int, hat: str, ref: str, version: int) -> None:
    """Apply a list in the name and role of the person who handed it over.

    Where they no longer have that role it waits again; where they took it back meanwhile nothing
    is done.
    """
    _do(apply_for, person_id, hat, ref, version)


@task()
def take_list_back(person_id: int, hat: str, ref: str, version: int) -> None:
    """Take an applied list back in the name and role of the person who asked for it."""
    _do(undo_for, person_id, hat, ref, version)


def _do(
    act: Callable[[Actor, FileImport, int], None], person_id: int, hat: str, ref: str, version: int
) -> None:
    """Do it; where the disk is full or the database is gone the person can try again.

    What was done until then went with its transaction. Where even that cannot be written, the list
    is found when a worker starts (`recovering`).
    """
    try:
        with telling(ref):
            found = with_file(person_id, hat, ref, lambda actor, file: act(actor, file, version))
        if not found:
            left_alone(ref, version)
    except Exception:
        with suppress(Exception):
            connection.close_if_unusable_or_obsolete()
            with_file(person_id, hat, ref, lambda actor, file: give_back(actor, file, version))
        raise


def give_back(actor: Actor, file: FileImport, version: int) -> None:
    """Let a list wait again at which the worker failed."""
    if file.state in WITH_WORKER and file.version == version:
        take_from_worker(actor=actor, file_import=file, version=version, why=sentence(LOST))


def with_file(
    person_id: int, hat: str, ref: str, act: Callable[[Actor, FileImport], object]
) -> bool:
    """Do something with a list as somebody, in their scope.

    Gives False where nothing is done: they have no such role today, or there is no such list.
    """
    person = Person.objects.filter(pk=person_id, is_active=True).first()
    now = clock().now()
    wearing = hat_for(person, london_date(now), hat) if person else None
    if person is None or wearing is None or wearing.key != hat:
        return False
    actor = Actor(person, wearing, now)
    with scope(actor.scope, write=True), as_actor(actor):
        file = FileImport.objects.filter(ref=uuid.UUID(ref)).select_related("org").first()
        if file is None:
            return False
        act(actor, file)
    return True
