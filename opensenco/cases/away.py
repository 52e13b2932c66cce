"""What happened in some days, for somebody who comes back."""

from datetime import date

from django.db.models import QuerySet

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Person
from opensenco.access.registry import visible
from opensenco.cases.models import Fact, Task
from opensenco.cases.queries import standing_facts

MOST = 60


def happened(actor: Actor, first: date, last: date) -> QuerySet[Fact]:
    """Give what was written down in some days about pupils of this actor, the newest first."""
    rows = standing_facts(actor).filter(at__date__range=(first, last))
    return rows.select_related("pupil", "person").order_by("-at", "-id")


def settled_by(actor: Actor, person: Person, first: date, last: date) -> list[Task]:
    """Give what waited and somebody settled in some days, as far as this actor reads of it."""
    rows = visible(actor, Action.TASK_VIEW, Task).filter(
        settled_by=person, settled_at__date__range=(first, last)
    )
    return list(rows.select_related("pupil").order_by("-settled_at", "-id")[:MOST])
