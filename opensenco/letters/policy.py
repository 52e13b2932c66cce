"""Who writes letters, who sees what was sent, and who changes the school's own wordings."""

from django.db.models import Exists, OuterRef, Q, QuerySet

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
    """Letters one began oneself; all of them for who writes for the whole place.

    Those that went out in confidence are left to their writer and who co-ordinates the place.
    """
    reach = actor.hat.reach(action)
    if reach is None:
        return NONE
    here, mine = Q(org__in=actor.hat.orgs), Q(person=actor.person)
    if reach is not Reach.ALL:
        return here & mine
    if actor.hat.reach(CONFIDANT) is Reach.ALL:
        return here
    return here & (mine | ~Q(Exists(_in_confidence("mailing"))))


@rules(MailingLetter, Action.LETTER_WRITE)
def letter_rule(actor: Actor, action: Action) -> Q:
    """Letters about a pupil, by the reach of the verb, as `sent_rule` once they were sent."""
    openly = Q(mailing__person=actor.person) | ~Q(Exists(_in_confidence("letter")))
    if actor.hat.reach(CONFIDANT) is not None:
        openly |= about(actor, CONFIDANT)
    return about(actor, action) & openly


def _in_confidence(key: str) -> QuerySet[SentLetter]:
    return SentLetter.objects.filter(**{key: OuterRef("pk")}, confidential=True)


@rules(SentLetter, Action.LETTER_WRITE)
def sent_rule(actor: Actor, action: Action) -> Q:
    """What was sent, by the reach of the verb; confidential ones for sender and SENCO."""
    seen = about(actor, action, through=True)
    mine = Q(confidential=False) | Q(person=actor.person)
    if actor.hat.reach(CONFIDANT) is None:
        return seen & mine
    return seen & (mine | about(actor, CONFIDANT, through=True))
