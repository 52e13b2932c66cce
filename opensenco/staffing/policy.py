"""Who enters hours, who sees them: whoever leads or deploys staff, in their own place."""

from django.db.models import Q

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.access.registry import NONE, rules
from opensenco.people.policy import own_place
from opensenco.staffing.models import Hours


@rules(Hours, Action.STAFF_VIEW, Action.STAFF_KEEP)
def of_own_place(actor: Actor, action: Action) -> Q:
    """Rows of one's own place, for who has the verb there."""
    if actor.hat.reach(action) is None:
        return NONE
    return Q(org__in=actor.hat.orgs)


@rules(Organisation, Action.STAFF_VIEW, Action.STAFF_KEEP)
def place_rule(actor: Actor, action: Action) -> Q:
    """The organisations of one's hat."""
    return own_place(actor, action)
