"""Preparing and sending packs in tests, as a school's own people do."""

from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.network.models import Pack, Prepared
from opensenco.network.operations.preparing import prepare_pack
from opensenco.network.operations.sending import send_pack
from opensenco.network.states import Purpose
from opensenco.people.models import Pupil
from tests.people import acting_as
from tests.world_packs import LATER

PLACES = {
    "authority": "Thornshire County Council",
    "family": "Larkrise family of schools",
    "mill": "Mill Lane School",
    "brook": "Brook Nursery",
}


def place(key: str) -> Organisation:
    """Give an organisation of the world."""
    return Organisation.objects.get(name=PLACES[key])


def idris() -> Pupil:
    """Give Idris, within an open scope of Larkrise."""
    return Pupil.objects.select_related("org").get(first_name="Idris")


def prepare(actor: Actor, to: str = "authority", purpose: str = Purpose.ADVICE) -> Prepared:
    """Prepare a pack about Idris."""
    return prepare_pack(
        actor=actor, pupil=idris(), to=place(to), purpose=purpose, until=LATER,
        words="What would you try next?",
    )  # fmt: skip


def sent_by_senco(to: str = "authority", purpose: str = Purpose.ADVICE) -> Pack:
    """Send a pack about Idris, as the SENCO of Larkrise."""
    with acting_as("senco") as actor:
        prepared = prepare(actor, to, purpose)
        return send_pack(actor=actor, prepared=prepared, version=prepared.version)
