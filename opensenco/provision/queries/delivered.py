"""Promised against delivered: always three questions to the database, however many pupils."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from django.db.models import (
    Count,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Sum,
    prefetch_related_objects,
)
from django.db.models.functions import Coalesce

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import visible
from opensenco.audit.history import as_of, end_of
from opensenco.cases.calendar import own_calendar
from opensenco.gate.rows import find
from opensenco.kernel.dates import Span
from opensenco.law.calendar.school import SchoolCalendar
from opensenco.people.looking_back import reads_then, rows_then
from opensenco.people.models import Pupil
from opensenco.provision.delivery import Delivery
from opensenco.provision.minutes import promised, school_days
from opensenco.provision.models import Allocation, Provision, Session
from opensenco.provision.states import Went
from opensenco.support.models import Cycle, Outcome

RELATED = ("provision", "group", "person", "pupil", "outcome")
TOLD = ("person", "gave", "makes_up")


def allocation(actor: Actor, ref: uuid.UUID, action: Action = Action.PROVISION_VIEW) -> Allocation:
    """Give the allocation of a reference that this actor may do that to.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    return find(actor, action, Allocation, ref, *RELATED, "pupil__org")


def delivery_of(actor: Actor, row: Allocation) -> Delivery:
    """Give one promise with what came of it by today."""
    return measured([row], actor.today)[0]


def for_pupil(actor: Actor, pupil: Pupil) -> list[Delivery]:
    """Give what a pupil was promised and got: what runs first, newest first."""
    rows = _standing(actor).filter(pupil=pupil).order_by("-starts", "-id")
    found = measured(list(rows), actor.today)
    return sorted(found, key=lambda one: _is_over(one.allocation, actor.today))


def for_outcomes(actor: Actor, outcomes: Cycle | Iterable[Outcome]) -> dict[int, list[Delivery]]:
    """Give what is provided for each outcome of a plan, by the outcome's key.

    Provision that is for no single outcome stands in `for_pupil` alone.

    Args:
        outcomes: a cycle, for all of its outcomes, or the outcomes themselves.
    """
    rows = _standing(actor).order_by("starts", "id")
    if isinstance(outcomes, Cycle):
        rows = rows.filter(outcome__cycle=outcomes)
    else:
        rows = rows.filter(outcome__in=[one.pk for one in outcomes])
    found: dict[int, list[Delivery]] = {}
    for one in measured(list(rows), actor.today):
        found.setdefault(one.allocation.outcome_id, []).append(one)
    return found


def of_provision(actor: Actor, row: Provision) -> list[Delivery]:
    """Give who gets a provision, by the pupil's register name; what is over comes last."""
    rows = _standing(actor).filter(provision=row).order_by("pupil__sort_key", "-starts", "id")
    found = measured(list(rows), actor.today)
    return sorted(found, key=lambda one: _is_over(one.allocation, actor.today))


def running(actor: Actor) -> list[Delivery]:
    """Give all that is promised and not over today, by provision and pupil."""
    rows = _standing(actor).exclude(ends__lt=actor.today)
    rows = rows.order_by("provision__layer", "provision__name", "pupil__sort_key", "id")
    return measured(list(rows), actor.today)


def sessions_of(actor: Actor, row: Allocation, most: int = 60) -> tuple[list[Session], int]:
    """Give the ledger of one promise as it stands, newest first, and how long it is."""
    rows = (
        standing_sessions(visible(actor, Action.PROVISION_VIEW, Session))
        .filter(allocation=row)
        .exclude(went=Went.MISTAKE)
    )
    shown = list(rows.select_related(*TOLD).order_by("-on", "-number", "-id")[:most])
    return shown, len(shown) if len(shown) < most else rows.count()


