"""What people can do with staff who give support, once each."""

from opensenco.access.actor import Actor
from opensenco.people.models import Pupil
from opensenco.staffing.operations.hours import set_hours, take_hours_back
from tests.cast import TODAY
from tests.people import person


def do(actor: Actor, pupil: Pupil) -> None:
    """Hours are entered and taken back."""
    row = set_hours(
        actor=actor, org=pupil.org, who=person("ta"), post="Assistant", does="supports",
        week=1800, send=900, first=TODAY,
    )  # fmt: skip
    take_hours_back(actor=actor, hours=row)
