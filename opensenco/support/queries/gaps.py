"""What the record lacks of the pupils on the register, counted for whoever co-ordinates."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Value, When

from opensenco.access.actor import Actor
from opensenco.access.questions import question
from opensenco.support.queries.choosing import Chosen, lacking, open_cycles, standing_needs
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
def _counted(actor: Actor) -> QuerySet[Any, tuple[bool, bool, bool, bool, int]]:
    of_pupil = {"pupil": OuterRef("pupil")}
    plans = open_cycles().filter(**of_pupil)
    rows: Any = (
        Chosen(actor)
        .coded_rows()
        .annotate(
            main=Exists(standing_needs().filter(rank=1, **of_pupil)),
            planned=Exists(plans),
            thin=Exists(plans.filter(lacking())),
            untold=Case(When(UNTOLD, then=Value(True)), default=Value(False)),
        )
    )
    marks = ("main", "planned", "thin", "untold")
    grouped: Any = rows.order_by().values(*marks).annotate(n=Count("pk"))
    found: QuerySet[Any, tuple[bool, bool, bool, bool, int]] = grouped.values_list(*marks, "n")
    return found


def gaps(actor: Actor) -> Gaps:
    """Count what is missing, over the pupils on the register of this actor; one question."""
    unranked = planless = thin = untold = 0
    for main, planned, lacks, not_told, many in _counted.ask(actor):
        unranked += 0 if main else many
        planless += 0 if planned else many
        thin += many if lacks else 0
        untold += many if not_told else 0
    return Gaps(unranked, planless, thin, untold)
