"""All that is held about one pupil, written to a file by whoever runs the installation."""

import uuid
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.installation import installation_actor
from opensenco.access.models import Organisation
from opensenco.access.reach import Reach
from opensenco.access.scope import scope, system_scope
from opensenco.gate.clock import clock
from opensenco.people.models import Pupil
from opensenco.protection import copying, held, jobs, marks, packing
from opensenco.protection.operations.requests import hand_out_record


def pupil_written(place: Organisation, wanted: str, to: Path) -> dict[str, Any]:
    """Write a copy of all that is held about a pupil, and say in the books that it was taken.

    Raises:
        CommandError: there is no such pupil, or the file cannot be written.
    """
    if to.exists():
        raise CommandError(f"{to} is there already. Name a new file.")
    actor = _actor(place)
    with scope(actor.scope, write=True):
        pupil = _pupil(place, wanted)
        hand_out_record(actor=actor, pupil=pupil)
    with scope(actor.scope):
        child = held.whose(pupil)
        names = marks.names_round(child)
        pieces = list(copying.pieces(child, names))
    pieces += jobs.beyond(child, names)
    with scope(actor.scope), packing.copied(pieces, packing.Cover(place, pupil, actor.at)) as made:
        try:
            with to.open("xb") as file:
                for piece in made.pieces():
                    file.write(piece)
            to.chmod(0o600)
        except OSError as error:
            raise CommandError(f"{to} cannot be written: {error.strerror}.") from None
    return {"file": str(to), "pieces": len(pieces), "bytes": to.stat().st_size}


def _actor(place: Organisation) -> Actor:
    with system_scope("say in the books that a pupil's record is copied"):
        actor = installation_actor(clock().now(), frozenset({place.pk}))
    return replace(actor, hat=replace(actor.hat, grants={Action.REQUEST_HANDLE: Reach.ALL}))


def _pupil(place: Organisation, wanted: str) -> Pupil:
    rows = Pupil.objects.filter(org=place, in_error_at__isnull=True).select_related("org")
    try:
        found = rows.filter(ref=uuid.UUID(wanted)).first()
    except ValueError:
        found = rows.filter(upn=wanted.strip().upper()).exclude(upn="").first()
    if found is None:
        # what was typed can be a name, and is not repeated
        raise CommandError(f"{place.name} has no pupil with this number or reference.")
    return found
