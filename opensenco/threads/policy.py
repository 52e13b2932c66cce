"""Who reads and writes in the thread of a pupil, and who puts a message right."""

from django.db.models import Q

from opensenco.access.actions import Action
from opensenco.access.actor import Actor, hats_of
from opensenco.access.models import Person
from opensenco.access.registry import condition, rules
from opensenco.people.models import Pupil
from opensenco.people.policy import about, pupils
from opensenco.threads.models import Message, MessageRead


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


def takes_part(person: Person, pupil: Pupil, actor: Actor) -> bool:
    """Tell whether somebody else has a role at this place today that opens the pupil's thread."""
    for hat in hats_of(person, actor.today):
        if pupil.org_id in hat.orgs and hat.reach(Action.THREAD_JOIN) is not None:
            reached = condition(Actor(person, hat, actor.at), Action.THREAD_JOIN, Pupil)
            if Pupil.objects.filter(reached, pk=pupil.pk).exists():
                return True
    return False
