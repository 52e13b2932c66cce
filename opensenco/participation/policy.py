"""Who asks about a pupil and reads all the answers, and who answers what they were asked."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from opensenco.access.actions import Action
from opensenco.access.actor import Actor, held
from opensenco.access.installation import KEEPER
from opensenco.access.models import Membership, Organisation, Person
from opensenco.access.registry import NONE, rules
from opensenco.access.roles import BY_CODE
from opensenco.participation.bylink import BY_LINK
from opensenco.participation.models import (
    Asked,
    AskLink,
    AskRound,
    ChasingRule,
    QuestionSet,
    QuestionVersion,
)
from opensenco.participation.states import AskedState, RoundState
from opensenco.people.models import Contact, Pupil
from opensenco.people.policy import about, come, on_day, pupils, standing


@rules(Pupil, Action.ASK_SEND)
def pupil_rule(actor: Actor, action: Action) -> Q:
    """Pupils about whom this actor asks others, by reach."""
    return pupils(actor, action)


@rules(AskRound, Action.ASK_SEND, Action.ASK_CHASE, Action.RECORD_INVALIDATE)
@rules(Asked, Action.ASK_SEND)
@rules(AskLink, Action.ASK_SEND)
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


@rules(AskLink, Action.ASK_ANSWER)
def link_rule(actor: Actor, action: Action) -> Q:
    """The one link by which somebody came; nobody with an account answers by one."""
    if actor.hat.role is not BY_LINK or actor.hat.reach(action) is None:
        return NONE
    return Q(key=actor.hat.key, revoked_at__isnull=True) & standing()


#: contacts who may be told, may see and may answer; never one who is barred (see people.models)
ASKABLE = Q(
    barred=False, parental_responsibility=True, may_see=True, may_reply=True, to_be_told=True,
    in_error_at__isnull=True,
)  # fmt: skip
#: and whom mail reaches
TELLABLE = ASKABLE & ~Q(email="")


def tellable(pupil: Pupil) -> list[Contact]:
    """Give the contacts of a pupil who may be asked by a link, in the scope that is open."""
    return list(Contact.objects.filter(TELLABLE, org=pupil.org_id, pupil=pupil).order_by("id"))


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
        on_day(today) & come(), org_id=org_id, person__is_active=True, withdrawn=False
    ).select_related("person", "org", "local_role")
    found = {row.person_id: row.person for row in rows if _answers(row)}
    return sorted(found.values(), key=lambda one: (one.last_name, one.first_name, one.pk))


def gone(parts: Iterable[Asked], today: date) -> set[int]:
    """Give those parts whose person works here no more: nobody is to wait for them, or chase them.

    Args:
        parts: of whatever places.
    """
    here: dict[int, set[int]] = {}
    found = set()
    for one in parts:
        if one.person_id is None:
            continue
        if one.org_id not in here:
            here[one.org_id] = {each.pk for each in staff_here(one.org_id, today)}
        if one.person_id not in here[one.org_id]:
            found.add(one.pk)
    return found


def _answers(row: Membership) -> bool:
    role = BY_CODE.get(row.role)
    return role is not None and not role.guest and Action.ASK_ANSWER in held(row)[1]
