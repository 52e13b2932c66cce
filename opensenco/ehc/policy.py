"""Who reads the card of an EHC plan, and who keeps it: by reach of the verb over the pupil."""

from django.db.models import Q

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import rules
from opensenco.ehc.models import EhcLine, EhcPlan, EhcTie
from opensenco.people.models import Pupil
from opensenco.people.policy import about, pupils


@rules(Pupil, Action.EHC_KEEP)
def pupil_rule(actor: Actor, action: Action) -> Q:
    """Pupils, by reach."""
    return pupils(actor, action)


@rules(
    EhcPlan,
    Action.PLAN_VIEW,
    Action.PLAN_PRINT,
    Action.EHC_KEEP,
    Action.RECORD_INVALIDATE,
    Action.PUPIL_HISTORY,
)
@rules(EhcLine, Action.PLAN_VIEW, Action.EHC_KEEP, Action.RECORD_INVALIDATE, Action.PUPIL_HISTORY)
@rules(EhcTie, Action.PLAN_VIEW, Action.PUPIL_HISTORY)
def about_a_pupil(actor: Actor, action: Action) -> Q:
    """Rows about a pupil, by the reach of their own verb. Guests: see tenancy."""
    return about(actor, action)
