"""The turn of one school year as it would be done now: read from the record and the decisions."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from opensenco.access.models import Organisation, Person
from opensenco.audit.history import as_of
from opensenco.kernel.refs import short
from opensenco.kernel.text import sort_key
from opensenco.law.calendar.years import AcademicYear, year_group
from opensenco.people.days import running, stays
from opensenco.people.models import Group, GroupPupil, GroupStaff, Pupil, TurnMove, YearTurn
from opensenco.people.policy import on_day
from opensenco.people.states import GroupKind
from opensenco.people.turning.moves import (
    LOWEST_OF_ALL,
    MOVING,
    ClassNow,
    Kind,
    Move,
    Own,
    Proposal,
    Rules,
    Standing,
    propose,
)

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Teach:
    """Who works with a class or group from the first day, and how.

    Args:
        span: the days that they have there already; None where it begins with the new year.
    """

    person: Person
    does: str
    subject: str
    span: GroupStaff | None = None


@dataclass
class ClassNext:
    """A class of the new year.

    Args:
        group: None where it is to be made.
        runs_on: it goes on; who comes into it makes it so, else a decision or the proposal.
        decided: somebody has said who works with it.
        ended: spans of staff that end on the eve.
    """

    name: str
    group: Group | None
    years: Counter[int | None] = field(default_factory=Counter)
    staff: list[Teach] = field(default_factory=list)
    ended: list[GroupStaff] = field(default_factory=list)
    runs_on: bool = True
    decided: bool = False

    @property
    def pupils(self) -> int:
        """How many pupils it will have."""
        return sum(self.years.values())

    @property
    def key(self) -> str:
        """What stands for it in an address: nothing of its name."""
        return short_key(self.name)


@dataclass(frozen=True)
class OtherGroup:
    """A teaching or support group, and whether it runs on."""

    group: Group
    runs_on: bool
    decided: bool
    pupils: int
    staff: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """What turning the year would do, in the order of surnames.

    Args:
        seen: changes when anything in it does: what is applied is what was seen.
    """

    turn: YearTurn
    look: date
    proposal: Proposal
    pupils: Mapping[int, Pupil]
    groups: Mapping[int, Group]
    classes: list[ClassNext]
    others: list[OtherGroup]
    places: list[GroupPupil] = field(repr=False)
    seen: str = ""

    @property
    def eve(self) -> date:
        """The last day of the old classes."""
        return self.turn.first_day - ONE_DAY

    @property
    def moves(self) -> tuple[Move, ...]:
        """Everybody's move."""
        return self.proposal.moves

    @property
    def doubtful(self) -> list[Move]:
        """Moves that somebody should look at."""
        return [one for one in self.moves if one.doubts]

    @property
    def closing(self) -> list[Group]:
        """Classes and groups that end on the eve, by name."""
        groups = [one.group for one in self.classes if one.group and not one.runs_on]
        return [*groups, *(one.group for one in self.others if not one.runs_on)]

    def of(self, *kinds: Kind) -> list[Move]:
        """Give the moves of these kinds."""
        return [one for one in self.moves if one.kind in kinds]

    def counts(self) -> dict[str, int]:
        """Count the moves by kind, and the doubtful."""
        found = Counter(one.kind.value for one in self.moves)
        return {**{kind.value: found[kind.value] for kind in Kind}, "doubt": len(self.doubtful)}


def short_key(name: str) -> str:
    """Give what stands for a class of the new year in an address."""
    return hashlib.sha256(name.casefold().encode()).hexdigest()[:12]


def plan_of(turn: YearTurn, today: date) -> Plan:
    """Work the turn out from the record as it is now; nine questions however many pupils."""
    return _Reading(turn, today).plan()


