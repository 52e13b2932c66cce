"""What was logged of promises in a stretch of time, and by whom it was given.

Who gave a session is who logged it, unless that was said to be somebody else. It was promised of
whoever is named for the promise, else of whoever runs the group today; where another gave it, such
as somebody who stood in or is named for that hour, it was given by others.
"""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import BigIntegerField, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from opensenco.access.models import Person
from opensenco.access.questions import Among, question
from opensenco.people.models import GroupStaff
from opensenco.people.policy import on_day
from opensenco.people.states import StaffPart
from opensenco.provision.models import Session
from opensenco.provision.queries.standing import logged, standing_of_many, sums
from opensenco.provision.reckoning import Logged
from opensenco.provision.states import Went

#: sessions of what one was promised to give that others gave; those one gave in place of others
BY_OTHERS, FOR_OTHERS = "by_others", "for_others"


def logged_of(
    promises: Sequence[int], first: date, last: date, *, givers: bool = False
) -> dict[int, Logged]:
    """Give what stands in the ledger of each of these promises between two days. Asks once.

    Args:
        givers: by whom it was given as well.
    """
    asked = _logged_and_given if givers else _logged
    return logged(asked.ask(first, last, promises=promises))


def by_others(
    rows: QuerySet[Session], today: date, giver: uuid.UUID | str = ""
) -> QuerySet[Session]:
    """Leave of some sessions those that took place and somebody else gave than was promised.

    Args:
        giver: the reference of whose alone; anything else is nobody's. Empty for everybody's.
    """
    runs = GroupStaff.objects.filter(
        on_day(today), group=OuterRef("allocation__group"), does=StaffPart.RUNS
    ).order_by("starts", "id")
    told = rows.filter(went=Went.DELIVERED).annotate(giver=Coalesce("gave_id", "person_id"))
    if giver:
        # first, so that whose it was is looked up for these alone
        people = Person.objects.filter(ref=giver) if isinstance(giver, uuid.UUID) else None
        told = told.filter(giver__in=people.values("pk")) if people is not None else told.none()
    told = told.annotate(
        promised_of=Coalesce(
            "allocation__person_id", Subquery(runs.values("person")[:1]),
            output_field=BigIntegerField(),
        ),
    )  # fmt: skip
    return told.filter(Q(promised_of__isnull=True) | ~Q(giver=F("promised_of")))


@question
def _logged(first: date, last: date) -> QuerySet[Any, Any]:
    return _summed(first, last)


@question
def _logged_and_given(first: date, last: date) -> QuerySet[Any, Any]:
    return _summed(first, last, giver=Coalesce("gave_id", "person_id"))


def _summed(first: date, last: date, **apart: Any) -> QuerySet[Any, Any]:
    rows = Session.objects.filter(Among("allocation", "promises"), on__range=(first, last))
    return sums(standing_of_many(rows), **apart)
