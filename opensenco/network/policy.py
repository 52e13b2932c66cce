"""Who sends, who opens, who reads what came back."""

from django.db.models import Q

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import rules
from opensenco.network.models import (
    Pack,
    PackEdition,
    PackFile,
    Prepared,
    Receipt,
    Release,
    Reply,
)
from opensenco.people.policy import about


@rules(Prepared, Action.PACK_SEND, Action.PACK_GATHER)
def sending(actor: Actor, action: Action) -> Q:
    """What leaves about a pupil, by the reach of sending."""
    return about(actor, action)


@rules(Pack, Action.PACK_OPEN, Action.PACK_ANSWER)
def received(actor: Actor, action: Action) -> Q:
    """What was sent to the places of one's hat, while it may be read.

    The database asks its own clock as well; here the day is the actor's.
    """
    return Q(org__in=actor.hat.orgs, revoked_at__isnull=True, until__gte=actor.today)


@rules(Receipt, Action.PACK_SEND, Action.PACK_GATHER)
@rules(Reply, Action.PACK_SEND, Action.PACK_GATHER)
def come_back(actor: Actor, action: Action) -> Q:
    """What the receivers of our packs wrote; which of them, the sender's own row says."""
    return Q(org__in=actor.hat.orgs)


@rules(Receipt, Action.PACK_OPEN)
@rules(Reply, Action.PACK_OPEN)
def our_own(actor: Actor, action: Action) -> Q:
    """What our own people opened and answered."""
    return Q(from_org__in=actor.hat.orgs)


@rules(Release, Action.FIGURES_VIEW)
def released(actor: Actor, action: Action) -> Q:
    """Figures that were released to the places of one's hat, and those that these released."""
    return Q(org__in=actor.hat.orgs) | Q(from_org__in=actor.hat.orgs)


@rules(PackEdition, Action.PACK_OPEN)
def on_paper(actor: Actor, action: Action) -> Q:
    """Packs on paper: about pupils of ours by the reach of sending, and of what was sent to us
    while that may be read.
    """
    theirs = Q(pack__in=Pack.objects.filter(received(actor, action)).values("pk"))
    if actor.hat.reach(Action.PACK_SEND) is None:
        return theirs
    ours = about(actor, Action.PACK_SEND, through=True) & Q(pupil__isnull=False)
    return ours | theirs


@rules(PackFile, Action.PACK_OPEN)
def file_rule(actor: Actor, action: Action) -> Q:
    """Files of packs on paper that one may see."""
    editions = PackEdition.objects.filter(on_paper(actor, action))
    return Q(edition__in=editions.values("pk"))
