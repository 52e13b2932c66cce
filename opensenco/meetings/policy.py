"""Who sees, plans, holds and reads meetings, and what is one's own of them."""

from django.db.models import Exists, OuterRef, Q

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.access.reach import Reach
from opensenco.access.registry import NONE, rules
from opensenco.meetings.models import (
    CalendarFeed,
    Meeting,
    MeetingAction,
    MeetingMember,
    MeetingPaper,
)
from opensenco.people.models import Pupil
from opensenco.people.policy import about, pupils, standing


def mine(actor: Actor) -> Q:
    """Give the condition for meetings that one called, or to which one is invited."""
    invited = MeetingMember.objects.filter(
        meeting=OuterRef("pk"), person=actor.person, taken_off_on__isnull=True
    )
    return standing() & (Q(organiser=actor.person) | Q(Exists(invited)))


@rules(Pupil, Action.MEETING_VIEW, Action.MEETING_PLAN)
def pupil_rule(actor: Actor, action: Action) -> Q:
    """Pupils whose meetings this actor sees or plans, by reach."""
    return pupils(actor, action)


@rules(Organisation, Action.MEETING_PLAN)
def place_rule(actor: Actor, action: Action) -> Q:
    """The places of one's hat, where the verb reaches all of it."""
    return Q(pk__in=actor.hat.orgs) if actor.hat.reach(action) is Reach.ALL else NONE


@rules(Meeting, Action.MEETING_VIEW, Action.MEETING_READ)
def see_rule(actor: Actor, action: Action) -> Q:
    """Meetings about the pupils whom the verb reaches, and those one is invited to."""
    return about(actor, action) | mine(actor)


@rules(MeetingMember, Action.MEETING_VIEW)
def member_rule(actor: Actor, action: Action) -> Q:
    """Who is invited to meetings about the pupils whom the verb reaches, and oneself."""
    own = standing() & Q(person=actor.person, taken_off_on__isnull=True)
    return about(actor, action) | own


@rules(Meeting, Action.MEETING_PLAN, Action.MEETING_RECORD, Action.RECORD_INVALIDATE)
@rules(MeetingMember, Action.MEETING_PLAN)
@rules(MeetingPaper, Action.MEETING_PLAN)
def hold_rule(actor: Actor, action: Action) -> Q:
    """Meetings about the pupils whom the verb reaches, and what belongs to them."""
    return about(actor, action)


@rules(MeetingMember, Action.MEETING_ANSWER)
def answer_rule(actor: Actor, action: Action) -> Q:
    """One's own invitations."""
    return standing() & Q(person=actor.person, taken_off_on__isnull=True)


@rules(MeetingAction, Action.MEETING_ANSWER)
def promise_rule(actor: Actor, action: Action) -> Q:
    """What one promised oneself, and what was promised where one writes the record."""
    return about(actor, Action.MEETING_RECORD) | standing() & Q(owner=actor.person)


@rules(CalendarFeed, Action.MEETING_ANSWER)
def feed_rule(actor: Actor, action: Action) -> Q:
    """One's own calendar feed."""
    return Q(person=actor.person)
