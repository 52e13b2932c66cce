"""What people can do with observations, once each."""

from opensenco.access.actor import Actor
from opensenco.concerns.operations import observing
from opensenco.concerns.operations.observing import Sight
from opensenco.people.models import Pupil


def do(actor: Actor, pupil: Pupil) -> None:
    """A pupil is watched; what was seen is put right and taken back."""
    seen = observing.record_observation(
        actor=actor, pupil=pupil, kind="narrative", sight=Sight(on=actor.today, seen="He drew.")
    )
    better = Sight(on=actor.today, seen="He drew a map.")
    observing.correct_observation(actor=actor, observation=seen, version=None, sight=better)
    observing.mark_observation_in_error(
        actor=actor, observation=seen, version=None, reason="Another child."
    )
