"""Reading what a pupil was promised and what came of it."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import condition, visible
from opensenco.audit import history
from opensenco.cases.calendar import calendar_of
from opensenco.gate.rows import find
from opensenco.law.calendar.school import SchoolCalendar
from opensenco.people.models import Pupil
from opensenco.provision.models import Allocation, Session
from opensenco.provision.promise import Delivery, Logged, Promise, delivery
from opensenco.provision.states import Mark
from opensenco.support.models import Cycle, Outcome

MOST_SESSIONS = 200


@dataclass(frozen=True)
class Line:
    """One promise with what came of it; `delivery` is None for a change that has no minutes."""

    row: Allocation
    delivery: Delivery | None
    runs: bool

    @property
    def who(self) -> str:
        """Who delivers it."""
        if self.row.person is not None:
            return self.row.person.name
        return self.row.delivered_by


def allocation(actor: Actor, ref: uuid.UUID, action: Action = Action.PROVISION_VIEW) -> Allocation:
    """Give the promise of a reference that this actor may do that to.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    return find(
        actor, action, Allocation, ref,
        "pupil", "pupil__org", "person", "group", "provision", "membership", "assignment",
    )  # fmt: skip


def session(actor: Actor, ref: uuid.UUID, action: Action = Action.SESSION_LOG) -> Session:
    """Give the session of a reference that this actor may do that to.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    return find(
        actor, action, Session, ref, "pupil", "pupil__org", "group", "allocation", "logged_by"
    )


def standing_sessions(actor: Actor) -> QuerySet[Session]:
    """Give the sessions that no later row has put right."""
    later = Session.objects.filter(corrects=OuterRef("pk"))
    return visible(actor, Action.PROVISION_VIEW, Session).filter(~Exists(later))


def lines_of(actor: Actor, pupil: Pupil, day: date | None = None) -> list[Line]:
    """Give what a pupil was promised, what runs first, with what came of it by a day.

    Args:
        day: as the record stood at its end.
    """
    if day is None:
        rows = visible(actor, Action.PROVISION_VIEW, Allocation)
    else:
        rows = history.as_of(Allocation, day).filter(
            condition(actor, Action.PUPIL_HISTORY, Allocation)
        )
    found = rows.filter(pupil_id=pupil.pk, in_error_at__isnull=True).order_by("-starts", "id")
    if day is None:
        found = found.select_related("person", "group", "provision")
    lines = _lines(actor, list(found), pupil, day or actor.today)
    return sorted(lines, key=lambda line: not line.runs)


def of_plan(
    actor: Actor, cycle: Cycle, outcomes: Iterable[Outcome], day: date | None = None
) -> dict[uuid.UUID, list[Line]]:
    """Give the promises of a plan by the root of their outcome, with what came of them.

    A promise belongs to a plan where it ran in the cycle's time.
    """
    roots = {row.root for row in outcomes}
    until = cycle.closed_on or day or actor.today
    found: dict[uuid.UUID, list[Line]] = {}
    for line in lines_of(actor, cycle.pupil, day):
        row = line.row
        over_before = row.ends is not None and row.ends < cycle.started_on
        begun_after = cycle.closed_on is not None and row.starts > until
        if row.root in roots and not over_before and not begun_after:
            found.setdefault(row.root, []).append(line)
    return found


def sessions_of(actor: Actor, pupil: Pupil) -> list[Session]:
    """Give a pupil's sessions as they stand, the newest first, at most 200."""
    return list(
        standing_sessions(actor)
        .filter(pupil=pupil)
        .exclude(mark=Mark.VOID)
        .select_related("allocation", "group", "logged_by")
        .order_by("-on", "-logged_at", "-id")[:MOST_SESSIONS]
    )


def own_calendar(org_id: int, day: date) -> SchoolCalendar | None:
    """Give the calendar that the school has entered, or None where it has not."""
    calendar, remarks = calendar_of(org_id, day)
    return None if remarks else calendar


def _lines(actor: Actor, rows: Sequence[Allocation], pupil: Pupil, day: date) -> list[Line]:
    timed = [row.pk for row in rows if row.times and row.minutes]
    logged: dict[int, list[Logged]] = {}
    if timed:
        for one in standing_sessions(actor).filter(allocation__in=timed, on__lte=day):
            if one.allocation_id is not None:
                logged.setdefault(one.allocation_id, []).append(
                    Logged(one.on, one.mark, one.minutes, one.reason)
                )
    calendar = own_calendar(pupil.org_id, day) if timed else None
    return [_line(row, logged.get(row.pk, []), day, calendar) for row in rows]


def _line(
    row: Allocation, logged: list[Logged], day: date, calendar: SchoolCalendar | None
) -> Line:
    runs = row.starts <= day and (row.ends is None or row.ends >= day)
    if not row.times or not row.minutes:
        return Line(row, None, runs)
    promise = Promise(row.times, row.minutes, row.starts, row.ends)
    return Line(row, delivery(promise, logged, today=day, calendar=calendar), runs)
