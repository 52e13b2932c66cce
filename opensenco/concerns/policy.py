"""Who raises, reads, decides and looks after concerns, and who alone reads safeguarding notes."""

from datetime import date

from django.db.models import Q

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Membership, Person
from opensenco.access.registry import rules
from opensenco.access.roles import BY_CODE, combined
from opensenco.concerns.models import (
    Concern,
    Diagnosis,
    Observation,
    Referral,
    ReferralAdvice,
    SafeguardingNote,
)
from opensenco.concerns.states import OWNED, ConcernState
from opensenco.people.models import Pupil
from opensenco.people.policy import about, on_day, pupils, standing


@rules(Pupil, Action.CONCERN_VIEW, Action.CONCERN_TRIAGE, Action.SAFEGUARDING_VIEW)
def pupil_rule(actor: Actor, action: Action) -> Q:
    """Pupils about whom this actor reads or decides concerns, by reach."""
    return pupils(actor, action)


@rules(Concern, Action.CONCERN_TRIAGE, Action.RECORD_INVALIDATE)
def decide_rule(actor: Actor, action: Action) -> Q:
    """Concerns about the pupils whom the verb reaches."""
    return about(actor, action)


@rules(ReferralAdvice, Action.PLAN_VIEW, Action.PLAN_WRITE, Action.RECORD_INVALIDATE)
@rules(Referral, Action.PLAN_VIEW, Action.PLAN_WRITE, Action.RECORD_INVALIDATE)
@rules(Diagnosis, Action.HEALTH_VIEW, Action.HEALTH_EDIT, Action.RECORD_INVALIDATE)
def about_rule(actor: Actor, action: Action) -> Q:
    """Referrals and diagnoses of the pupils whom the verb reaches."""
    return about(actor, action)


@rules(Concern, Action.CONCERN_VIEW)
def read_rule(actor: Actor, action: Action) -> Q:
    """What one raised or looks after oneself, and concerns about the pupils the verb reaches."""
    reached = about(actor, action)
    own = Q(raised_by=actor.person) | Q(owner=actor.person)
    # an empty condition is every row, and "or" would drop it
    return reached | own if reached else reached


@rules(Concern, Action.CONCERN_CARRY)
def carry_rule(actor: Actor, action: Action) -> Q:
    """What one looks after; what one raised, undecided yet, about a pupil one teaches."""
    reached = about(actor, action)
    if not reached:
        return reached
    taught = about(actor, Action.REVIEW_WRITE)
    fresh = Q(raised_by=actor.person, state=ConcernState.RAISED)
    own = Q(owner=actor.person, state__in=OWNED)
    return reached | own | (fresh & taught)


@rules(Pupil, Action.OBSERVATION_VIEW, Action.OBSERVE)
def watched_rule(actor: Actor, action: Action) -> Q:
    """Pupils whose observations this actor reads, or whom they may watch, by reach."""
    return pupils(actor, action)


@rules(Observation, Action.OBSERVATION_VIEW)
def observation_rule(actor: Actor, action: Action) -> Q:
    """What one saw oneself or was seen in one's own lesson; all of the pupils the verb reaches."""
    reached = about(actor, action)
    # an empty condition is every row, and "or" would drop it
    own = Q(by=actor.person) | (Q(colleague=actor.person) & standing())
    return reached | own if reached else reached


@rules(Observation, Action.OBSERVE)
def correct_rule(actor: Actor, action: Action) -> Q:
    """What one saw oneself of pupils one still works with; any, for who puts records right."""
    own = about(actor, action) & Q(by=actor.person)
    over = about(actor, Action.RECORD_INVALIDATE)
    return own | over if over else over


def my_turn(actor: Actor) -> Q:
    """Give the concerns that wait for this actor."""
    undecided = Q(state__in=[ConcernState.RAISED, ConcernState.PASSED_ON])
    decides = about(actor, Action.CONCERN_TRIAGE)
    mine = Q(owner=actor.person, state__in=OWNED)
    return mine | (undecided & decides if decides else undecided)


@rules(SafeguardingNote, Action.SAFEGUARDING_VIEW)
def lead_rule(actor: Actor, action: Action) -> Q:
    """Notes about the pupils whom the lead's verb reaches."""
    return about(actor, action, through=True)


@rules(SafeguardingNote, Action.SAFEGUARDING_NOTE)
def writer_rule(actor: Actor, action: Action) -> Q:
    """The notes that one wrote oneself: that they were passed on, never their words."""
    return Q(writer=actor.person)


def memberships_here(org_id: int, today: date) -> Q:
    """Give the condition for the roles that are held in an organisation on a day."""
    return on_day(today) & Q(org_id=org_id, person__is_active=True)


def may_own(person: Person, concern: Concern, today: date) -> bool:
    """Tell whether a person is staff here today and can look after a concern."""
    rows = Membership.objects.filter(memberships_here(concern.org_id, today), person=person)
    return any(grants(row, Action.CONCERN_CARRY) for row in rows.select_related("local_role"))


def may_set_status(person: Person, concern: Concern, today: date) -> bool:
    """Tell whether a person holds a role here today that sets a pupil's SEN status."""
    rows = Membership.objects.filter(memberships_here(concern.org_id, today), person=person)
    return any(grants(row, Action.STATUS_SET) for row in rows.select_related("local_role"))


def safeguarding_leads(org_id: int, today: date) -> list[Person]:
    """Give who reads what is marked for the safeguarding lead here today."""
    rows = Membership.objects.filter(memberships_here(org_id, today)).select_related(
        "person", "local_role"
    )
    found = {r.person_id: r.person for r in rows if grants(r, Action.SAFEGUARDING_VIEW)}
    return sorted(found.values(), key=lambda person: (person.last_name, person.pk))


def grants(row: Membership, action: Action) -> bool:
    """Tell whether a staff role gives a verb at all, as the school has shaped it."""
    if row.local_role is not None:
        return action in combined(row.local_role.combines, row.local_role.without)
    role = BY_CODE.get(row.role)
    return role is not None and not role.guest and action in role.grants
