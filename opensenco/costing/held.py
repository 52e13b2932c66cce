"""Which sessions of a year took place, and how many pupils shared the adult's time in each."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet

from opensenco.access.questions import Among, question
from opensenco.costing.counting import Book, Held, Promise
from opensenco.provision.models import Session
from opensenco.provision.queries.delivered import standing_sessions
from opensenco.provision.states import Went


def held_in(book: Book, promises: Iterable[Promise], today: date) -> list[Held]:
    """Give the sessions of the year that pupils had of these promises, with how many were there.

    Asks twice, however many promises.
    """
    keys, days = [one.key for one in promises], (book.year.first, min(today, book.last))
    rows = _took_place.ask(*days, promises=keys)
    present = dict(_present.ask(*days, promises=keys))
    return [Held(key, who, minutes, on, present[batch]) for key, who, minutes, on, batch in rows]


@question
def _took_place(first: date, last: date) -> QuerySet[Any, Any]:
    return _held(first, last).order_by("on", "id").values_list(
        "allocation_id", "person_id", "minutes", "on", "batch"
    )  # fmt: skip


@question
def _present(first: date, last: date) -> QuerySet[Any, Any]:
    """Of each of these sessions, how many pupils were there, whoever they are."""
    batches = _held(first, last).order_by().values("batch")
    there = standing_sessions(Session.objects.filter(batch__in=batches)).filter(
        went=Went.DELIVERED, allocation__in_error_at__isnull=True
    )
    counted = there.order_by().values("batch").annotate(there=Count("pk"))
    return counted.values_list("batch", "there")


def _held(first: date, last: date) -> QuerySet[Session]:
    rows = standing_sessions(Session.objects.filter(Among("allocation", "promises")))
    return rows.filter(went=Went.DELIVERED, on__range=(first, last))
