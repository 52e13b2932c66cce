"""What somebody who runs groups sees: whom they have today, and whether it is logged."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.db.models import Q, QuerySet

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Person
from opensenco.access.registry import visible
from opensenco.gate.rows import find
from opensenco.people.models import GroupStaff
from opensenco.people.policy import on_day
from opensenco.people.states import StaffPart
from opensenco.provision.models import Allocation, Session
from opensenco.provision.queries.delivered import standing_sessions
from opensenco.provision.states import Went

RELATED = ("provision", "group", "person", "pupil")


@dataclass(frozen=True)
class Pupil:
    """One pupil of a unit: what was promised, and the day's row where there is one."""

    allocation: Allocation
    session: Session | None = None

    @property
    def name(self) -> str:
        """The first name as the child uses it."""
        return str(self.allocation.pupil.said)

    @property
    def last_name(self) -> str:
        """The surname, in small beside it."""
        return str(self.allocation.pupil.last_name)


@dataclass(frozen=True)
class Unit:
    """What is done together: one provision for the pupils of one group, or for one pupil alone.

    Args:
        pupils: in the order of the register.
        week: on how many days of this week it is logged.
    """

    pupils: tuple[Pupil, ...]
    on: date
    week: int = 0

    @property
    def first(self) -> Allocation:
        """The promise by which the unit is addressed."""
        return self.pupils[0].allocation

    @property
    def name(self) -> str:
        """What it is called: the group, or the provision and the pupil."""
        if self.first.group is None:
            return str(self.first.provision.name)
        group, what = self.first.group.name, self.first.provision.name
        return group if group.casefold() == what.casefold() else f"{group}: {what}"

    @property
    def names(self) -> str:
        """The first names of its pupils."""
        return ", ".join(pupil.name for pupil in self.pupils)

    @property
    def minutes(self) -> int:
        """How long a session is, as most of its pupils were promised."""
        lengths = [pupil.allocation.minutes for pupil in self.pupils]
        return max(sorted(set(lengths)), key=lengths.count)

    @property
    def times_a_week(self) -> int:
        """How often it is promised, at the most."""
        return max(pupil.allocation.times_a_week for pupil in self.pupils)

    @property
    def logged(self) -> list[Session]:
        """The rows of the day, one for each pupil who has one."""
        return [pupil.session for pupil in self.pupils if pupil.session is not None]

    @property
    def open(self) -> bool:
        """Whether it is still to be logged: not today, and the week's promise is not fulfilled."""
        return not self.logged and self.week < self.times_a_week


def groups_now(actor: Actor) -> list[Unit]:
    """Give what this actor runs today: what is open first, then what is logged, by name.

    Theirs is what names them as who delivers it and what a group of theirs gets. Asks twice.
    """
    staffed = GroupStaff.objects.filter(on_day(actor.today), person=actor.person)
    mine = _runs(actor, actor.today).filter(
        Q(person=actor.person) | Q(group__in=staffed.values("group"))
    )
    rows = list(mine)
    days = _sessions(actor, rows, monday(actor.today), actor.today)
    units = [_unit(together, actor.today, days) for together in _together(rows)]
    return sorted(units, key=lambda one: (bool(one.logged), not one.open, one.name))


def unit(actor: Actor, row: Allocation, day: date) -> Unit:
    """Give what is done together with one promise on a day, within what the actor logs."""
    rows = _runs(actor, day)
    if row.group_id is None:
        rows = rows.filter(pk=row.pk)
    else:
        rows = rows.filter(group=row.group_id, provision=row.provision_id)
    found = list(rows) or [row]
    return _unit(found, day, _sessions(actor, found, monday(day), day))


def unit_since(actor: Actor, row: Allocation, first: date, last: date) -> Unit:
    """Give what was done together with one promise on some day of a stretch, whoever has left or
    joined since: a session of an earlier day is logged for those who had it then.
    """
    rows = _promised(actor).filter(starts__lte=last).exclude(ends__lt=first)
    if row.group_id is None:
        rows = rows.filter(pk=row.pk)
    else:
        rows = rows.filter(group=row.group_id, provision=row.provision_id)
    found = list(rows) or [row]
    return _unit(found, last, _sessions(actor, found, monday(last), last))


def givers(rows: Iterable[Allocation], day: date) -> list[Person]:
    """Give who gives these promises: who is named for them, or else runs their group on a day."""
    rows = list(rows)
    named = [row.person for row in rows if row.person]
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
        actor, Action.SESSION_LOG, Session, ref, "pupil__org", "allocation__provision",
        "allocation__outcome", "allocation__group",
    )  # fmt: skip


def logged_by(one: Unit) -> list[str]:
    """Give who logged the day's session, each once, as they are said."""
    return list(dict.fromkeys(row.person.name for row in one.logged))


@dataclass(frozen=True)
class Week:
    """What one person logged since Monday, and what of their promises that is."""

    delivered: int
    promised: int
    sessions: int


def week_of(actor: Actor, units: Iterable[Unit]) -> Week:
    """Give this week's minutes of what somebody runs, against the whole week's promise."""
    units = list(units)
    rows = [pupil.allocation for one in units for pupil in one.pupils]
    found = _sessions(actor, rows, monday(actor.today), actor.today)
    flat = [row for of_one in found.values() for row in of_one]
    return Week(
        delivered=sum(row.minutes for row in flat),
        promised=sum(row.times_a_week * row.minutes for row in rows),
        sessions=len({row.batch for row in flat}),
    )


def monday(day: date) -> date:
    """Give the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def _runs(actor: Actor, day: date) -> QuerySet[Allocation]:
    return _promised(actor).filter(on_day(day))


def _promised(actor: Actor) -> QuerySet[Allocation]:
    return (
        visible(actor, Action.SESSION_LOG, Allocation)
        .filter(in_error_at__isnull=True)
        .select_related(*RELATED)
        .order_by("group_id", "provision_id", "pupil__sort_key", "id")
    )


def _together(rows: Iterable[Allocation]) -> list[list[Allocation]]:
    """Cut promises into what is done together."""

    def key(row: Allocation) -> tuple[int, int, int]:
        return (row.group_id or 0, row.provision_id, 0 if row.group_id else row.pk)

    return [list(part) for _key, part in groupby(sorted(rows, key=key), key)]


def _sessions(
    actor: Actor, rows: list[Allocation], first: date, last: date
) -> dict[int, list[Session]]:
    ledger = standing_sessions(visible(actor, Action.SESSION_LOG, Session)).filter(
        allocation__in=[row.pk for row in rows], on__gte=first, on__lte=last
    )
    found: dict[int, list[Session]] = {}
    for row in ledger.exclude(went=Went.MISTAKE).select_related("person").order_by("on", "number"):
        found.setdefault(row.allocation_id, []).append(row)
    return found


def _unit(rows: list[Allocation], day: date, sessions: dict[int, list[Session]]) -> Unit:
    rows = sorted(rows, key=lambda row: (row.pupil.sort_key, row.pk))
    days = {one.on for row in rows for one in sessions.get(row.pk, [])}
    return Unit(tuple(Pupil(row, _of_day(sessions.get(row.pk, []), day)) for row in rows), day,
                len(days))  # fmt: skip


def _of_day(rows: list[Session], day: date) -> Any:
    return next((row for row in reversed(rows) if row.on == day), None)
