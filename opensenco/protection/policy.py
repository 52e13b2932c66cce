"""Who answers requests about personal data, and who decides what is kept.

What was gathered for the safeguarding lead is the lead's alone: neither a row nor a count of it is
told to whoever answers the rest.
"""

from django.db.models import Q

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.installation import KEEPER
from opensenco.access.models import Organisation
from opensenco.access.registry import rules
from opensenco.people.models import Pupil
from opensenco.people.policy import about, pupils
from opensenco.protection.models import (
    BlackedOutFile,
    DataRequest,
    Disposal,
    GatheredItem,
    KeptLonger,
    PaperDisposal,
    RequestPackage,
    RequestPause,
)


@rules(Pupil, Action.REQUEST_HANDLE, Action.KEEPING_DECIDE)
def pupil_rule(actor: Actor, action: Action) -> Q:
    """Pupils whose data this actor answers for, by reach."""
    return pupils(actor, action)


@rules(DataRequest, Action.REQUEST_HANDLE, Action.SAFEGUARDING_VIEW)
@rules(KeptLonger, Action.KEEPING_DECIDE)
def about_a_pupil(actor: Actor, action: Action) -> Q:
    """Rows about a pupil, by reach."""
    return about(actor, action)


@rules(RequestPause, Action.REQUEST_HANDLE)
def of_a_request(actor: Actor, action: Action) -> Q:
    """What belongs to a request, which may be about a record that was made one with another."""
    return about(actor, action, through=True)


@rules(BlackedOutFile, Action.REQUEST_HANDLE)
@rules(GatheredItem, Action.REQUEST_HANDLE)
@rules(RequestPackage, Action.REQUEST_HANDLE)
def without_the_lead(actor: Actor, action: Action) -> Q:
    """What was gathered and made for whoever answers the request."""
    return about(actor, action, through=True) & Q(lead=False)


@rules(BlackedOutFile, Action.SAFEGUARDING_VIEW)
@rules(GatheredItem, Action.SAFEGUARDING_VIEW)
@rules(RequestPackage, Action.SAFEGUARDING_VIEW)
def the_leads(actor: Actor, action: Action) -> Q:
    """What was gathered and made for the safeguarding lead."""
    return about(actor, action, through=True) & Q(lead=True)


@rules(Disposal, Action.KEEPING_DECIDE)
@rules(PaperDisposal, Action.KEEPING_DECIDE)
def of_own_place(actor: Actor, action: Action) -> Q:
    """Rows of the organisations of one's hat."""
    if actor.hat.role is KEEPER:
        return Q()
    return Q(org__in=actor.hat.orgs)


@rules(Organisation, Action.KEEPING_DECIDE)
def own_place(actor: Actor, action: Action) -> Q:
    """The organisations of one's hat."""
    return Q(pk__in=actor.hat.orgs)
