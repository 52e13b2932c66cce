"""What the school census would say of every pupil on roll, and what is wrong with it (IDN-09)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Any

from django.db.models import QuerySet

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.access.questions import question
from opensenco.access.registry import visible
from opensenco.cases.census_days import published_days
from opensenco.law.calendar.years import AcademicYear
from opensenco.law.checks.census import CensusPupil, check
from opensenco.law.checks.census_changes import Difference, Entry, Item, differences
from opensenco.law.checks.finding import Finding, Severity
from opensenco.law.checks.needs import RankedNeed
from opensenco.law.codes.sen import NO_SPECIALIST_ASSESSMENT
from opensenco.law.due import Due
from opensenco.law.timetables.census_days import CensusFacts, Collection, timetable
from opensenco.people.days import on_roll
from opensenco.people.models import Pupil
from opensenco.people.policy import in_an_earlier_stay
from opensenco.people.queries import attach_classes
from opensenco.support.models import Need
from opensenco.support.queries.choosing import statuses
from opensenco.support.queries.pupils import HeldStatus, NeedLine
from opensenco.support.states import Status


@dataclass(frozen=True)
class Census:
    """One collection of the school census: which, its day, and the day of the one before.

    Args:
        due: its date as the law gives it, with its reasons.
    """

    collection: Collection
    day: date
    before: date
    due: Due

    @property
    def collects_needs(self) -> bool:
        """Whether types of need and places are collected."""
        return self.collection is Collection.SPRING


@dataclass(frozen=True)
class CensusLine:
    """One pupil on roll as the census would have them.

    Args:
        status: E, K or N; N where no status is recorded. since: None where none is recorded.
        found: what is wrong, errors first.
        changed: what differs from the census before; of pupils without SEN then and now, nothing.
    """

    pupil: Pupil
    status: str
    since: date | None
    needs: list[NeedLine]
    found: tuple[Finding, ...]
    changed: tuple[Difference, ...] = ()

    @property
    def errors(self) -> bool:
        """Whether anything must be mended before the return."""
        return any(one.severity is Severity.ERROR for one in self.found)

    @property
    def listed(self) -> bool:
        """Whether the check list has this pupil: SEN, or something to look at."""
        return self.status != Status.NO_SEN or bool(self.found)


@dataclass(frozen=True)
class CensusList:
    """Every pupil of one school who is on roll on the day of a census.

    Args:
        lines: errors first, then warnings, then the rest, each by surname.
        left: pupils with SEN at the census before who are not on roll now.
    """

    census: Census
    lines: list[CensusLine]
    left: int

    def counts(self) -> dict[str, int]:
        """Count: all, E, K, N; with errors, or warnings alone; changed; UPN missing, temporary."""
        by_status = Counter(line.status for line in self.lines)
        return {
            "all": len(self.lines),
            **{code: by_status[code] for code in Status.values},
            "listed": sum(line.listed for line in self.lines),
            "errors": sum(line.errors for line in self.lines),
            "warnings": sum(bool(line.found) and not line.errors for line in self.lines),
            "changed": sum(bool(line.changed) for line in self.lines),
            "no_upn": sum(not line.pupil.upn for line in self.lines),
            "temporary_upn": sum(line.pupil.upn[-1:].isalpha() for line in self.lines),
        }


def censuses(today: date) -> list[Census]:
    """Give the last census before today and the next three, in order of their days.

    The days are those that the department published where they were entered, else those of the
    usual rule (IDN-09).
    """
    now = AcademicYear.of(today)
    known = published_days([now.following(-1), now, now.following()])
    steps = [
        due
        for year, days in sorted(known.items())
        for due in timetable(facts=CensusFacts(year=year, published=days))
    ]
    every = [
        Census(Collection(due.step), due.on, before.on, due)
        for before, due in pairwise(steps)
        if due.on is not None and before.on is not None
    ]
    coming = next(number for number, one in enumerate(every) if one.day >= today)
    return every[max(0, coming - 1) : coming + 3]


def census_list(actor: Actor, place: Organisation, census: Census) -> CensusList:
    """Give what a census would say of every pupil of a school, by what the record says today.

    The same few questions are asked however many pupils there are. Final plans, assessments, and
    places in a SEN unit or in resourced provision are not in this record: nothing is said of them.
    """
    pupils = _on_roll.ask(actor, place.pk, census.day)
    attach_classes(pupils, actor.today)
    held, ranked = _held(place, census.day), _Needs(place)
    then, now = _entries(actor, place, census.before, ranked), {}
    lines = {}
    for pupil in pupils:
        status = held.get(pupil.pk)
        needs = ranked.on(pupil.pk, census.day)
        line = _line(pupil, status, needs, ranked.nsa_since(pupil.pk, census.day), census)
        lines[str(pupil.pk)] = line
        now[str(pupil.pk)] = Entry(line.status, _as_ranked(needs))
    changes: dict[str, list[Difference]] = {}
    for one in differences(first=then, second=now):
        if one.item is not Item.PUPIL or {one.first, one.second} & {"E", "K"}:
            changes.setdefault(one.pupil, []).append(one)
    done = [replace(line, changed=tuple(changes.get(key, ()))) for key, line in lines.items()]
    done.sort(key=lambda line: (not line.errors, not line.found))
    return CensusList(census, done, sum(key not in lines for key in changes))


def _line(
    pupil: Pupil,
    status: HeldStatus | None,
    needs: list[NeedLine],
    nsa_since: date | None,
    census: Census,
) -> CensusLine:
    code = status.code if status else Status.NO_SEN.value
    since = status.starts if status else None
    would_say = CensusPupil(
        status=code,
        since=since,
        needs=_as_ranked(needs),
        final_plan=None,
        nsa_since=nsa_since,
    )
    found = check(pupil=would_say, collection=census.collection, on=census.day)
    first = sorted(found, key=lambda one: one.severity is not Severity.ERROR)
    return CensusLine(pupil, code, since, needs, tuple(first))


def _as_ranked(needs: Iterable[NeedLine]) -> tuple[RankedNeed, ...]:
    return tuple(RankedNeed(need.code, need.rank) for need in needs)


@question
def _on_roll(actor: Actor, place: int, day: date) -> QuerySet[Pupil]:
    return _roll(actor, place, day).order_by("sort_key", "id")


@question
def _keys_on_roll(actor: Actor, place: int, day: date) -> QuerySet[Pupil, tuple[int]]:
    return _roll(actor, place, day).values_list("pk")


def _roll(actor: Actor, place: int, day: date) -> QuerySet[Pupil]:
    there = on_roll(day) | in_an_earlier_stay(day)
    return visible(actor, Action.REGISTER_VIEW, Pupil).filter(there, org=place)


@question
def _statuses_of(place: int, day: date) -> QuerySet[Any, tuple[int, str, date]]:
    rows = statuses(day).filter(org=place).order_by("starts")
    return rows.values_list("pupil_id", "code", "starts")


def _held(place: Organisation, day: date) -> dict[int, HeldStatus]:
    rows = _statuses_of.ask(place.pk, day)
    return {pupil: HeldStatus(code, starts) for pupil, code, starts in rows}


@question
def _needs_of(place: int) -> QuerySet[Any, tuple[int, str, int, date, date | None]]:
    rows = Need.objects.filter(org=place).order_by("rank", "starts", "id")
    return rows.values_list("pupil_id", "code", "rank", "starts", "ended_on")


class _Needs:
    """The needs of a school's pupils, then and now. A need that ended on a day is not of it."""

    def __init__(self, place: Organisation) -> None:
        self._rows: dict[int, list[tuple[str, int, date, date | None]]] = {}
        for pupil, code, rank, starts, ended in _needs_of.ask(place.pk):
            self._rows.setdefault(pupil, []).append((code, rank, starts, ended))

    def on(self, pupil: int, day: date) -> list[NeedLine]:
        """Give the needs of a pupil as they are ranked on a day."""
        return [
            NeedLine(code, rank, starts)
            for code, rank, starts, ended in self._rows.get(pupil, ())
            if starts <= day and (ended is None or ended > day)
        ]

    def nsa_since(self, pupil: int, day: date) -> date | None:
        """Give since when "no specialist assessment" has stood, at whatever rank; or None."""
        spans = [row for row in self._rows.get(pupil, ()) if row[0] == NO_SPECIALIST_ASSESSMENT]
        since = None
        for _code, _rank, starts, ended in sorted(spans, key=lambda row: row[2], reverse=True):
            stands = starts <= day and (ended is None or ended > day)
            goes_on = since is not None and ended == since
            if stands or goes_on:
                since = starts
        return since


def _entries(actor: Actor, place: Organisation, day: date, ranked: _Needs) -> dict[str, Entry]:
    """Give what the record says now of the census of an earlier day."""
    held = _held(place, day)
    return {
        str(pupil): Entry(
            held[pupil].code if pupil in held else Status.NO_SEN.value,
            _as_ranked(ranked.on(pupil, day)),
        )
        for (pupil,) in _keys_on_roll.ask(actor, place.pk, day)
    }
