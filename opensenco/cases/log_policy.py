"""Who reads and corrects the contact log, and whose time one sees."""

from django.db.models import Q

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import NONE, rules
from opensenco.cases.log_models import LoggedContact, TimeEntry
from opensenco.cases.states import CONFIDANT
from opensenco.people.policy import about, standing


@rules(LoggedContact, Action.CONTACT_VIEW)
def read_rule(actor: Actor, action: Action) -> Q:
    """Contacts with families one may see; confidential ones for writer and who co-ordinates."""
    seen = about(actor, Action.CONTACT_VIEW)
    if actor.hat.reach(CONFIDANT) is None:
        return seen & (Q(confidential=False) | Q(person=actor.person))
    trusted = Q(confidential=False) | Q(person=actor.person) | about(actor, CONFIDANT)
    return seen & trusted


@rules(LoggedContact, Action.CONTACT_LOG)
def correct_rule(actor: Actor, action: Action) -> Q:
    """What one wrote oneself of pupils one works with; all of them for who co-ordinates."""
    mine = about(actor, Action.CONTACT_LOG) & Q(person=actor.person)
    return mine if actor.hat.reach(CONFIDANT) is None else mine | about(actor, CONFIDANT)


@rules(TimeEntry, Action.TIME_LOG)
def own_time(actor: Actor, action: Action) -> Q:
    """One's own time, in the places of this role."""
    if actor.hat.reach(Action.TIME_LOG) is None:
        return NONE
    return Q(person=actor.person, org__in=actor.hat.orgs) & standing()


@rules(TimeEntry, Action.TIME_VIEW)
def time_of_others(actor: Actor, action: Action) -> Q:
    """Time put into pupils one co-ordinates for; into none in particular, for the whole place."""
    return about(actor, Action.TIME_VIEW)
