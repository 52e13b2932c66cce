"""Who writes letters, who sees what was sent, and who changes the school's own wordings."""

from django.db.models import Q

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.reach import Reach
from opensenco.access.registry import NONE, rules
from opensenco.cases.states import CONFIDANT
from opensenco.letters.models import LetterTemplate, Mailing, MailingLetter, SentLetter
from opensenco.people.policy import about


@rules(LetterTemplate, Action.LETTER_WRITE, Action.LETTER_TEMPLATES)
def wording_rule(actor: Actor, action: Action) -> Q:
    """The school's wordings: they name no child, so whoever has the verb sees all of them."""
    return Q(org__in=actor.hat.orgs)


@rules(Mailing, Action.LETTER_WRITE)
def mailing_rule(actor: Actor, action: Action) -> Q:
    """Letters one began oneself; all of them for who writes for the whole place."""
    reach = actor.hat.reach(action)
    if reach is None:
        return NONE
    here = Q(org__in=actor.hat.orgs)
    return here if reach is Reach.ALL else here & Q(person=actor.person)


@rules(MailingLetter, Action.LETTER_WRITE)
def letter_rule(actor: Actor, action: Action) -> Q:
    """Letters about a pupil, by the reach of the verb."""
    return about(actor, action)


@rules(SentLetter, Action.LETTER_WRITE)
def sent_rule(actor: Actor, action: Action) -> Q:
    """What was sent, by the reach of the verb; confidential ones for sender and SENCO."""
    seen = about(actor, action, through=True)
    mine = Q(confidential=False) | Q(person=actor.person)
    if actor.hat.reach(CONFIDANT) is None:
        return seen & mine
    return seen & (mine | about(actor, CONFIDANT, through=True))
