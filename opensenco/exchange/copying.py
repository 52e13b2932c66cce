"""What the worker does with copies of whole places: it makes them, and removes them in time."""

import hashlib
import time
import uuid
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django_tasks import task

from opensenco.access.actor import Actor, hat_for
from opensenco.access.models import Person
from opensenco.access.scope import scope
from opensenco.audit.acting import as_actor
from opensenco.exchange import progress
from opensenco.exchange.leaving.writing import Facts, write_place
from opensenco.exchange.models import PlaceCopy
from opensenco.exchange.operations import leaving
from opensenco.exchange.states import CopyState
from opensenco.gate.clock import clock
from opensenco.kernel.clock import london_date
from opensenco.kernel.errors import DomainError


@task()
def make_copy(person_id: int, hat: str, ref: str, version: int) -> None:
    """Make a copy in the name and role of who asked for it; without that role nothing is made.

    It is written from one moment of the record, outside any writing transaction. A kill leaves a
    file without its name; the job is begun again and writes another.
    """
    actor = _acting(person_id, hat)
    if actor is None:
        return
    with scope(actor.scope):
        copy = _waiting(ref, version)
    if copy is None:
        return
    try:
        with progress.telling(ref):
            facts = _written(copy, actor)
        _settle(actor, ref, version, facts)
    except Exception:
        _settle(actor, ref, version, None)
        raise


def _acting(person_id: int, hat: str) -> Actor | None:
    person = Person.objects.filter(pk=person_id, is_active=True).first()
    now = clock().now()
    wearing = hat_for(person, london_date(now), hat) if person else None
    if person is None or wearing is None or wearing.key != hat:
        return None
    return Actor(person, wearing, now)


def _waiting(ref: str, version: int) -> PlaceCopy | None:
    rows = PlaceCopy.objects.filter(ref=uuid.UUID(ref), version=version, state=CopyState.WAITS)
    return rows.select_related("org").first()


def _written(copy: PlaceCopy, actor: Actor) -> Facts:
    folder = Path(settings.COPIES)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def seen(done: int, of: int) -> None:
        progress.begins(of)
        progress.done(done)

    return write_place(copy.org, leaving.file_of(copy), actor.at, seen)


def _settle(actor: Actor, ref: str, version: int, facts: Facts | None) -> None:
    with suppress(DomainError), scope(actor.scope, write=True), as_actor(actor):
        copy = _waiting(ref, version)
        if copy is None:
            return
        path = leaving.file_of(copy)
        if facts is None:
            with suppress(OSError):
                path.unlink(missing_ok=True)
            leaving.stop_copy(actor=actor, copy=copy, version=version)
            return
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        leaving.keep_copy(
            actor=actor, copy=copy, facts=facts, digest=digest, size=path.stat().st_size,
            version=version,
        )  # fmt: skip


def forget_copies(than: float = leaving.THERE_FOR.total_seconds()) -> int:
    """Remove the files of copies whose time is over, and what a worker that was ended left.

    Args:
        than: seconds since a file was written.

    Returns:
        How many were removed.
    """
    count = 0
    for path in Path(settings.COPIES).iterdir() if Path(settings.COPIES).is_dir() else ():
        with suppress(OSError):
            if time.time() - path.stat().st_mtime >= than:
                path.unlink()
                count += 1
    return count
