"""What the worker does for requests: it gathers all that is held, and makes the package."""

import uuid
from collections.abc import Callable, Iterable
from contextlib import suppress

from django_tasks import task

from opensenco.access.actor import Actor, hat_for
from opensenco.access.models import Person
from opensenco.access.scope import scope
from opensenco.audit.acting import as_actor
from opensenco.gate.clock import clock
from opensenco.kernel.clock import london_date
from opensenco.kernel.errors import DomainError
from opensenco.protection import copying, held, marks
from opensenco.protection.copying import Piece
from opensenco.protection.models import DataRequest, RequestPackage
from opensenco.protection.states import Making, State

#: reads what only its own writer sees; the worker's own say what
Beyond = Callable[[held.Whose, marks.Names], Iterable[Piece]]
_beyond: list[Beyond] = []


def read_beyond(reader: Beyond) -> None:
    """Say who reads what no scope of a place shows, such as drafts of others."""
    _beyond[:] = [reader]


def beyond(child: held.Whose, names: marks.Names) -> list[Piece]:
    """Give what no scope of a place shows."""
    return [piece for reader in _beyond for piece in reader(child, names)]


@task()
def gather(person_id: int, hat: str, ref: str, version: int) -> None:
    """Gather all that is held about a child, in the name of who asked for it.

    It is read outside any writing. A kill until it is kept leaves nothing, and the job is begun
    again; where it was gathered meanwhile nothing is done.
    """
    actor = acting(person_id, hat)
    if actor is None:
        return
    try:
        pieces = _read(actor, ref, version)
        if pieces is not None:
            _settle(actor, ref, version, pieces)
    except Exception:
        _settle(actor, ref, version, None)
        raise


def acting(person_id: int, hat: str) -> Actor | None:
    """Give who asked, in the role in which they did; None where they have it no longer."""
    person = Person.objects.filter(pk=person_id, is_active=True).first()
    now = clock().now()
    wearing = hat_for(person, london_date(now), hat) if person else None
    if person is None or wearing is None or wearing.key != hat:
        return None
    return Actor(person, wearing, now)


def _read(actor: Actor, ref: str, version: int) -> list[Piece] | None:
    with scope(actor.scope):
        row = waiting(ref, version)
        if row is None:
            return None
        child = held.whose(row.pupil)
        names = marks.names_round(child)
        found = list(copying.pieces(child, names))
    return found + beyond(child, names)


def waiting(ref: str, version: int) -> DataRequest | None:
    """Give the request that is being gathered, by reference and version, in an open scope."""
    rows = DataRequest.objects.filter(ref=uuid.UUID(ref), version=version, state=State.GATHERING)
    return rows.select_related("org", "pupil__org").first()


def _settle(actor: Actor, ref: str, version: int, pieces: list[Piece] | None) -> None:
    from opensenco.protection.operations.gathering import keep_gathered, stop_gathering

    with suppress(DomainError), scope(actor.scope, write=True), as_actor(actor):
        row = waiting(ref, version)
        if row is not None and pieces is not None:
            keep_gathered(actor=actor, data_request=row, pieces=pieces, version=version)
        elif row is not None:
            stop_gathering(actor=actor, data_request=row, version=version)


@task()
def make_package(person_id: int, hat: str, ref: str, version: int) -> None:
    """Make a package of what was decided to be given. The same decisions give the same bytes."""
    actor = acting(person_id, hat)
    if actor is None:
        return
    try:
        _make(actor, ref, version)
    except Exception:
        _stop(actor, ref, version)
        raise


def _make(actor: Actor, ref: str, version: int) -> None:
    from opensenco.protection import packing
    from opensenco.protection.operations.packages import keep_lead_package, keep_package

    with scope(actor.scope):
        row = to_make(ref, version)
        if row is None:
            return
        packed = packing.packed(row)
    with packed, suppress(DomainError), scope(actor.scope, write=True), as_actor(actor):
        again = to_make(ref, version)
        if again is not None:
            keep = keep_lead_package if again.lead else keep_package
            keep(actor=actor, request_package=again, packed=packed, version=version)


def to_make(ref: str, version: int) -> RequestPackage | None:
    """Give the package that waits to be made, by reference and version, in an open scope."""
    rows = RequestPackage.objects.filter(ref=uuid.UUID(ref), version=version, state=Making.WAITS)
    return rows.select_related("org", "data_request__org", "pupil__org").first()


def _stop(actor: Actor, ref: str, version: int) -> None:
    from opensenco.protection.operations.packages import stop_lead_package, stop_package

    with suppress(DomainError), scope(actor.scope, write=True), as_actor(actor):
        row = to_make(ref, version)
        if row is not None:
            stop = stop_lead_package if row.lead else stop_package
            stop(actor=actor, request_package=row, version=version)
