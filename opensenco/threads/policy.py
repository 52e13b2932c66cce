"""Who reads and writes in the thread of a pupil, and who asks and answers questions."""

from django.db.models import Q

from opensenco.access.actions import Action
from opensenco.access.actor import Actor, hats_of
from opensenco.access.models import Organisation, Person
from opensenco.access.registry import NONE, condition, rules
from opensenco.people.models import Pupil
from opensenco.people.policy import about, pupils, standing
from opensenco.threads.models import (
    Advice,
    ClassNote,
    Learning,
    Message,
    MessageRead,
    SencoQuestion,
)
from opensenco.threads.note_models import Passed


@rules(Pupil, Action.THREAD_JOIN)
def pupil_rule(actor: Actor, action: Action) -> Q:
    """Pupils whom this actor works with or answers for, by reach.

    A look with a typed reason lends no thread: whoever does not work with a pupil has no part in
    what those say who do.
    """
    return pupils(actor, action)


@rules(Message, Action.THREAD_JOIN)
def thread_rule(actor: Actor, action: Action) -> Q:
    """All messages about the pupils whom the verb reaches."""
    return about(actor, action)


@rules(MessageRead, Action.THREAD_JOIN)
def read_rule(actor: Actor, action: Action) -> Q:
    """Who has read them."""
    return about(actor, action, field="message__pupil")


@rules(Message, Action.THREAD_MEND)
def mend_rule(actor: Actor, action: Action) -> Q:
    """One's own messages in threads that one is still part of; any, for who puts records right."""
    own = about(actor, action) & Q(writer=actor.person)
    over = about(actor, Action.RECORD_INVALIDATE)
    # an empty condition is every row, and "or" would drop it
    return own | over if over else over


@rules(Pupil, Action.SENCO_ASK, Action.SENCO_ANSWER)
def asked_about_rule(actor: Actor, action: Action) -> Q:
    """Pupils about whom this actor asks or answers, by reach: anybody can ask about any pupil."""
    return pupils(actor, action)


@rules(Organisation, Action.SENCO_ASK)
def place_rule(actor: Actor, action: Action) -> Q:
    """The places of one's hat."""
    return Q(pk__in=actor.hat.orgs)


@rules(SencoQuestion, Action.SENCO_ANSWER, Action.RECORD_INVALIDATE)
def answer_rule(actor: Actor, action: Action) -> Q:
    """Questions about the pupils whom the verb reaches; general ones by who reaches all."""
    return about(actor, action)


@rules(SencoQuestion, Action.SENCO_ASK)
def question_rule(actor: Actor, action: Action) -> Q:
    """One's own questions, those one answers, and what was shared with all staff of the place."""
    if actor.hat.reach(action) is None:
        return NONE
    here = Q(org__in=actor.hat.orgs) & standing()
    own = here & (Q(asked_by=actor.person) | Q(shared=True))
    reached = about(actor, Action.SENCO_ANSWER)
    # an empty condition is every row, and "or" would drop it
    return own | reached if reached else reached


@rules(Advice, Action.SENCO_ASK)
def advice_rule(actor: Actor, action: Action) -> Q:
    """What was taught in general, by all staff here; for a pupil, by who works with them.

    Whoever was taught it finds it again, also when they work with the pupil no more.
    """
    if actor.hat.reach(action) is None:
        return NONE
    here = Q(org__in=actor.hat.orgs) & standing()
    general = here & (Q(pupil__isnull=True) | Q(learner=actor.person))
    reached = about(actor, Action.THREAD_JOIN)
    # an empty condition is every row, and "or" would drop it
    return general | reached if reached else reached


@rules(Advice, Action.THREAD_MEND)
def advice_mend_rule(actor: Actor, action: Action) -> Q:
    """What one wrote down oneself; anything, for who puts records right."""
    own = advice_rule(actor, Action.SENCO_ASK) & Q(by=actor.person)
    over = about(actor, Action.RECORD_INVALIDATE)
    # an empty condition is every row, and "or" would drop it
    return own | over if over else over


@rules(ClassNote, Action.THREAD_JOIN)
def note_rule(actor: Actor, action: Action) -> Q:
    """One's own notes; of others what was passed on: to who co-ordinates, or as evidence to who
    works with the pupil."""
    if actor.hat.reach(action) is None:
        return NONE
    found = Q(org__in=actor.hat.orgs) & standing() & Q(by=actor.person)
    found |= ~Q(passed="") & about(actor, Action.SENCO_ANSWER)
    return found | (Q(passed=Passed.PLAN) & about(actor, action))


@rules(ClassNote, Action.THREAD_MEND)
def note_mend_rule(actor: Actor, action: Action) -> Q:
    """One's own notes; what was passed on, for who puts records right."""
    if actor.hat.reach(action) is None:
        return NONE
    own = Q(org__in=actor.hat.orgs) & standing() & Q(by=actor.person)
    return own | (~Q(passed="") & about(actor, Action.RECORD_INVALIDATE))


@rules(Learning, Action.SENCO_ASK)
def own_learning_rule(actor: Actor, action: Action) -> Q:
    """What one learned oneself."""
    return Q(org__in=actor.hat.orgs, person=actor.person)


@rules(Learning, Action.SUPERVISE)
def learning_rule(actor: Actor, action: Action) -> Q:
    """What everybody of the place learned, for who leads the team."""
    return Q(org__in=actor.hat.orgs)


def takes_part(person: Person, pupil: Pupil, actor: Actor) -> bool:
    """Tell whether somebody else has a role at this place today that opens the pupil's thread."""
    for hat in hats_of(person, actor.today):
        if pupil.org_id in hat.orgs and hat.reach(Action.THREAD_JOIN) is not None:
            reached = condition(Actor(person, hat, actor.at), Action.THREAD_JOIN, Pupil)
            if Pupil.objects.filter(reached, pk=pupil.pk).exists():
                return True
    return False