def as_stood(actor: Actor, pupil: Pupil, day: date) -> list[Delivery]:
    """Give what a pupil was promised and had got, as the record stood at the end of a day."""
    if not reads_then(actor, pupil, Action.PROVISION_VIEW):
        return []
    then = rows_then(Allocation, pupil, day).filter(in_error_at__isnull=True)
    rows = sorted(then, key=lambda row: (row.starts, row.pk), reverse=True)
    prefetch_related_objects(rows, "person", "group")
    library = {one.pk: one for one in as_of(Provision, day).filter(
        id__in=[row.provision_id for row in rows]
    )}  # fmt: skip
    outcomes = {one.pk: one for one in rows_then(Outcome, pupil, day).filter(
        id__in=[row.outcome_id for row in rows if row.outcome_id]
    )}  # fmt: skip
    for row in rows:
        row.outcome = outcomes.get(row.outcome_id)
        # what it was called then; of before the library had a history, what it is called now
        if row.provision_id in library:
            row.provision = library[row.provision_id]
    return measured(rows, day, known_by=day)


def standing_sessions(rows: QuerySet[Session], known_by: date | None = None) -> QuerySet[Session]:
    """Give the rows of the ledger that no other row corrects.

    Args:
        known_by: as the ledger stood at the end of this day.
    """
    later = Session.objects.filter(corrects=OuterRef("pk"))
    if known_by is not None:
        later = later.filter(at__lte=end_of(known_by))
        rows = rows.filter(at__lte=end_of(known_by))
    return rows.filter(~Exists(later))


def measured(
    rows: Sequence[Allocation], day: date, *, known_by: date | None = None
) -> list[Delivery]:
    """Measure promises against the ledger, in the order given. Asks twice, however many rows."""
    if not rows:
        return []
    sums = _sums(rows, known_by)
    # One place at a time, but for somebody who is SENCO of several schools.
    days = [day, *(row.starts for row in rows), *(row.ends for row in rows if row.ends)]
    span = Span(min(days), max(days))
    calendars = {org: own_calendar(org, span) for org in {row.org_id for row in rows}}
    return [_measure(row, day, sums.get(row.pk, []), calendars[row.org_id]) for row in rows]


def _standing(actor: Actor) -> QuerySet[Allocation]:
    rows = visible(actor, Action.PROVISION_VIEW, Allocation).filter(in_error_at__isnull=True)
    return rows.select_related(*RELATED)


def _is_over(row: Allocation, day: date) -> bool:
    return row.ends is not None and row.ends < day


def _sums(rows: Sequence[Allocation], known_by: date | None) -> dict[int, list[Mapping[str, Any]]]:
    ledger = standing_sessions(
        Session.objects.filter(allocation__in=[row.pk for row in rows]), known_by
    ).exclude(went=Went.MISTAKE)
    grouped = (
        ledger.values("allocation_id", "went", "reason")
        .annotate(
            times=Count("pk"),
            total=Coalesce(Sum("minutes"), 0),
            again=Coalesce(Sum("minutes", filter=Q(makes_up__isnull=False)), 0),
        )
        .order_by("allocation_id")
    )
    found: dict[int, list[Mapping[str, Any]]] = {}
    for row in grouped:
        found.setdefault(row["allocation_id"], []).append(dict(row))
    return found


def _measure(
    row: Allocation, day: date, sums: list[Mapping[str, Any]], calendar: SchoolCalendar
) -> Delivery:
    promise = promised(
        starts=row.starts,
        ends=row.ends,
        times_a_week=row.times_a_week,
        minutes=row.minutes,
        today=day,
        count=partial(school_days, calendar=calendar),
    )
    missed: dict[str, int] = {}
    for part in sums:
        if part["went"] != Went.DELIVERED:
            why = part["reason"] or part["went"]
            missed[why] = missed.get(why, 0) + part["times"]
    return Delivery(
        allocation=row,
        promised=promise.minutes,
        due=promise.due_minutes,
        delivered=sum(part["total"] for part in sums),
        due_sessions=promise.due_sessions,
        held=sum(part["times"] for part in sums if part["went"] == Went.DELIVERED),
        missed=missed,
        remarks=promise.remarks,
        made_up=sum(part["again"] for part in sums),
    )
