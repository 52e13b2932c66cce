"""By when the next review of each EHC plan is due, as the law makes it of the plan's card."""

from datetime import date

from django.db.models import QuerySet

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import visible
from opensenco.cases.models import DueDate
from opensenco.law.review.facts import REVIEW_COMPLETE

#: the card whose dates these are; the app that keeps it stands above this one
CARD = "ehc.EhcPlan"


def next_reviews(actor: Actor) -> QuerySet[DueDate]:
    """Give the days by which reviews of EHC plans must be complete, that this person may read."""
    rows = visible(actor, Action.TASK_VIEW, DueDate)
    return rows.filter(
        source_label=CARD, step=REVIEW_COMPLETE, done_on__isnull=True, excused=False,
        on__isnull=False,
    )  # fmt: skip


def own_reviews(actor: Actor, first: date, end: date) -> list[DueDate]:
    """Give those from a day to before another, for who keeps EHC plans; nobody else has any."""
    if not actor.can_somewhere(Action.EHC_KEEP):
        return []
    rows = next_reviews(actor).filter(on__gte=first, on__lt=end, pupil__in_error_at__isnull=True)
    return list(rows.select_related("pupil", "org").order_by("on", "id"))
