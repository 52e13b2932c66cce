"""What reviews of plans tell of people's time: that there was one, and not for how long."""

from collections.abc import Sequence
from datetime import date

from opensenco.access.actor import Actor
from opensenco.cases.states import Work
from opensenco.cases.time_log import People, Spent
from opensenco.support.models import Cycle


def spent_on_reviews(
    actor: Actor, first: date, last: date, *, own: bool, of: People = None
) -> Sequence[Spent]:
    """Give the reviews that one held oneself: their writer says how long they took."""
    if not own:
        return []
    rows = Cycle.objects.filter(
        reviewed_by=actor.person, org__in=actor.hat.orgs, reviewed_on__range=(first, last),
        in_error_at__isnull=True,
    )  # fmt: skip
    return [
        Spent(
            person=actor.person, on=row.reviewed_on, work=Work.REVIEW, minutes=None,
            pupils=(row.pupil,), source_label=Cycle._meta.label, source_ref=row.ref,
        )
        for row in rows.select_related("pupil").order_by("reviewed_on", "id")
        if row.reviewed_on
    ]  # fmt: skip
