"""What people can do about leaving and coming in that the tests' world does not, once each."""

import tempfile
from pathlib import Path

from opensenco.access.installation import installation_actor
from opensenco.access.models import Organisation
from opensenco.access.scope import system_scope
from opensenco.exchange.leaving.archive import reading
from opensenco.exchange.leaving.writing import Facts
from opensenco.exchange.operations import leaving
from opensenco.people.operations.joining import invite_anew
from tests.cast import NOW
from tests.exchange.leaving.places import written
from tests.people import acting_as

WHY = "We move to another system in September."


def leave_and_come() -> None:
    """A copy is asked for, made and taken; another cannot be made; a place comes in."""
    with acting_as("head") as head:
        org = Organisation.objects.get(pk=min(head.hat.orgs))
        copy = leaving.ask_for_copy(actor=head, org=org, why=WHY)
        path = leaving.file_of(copy)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"a copy")
        leaving.keep_copy(
            actor=head, copy=copy, facts=Facts(), digest="0" * 64, size=6, version=None
        )
        leaving.take_copy(actor=head, copy=copy)
        path.unlink()
        another = leaving.ask_for_copy(actor=head, org=org, why=WHY)
        leaving.stop_copy(actor=head, copy=another, version=None)
    with system_scope("killing operations"), tempfile.TemporaryDirectory() as folder:
        actor = installation_actor(NOW, frozenset({org.pk}))
        leaving.hand_out_copy(actor=actor, org=org)
        with reading(written(Path(folder) / "farlight.zip")) as file:
            farlight = leaving.bring_place_in(actor=actor, file=file)
        theirs = installation_actor(NOW, frozenset({farlight.pk}))
        invite_anew(actor=theirs, org=farlight)
