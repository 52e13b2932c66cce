"""Who raises, reads and decides on concerns."""

from django.db.models import Q

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import rules
from opensenco.people.models import Pupil
from opensenco.people.policy import pupils


@rules(Pupil, Action.CONCERN_VIEW, Action.CONCERN_TRIAGE, Action.SAFEGUARDING_VIEW)
def pupil_rule(actor: Actor, action: Action) -> Q:
    """Pupils about whom this actor reads or decides concerns, by reach."""
    return pupils(actor, action)
