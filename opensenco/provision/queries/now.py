"""What somebody who runs groups sees: whom they have today, and whether it is logged."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from itertools import groupby
from typing import Any

from django.db.models import BooleanField, Case, Q, QuerySet, When

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.questions import Among, question
from opensenco.access.registry import visible
from opensenco.kernel.clock import london_time
from opensenco.kernel.dates import Span
from opensenco.people.models import GroupStaff
from opensenco.people.policy import on_day
from opensenco.provision.models import Allocation, Session
from opensenco.provision.queries.expected import days_of_places
from opensenco.provision.queries.hours import Held, held_of, standing_slots
from opensenco.provision.queries.standing import standing_sessions
from opensenco.provision.states import Went
from opensenco.provision.timetable import Hour, OpenDays, later

#: minutes before and after an hour in which it counts as the one that is now
ABOUT = 10
LAST = time(23, 59)
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
        hour: when it is that day, where it has a timetable; None where that says another day.
        timed: whether it has a timetable.
        again: whether an earlier hour of that day is logged, so that this is another session.
    """

    pupils: tuple[Pupil, ...]
    on: date
    week: int = 0
    hour: Hour | None = None
    room: Any = None
    timed: bool = False
    again: bool = False

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
        """How long a session is: its hour, or as most of its pupils were promised."""
        if self.hour is not None:
            return self.hour.minutes
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
        """Whether it is still to be logged: expected at an hour of today; without a timetable, not
        logged today, and the week's promise is not fulfilled."""
        if self.timed:
            return not self.logged and self.hour is not None
        return not self.logged and self.week < self.times_a_week

    def due(self, now: time) -> bool:
        """Whether its hour is now, or is about to be or has just been."""
        if self.hour is None:
            return False
        return later(now, -ABOUT) <= self.hour.ends_at and self.hour.starts_at <= later(now, ABOUT)


#: how apps above name somebody for a session of today: conditions over promises for an actor
_too: list[Callable[[Actor], Q]] = []


def runs_too(condition: Callable[[Actor], Q]) -> None:
    """Say what else somebody runs today, such as where they stand in for a colleague."""
    _too.append(condition)


def given_too(actor: Actor) -> Q:
    """Give the condition of what somebody gives today in place of a colleague."""
    too = Q(pk__in=[])
    for condition in _too:
        too |= condition(actor)
    return too


def groups_now(actor: Actor) -> list[Unit]:
    """Give what this actor runs today: what is open first, the hour that is now before the others,
    then by time; then what is logged, by time and name.

    Theirs is what names them as who delivers it, what a group of theirs gets, the hours for which
    they are named, and what they give in place of a colleague; not the hours for which another is
    named. Asks five times.
    """
    staffed = GroupStaff.objects.filter(on_day(actor.today), person=actor.person)
    own = Q(person=actor.person) | Q(group__in=staffed.values("group"))
    too = given_too(actor)
    named = standing_slots(actor.today, actor.today).filter(person=actor.person).order_by()
    rows: list[Allocation] = list(
        _runs(actor, actor.today)
        .annotate(own=_whether(own), too=_whether(too))
        .filter(Q(own=True) | Q(too=True) | Q(pk__in=named.values("timetable__allocation")))
    )
    days = _sessions(actor, rows, monday(actor.today), actor.today)
    hours = hours_today(rows, actor.today)
    units = [
        one
        for together in _together(rows)
        for one in _units(together, actor.today, days, hours, actor.person)
    ]
    now = london_time(actor.at).time()
    return sorted(units, key=lambda one: _in_turn(one, now))


def _whether(condition: Q) -> Case:
    return Case(When(condition, then=True), default=False, output_field=BooleanField())


def _in_turn(one: Unit, now: time) -> tuple[Any, ...]:
    begins = one.hour.starts_at if one.hour else LAST
    return bool(one.logged), not one.open, not one.due(now), begins, one.name


def hours_today(rows: Sequence[Allocation], day: date) -> dict[int, list[Held]]:
    """Give the hours that hold of some promises on a day, by promise; of any weekday, so that what
    has a timetable and is not today is known as well. Asks three times; of weeks A and B, further.
    """
    hours = held_of(rows, day, day)
    turns: dict[int, OpenDays] = {}
    if any(one.hour.week for one in hours):
        turns = days_of_places({one.org_id for one in hours}, Span(day, day))
    found: dict[int, list[Held]] = {}
    for one in hours:
        here = found.setdefault(one.promise.pk, [])
        if not one.hour.week or turns[one.org_id].turn_of(day) == one.hour.week:
            here.append(one)
    return found


def _units(
    rows: list[Allocation],
    day: date,
    sessions: dict[int, list[Session]],
    hours: Mapping[int, list[Held]],
    person: Any,
) -> list[Unit]:
    """Give what is done together on a day: once for each hour, or as it is where it has none.

    Args:
        person: whose hours alone are given; None for everybody's.
    """
    whole = _unit(rows, day, sessions)
    if not any(row.pk in hours for row in rows):
        return [whole]
    at: dict[Hour, list[tuple[Allocation, Held]]] = {}
    for row in rows:
        for slot in hours.get(row.pk, ()):
            mine = slot.person == person if slot.person else getattr(row, "own", True)
            mine = mine or person is None or getattr(row, "too", False)
            if slot.hour.weekday == day.weekday() and mine:
                at.setdefault(slot.hour, []).append((row, slot))
    if not at:
        theirs = [row for row in rows if getattr(row, "own", True)]
        return [replace(_unit(theirs, day, sessions), timed=True)] if theirs else []
    return [_at(hour, some, day, sessions, hours, whole.week) for hour, some in sorted(at.items())]


