"""Sessions as those who log them open one: its rows, what they took the place of, who gave it."""

import uuid
from collections.abc import Callable, Sequence
from datetime import date

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Person
from opensenco.access.registry import visible
from opensenco.gate.rows import find
from opensenco.people.models import GroupStaff
from opensenco.people.policy import on_day
from opensenco.people.states import StaffPart
from opensenco.provision.models import Allocation, Session
from opensenco.provision.queries.hours import standing_slots
from opensenco.provision.queries.now import Unit
from opensenco.provision.queries.standing import standing_sessions

#: how apps above name who gives some promises on a day in place of others
_instead: list[Callable[[Sequence[Allocation], date], list[Person]]] = []


def gives_instead(found: Callable[[Sequence[Allocation], date], list[Person]]) -> None:
    """Say who else gives promises on a day, such as who stands in for a colleague."""
    _instead.append(found)


def givers(rows: Sequence[Allocation], day: date) -> list[Person]:
    """Give who gives these promises on a day: who stands in, is named for an hour of that day or
    for the promise, or else runs the group.
    """
    here = [row.pk for row in rows]
    named = [person for found in _instead for person in found(rows, day)]
    hours = standing_slots(day, day).filter(weekday=day.weekday(), person__isnull=False)
    named += [one.person for one in hours.filter(timetable__allocation__in=here)]
    named += [row.person for row in rows if row.person]
    groups = {row.group_id for row in rows if row.group_id and not row.person}
    if groups:
        staff = GroupStaff.objects.filter(on_day(day), group__in=groups, does=StaffPart.RUNS)
        named += [one.person for one in staff.select_related("person").order_by("starts", "id")]
    return list(dict.fromkeys(named))


def batch_of(actor: Actor, ref: uuid.UUID) -> list[Session]:
    """Give the rows that stand of the session that one row belongs to, by register name.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    row = find(actor, Action.SESSION_LOG, Session, ref, "allocation")
    rows = standing_sessions(visible(actor, Action.SESSION_LOG, Session)).filter(batch=row.batch)
    return list(
        rows.select_related(
            "person", "gave", "makes_up", "pupil__org", "allocation__provision",
            "allocation__group", "allocation__pupil", "allocation__person",
        ).order_by("pupil__sort_key", "id")
    )  # fmt: skip


def before_put_right(actor: Actor, rows: Sequence[Session]) -> list[Session]:
    """Give the rows of a session that others have taken the place of, the newest first."""
    old = visible(actor, Action.SESSION_LOG, Session).filter(batch=rows[0].batch)
    old = old.exclude(pk__in=[row.pk for row in rows])
    return list(old.select_related("person", "gave", "pupil").order_by("-at", "-id"))


def session(actor: Actor, ref: uuid.UUID) -> Session:
    """Give the row of one pupil's part in a session that this actor logs.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    return find(
        actor, Action.SESSION_LOG, Session, ref, "pupil__org", "allocation__pupil__org",
        "allocation__provision", "allocation__outcome", "allocation__group",
    )  # fmt: skip


def logged_by(one: Unit) -> list[str]:
    """Give who logged the day's session, each once, as they are said."""
    return list(dict.fromkeys(row.person.name for row in one.logged))
