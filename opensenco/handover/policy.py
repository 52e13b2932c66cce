"""Who puts hand-overs together, and who reads and takes over what was handed to them."""

from django.db.models import Exists, OuterRef, Q

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.reach import Reach
from opensenco.access.registry import NONE, rules
from opensenco.handover.models import HandOver, HandOverPupil
from opensenco.people.models import Pupil
from opensenco.people.policy import about, pupils, standing


@rules(Pupil, Action.HANDOVER_KEEP)
def pupil_rule(actor: Actor, action: Action) -> Q:
    """Pupils, by reach."""
    return pupils(actor, action)


@rules(HandOver, Action.HANDOVER_KEEP, Action.RECORD_INVALIDATE)
def keep_rule(actor: Actor, action: Action) -> Q:
    """Those one put together oneself; all of the place for whoever answers for all of it."""
    if actor.hat.reach(Action.HANDOVER_KEEP) is None:
        return NONE
    here = Q(org__in=actor.hat.orgs)
    if actor.hat.reach(Action.HANDOVER_KEEP) is Reach.ALL:
        return here
    return here & (Q(made_by=actor.person) | Q(giver=actor.person))


@rules(HandOver, Action.HANDOVER_READ)
def read_rule(actor: Actor, action: Action) -> Q:
    """Those that were given to one, those one gave, and those one keeps."""
    here = Q(org__in=actor.hat.orgs)
    given = Q(given_at__isnull=False, in_error_at__isnull=True)
    own = here & given & (Q(taker=actor.person) | Q(giver=actor.person))
    return own | keep_rule(actor, Action.HANDOVER_KEEP)


@rules(HandOverPupil, Action.HANDOVER_KEEP)
def part_rule(actor: Actor, action: Action) -> Q:
    """What is handed over of the pupils whom the verb reaches."""
    return about(actor, action)


@rules(HandOverPupil, Action.HANDOVER_READ)
def read_part_rule(actor: Actor, action: Action) -> Q:
    """What is handed over of pupils in hand-overs that one reads; of one's own pupils before."""
    mine = HandOver.objects.filter(
        Q(taker=actor.person) | Q(giver=actor.person),
        pk=OuterRef("hand_over"), given_at__isnull=False, in_error_at__isnull=True,
    )  # fmt: skip
    own = standing() & Q(Exists(mine))
    over = about(actor, Action.HANDOVER_KEEP)
    # an empty condition is every row, and "or" would drop it
    return own | over if over else over
