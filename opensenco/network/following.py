"""What became of packs, without what is in them: for whoever puts them together."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import visible
from opensenco.network.models import Prepared, Receipt, Reply
from opensenco.network.states import Stage

FOLLOW = Action.PACK_GATHER
#: how the list can be looked at
VIEWS = ("waits", "unopened", "all")
MOST_AT_HOME = 8


def followed(actor: Actor, view: str = "all") -> QuerySet[Prepared]:
    """Give packs with whether they were opened and answered; their content is not asked for.

    Args:
        view: one of VIEWS: those that wait to be sent, those sent and not opened, or all.
    """
    ours = {"pack": OuterRef("pack"), "org": OuterRef("org")}
    opened = Exists(visible(actor, FOLLOW, Receipt).filter(**ours))
    answered = Exists(visible(actor, FOLLOW, Reply).filter(**ours))
    rows = visible(actor, FOLLOW, Prepared).exclude(stage=Stage.DROPPED)
    rows = rows.annotate(opened=opened, answered=answered).defer("content", "facts")
    if view == "waits":
        rows = rows.filter(stage=Stage.PREPARED)
    elif view == "unopened":
        rows = rows.filter(stage=Stage.SENT, opened=False, until__gte=actor.today)
    return rows.select_related("pupil", "to", "person")


def to_chase(actor: Actor) -> list[Prepared]:
    """Give packs that nobody has sent or opened yet, the oldest first, for a home page."""
    rows = followed(actor).filter(
        Q(stage=Stage.PREPARED) | Q(stage=Stage.SENT, opened=False, until__gte=actor.today)
    )
    return list(rows.order_by("at", "id")[:MOST_AT_HOME])