def _at(
    hour: Hour,
    some: list[tuple[Allocation, Held]],
    day: date,
    sessions: dict[int, list[Session]],
    hours: Mapping[int, list[Held]],
    week: int,
) -> Unit:
    """Give one hour of what is done together, with the row of each pupil's session at it."""
    pupils, again = [], False
    for row, slot in sorted(some, key=lambda pair: (pair[0].pupil.sort_key, pair[0].pk)):
        of_day = [one.hour for one in hours[row.pk] if one.hour.weekday == day.weekday()]
        place = sum(one.starts_at < slot.hour.starts_at for one in of_day)
        rows = [one for one in sessions.get(row.pk, []) if one.on == day]
        last = place + 1 == len(of_day)
        # what was logged beyond the hours of a day belongs to the last of them
        found = rows[place:] if last else rows[place : place + 1]
        again = again or (bool(rows) and not found)
        pupils.append(Pupil(row, found[-1] if found else None))
    return Unit(tuple(pupils), day, week, hour, some[0][1].room, timed=True, again=again)


def unit(actor: Actor, row: Allocation, day: date, *, timed: bool = True) -> Unit:
    """Give what is done together with one promise on a day, within what the actor logs.

    Args:
        timed: with those alone who are expected at the hour that is next to be logged.
    """
    rows = _runs(actor, day)
    if row.group_id is None:
        rows = rows.filter(pk=row.pk)
    else:
        rows = rows.filter(group=row.group_id, provision=row.provision_id)
    found = list(rows) or [row]
    sessions = _sessions(actor, found, monday(day), day)
    units = _units(found, day, sessions, hours_today(found, day), None) if timed else []
    here = [one for one in units if one.hour and any(p.allocation == row for p in one.pupils)]
    fresh = [one for one in here if not one.logged]
    return (fresh or here or [_unit(found, day, sessions)])[0]


def given_as_well(actor: Actor, row: Allocation, day: date) -> list[Allocation]:
    """Give who else is promised the same on a day, in whatever group, within what one logs."""
    rows = _runs(actor, day).filter(provision=row.provision_id)
    return list(rows.order_by("pupil__sort_key", "id"))


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


@dataclass(frozen=True)
class Week:
    """What one person logged since Monday, and what of their promises that is.

    Args:
        made_up: minutes of what was delivered in sessions that say which missed one they make up.
    """

    delivered: int
    promised: int
    sessions: int
    made_up: int = 0


def week_of(actor: Actor, units: Iterable[Unit]) -> Week:
    """Give this week's minutes of what somebody runs, against the whole week's promise."""
    promises = {pupil.allocation.pk: pupil.allocation for one in units for pupil in one.pupils}
    rows = list(promises.values())
    first, last = monday(actor.today), actor.today
    found = _minutes_logged.ask(actor, first, last, promises=list(promises))
    return Week(
        delivered=sum(minutes for minutes, _batch, _again in found),
        promised=sum(row.times_a_week * row.minutes for row in rows),
        sessions=len({batch for _minutes, batch, _again in found}),
        made_up=sum(minutes for minutes, _batch, again in found if again),
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
    actor: Actor, rows: Sequence[Allocation], first: date, last: date
) -> dict[int, list[Session]]:
    found: dict[int, list[Session]] = {}
    for row in _logged.ask(actor, first, last, promises=[row.pk for row in rows]):
        found.setdefault(row.allocation_id, []).append(row)
    return found


@question
def _logged(actor: Actor, first: date, last: date) -> QuerySet[Session]:
    return _ledger(actor, first, last).select_related("person").order_by("on", "number")


@question
def _minutes_logged(
    actor: Actor, first: date, last: date
) -> QuerySet[Any, tuple[int, Any, int | None]]:
    rows = _ledger(actor, first, last).order_by()
    return rows.values_list("minutes", "batch", "makes_up")


def _ledger(actor: Actor, first: date, last: date) -> QuerySet[Session]:
    ledger = standing_sessions(visible(actor, Action.SESSION_LOG, Session)).filter(
        Among("allocation", "promises"), on__gte=first, on__lte=last
    )
    return ledger.exclude(went=Went.MISTAKE)


def _unit(rows: list[Allocation], day: date, sessions: dict[int, list[Session]]) -> Unit:
    rows = sorted(rows, key=lambda row: (row.pupil.sort_key, row.pk))
    days = {one.on for row in rows for one in sessions.get(row.pk, [])}
    return Unit(tuple(Pupil(row, _of_day(sessions.get(row.pk, []), day)) for row in rows), day,
                len(days))  # fmt: skip


def _of_day(rows: list[Session], day: date) -> Any:
    return next((row for row in reversed(rows) if row.on == day), None)
