"""The SEN register: one page of fifty, sorted, chosen and counted in the database."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.expressions import Case, Combinable, Value, When

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import visible
from opensenco.cases import queries as cases
from opensenco.cases.queries import Turn
from opensenco.kernel.text import search_key, sort_key
from opensenco.law.checks.finding import Finding
from opensenco.people.models import Group, GroupPupil, Pupil
from opensenco.people.policy import on_day
from opensenco.people.queries import attach_classes
from opensenco.people.states import GroupKind
from opensenco.support.models import Cycle, Outcome, SenStatus
from opensenco.support.queries.choosing import Chosen, open_cycles, standing_needs, statuses
from opensenco.support.queries.pupils import NeedLine, found_in
from opensenco.support.states import Stage

PAGE = 50
SORTS = ("name", "class", "status", "need", "since", "review", "turn")


@dataclass(frozen=True)
class Filters:
    """What the address asks of the register. Anything it cannot mean asks for nothing.

    Args:
        words: part of a name.
        group: the class or group the pupils are in.
        status: E, K, or "none" for pupils who get help without a status.
        need: a code, at any rank.
        turn: "mine", or "any" for whatever waits.
        view: "late" (review overdue), "soon" (late or in the next fortnight), or "gaps".
    """

    words: str = ""
    group: uuid.UUID | None = None
    status: str = ""
    need: str = ""
    turn: str = ""
    view: str = ""


@dataclass(frozen=True)
class RegisterRow:
    """One pupil on the register."""

    pupil: Pupil
    class_name: str
    place: str
    status: SenStatus | None
    needs: list[NeedLine]
    cycle: Cycle | None
    turn: Turn | None
    found: tuple[Finding, ...]

    @property
    def review_on(self) -> date | None:
        """The day agreed for the next review, where one is still to come or overdue."""
        reviewed = self.cycle is not None and self.cycle.stage == Stage.REVIEWED
        return None if self.cycle is None or reviewed else self.cycle.review_on


@dataclass(frozen=True)
class Register:
    """One page of the register, and how many there are.

    Args:
        total: how many the filters leave.
        counts: of the whole register: all, E, K, none, soon, gaps.
    """

    rows: list[RegisterRow]
    total: int
    counts: dict[str, int] = field(default_factory=dict)


def register(
    actor: Actor, filters: Filters, sort: str = "name", page: int = 1, size: int = PAGE
) -> Register:
    """Give one page of the pupils on the register: those with a status, a plan or a concern.

    The number of questions asked of the database is the same for one row and for fifty.

    Args:
        sort: one of SORTS, with "-" before it to run down; empty cells come last both ways.
        page: from 1. size: rows on a page; a list for a file takes all at once.
    """
    chosen = Chosen(actor)
    everybody = chosen.everybody()
    counts = everybody.aggregate(**chosen.counts())
    wanted = _filtered(actor, chosen, everybody, filters)
    total = counts["all"] if filters == Filters() else wanted.count()
    start = (min(max(page, 1), max(1, -(-total // size))) - 1) * size
    pupils = list(_sorted(actor, wanted, sort)[start : start + size])
    return Register(_rows(actor, pupils), total, counts)


def _filtered(
    actor: Actor, chosen: Chosen, pupils: QuerySet[Pupil], asked: Filters
) -> QuerySet[Pupil]:
    for word in search_key(asked.words).split():
        pupils = pupils.filter(search_key__contains=word)
    if asked.group:
        inside = GroupPupil.objects.filter(on_day(actor.today), group__ref=asked.group)
        pupils = pupils.filter(pk__in=inside.values("pupil"))
    if asked.need:
        pupils = pupils.filter(pk__in=standing_needs().filter(code=asked.need).values("pupil"))
    if asked.turn in ("mine", "any"):
        waiting = cases.waiting_pupils(actor, yours=asked.turn == "mine")
        pupils = pupils.filter(pk__in=waiting.values("pupil"))
    for name in (asked.status, asked.view):
        condition = chosen.named(name)
        if condition is not None:
            pupils = pupils.filter(condition)
    return pupils


def _sorted(actor: Actor, pupils: QuerySet[Pupil], sort: str) -> QuerySet[Pupil]:
    key, down = sort.removeprefix("-"), sort.startswith("-")
    if key not in SORTS or key == "name":
        first = F("sort_key").desc() if down and key == "name" else F("sort_key").asc()
        return pupils.select_related("org").order_by(first, "id")
    ordered = pupils.annotate(sorted_by=_sort_value(actor, key))
    value = F("sorted_by")
    first = value.desc(nulls_last=True) if down else value.asc(nulls_last=True)
    return ordered.select_related("org").order_by(first, "sort_key", "id")


def _sort_value(actor: Actor, key: str) -> Combinable:
    of_pupil: dict[str, Any] = {"pupil": OuterRef("pk")}
    current = statuses(actor.today).filter(**of_pupil)
    if key == "class":
        return _class_rank(actor)
    rows: dict[str, QuerySet[Any]] = {
        "status": current.values("code"),
        "since": current.values("starts"),
        "need": standing_needs().filter(rank=1, **of_pupil).values("code"),
        "review": open_cycles()
        .filter(**of_pupil)
        .exclude(stage=Stage.REVIEWED)
        .values("review_on"),
        "turn": cases.waiting_pupils(actor).filter(**of_pupil).order_by("since").values("since"),
    }
    return Subquery(rows[key][:1])


def _class_rank(actor: Actor) -> Combinable:
    """Sort classes by the same key on every database, which their names alone would not."""
    classes = Group.objects.filter(kind=GroupKind.CLASS).values_list("pk", "name")
    ranked = sorted(classes, key=lambda one: sort_key(one[1]))
    inside = GroupPupil.objects.filter(
        on_day(actor.today), group__kind=GroupKind.CLASS, pupil=OuterRef("pk")
    ).order_by("-starts", "-id")
    ranks = [When(group=pk, then=Value(rank)) for rank, (pk, _name) in enumerate(ranked)]
    if not ranks:
        return Value(0)
    return Subquery(inside.annotate(rank=Case(*ranks)).values("rank")[:1])


def _rows(actor: Actor, pupils: Sequence[Pupil]) -> list[RegisterRow]:
    """Gather what a page shows of its pupils: one question for each kind of thing."""
    ids = [pupil.pk for pupil in pupils]
    held: dict[int, SenStatus] = {}
    for one in statuses(actor.today).filter(pupil__in=ids).order_by("starts"):
        held[one.pupil_id] = one
    needs: dict[int, list[NeedLine]] = {}
    for need in standing_needs().filter(pupil__in=ids).order_by("rank"):
        needs.setdefault(need.pupil_id, []).append(NeedLine(need.code, need.rank, need.starts))
    cycles = {one.pupil_id: one for one in open_cycles().filter(pupil__in=ids)}
    outcomes: dict[int, int] = {}
    for cycle_id in Outcome.objects.filter(
        cycle__in=[one.pk for one in cycles.values()],
        in_error_at__isnull=True,
        dropped_on__isnull=True,
    ).values_list("cycle", flat=True):
        outcomes[cycle_id] = outcomes.get(cycle_id, 0) + 1
    turns = cases.first_turns(actor, pupils)
    attach_classes(pupils, actor.today)
    several = len(actor.hat.orgs) > 1

    def row(pupil: Pupil) -> RegisterRow:
        cycle = cycles.get(pupil.pk)
        mine = needs.get(pupil.pk, [])
        status = held.get(pupil.pk)
        count = outcomes.get(cycle.pk, 0) if cycle else 0
        return RegisterRow(
            pupil=pupil,
            class_name=getattr(pupil, "class_name", ""),
            place=pupil.org.name if several else "",
            status=status,
            needs=mine,
            cycle=cycle,
            turn=turns.get(pupil.pk),
            found=found_in(status, mine, cycle, count, actor.today),
        )

    return [row(pupil) for pupil in pupils]


def classes(actor: Actor) -> list[Group]:
    """Give the classes and groups by which the register can be chosen, by name."""
    found = visible(actor, Action.PUPIL_FIND, Group).filter(ended_on__isnull=True)
    return sorted(found, key=lambda one: sort_key(one.name))
