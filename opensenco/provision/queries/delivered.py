"""Promised against delivered: always three questions to the database, however many pupils."""

import uuid
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import lru_cache, partial
from typing import Any, NamedTuple

from django.db.models import QuerySet, prefetch_related_objects

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Person
from opensenco.access.questions import Among, as_text, question
from opensenco.access.registry import visible
from opensenco.audit.history import as_of
from opensenco.cases.calendar import own_calendar
from opensenco.gate.rows import find
from opensenco.kernel.dates import Span, iso_day
from opensenco.people.looking_back import reads_then, rows_then
from opensenco.people.models import Group, Pupil
from opensenco.provision.delivery import Delivery
from opensenco.provision.minutes import Counted, Promised, promised, school_days
from opensenco.provision.models import Allocation, Provision, Session
from opensenco.provision.queries.hours import named
from opensenco.provision.queries.standing import (
    MANY,
    logged,
    standing_of_many,
    standing_sessions,
    sums,
)
from opensenco.provision.queries.timed import OpenIn, periods_of
from opensenco.provision.reckoning import NOTHING, Logged
from opensenco.provision.states import Went
from opensenco.provision.timetable import Period, hours_on
from opensenco.support.models import Cycle, Outcome

RELATED = ("provision", "group", "person", "pupil", "outcome")
TOLD = ("person", "gave", "makes_up")


class Plain(NamedTuple):
    """A promise as figures of a whole place need it: thousands are read no wider than that."""

    pk: int
    org_id: int
    pupil_id: int
    provision_id: int
    group_id: int | None
    person_id: int | None
    times_a_week: int
    minutes: int
    starts: date
    ends: date | None
    provision: Provision
    group: Group | None
    person: Person | None


#: of these, what is read of each
_COLUMNS = ("pk", "org_id", "pupil_id", "provision_id", "group_id", "person_id", "times_a_week",
            "minutes", "begins", "over")  # fmt: skip


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
    """Give all that is promised and not over today, by provision and pupil, who is not named.

    Of each promise is told what `Plain` has.
    """
    rows = _running.ask(actor)
    library, groups, people = (
        named(what, (row[_COLUMNS.index(f"{what}_id")] for row in rows))
        for what in ("provision", "group", "person")
    )
    plain = [
        Plain._make((
            *row[:-2], iso_day(row[-2]), row[-1] and iso_day(row[-1]),
            library[row[3]], groups.get(row[4]), people.get(row[5]),
        ))
        for row in rows
    ]  # fmt: skip
    return measured(plain, actor.today)


@question
def _running(actor: Actor) -> QuerySet[Any, Any]:
    rows: Any = visible(actor, Action.PROVISION_VIEW, Allocation).filter(in_error_at__isnull=True)
    rows = rows.exclude(ends__lt=actor.today)
    rows = rows.annotate(begins=as_text("starts"), over=as_text("ends"))
    ordered = rows.order_by("provision__layer", "provision__name", "pupil__sort_key", "id")
    found: QuerySet[Any, Any] = ordered.values_list(*_COLUMNS)
    return found


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


def measured(
    rows: Sequence[Allocation | Plain], day: date, *, known_by: date | None = None
) -> list[Delivery]:
    """Measure promises against the ledger, in the order given. Asks three times, however many
    rows; of weeks A and B once more.

    Where a promise has a timetable, its sessions are those that are expected at its hours.
    """
    if not rows:
        return []
    found = _sums(rows, known_by)
    timed = periods_of(rows, known_by)
    # One place at a time, but for somebody who is SENCO of several schools.
    days = [day, *(row.starts for row in rows), *(row.ends for row in rows if row.ends)]
    span = Span(min(days), max(days))
    calendars = {org: own_calendar(org, span) for org in {row.org_id for row in rows}}
    open_in = OpenIn(calendars, timed)
    # thousands of promises begin and end on the same few days
    counts = {
        org: lru_cache(maxsize=None)(partial(school_days, calendar=calendar))
        for org, calendar in calendars.items()
    }
    known: dict[Any, Promised] = {}
    measures = []
    for row in rows:
        periods, count = timed.get(row.pk, ()), counts[row.org_id]
        # as many differ in nothing that is counted; who has the same hours has one tuple
        key = row.org_id, row.starts, row.ends, row.times_a_week, row.minutes, id(periods)
        promise = known.get(key)
        if promise is None:
            promise = known[key] = _promised(row, day, count, periods, open_in)
        measures.append(_measure(row, day, found.get(row.pk, NOTHING), promise, periods))
    return measures


def _standing(actor: Actor) -> QuerySet[Allocation]:
    rows = visible(actor, Action.PROVISION_VIEW, Allocation).filter(in_error_at__isnull=True)
    return rows.select_related(*RELATED)


def _is_over(row: Allocation, day: date) -> bool:
    return row.ends is not None and row.ends < day


def _sums(rows: Sequence[Allocation | Plain], known_by: date | None) -> dict[int, Logged]:
    keys = [row.pk for row in rows]
    if known_by is not None:
        then = standing_sessions(Session.objects.filter(allocation__in=keys), known_by)
        return logged(sums(then))
    return logged(_logged.ask(len(keys) > MANY, promises=keys))


@question
def _logged(many: bool) -> QuerySet[Any, Any]:
    rows = Session.objects.filter(Among("allocation", "promises"))
    return sums(standing_of_many(rows) if many else standing_sessions(rows))


def _promised(
    row: Allocation | Plain,
    day: date,
    count: Callable[[Span], Counted],
    periods: Sequence[Period],
    open_in: OpenIn,
) -> Promised:
    return promised(
        starts=row.starts,
        ends=row.ends,
        times_a_week=row.times_a_week,
        minutes=row.minutes,
        today=day,
        count=count,
        expected=partial(open_in.sums, row, periods) if periods else None,
    )


def _measure(
    row: Allocation | Plain, day: date, held: Logged, promise: Promised, periods: Sequence[Period]
) -> Delivery:
    return Delivery(
        allocation=row,
        promised=promise.minutes,
        due=promise.due_minutes,
        delivered=held.minutes,
        due_sessions=promise.due_sessions,
        held=held.held,
        missed=held.why,
        remarks=promise.remarks,
        hours=hours_on(periods, max(day, row.starts)),
        made_up=held.again,
    )
