"""What whoever runs groups needs in the hand: what to log now, who is in it, what was logged."""

import uuid
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import visible
from opensenco.gate.rows import find
from opensenco.kernel.text import sort_key
from opensenco.people.models import Group, GroupPupil, GroupStaff, Pupil
from opensenco.people.policy import on_day
from opensenco.people.states import GroupKind
from opensenco.provision.models import Allocation, Session
from opensenco.provision.promise import WEEK
from opensenco.provision.queries.promises import allocation, standing_sessions
from opensenco.provision.states import COUNTS, Mark

USUAL_MINUTES = 20


@dataclass(frozen=True)
class GroupNow:
    """A group this person runs: who is in it, how often it is promised, how often it was logged.

    Args:
        times: promised a week, 0 where nothing says.
        this_week: how many sessions of it this week have been logged.
        today: how many of them today.
    """

    group: Group
    pupils: list[Pupil]
    times: int
    minutes: int
    this_week: int
    today: int

    @property
    def left(self) -> int:
        """How many sessions of this week are still to be logged."""
        return max(0, self.times - self.this_week)


@dataclass(frozen=True)
class OneNow:
    """A promise to one pupil that this person delivers."""

    allocation: Allocation
    this_week: int
    today: int

    @property
    def minutes(self) -> int:
        """How long a session usually takes."""
        return self.allocation.minutes or USUAL_MINUTES

    @property
    def left(self) -> int:
        """How many sessions of this week are still to be logged."""
        return max(0, (self.allocation.times or 0) - self.this_week)


@dataclass(frozen=True)
class Now:
    """What there is to log today: what waits first, and what has been logged today apart."""

    groups: list[GroupNow]
    ones: list[OneNow]

    @property
    def waiting(self) -> list[GroupNow | OneNow]:
        """What has not been logged today, the most behind first."""
        rows: list[GroupNow | OneNow] = [*self.groups, *self.ones]
        return sorted((row for row in rows if not row.today), key=lambda row: -row.left)

    @property
    def logged(self) -> list[GroupNow | OneNow]:
        """What has been logged today."""
        rows: list[GroupNow | OneNow] = [*self.groups, *self.ones]
        return [row for row in rows if row.today]


@dataclass(frozen=True)
class Sheet:
    """One session to log: who is in it and how long it usually takes."""

    title: str
    pupils: list[Pupil]
    minutes: int
    logged_today: list[Session]


@dataclass(frozen=True)
class GroupSheet(Sheet):
    """A group's session."""

    group: Group


@dataclass(frozen=True)
class Week:
    """This person's week so far: minutes logged and promised for what they run."""

    delivered: int
    due: int
    promised: int
    sessions: int


@dataclass(frozen=True)
class Counts:
    """Sessions logged this week and today, by ("group", id) or ("promise", id)."""

    week: Counter[tuple[str, int]]
    today: Counter[tuple[str, int]]


def monday(day: date) -> date:
    """Give the Monday of a week."""
    return day - timedelta(days=day.weekday())


def groups_now(actor: Actor) -> Now:
    """Give what this person can log today: groups they run, and pupils they see one to one."""
    staff = GroupStaff.objects.filter(on_day(actor.today), person=actor.person).values("group")
    promises = list(
        _running(actor, actor.today)
        .filter(Q(group__in=staff) | Q(person=actor.person, group=None))
        .select_related("pupil", "provision")
        .order_by("pupil__sort_key", "id")
    )
    promised = {row.group_id for row in promises if row.group_id}
    groups = list(
        visible(actor, Action.SESSION_LOG, Group)
        .filter(Q(kind=GroupKind.SUPPORT) | Q(pk__in=promised), pk__in=staff, ended_on=None)
        .order_by("id")
    )
    inside = _members(actor, [group.pk for group in groups], actor.today)
    counts = _logged_this_week(actor, promises, groups)
    return Now(
        sorted(
            (_group_now(group, inside, promises, counts) for group in groups),
            key=lambda one: sort_key(one.group.name),
        ),
        [_one_now(row, counts) for row in promises if row.group_id is None and row.times],
    )


