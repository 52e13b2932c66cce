"""Which sessions of a year took place, and how many pupils shared the adult's time in each."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.functions import Coalesce

from opensenco.access.questions import Among, AmongRefs, as_text, question
from opensenco.costing.counting import Book, Held, Promise
from opensenco.kernel.dates import iso_day
from opensenco.provision.models import Session
from opensenco.provision.queries.standing import MANY, standing_of_many, standing_sessions
from opensenco.provision.states import Went


def held_in(book: Book, promises: Iterable[Promise], today: date) -> list[Held]:
    """Give the sessions of the year that pupils had of these promises, with how many were there.

    Asks twice, however many promises.
    """
    together, days = {one.key: one.together for one in promises}, _days(book, today)
    many = len(together) > MANY
    rows = _took_place.ask(*days, many, promises=list(together))
    present = dict(_present.ask(many, batches={batch for *_rest, batch in rows}))
    return [
        Held(key, who, minutes, iso_day(on), present[batch], together[key])
        for key, who, minutes, on, batch in rows
    ]


def _days(book: Book, today: date) -> tuple[date, date]:
    return book.year.first, min(today, book.last)


@question
def _took_place(first: date, last: date, many: bool) -> QuerySet[Any, Any]:
    # in no order: SQLite would go through all days of the place to give one
    rows = _held(first, last, many).order_by().annotate(day=as_text("on"), of=as_text("batch"))
    return rows.values_list(
        "allocation_id", Coalesce("gave_id", "person_id"), "minutes", "day", "of"
    )


@question
def _present(many: bool) -> QuerySet[Any, Any]:
    """Of each of these sessions, how many pupils were there, whoever they are."""
    there = _standing(Session.objects.filter(AmongRefs("batch", "batches")), many).filter(
        went=Went.DELIVERED, allocation__in_error_at__isnull=True
    )
    counted = (
        there.order_by().annotate(of=as_text("batch")).values("of").annotate(there=Count("pk"))
    )
    return counted.values_list("of", "there")


def _held(first: date, last: date, many: bool) -> QuerySet[Session]:
    rows = _standing(Session.objects.filter(Among("allocation", "promises")), many)
    return rows.filter(went=Went.DELIVERED, on__range=(first, last))


def _standing(rows: QuerySet[Session], many: bool) -> QuerySet[Session]:
    return standing_of_many(rows) if many else standing_sessions(rows)
