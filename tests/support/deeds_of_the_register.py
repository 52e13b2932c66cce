"""Deeds round the register and the profile that the tests' world does not need."""

from opensenco.access.actor import Actor
from opensenco.people import working_with
from opensenco.people.models import Pupil
from opensenco.support.operations import having_read, profile
from opensenco.support.queries.having_read import Version


def about_register(actor: Actor, idris: Pupil) -> None:
    """What helps in one class; the adults are reminded, and one says that they have read."""
    (group, *_others) = working_with.groups_shared(actor, idris)
    profile.write_class_strategies(actor=actor, pupil=idris, group=group, texts=["Squared paper"])
    having_read.remind_to_read(actor=actor, pupils=[idris])
    having_read.read_profiles(actor=actor, pupils=[idris], seen={idris.pk: Version(1, 1)})
