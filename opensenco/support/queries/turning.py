"""Reviews of plans that fall into the summer in which a school year turns."""

from datetime import date

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.access.reach import Reach
from opensenco.access.registry import visible
from opensenco.support.models import Cycle
from opensenco.support.queries.choosing import open_cycles
from opensenco.support.states import Stage


def reviews_between(
    actor: Actor, place: Organisation, first: date, last: date
) -> list[Cycle] | None:
    """Give open plans to be reviewed between two days, both counted, by day and surname; None for
    whoever may not see everybody's plans.
    """
    if actor.hat.reach(Action.PLAN_VIEW) is not Reach.ALL:
        return None
    rows = visible(actor, Action.PLAN_VIEW, Cycle).filter(
        pk__in=open_cycles().values("pk"), org=place, review_on__range=(first, last)
    )
    rows = rows.exclude(stage=Stage.REVIEWED).select_related("pupil")
    return list(rows.order_by("review_on", "pupil__sort_key", "id"))
