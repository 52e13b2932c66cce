"""What a class's open plans work towards, of all its pupils at once."""

from collections.abc import Iterable
from datetime import date

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import visible
from opensenco.people.models import Pupil
from opensenco.support.models import Outcome
from opensenco.support.states import Stage


def outcomes_now(actor: Actor, pupils: Iterable[Pupil]) -> dict[int, list[Outcome]]:
    """Give the outcomes of the open plans that this actor reads, by the number of the pupil.

    One question, however many pupils. Each outcome brings its cycle, with the day of the review.
    """
    if not actor.can_somewhere(Action.PLAN_VIEW):
        return {}
    rows = (
        visible(actor, Action.PLAN_VIEW, Outcome)
        .filter(
            pupil__in=[one.pk for one in pupils], in_error_at__isnull=True, dropped_on__isnull=True,
            cycle__in_error_at__isnull=True,
        )
        .exclude(cycle__stage=Stage.CLOSED)
    )  # fmt: skip
    found: dict[int, list[Outcome]] = {}
    for row in rows.select_related("cycle").order_by("cycle__number", "number", "id"):
        found.setdefault(row.pupil_id, []).append(row)
    return found


def reviewed_on(outcomes: Iterable[Outcome]) -> date | None:
    """Give the day of the review that outcomes of one plan come to."""
    return max((one.cycle.review_on for one in outcomes if one.cycle.review_on), default=None)
