"""What the record lacks of the pupils on the register, counted for whoever co-ordinates."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, Q, QuerySet, Value, When

from opensenco.access.actor import Actor
from opensenco.access.questions import question
from opensenco.support.queries.choosing import LACKS, SOON_LACKS, Chosen
from opensenco.support.states import Status


@dataclass(frozen=True)
class Gaps:
    """How many pupils lack what; one pupil may lack several things.

    Args:
        unranked: no main need is ranked (IDN-08).
        planless: no plan is in use (APD-11).
        thin: the plan names no outcome, or no day for its review (APD-03).
        untold: on SEN support, and nothing says that the parents were told (IDN-15).
    """

    unranked: int = 0
    planless: int = 0
    thin: int = 0
    untold: int = 0

    def __bool__(self) -> bool:
        return bool(self.unranked or self.planless or self.thin or self.untold)


#: SEN support of which nothing says that the parents were told
UNTOLD = Q(code=Status.SEN_SUPPORT, told_on__isnull=True)


@question
def _counted(actor: Actor) -> QuerySet[Any, tuple[bool, str | None, bool, int]]:
    untold = Case(When(UNTOLD, then=Value(True)), default=Value(False))
    rows: Any = Chosen(actor).coded_marked().annotate(untold=untold)
    grouped: Any = rows.order_by().values("main", "plan", "untold").annotate(n=Count("pk"))
    found: QuerySet[Any, tuple[bool, str | None, bool, int]] = grouped.values_list(
        "main", "plan", "untold", "n"
    )
    return found


def gaps(actor: Actor) -> Gaps:
    """Count what is missing, over the pupils on the register of this actor; one question."""
    unranked = planless = thin = without = 0
    for main, plan, untold, many in _counted.ask(actor):
        unranked += 0 if main else many
        planless += many if plan is None else 0
        thin += many if plan in (LACKS, SOON_LACKS) else 0
        without += many if untold else 0
    return Gaps(unranked, planless, thin, without)
