"""Who keeps the library, who gives provision, and who logs sessions."""

from django.db.models import Q

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.installation import KEEPER
from opensenco.access.models import Organisation
from opensenco.access.reach import Reach
from opensenco.access.registry import rules
from opensenco.people.models import Group, GroupStaff
from opensenco.people.policy import about, on_day
from opensenco.people.states import StaffPart
from opensenco.provision.models import Allocation, Provision, Session


@rules(
    Allocation,
    Action.PROVISION_VIEW,
    Action.PROVISION_ALLOCATE,
    Action.SESSION_LOG,
    Action.PUPIL_HISTORY,
    Action.RECORD_INVALIDATE,
)
@rules(Session, Action.PROVISION_VIEW, Action.SESSION_LOG)
def about_a_pupil(actor: Actor, action: Action) -> Q:
    """Promises and sessions, by the reach of the verb over the pupil."""
    return about(actor, action)


@rules(Provision, Action.PROVISION_VIEW, Action.PROVISION_ALLOCATE, Action.PROVISION_LIBRARY)
def library(actor: Actor, action: Action) -> Q:
    """The library of one's school, for whoever has the verb at all: no child stands in it."""
    return Q()


@rules(Organisation, Action.PROVISION_LIBRARY)
def own_place(actor: Actor, action: Action) -> Q:
    """The organisations of one's hat; the installation's commands reach all."""
    return Q() if actor.hat.role is KEEPER else Q(pk__in=actor.hat.orgs)


@rules(Group, Action.SESSION_LOG)
def groups_one_logs(actor: Actor, action: Action) -> Q:
    """Groups: all for those who co-ordinate, for others the ones they run, teach or cover today."""
    reach = actor.hat.reach(action)
    if reach is Reach.ALL:
        return Q()
    if reach is Reach.PART:
        return Q(part__in=actor.hat.parts) | Q(part__isnull=True)
    mine = GroupStaff.objects.filter(on_day(actor.today), person=actor.person)
    if reach is Reach.ASSIGNED:
        mine = mine.filter(does=StaffPart.RUNS)
    return Q(pk__in=mine.values("group"))