class _Reading:
    def __init__(self, turn: YearTurn, today: date) -> None:
        self.turn, self.today = turn, today
        self.eve = turn.first_day - ONE_DAY
        self.look = min(today, self.eve)
        rows = Pupil.objects.filter(stays(today), org=turn.org_id, in_error_at__isnull=True)
        self.pupils = {one.pk: one for one in rows.order_by("sort_key", "id")}
        rows_of_groups = Group.objects.filter(running(self.look), org=turn.org_id)
        self.groups = {
            one.pk: one for one in sorted(rows_of_groups, key=lambda one: sort_key(one.name))
        }
        spans = self._spans(GroupPupil.objects.filter(org=turn.org_id))
        self.places = [one for one in spans if one.pupil_id in self.pupils]
        staff = self._spans(GroupStaff.objects.filter(org=turn.org_id).select_related("person"))
        self.staff: dict[int, list[GroupStaff]] = {}
        for one in staff:
            self.staff.setdefault(one.group_id, []).append(one)

    def _spans(self, rows: Any) -> list[Any]:
        """Spans that hold on the day that is looked at, or begin with the new year or later."""
        wanted = on_day(self.look) | Q(starts__gte=self.turn.first_day)
        found = rows.filter(wanted, withdrawn=False).order_by("starts", "id")
        return [one for one in found if one.group_id in self.groups]

    def plan(self) -> Plan:
        proposal = propose(self._rules(), self._classes(), self._standing())
        classes = self._next(proposal)
        others = self._others()
        return Plan(
            self.turn, self.look, proposal, self.pupils, self.groups, classes, others, self.places,
            _digest(self.turn, proposal, classes, others),
        )  # fmt: skip

    def _rules(self) -> Rules:
        refs = {short(one.ref): pk for pk, one in self.groups.items()}
        ways = {}
        for key, name in self.turn.ways.items():
            ref, _slash, year = key.partition("/")
            if ref in refs:
                ways[refs[ref], int(year) if year else None] = name
        return Rules(self.turn.first_day, self.turn.leave_on, self.turn.highest, ways)

    def _classes(self) -> list[ClassNow]:
        return [
            ClassNow(one.pk, one.name, one.part_id)
            for one in self.groups.values()
            if one.kind == GroupKind.CLASS
        ]

    def _standing(self) -> list[Standing]:
        now, later = self._class_of()
        own = {
            one.pupil_id: Own(
                one.goes, one.year_group, one.into, one.part_id, one.leave_on, one.left_to
            )
            for one in TurnMove.objects.filter(turn=self.turn)
        }
        year, moved = AcademicYear(self.turn.starts), self._moved()
        return [
            Standing(
                pk, one.year_on(self.look), _by_age(one.birth_date, year),
                one.part_on(self.look), one.joined_on, one.left_on, now.get(pk), later.get(pk),
                own.get(pk), pk in moved,
            )
            for pk, one in self.pupils.items()
        ]  # fmt: skip

    def _moved(self) -> set[int]:
        """Pupils whose year group was given by hand since the eve, or who were entered since."""
        if self.today <= self.eve:
            return set()
        then = {one.pk: one.year_on(self.eve) for one in as_of(Pupil, self.eve)}
        return {pk for pk, one in self.pupils.items() if then.get(pk) != one.year_on(self.look)}

    def _class_of(self) -> tuple[dict[int, int], dict[int, int]]:
        now: dict[int, int] = {}
        later: dict[int, int] = {}
        for one in self.places:
            if self.groups[one.group_id].kind != GroupKind.CLASS:
                continue
            if one.starts >= self.turn.first_day:
                later.setdefault(one.pupil_id, one.group_id)
            else:
                now[one.pupil_id] = one.group_id
        return now, later

    def _next(self, proposal: Proposal) -> list[ClassNext]:
        """The classes of the new year: those that run, and those that somebody comes into."""
        found = {
            one.name.casefold(): ClassNext(one.name, one)
            for one in self.groups.values()
            if one.kind == GroupKind.CLASS
        }
        for move in proposal.moves:
            if move.into and move.kind in (*MOVING, Kind.JOINS):
                key = move.into.casefold()
                found.setdefault(key, ClassNext(move.into, None)).years[move.after] += 1
        people = self._people()
        for one in found.values():
            one.runs_on = bool(one.years) or self._goes_on(one.group, proposal)
            self._staff_of(one, people)
        return sorted(found.values(), key=lambda one: sort_key(one.name))

    def _goes_on(self, group: Group | None, proposal: Proposal) -> bool:
        """Whether a class goes on into which nobody comes yet: that of the youngest does."""
        if group is None:
            return False
        said = self.turn.runs_on.get(short(group.ref))
        if said is not None:
            return bool(said)
        years = [one.before for one in proposal.moves if one.before is not None]
        own = Counter(one.before for one in proposal.moves if one.now == group.pk)
        return not own or (bool(years) and own.most_common(1)[0][0] == min(years))

    def _people(self) -> dict[str, Person]:
        refs = {each[0] for rows in self.turn.teachers.values() for each in rows}
        return {str(one.ref): one for one in Person.objects.filter(ref__in=refs)}

    def _staff_of(self, one: ClassNext, people: Mapping[str, Person]) -> None:
        first = self.turn.first_day
        spans = self.staff.get(one.group.pk, []) if one.group else []
        going = [span for span in spans if span.ends is None or span.ends >= first]
        said = self.turn.teachers.get(short_key(one.name))
        one.decided = said is not None
        if said is None:
            one.staff = [Teach(span.person, span.does, span.subject, span) for span in going]
            return
        have = {(str(span.person.ref), span.does, span.subject): span for span in going}
        for ref, does, subject in said:
            if ref in people:
                span = have.pop((ref, does, subject), None)
                one.staff.append(Teach(people[ref], does, subject, span))
        one.ended = list(have.values())

    def _others(self) -> list[OtherGroup]:
        inside: Counter[int] = Counter(one.group_id for one in self.places)
        found = []
        for one in self.groups.values():
            if one.kind == GroupKind.CLASS:
                continue
            said = self.turn.runs_on.get(short(one.ref))
            runs_on = one.kind == GroupKind.SUPPORT if said is None else bool(said)
            staff = (span.person.name for span in self.staff.get(one.pk, ()))
            names, pupils = tuple(dict.fromkeys(staff)), inside[one.pk]
            found.append(OtherGroup(one, runs_on, said is not None, pupils, names))
        return found


def _digest(
    turn: YearTurn, proposal: Proposal, classes: Iterable[ClassNext], others: Iterable[OtherGroup]
) -> str:
    told = [
        [str(turn.first_day), str(turn.leave_on), turn.highest],
        [
            [one.pupil, one.kind, one.before, one.after, one.now, one.into, one.part,
             str(one.leave_on), one.left_to]
            for one in proposal.moves
        ],
        [
            [one.name, one.runs_on, [span.pk for span in one.ended],
             [[each.person.pk, each.does, each.subject] for each in one.staff]]
            for one in classes
        ],
        [[one.group.pk, one.runs_on] for one in others],
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:32]


def _by_age(born: date, year: AcademicYear) -> int:
    """The year group by age alone; of a child too young for any, the lowest there is."""
    return max(year_group(born=min(born, date(year.starts, 8, 31)), year=year), LOWEST_OF_ALL)


def default_highest(org: Organisation, today: date) -> int | None:
    """Give the highest year group in which a setting has several pupils, as a first proposal."""
    rows = Pupil.objects.filter(stays(today), org=org, in_error_at__isnull=True)
    years: Counter[int] = Counter()
    for one in rows:
        year = one.year_on(today)
        if year is not None:
            years[year] += 1
    several = [year for year, count in years.items() if count > 1] or list(years)
    return max(several, default=None)
