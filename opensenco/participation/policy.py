"""Who asks about a pupil and reads all the answers, and who answers what they were asked."""

from datetime import date

from django.db.models import Q

from opensenco.access.actions import Action
from opensenco.access.actor import Actor, held
from opensenco.access.installation import KEEPER
from opensenco.access.models import Membership, Organisation, Person
from opensenco.access.registry import NONE, rules
from opensenco.access.roles import BY_CODE
from opensenco.participation.models import (
    Asked,
    AskRound,
    ChasingRule,
    QuestionSet,
    QuestionVersion,
)
from opensenco.participation.states import AskedState, RoundState
from opensenco.people.models import Pupil
from opensenco.people.policy import about, on_day, pupils, standing


@rules(Pupil, Action.ASK_SEND)
def pupil_rule(actor: Actor, action: Action) -> Q:
    """Pupils about whom this actor asks others, by reach."""
    return pupils(actor, action)


@rules(AskRound, Action.ASK_SEND, Action.RECORD_INVALIDATE)
@rules(Asked, Action.ASK_SEND)
def round_rule(actor: Actor, action: Action) -> Q:
    """Rounds about the pupils whom the verb reaches, with all that was answered."""
    return about(actor, action)


@rules(Asked, Action.ASK_ANSWER)
def own_rule(actor: Actor, action: Action) -> Q:
    """What one was asked oneself, also about a pupil whom one teaches no more.

    Being asked is reason enough to answer; it opens nothing else of the record.
    """
    if actor.hat.reach(action) is None:
        return NONE
    return Q(person=actor.person, ask_round__in_error_at__isnull=True) & standing()


@rules(Asked, Action.TASK_VIEW)
def seen_rule(actor: Actor, action: Action) -> Q:
    """What one was asked oneself, and what others were asked about the pupils one asks about."""
    own, reached = own_rule(actor, Action.ASK_ANSWER), about(actor, Action.ASK_SEND)
    # an empty condition is every row, and "or" would drop it
    return own | reached if reached else reached


def waits(actor: Actor) -> Q:
    """Give the condition for what waits for this actor's own answer."""
    return Q(
        person=actor.person, state=AskedState.WAITING, ask_round__state=RoundState.OPEN,
        ask_round__in_error_at__isnull=True,
    )  # fmt: skip


@rules(Organisation, Action.QUESTIONS_EDIT)
def place_rule(actor: Actor, action: Action) -> Q:
    """The places of one's hat."""
    return Q(pk__in=actor.hat.orgs)


@rules(QuestionSet, Action.QUESTIONS_EDIT, Action.ASK_SEND)
@rules(QuestionVersion, Action.QUESTIONS_EDIT, Action.ASK_SEND)
@rules(ChasingRule, Action.QUESTIONS_EDIT, Action.ASK_SEND)
def set_rule(actor: Actor, action: Action) -> Q:
    """What belongs to the places of one's hat."""
    if actor.hat.role is KEEPER:
        return Q()
    return Q(org__in=actor.hat.orgs)


def staff_here(org_id: int, today: date) -> list[Person]:
    """Give the staff of a place who answer what they are asked today, by surname."""
    rows = Membership.objects.filter(
        on_day(today), org_id=org_id, person__is_active=True, withdrawn=False
    ).select_related("person", "org", "local_role")
    found = {row.person_id: row.person for row in rows if _answers(row)}
    return sorted(found.values(), key=lambda one: (one.last_name, one.first_name, one.pk))


def _answers(row: Membership) -> bool:
    role = BY_CODE.get(row.role)
    return role is not None and not role.guest and Action.ASK_ANSWER in held(row)[1]
