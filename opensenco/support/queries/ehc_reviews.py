"""The next review of an EHC plan on the register: shown, chosen by and sorted by."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import OuterRef, Q, QuerySet

from opensenco.access.actor import Actor
from opensenco.access.questions import Among, question
from opensenco.cases.ehc_days import next_reviews

LATE, SOON, NONE = "late", "soon", "none"
#: what is soon: half a term ahead, in which papers and advice are asked for
AHEAD = timedelta(weeks=8)


def wanted_q(actor: Actor, what: str, with_a_plan: Q) -> Q | None:
    """Give the condition over pupils whose next review is late, is near, or has no day.

    Args:
        with_a_plan: pupils whose status is EHC plan.
    """
    rows = next_reviews(actor)
    if what == NONE:
        return with_a_plan & ~Q(pk__in=rows.values("pupil"))
    days = {LATE: Q(on__lt=actor.today), SOON: Q(on__lte=actor.today + AHEAD)}
    return Q(pk__in=rows.filter(days[what]).values("pupil")) if what in days else None


def sort_rows(actor: Actor) -> QuerySet[Any, Any]:
    """Give the day by which a pupil (the outer row) is sorted."""
    return next_reviews(actor).filter(pupil=OuterRef("pk")).order_by("on").values("on")


@question
def _among(actor: Actor) -> QuerySet[Any, tuple[int, date]]:
    rows: QuerySet[Any, Any] = next_reviews(actor).filter(Among("pupil", "pupils"))
    return rows.values_list("pupil_id", "on")


def days_of(actor: Actor, pupils: Sequence[int]) -> Mapping[int, date]:
    """Give the day by pupil; asks nothing where there is nobody to ask about."""
    return dict(_among.ask(actor, pupils=list(pupils))) if pupils else {}
