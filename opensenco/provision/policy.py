"""Who may read, give and log provision: by reach of the verb over the pupil."""

from django.db.models import Exists, F, OuterRef, Q

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Affiliation, Organisation
from opensenco.access.registry import rules
from opensenco.people.policy import about, on_day, own_place
from opensenco.provision.models import (
    Aim,
    Allocation,
    Decision,
    OwnReason,
    Point,
    Provision,
    Room,
    Scale,
    Session,
    SharedProvision,
    Slot,
    Timetable,
    Usual,
    WeekTurn,
    Work,
)


@rules(
    Work,
    Action.PROVISION_VIEW,
    Action.SESSION_LOG,
    Action.PUPIL_HISTORY,
)
@rules(
    Allocation,
    Action.PROVISION_VIEW,
    Action.PROVISION_ALLOCATE,
    Action.SESSION_LOG,
    Action.PUPIL_HISTORY,
    Action.RECORD_INVALIDATE,
)
def about_a_pupil(actor: Actor, action: Action) -> Q:
    """Rows about a pupil, by the reach of their own verb."""
    return about(actor, action)


@rules(Timetable, Action.PROVISION_VIEW, Action.SESSION_LOG, Action.PUPIL_HISTORY)
def about_a_timetable(actor: Actor, action: Action) -> Q:
    """When a pupil gets what was promised, as what was promised."""
    return about(actor, action)


@rules(Slot, Action.PROVISION_VIEW, Action.SESSION_LOG)
def about_an_hour(actor: Actor, action: Action) -> Q:
    """Hours, as the timetable that they are of."""
    return about(actor, action, field="timetable__pupil")


@rules(OwnReason, Action.PROVISION_ALLOCATE)
@rules(Room, Action.PROVISION_VIEW, Action.PROVISION_ALLOCATE)
@rules(WeekTurn, Action.PROVISION_VIEW)
def of_the_place(actor: Actor, action: Action) -> Q:
    """The school's rooms, and how its weeks take turns: they name no child."""
    return Q()


def taken_down() -> Q:
    """Papers of photos and pieces of work that were taken down: nobody opens them any more."""
    return Q(Exists(Work.objects.filter(document=OuterRef("pk"), ended_at__isnull=False)))


@rules(Session, Action.PROVISION_VIEW, Action.SESSION_LOG, Action.PUPIL_HISTORY)
def about_a_session(actor: Actor, action: Action) -> Q:
    """The same for the ledger of sessions, whose rows stay where they were written."""
    return about(actor, action, through=True)


@rules(Point, Action.PROVISION_VIEW, Action.SESSION_LOG, Action.PUPIL_HISTORY)
def about_a_point(actor: Actor, action: Action) -> Q:
    """The same for what was measured."""
    return about(actor, action, through=True)


@rules(Aim, Action.PROVISION_VIEW, Action.PUPIL_HISTORY)
def about_an_aim(actor: Actor, action: Action) -> Q:
    """The same for what was aimed at."""
    return about(actor, action, through=True)


@rules(Scale, Action.PROVISION_VIEW)
@rules(Usual, Action.PROVISION_VIEW)
@rules(Decision, Action.PROVISION_VIEW)
def part_of_the_library(actor: Actor, action: Action) -> Q:
    """What is measured of a provision, usual for it and decided about it: parts of the library."""
    return Q()


@rules(SharedProvision, Action.PROVISION_ALLOCATE)
def shared_rule(actor: Actor, action: Action) -> Q:
    """What schools of one's trust, group or authority share while both belong to it."""
    today = Affiliation.objects.filter(on_day(actor.today))
    above = today.filter(member__in=actor.hat.orgs)
    theirs = today.filter(member=OuterRef("org"), of=OuterRef("to"))
    # what those above us wrote themselves stands there as their own
    return (Q(Exists(theirs)) | Q(org=F("to"))) & Q(to__in=above.values("of"))


@rules(SharedProvision, Action.LIBRARY_OFFER)
def own_offers(actor: Actor, action: Action) -> Q:
    """What one's own trust, group or authority wrote for its settings."""
    return Q(org__in=actor.hat.orgs, to=F("org"))


@rules(Provision, Action.PROVISION_VIEW, Action.PROVISION_ALLOCATE)
def library_rule(actor: Actor, action: Action) -> Q:
    """The school's library: it names no child, so whoever has the verb sees all of it."""
    return Q()


@rules(Organisation, Action.PROVISION_ALLOCATE, Action.LIBRARY_OFFER)
def place_rule(actor: Actor, action: Action) -> Q:
    """Whose library one adds to: one's own place."""
    return own_place(actor, action)
