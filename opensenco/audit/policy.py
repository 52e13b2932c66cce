"""Who may see who looked: those who answer for the record."""

from django.db.models import Q

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import rules
from opensenco.audit.models import Entry, Opening


@rules(Entry, Action.ACCESS_LOG_VIEW)
@rules(Opening, Action.ACCESS_LOG_VIEW)
def of_own_place(actor: Actor, action: Action) -> Q:
    """The organisations of one's hat; pages about one pupil ask that pupil's rule first."""
    return Q(org__in=actor.hat.orgs)
