"""One day: who is away, which sessions lose their adult, what can be done, what is arranged."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from functools import cached_property
from typing import Any

from django.db.models import Count, QuerySet

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation, Person
from opensenco.access.questions import Among, question
from opensenco.access.reach import Reach
from opensenco.access.registry import visible
from opensenco.access.roles import BY_CODE
from opensenco.cases.calendar import Closed, closed_on, own_calendar
from opensenco.kernel.clock import london_time
from opensenco.law.calendar.years import AcademicYear
from opensenco.people.models import GroupPupil, GroupStaff
from opensenco.people.policy import on_day
from opensenco.people.states import StaffPart
from opensenco.provision.ledger import Spell, span_of
from opensenco.provision.models import Session
from opensenco.provision.queries.standing import standing_sessions
from opensenco.provision.states import Went
from opensenco.staffing.models import Absence, StandIn
from opensenco.staffing.queries.hours import contracts_of
from opensenco.staffing.queries.owed import owed_of
from opensenco.staffing.queries.roster import SUPPORTS, staff_here
from opensenco.staffing.queries.sessions import Planned, planned_beyond, planned_on
from opensenco.staffing.states import Does
from opensenco.staffing.swaps import (
    Adult,
    Harm,
    Need,
    Solution,
    Step,
    Times,
    choices,
    negative,
    solutions,
)
from opensenco.support.queries.pupils import codes_of
from opensenco.support.states import Status

DAY_BEGINS, DAY_ENDS = time(0), time(23, 59)


@dataclass(frozen=True)
class Lost:
    """One session that loses its adult.

    Args:
        over: it was to take place before now.
    """

    session: Planned
    absence: Absence
    need: Need
    over: bool = False


@dataclass(frozen=True)
class Settled:
    """What was arranged for one session; `rows` are of its pupils."""

    rows: tuple[StandIn, ...]

    @property
    def first(self) -> StandIn:
        """The row by which it is addressed."""
        return self.rows[0]

    @property
    def names(self) -> str:
        """The first names of its pupils."""
        return ", ".join(str(row.pupil.said) for row in self.rows)


@dataclass(frozen=True)
class Board:
    """All of one day.

    Args:
        closed: the school is closed then. absences: who is away, those who came after all last.
        lost: sessions that lose their adult and of which nothing is arranged, worst loss first.
        adults: who can stand in, by their key. here: the same as people.
        teachers: who teaches each pupil, for whom to tell.
    """

    day: date
    closed: Closed | None
    absences: list[Absence] = field(default_factory=list)
    lost: list[Lost] = field(default_factory=list)
    settled: list[Settled] = field(default_factory=list)
    adults: dict[int, Adult] = field(default_factory=dict)
    here: dict[int, Person] = field(default_factory=dict)
    sessions: dict[Any, Planned] = field(default_factory=dict)
    teachers: dict[int, set[int]] = field(default_factory=dict)

    @cached_property
    def solutions(self) -> list[Solution]:
        """What can be done about all of it, least harm first."""
        needs = [one.need for one in self.lost if not one.over]
        return solutions(needs, list(self.adults.values()))

    def choices(self, lost: Lost) -> list[Step]:
        """Give what can be done about one session, least harm first."""
        if lost.over:
            return [Step(lost.need)]
        return choices(lost.need, list(self.adults.values()))

    def lost_of(self, address: str) -> Lost | None:
        """Give the lost session of an address."""
        return next((one for one in self.lost if one.session.address == address), None)

    def told(self, steps: Iterable[Step], actor: Actor) -> int:
        """Count the people who would be told of some steps."""
        people: set[int] = set()
        for step in steps:
            if step.adult is not None:
                people.add(step.adult)
            for need in step.lost:
                for promise in self.sessions[need.key].promises:
                    people |= self.teachers.get(promise.pupil_id, set())
        return len(people - {actor.person.pk})


def board(actor: Actor, org: Organisation, day: date) -> Board:
    """Give one day. Its questions do not grow with pupils, adults or sessions."""
    closed = closed_on({org.pk}, day)
    rows = visible(actor, Action.COVER_ARRANGE, Absence).filter(org=org, on=day)
    absences = list(rows.select_related("who", "org", "by").order_by("id"))
    absences.sort(key=lambda row: (row.back_at is not None, row.who.last_name, row.pk))
    if closed is not None:
        return Board(day, closed, absences)
    sessions = planned_on(actor, org, day)
    arranged = _arranged(actor, org, day)
    lost = _lost(actor, absences, sessions, arranged)
    members = _who_can(actor, org, day)
    needs = _needs(actor, org, day, sessions, [one.session for one in lost])
    filled = [Lost(one.session, one.absence, needs[one.session.address], one.over) for one in lost]
    filled.sort(key=lambda one: _worst_first(one.need))
    busy = _busy_elsewhere(actor, org, day) if lost else {}
    return Board(
        day, None, absences, filled, arranged,
        {pk: _adult(pk, absences, sessions, needs, (arranged, busy)) for pk in members},
        members, {one.address: one for one in sessions}, _teachers(sessions, day) if lost else {},
    )  # fmt: skip


def _lost(
    actor: Actor, absences: Sequence[Absence], sessions: Iterable[Planned], known: list[Settled]
) -> list[Lost]:
    """Give the sessions of who is away, less what is arranged and what is logged already."""
    settled = {(row.allocation_id, row.starts_at) for one in known for row in one.rows}
    found = []
    for session in sessions:
        starts = session.hour.starts_at if session.hour else None
        away = next((row for row in absences if _misses(row, session)), None)
        if away is not None and (session.promises[0].pk, starts) not in settled:
            over = _is_over(actor, away, session)
            found.append(Lost(session, away, Need(session.address, None, None, Harm()), over))
    promises = [row.pk for one in found for row in one.session.promises]
    if not promises:
        return []
    day = found[0].absence.on
    logged = set(
        standing_sessions(Session.objects.filter(allocation__in=promises, on=day))
        .exclude(went=Went.MISTAKE)
        .values_list("allocation_id", flat=True)
    )
    return [one for one in found if not {row.pk for row in one.session.promises} <= logged]


def _misses(absence: Absence, session: Planned) -> bool:
    if absence.back_at is not None or session.person != absence.who:
        return False
    if session.hour is None:
        # what has no hour can still be given in the other part of the day
        return absence.from_at is None and absence.until_at is None
    first, last = _times(absence)
    return session.hour.starts_at < last and first < session.hour.ends_at


def _times(absence: Absence) -> Times:
    return absence.from_at or DAY_BEGINS, absence.until_at or DAY_ENDS


def _is_over(actor: Actor, absence: Absence, session: Planned) -> bool:
    if absence.on != actor.today or session.hour is None:
        return absence.on < actor.today
    return session.hour.ends_at <= london_time(actor.at).time()


def _needs(
    actor: Actor,
    org: Organisation,
    day: date,
    sessions: Sequence[Planned],
    lost: Sequence[Planned],
) -> dict[str, Need]:
    """Give what the loss of each session would be; who knows its pupils, of those that are lost."""
    owed = owed_of(actor, [row for one in sessions for row in one.promises])
    codes = codes_of(actor, {row.pupil_id for one in sessions for row in one.promises})
    promises = [row.pk for one in sessions for row in one.promises]
    missed: dict[int, int] = defaultdict(int)
    knows: dict[int, set[int]] = defaultdict(set)
    if lost:
        term = span_of(Spell.TERM, day, own_calendar(org.pk, AcademicYear.of(day).span))
        for promise, went, person, times in _came_of.ask(term.first, day, promises=promises):
            if went == Went.NOT_HELD:
                missed[promise] += times
            else:
                knows[promise].add(person)
    return {one.address: _need(one, owed, codes, missed, knows) for one in sessions}


@question
def _came_of(first: date, last: date) -> QuerySet[Any, Any]:
    """Who gave the sessions of promises, and how many were not held: grouped, they are many."""
    rows = standing_sessions(Session.objects.filter(Among("allocation", "promises")))
    rows = rows.filter(on__gte=first, on__lte=last, went__in=(Went.NOT_HELD, Went.DELIVERED))
    grouped = rows.order_by().values("allocation_id", "went", "person_id")
    named = grouped.annotate(times=Count("pk"))
    return named.values_list("allocation_id", "went", "person_id", "times")


def _need(
    one: Planned,
    owed: Collection[int],
    codes: dict[int, str],
    missed: dict[int, int],
    knows: dict[int, set[int]],
) -> Need:
    plans = sum(codes.get(row.pupil_id) == Status.EHC_PLAN.value for row in one.promises)
    harm = Harm(
        owed=sum(row.pk in owed for row in one.promises),
        plans=plans,
        missed=max(missed[row.pk] for row in one.promises),
        children=len(one.promises),
        minutes=len(one.promises) * one.minutes,
    )
    known = frozenset(person for row in one.promises for person in knows[row.pk])
    times = (one.hour.starts_at, one.hour.ends_at) if one.hour else None
    return Need(one.address, one.person.pk if one.person else None, times, harm, known)


def _who_can(actor: Actor, org: Organisation, day: date) -> dict[int, Person]:
    """Give who can stand in: those who give support, and log sessions."""
    contracts = contracts_of(actor, org)
    found: dict[int, Person] = {}
    for row in staff_here(actor, org).order_by("person__last_name", "person__first_name", "id"):
        contract = contracts.on(row.person_id, day)
        supports = contract is not None and contract.does == Does.SUPPORTS
        if Action.SESSION_LOG in BY_CODE[row.role].grants and (row.role in SUPPORTS or supports):
            found[row.person_id] = row.person
    return found


def _adult(
    pk: int,
    absences: Iterable[Absence],
    sessions: Iterable[Planned],
    needs: dict[str, Need],
    taken: tuple[Iterable[Settled], Mapping[int, list[Times]]],
) -> Adult:
    arranged, busy = taken
    firsts = [one.first for one in arranged]
    away = [_times(row) for row in absences if row.who_id == pk and row.back_at is None]
    away += busy.get(pk, [])
    away += [
        (row.starts_at, row.ends_at)
        for row in firsts
        if row.person_id == pk and row.starts_at and row.ends_at
    ]
    # what somebody was moved from is theirs no more
    gone = {(row.allocation_id, row.starts_at) for row in firsts if row.reason}
    gives = [
        needs[one.address]
        for one in sessions
        if one.person and one.person.pk == pk and one.hour
        and (one.promises[0].pk, one.hour.starts_at) not in gone
    ]  # fmt: skip
    return Adult(pk, tuple(away), tuple(gives))


def _busy_elsewhere(actor: Actor, org: Organisation, day: date) -> dict[int, list[Times]]:
    """Give when adults are with pupils whom this actor does not reach, who lead a part of a school:
    nobody is taken from these. When is all that they learn of it.
    """
    found: dict[int, list[Times]] = defaultdict(list)
    for one in planned_beyond(actor, org, day):
        if one.person and one.hour and one.hour.weekday == day.weekday():
            found[one.person.pk].append((one.hour.starts_at, one.hour.ends_at))
    if actor.hat.reach(Action.COVER_ARRANGE) is not Reach.ALL:
        rows = StandIn.objects.filter(
            org=org, on=day, taken_back_at__isnull=True, person__isnull=False
        )
        for person, starts, ends in rows.values_list("person_id", "starts_at", "ends_at"):
            if starts and ends:
                found[person].append((starts, ends))
    return found


def _arranged(actor: Actor, org: Organisation, day: date) -> list[Settled]:
    rows = visible(actor, Action.COVER_ARRANGE, StandIn).filter(
        org=org, on=day, taken_back_at__isnull=True
    )
    together: dict[Any, list[StandIn]] = defaultdict(list)
    related = ("pupil", "person", "absence__who", "allocation__provision", "allocation__group")
    for row in rows.select_related(*related).order_by("starts_at", "pupil__sort_key", "id"):
        together[row.together].append(row)
    return [Settled(tuple(rows)) for rows in together.values()]


def _teachers(sessions: Iterable[Planned], day: date) -> dict[int, set[int]]:
    """Give who teaches each pupil that day, by the pupil's key."""
    pupils = {row.pupil_id for one in sessions for row in one.promises}
    inside = GroupPupil.objects.filter(on_day(day), pupil__in=pupils)
    groups: dict[int, set[int]] = defaultdict(set)
    for group, pupil in inside.values_list("group_id", "pupil_id"):
        groups[group].add(pupil)
    found: dict[int, set[int]] = defaultdict(set)
    staff = GroupStaff.objects.filter(on_day(day), group__in=groups, does=StaffPart.TEACHES)
    for group, person in staff.values_list("group_id", "person_id"):
        for pupil in groups[group]:
            found[pupil].add(person)
    return found


def _worst_first(need: Need) -> tuple[Any, ...]:
    harm = need.harm
    at = need.times or (DAY_ENDS, DAY_ENDS)
    return (*negative(harm), at)
