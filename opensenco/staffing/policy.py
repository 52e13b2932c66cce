"""Who enters hours, arranges cover, reads what was said in supervision; who stands in today."""

from django.db.models import Exists, OuterRef, Q

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Membership, Organisation
from opensenco.access.reach import Reach
from opensenco.access.registry import NONE, rules
from opensenco.people.policy import about, own_place
from opensenco.staffing.models import (
    Absence,
    ApproachEdition,
    ApproachReading,
    Hours,
    Shortfall,
    SiteDay,
    StandIn,
    Supervision,
)
from opensenco.staffing.states import Does


@rules(Hours, Action.STAFF_VIEW, Action.STAFF_KEEP)
def hours_rule(actor: Actor, action: Action) -> Q:
    """Hours of one's own place; whoever leads a part of it reads those of who gives support, and
    their own, and not how much those beside and above them have to co-ordinate."""
    reach = actor.hat.reach(action)
    if reach is None:
        return NONE
    here = Q(org__in=actor.hat.orgs)
    if reach is Reach.ALL:
        return here
    return here & (Q(does__in=(Does.SUPPORTS, Does.TEACHES)) | Q(who=actor.person))


@rules(Shortfall, Action.STAFF_KEEP)
@rules(ApproachEdition, Action.SENCO_ASK)
@rules(ApproachReading, Action.SUPERVISE)
@rules(Membership, Action.STAFF_VIEW)
@rules(Absence, Action.STAFF_VIEW, Action.COVER_ARRANGE)
@rules(Membership, Action.ON_SITE_VIEW)
@rules(SiteDay, Action.ON_SITE_VIEW)
def of_own_place(actor: Actor, action: Action) -> Q:
    """Rows of one's own place, for who has the verb there."""
    if actor.hat.reach(action) is None:
        return NONE
    return Q(org__in=actor.hat.orgs)


@rules(Absence, Action.ON_SITE_VIEW)
def away_today(actor: Actor, action: Action) -> Q:
    """Who is away today, for every colleague of the place: not who was, or will be."""
    return of_own_place(actor, action) & Q(on=actor.today, back_at__isnull=True)


@rules(Membership, Action.ON_SITE_SAY)
def own_days(actor: Actor, action: Action) -> Q:
    """One's own role; whoever keeps hours says it of colleagues too."""
    here = of_own_place(actor, action)
    return here if actor.can_somewhere(Action.STAFF_KEEP) else here & Q(person=actor.person)


@rules(Organisation, Action.STAFF_VIEW, Action.STAFF_KEEP, Action.COVER_ARRANGE, Action.SUPERVISE)
def place_rule(actor: Actor, action: Action) -> Q:
    """The organisations of one's hat."""
    return own_place(actor, action)


@rules(StandIn, Action.COVER_ARRANGE)
def cover_rule(actor: Actor, action: Action) -> Q:
    """What was arranged, about pupils whom one may arrange it for."""
    return about(actor, action)


@rules(StandIn, Action.SESSION_LOG)
def own_cover(actor: Actor, action: Action) -> Q:
    """Where one stands in oneself; of it whoever logs sessions of a pupil knows too."""
    return about(actor, action) & Q(person=actor.person, taken_back_at__isnull=True)


@rules(Supervision, Action.SUPERVISION_READ)
def supervision_rule(actor: Actor, action: Action) -> Q:
    """Notes of supervision: for the two who were there, and for who leads the team."""
    reach = actor.hat.reach(action)
    if reach is None:
        return NONE
    here = Q(org__in=actor.hat.orgs)
    if reach is Reach.ALL:
        return here
    return here & (Q(who=actor.person) | Q(by=actor.person))


@rules(Supervision, Action.SUPERVISE)
def own_supervision(actor: Actor, action: Action) -> Q:
    """Notes that one wrote oneself: nobody corrects what another said."""
    if actor.hat.reach(action) is None:
        return NONE
    return Q(org__in=actor.hat.orgs, by=actor.person)


@rules(ApproachReading, Action.SENCO_ASK)
def own_reading(actor: Actor, action: Action) -> Q:
    """What one was asked to read oneself, and when one signed."""
    if actor.hat.reach(action) is None:
        return NONE
    return Q(org__in=actor.hat.orgs, person=actor.person)


def stands_in_today(actor: Actor) -> Q:
    """Pupils for whom this person stands in today: they reach them until the day ends."""
    rows = StandIn.objects.filter(
        person=actor.person, on=actor.today, taken_back_at__isnull=True, pupil=OuterRef("pk")
    )
    return Q(Exists(rows))