def group_sheet(actor: Actor, ref: uuid.UUID, on: date) -> GroupSheet:
    """Give a group's session of a day to log: everybody in it whom this person supports.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    group = find(actor, Action.SESSION_LOG, Group, ref)
    own = list(_running(actor, on).filter(group=group).select_related("pupil").order_by("id"))
    inside = _members(actor, [group.pk], on).get(group.pk, [])
    logged = standing_sessions(actor).filter(group=group, on=on).exclude(mark=Mark.VOID)
    return GroupSheet(
        title=group.name,
        pupils=_roster(inside, own),
        minutes=_usual_minutes(own),
        logged_today=_by_pupil(logged),
        group=group,
    )


def one_sheet(actor: Actor, ref: uuid.UUID, on: date) -> tuple[Allocation, Sheet]:
    """Give a promise to one pupil with its session of a day to log.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    row = allocation(actor, ref, Action.SESSION_LOG)
    logged = standing_sessions(actor).filter(allocation=row, on=on).exclude(mark=Mark.VOID)
    sheet = Sheet(row.what, [row.pupil], row.minutes or USUAL_MINUTES, _by_pupil(logged))
    return row, sheet


def batch(actor: Actor, one: Session) -> list[Session]:
    """Give all rows of a session as they stand now, one a pupil, by surname."""
    return _by_pupil(standing_sessions(actor).filter(together=one.together))


def week_so_far(actor: Actor, now: Now) -> Week:
    """Give how much of this week's own sessions has been logged, and how much is due by today."""
    days = min(actor.today.weekday() + 1, WEEK)
    mine = [(one.times, one.minutes, one.this_week) for one in now.groups]
    mine += [(one.allocation.times or 0, one.minutes, one.this_week) for one in now.ones]
    return Week(
        delivered=sum(minutes * logged for _times, minutes, logged in mine),
        due=sum(times * days // WEEK * minutes for times, minutes, _logged in mine),
        promised=sum(times * minutes for times, minutes, _logged in mine),
        sessions=sum(logged for _times, _minutes, logged in mine),
    )


def _group_now(
    group: Group, inside: dict[int, list[Pupil]], promises: list[Allocation], counts: Counts
) -> GroupNow:
    own = [row for row in promises if row.group_id == group.pk]
    return GroupNow(
        group=group,
        pupils=_roster(inside.get(group.pk, []), own),
        times=max((row.times or 0 for row in own), default=0),
        minutes=_usual_minutes(own),
        this_week=counts.week["group", group.pk],
        today=counts.today["group", group.pk],
    )


def _one_now(row: Allocation, counts: Counts) -> OneNow:
    key = "promise", row.pk
    return OneNow(row, counts.week[key], counts.today[key])


def _running(actor: Actor, day: date) -> QuerySet[Allocation]:
    return visible(actor, Action.SESSION_LOG, Allocation).filter(
        on_day(day), in_error_at__isnull=True
    )


def _members(actor: Actor, groups: list[int], day: date) -> dict[int, list[Pupil]]:
    """Give who is in each group on a day, of those whom this actor supports."""
    reached = visible(actor, Action.SESSION_LOG, Pupil).values("pk")
    found: dict[int, list[Pupil]] = {}
    for row in GroupPupil.objects.filter(
        on_day(day), group__in=groups, pupil__in=reached
    ).select_related("pupil"):
        found.setdefault(row.group_id, []).append(row.pupil)
    return found


def _roster(inside: list[Pupil], promises: list[Allocation]) -> list[Pupil]:
    everybody = {pupil.pk: pupil for pupil in inside}
    everybody |= {row.pupil_id: row.pupil for row in promises}
    return sorted(everybody.values(), key=lambda pupil: (pupil.sort_key, pupil.pk))


def _usual_minutes(promises: list[Allocation]) -> int:
    given = Counter(row.minutes for row in promises if row.minutes)
    return given.most_common(1)[0][0] if given else USUAL_MINUTES


def _logged_this_week(actor: Actor, promises: list[Allocation], groups: list[Group]) -> Counts:
    """Count sessions since Monday, each once however many pupils were in it."""
    rows = (
        standing_sessions(actor)
        .filter(Q(group__in=groups) | Q(allocation__in=promises))
        .filter(on__gte=monday(actor.today), on__lte=actor.today, mark__in=COUNTS)
        .values_list("group", "allocation", "together", "on")
    )
    once = {
        (("group", group) if group else ("promise", promise), together, on)
        for group, promise, together, on in rows
    }
    return Counts(
        week=Counter(key for key, _together, _on in once),
        today=Counter(key for key, _together, on in once if on == actor.today),
    )


def _by_pupil(rows: QuerySet[Session]) -> list[Session]:
    return list(
        rows.select_related("pupil", "pupil__org", "logged_by", "group", "allocation").order_by(
            "pupil__sort_key", "id"
        )
    )
