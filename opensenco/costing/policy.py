"""Who keeps rates, who says how costs are counted, who sees costs of which pupils."""

from django.db.models import Q

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.access.registry import NONE, rules
from opensenco.costing.models import Bearing, Budget, Convention, Item, Rate, TopUp
from opensenco.people.models import Pupil
from opensenco.people.policy import about, own_place, pupils
from opensenco.provision.models import Allocation, Provision


@rules(Pupil, Action.COST_VIEW, Action.COST_KEEP)
def pupil_rule(actor: Actor, action: Action) -> Q:
    """Pupils, by reach."""
    return pupils(actor, action)


@rules(Allocation, Action.COST_VIEW)
def allocation_rule(actor: Actor, action: Action) -> Q:
    """What pupils are given, by the reach of who may see what it costs."""
    return about(actor, action)


@rules(TopUp, Action.COST_VIEW, Action.COST_KEEP)
def top_up_rule(actor: Actor, action: Action) -> Q:
    """What comes in for pupils whom the verb reaches."""
    return about(actor, action, through=True)


@rules(Rate, Action.RATES_KEEP)
@rules(Convention, Action.COST_VIEW, Action.COST_KEEP)
@rules(Budget, Action.COST_VIEW, Action.COST_KEEP)
def of_own_place(actor: Actor, action: Action) -> Q:
    """Rows of one's own place, for who has the verb there."""
    if actor.hat.reach(action) is None:
        return NONE
    return Q(org__in=actor.hat.orgs)


@rules(Bearing, Action.COST_VIEW, Action.COST_KEEP)
@rules(Item, Action.COST_VIEW, Action.COST_KEEP)
@rules(Provision, Action.COST_VIEW, Action.COST_KEEP)
def of_the_library(actor: Actor, action: Action) -> Q:
    """What a provision costs beside hours: it names no child, so whoever has the verb sees it."""
    return NONE if actor.hat.reach(action) is None else Q()


@rules(Organisation, Action.RATES_KEEP, Action.COST_KEEP)
def place_rule(actor: Actor, action: Action) -> Q:
    """The organisations of one's hat."""
    return own_place(actor, action)
