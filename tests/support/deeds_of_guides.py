"""What people can do with guides and departures from guidance, once each."""

from opensenco.access.actor import Actor
from opensenco.cases.operations import guiding
from opensenco.people.models import Pupil


def do(actor: Actor, pupil: Pupil) -> None:
    """A guide is worded; guidance is departed from; that was a mistake."""
    guiding.word_guide(actor=actor, org=pupil.org, step="plan", words="Begin with the child.")
    row = guiding.do_otherwise(
        actor=actor, pupil=pupil, rule="APD-08", words="They asked to meet twice."
    )
    guiding.departure_in_error(
        actor=actor, departure=row, reason="They meet three times.", version=None
    )
