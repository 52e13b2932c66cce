"""Who may see who looked: those who answer for the record."""

from django.db.models import Q

from opensenco.access.actions import UNSEEN, Action
from opensenco.access.actor import Actor
from opensenco.access.registry import rules
from opensenco.audit.models import Entry, Opening


@rules(Entry, Action.ACCESS_LOG_VIEW)
@rules(Opening, Action.ACCESS_LOG_VIEW)
def of_own_place(actor: Actor, action: Action) -> Q:
    """The organisations of one's hat; pages about one pupil ask that pupil's rule first.

    That something was marked for the safeguarding lead is told to the safeguarding lead alone.
    """
    ours = Q(org__in=actor.hat.orgs)
    if actor.can_somewhere(Action.SAFEGUARDING_VIEW):
        return ours
    return ours & ~Q(action__in=[verb.value for verb in UNSEEN])
