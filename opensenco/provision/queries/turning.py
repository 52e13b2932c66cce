"""What was promised to pupils round the summer in which a school year turns."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.access.reach import Reach
from opensenco.access.registry import visible
from opensenco.provision.models import Allocation


@dataclass(frozen=True)
class Promises:
    """What runs on, what ends in the summer, and what ends with leavers.

    Args:
        ends: promises whose last day lies in the gap: nobody promised them again.
    """

    runs_on: int
    ends: list[Allocation]
    leavers: int


def promises_round(
    actor: Actor, place: Organisation, gap: tuple[date, date], leavers: Collection[int]
) -> Promises | None:
    """Give what was promised round a summer; None for whoever may not see it of everybody.

    Args:
        gap: last day of the summer term, and first day of the new year.
        leavers: pupils who leave, by id.
    """
    if actor.hat.reach(Action.PROVISION_VIEW) is not Reach.ALL:
        return None
    last, first = gap
    rows = visible(actor, Action.PROVISION_VIEW, Allocation).filter(
        Q(ends__isnull=True) | Q(ends__gte=actor.today),
        org=place, in_error_at__isnull=True, starts__lt=first,
    )  # fmt: skip
    found = list(rows.select_related("pupil", "provision").order_by("pupil__sort_key", "id"))
    gone = set(leavers)
    staying = [one for one in found if one.pupil_id not in gone]
    return Promises(
        runs_on=sum(one.ends is None or one.ends >= first for one in staying),
        ends=[one for one in staying if one.ends is not None and last <= one.ends < first],
        leavers=len(found) - len(staying),
    )
