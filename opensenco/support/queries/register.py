"""The SEN register: one page of fifty, sorted, chosen and counted in the database."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple, cast

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.expressions import Case, Combinable, Value, When
from django.db.models.functions import Coalesce

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.questions import Among, counted, question
from opensenco.access.registry import visible
from opensenco.cases import queries as cases
from opensenco.cases.queries import WhoseTurn
from opensenco.kernel.text import sort_key
from opensenco.law.checks.finding import Finding
from opensenco.law.checks.marker import Marked, Marker
from opensenco.people.days import on_roll, running
from opensenco.people.models import Group, GroupPupil, Pupil
from opensenco.people.names import Named
from opensenco.people.policy import on_day
from opensenco.people.queries import class_names
from opensenco.people.states import GroupKind
from opensenco.support.queries import ehc_reviews
from opensenco.support.queries.choosing import (
    Chosen,
    counts,
    open_cycles,
    standing_needs,
    standing_outcomes,
    statuses,
)
from opensenco.support.queries.own_columns import (
    Cell,
    OwnColumn,
    Wanted,
    cells,
    sort_rows,
    wanted_q,
)
from opensenco.support.queries.pupils import HeldStatus, NeedLine, OpenPlan, marked_in
from opensenco.support.states import Stage, Status

PAGE = 50
#: classes in their order, and the columns of the school's own: key, field and kind
Keys = tuple[tuple[int, ...], tuple[tuple[str, int, str], ...]]
SORTS = ("name", "class", "status", "need", "since", "review", "ehc", "turn")


@dataclass(frozen=True)
class Filters:
    """What the address asks of the register. Anything it cannot mean asks for nothing.

    Args:
        group: the class or group the pupils are in.
        status: E, K, or "none" for pupils who get help without a status.
        need: a code, at any rank.
        turn: "mine", or "any" for whatever waits.
        view: "late" (review overdue), "soon" (late or in the next fortnight), or "gaps".
        mark: "gap", "due" or "complete", as law.checks.marker says.
        ehc: "late", "soon" or "none": when an EHC plan is reviewed next.
        own: what fields of the school's own must say.
    """

    group: uuid.UUID | None = None
    status: str = ""
    need: str = ""
    turn: str = ""
    view: str = ""
    mark: str = ""
    ehc: str = ""
    own: tuple[Wanted, ...] = ()


class _Names(NamedTuple):
    pk: int
    ref: uuid.UUID
    first_name: str
    last_name: str
    known_as: str
    place: str = ""


class OnRegister(_Names, Named):
    """A pupil as a long list has them: a thousand whole rows would take too long."""


class RegisterRow(NamedTuple):
    """One pupil on the register."""

    pupil: OnRegister
    class_name: str
    status: HeldStatus | None
    needs: list[NeedLine]
    plan: OpenPlan | None
    turn: WhoseTurn | None
    marked: Marked | None
    #: by when the review of an EHC plan must be complete
    ehc_on: date | None = None
    #: what the school's own columns say, by the id of the field
    own: Mapping[int, Cell] = MappingProxyType({})

    @property
    def found(self) -> tuple[Finding, ...]:
        """What the law's checks find missing."""
        return self.marked.reasons if self.marked and self.marked.marker is Marker.GAP else ()

    @property
    def review_on(self) -> date | None:
        """The day agreed for the next review, where one is still to come or overdue."""
        return self.plan.next_review if self.plan else None


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
    actor: Actor,
    filters: Filters,
    sort: str = "name",
    page: int = 1,
    size: int = PAGE,
    own: Sequence[OwnColumn] = (),
) -> Register:
    """Give one page of the pupils on the register: those with a status, a plan or a concern.

    The number of questions asked of the database is the same for one row and for fifty.

    Args:
        sort: one of SORTS, or the key of a column of the school's own, with "-" before it to run
            down; empty cells come last both ways.
        page: from 1. size: rows on a page; a list for a file takes all at once.
        own: the columns of the school's own that are shown.
    """
    counted_all = counts(actor)
    total = counted_all["all"] if filters == Filters() else sum(_how_many.ask(actor, filters))
    start = (min(max(page, 1), max(1, -(-total // size))) - 1) * size
    ranked = _classes_in_order(actor) if sort.removeprefix("-") == "class" else ()
    keyed = tuple((one.key, one.pk, one.kind) for one in own)
    rows = _page.ask(actor, filters, sort, (ranked, keyed), start, size) if total else []
    pupils = [OnRegister(*row) for row in rows]
    return Register(_rows(actor, pupils, own), total, counted_all)


def rows_of(
    actor: Actor, refs: Collection[uuid.UUID], own: Sequence[OwnColumn] = ()
) -> list[RegisterRow]:
    """Give the rows of single pupils on the register of this actor, by surname."""
    place = ("org__name",) if len(actor.hat.orgs) > 1 else ()
    pupils = visible(actor, Action.REGISTER_VIEW, Pupil).filter(
        on_roll(actor.today), ref__in=list(refs)
    )
    shown = pupils.order_by("sort_key", "id").values_list(
        "pk", "ref", "first_name", "last_name", "known_as", *place
    )
    return _rows(actor, [OnRegister(*row) for row in shown], own)


@question
def _how_many(actor: Actor, filters: Filters) -> QuerySet[Any, int]:
    return counted(_filtered(actor, filters))


@question
def _page(
    actor: Actor, filters: Filters, sort: str, keys: Keys, start: int, size: int
) -> QuerySet[Any, Any]:
    rows = _sorted(actor, _filtered(actor, filters), sort, keys)
    place = ("org__name",) if len(actor.hat.orgs) > 1 else ()
    shown = rows.values_list("pk", "ref", "first_name", "last_name", "known_as", *place)
    return cast("QuerySet[Any, Any]", shown[start : start + size])


def _filtered(actor: Actor, asked: Filters) -> QuerySet[Pupil]:
    chosen = Chosen(actor)
    pupils = chosen.everybody()
    if asked.group:
        inside = GroupPupil.objects.filter(on_day(actor.today), group__ref=asked.group)
        pupils = pupils.filter(pk__in=inside.values("pupil"))
    if asked.need:
        pupils = pupils.filter(pk__in=standing_needs().filter(code=asked.need).values("pupil"))
    if asked.turn in ("mine", "any"):
        waiting = cases.waiting_pupils(actor, yours=asked.turn == "mine")
        pupils = pupils.filter(pk__in=waiting.values("pupil"))
    ehc = ehc_reviews.wanted_q(actor, asked.ehc, chosen.coded(Status.EHC_PLAN))
    for condition in (*map(chosen.named, (asked.status, asked.view, asked.mark)), ehc):
        if condition is not None:
            pupils = pupils.filter(condition)
    for wanted in asked.own:
        pupils = pupils.filter(wanted_q(actor, wanted))
    return pupils


def _sorted(actor: Actor, pupils: QuerySet[Pupil], sort: str, keys: Keys) -> QuerySet[Pupil]:
    key, down = sort.removeprefix("-"), sort.startswith("-")
    if key == "name" or key not in (*SORTS, *(own for own, _pk, _kind in keys[1])):
        first = F("sort_key").desc() if down and key == "name" else F("sort_key").asc()
        return pupils.order_by(first, "id")
    ordered = pupils.annotate(sorted_by=_sort_value(actor, key, keys))
    value = F("sorted_by")
    first = value.desc(nulls_last=True) if down else value.asc(nulls_last=True)
    return ordered.order_by(first, "sort_key", "id")


def _sort_value(actor: Actor, key: str, keys: Keys) -> Combinable:
    ranked, own = keys
    for named, pk, kind in own:
        if named == key:
            return Subquery(sort_rows(actor, pk, kind)[:1])
    of_pupil: dict[str, Any] = {"pupil": OuterRef("pk")}
    current = statuses(actor.today).filter(**of_pupil)
    if key == "class":
        return _class_rank(actor, ranked)
    rows: dict[str, QuerySet[Any]] = {
        "status": current.values("code"),
        "since": current.values("starts"),
        "need": standing_needs().filter(rank=1, **of_pupil).values("code"),
        "review": open_cycles()
        .filter(**of_pupil)
        .exclude(stage=Stage.REVIEWED)
        .values("review_on"),
        "ehc": ehc_reviews.sort_rows(actor),
        "turn": cases.waiting_pupils(actor).filter(**of_pupil).order_by("since").values("since"),
    }
    return Subquery(rows[key][:1])


def _class_rank(actor: Actor, ranked: tuple[int, ...]) -> Combinable:
    inside = GroupPupil.objects.filter(
        on_day(actor.today), group__kind=GroupKind.CLASS, pupil=OuterRef("pk")
    ).order_by("-starts", "-id")
    ranks = [When(group=pk, then=Value(rank)) for rank, pk in enumerate(ranked)]
    if not ranks:
        return Value(0)
    return Subquery(inside.annotate(rank=Case(*ranks)).values("rank")[:1])


@question
def _class_names(actor: Actor) -> QuerySet[Any, tuple[int, str]]:
    return Group.objects.filter(kind=GroupKind.CLASS).values_list("pk", "name")


def _classes_in_order(actor: Actor) -> tuple[int, ...]:
    """Sort classes by the same key on every database, which their names alone would not."""
    named = _class_names.ask(actor)
    return tuple(pk for pk, _name in sorted(named, key=lambda one: _place_of(one[1])))


@question
def _statuses_among(actor: Actor) -> QuerySet[Any, tuple[int, str, date, date | None]]:
    held = statuses(actor.today).filter(Among("pupil", "pupils")).order_by("starts")
    return held.values_list("pupil_id", "code", "starts", "told_on")


@question
def _needs_among() -> QuerySet[Any, tuple[int, str, int, date]]:
    ranked = standing_needs().filter(Among("pupil", "pupils")).order_by("rank")
    return ranked.values_list("pupil_id", "code", "rank", "starts")


@question
def _plans_among() -> QuerySet[Any, tuple[int, str, date | None, int]]:
    """Open plans: whose, stage, date of the review, and how many outcomes stand."""
    outcomes = standing_outcomes().filter(cycle=OuterRef("pk")).order_by()
    many = outcomes.values("cycle").annotate(n=Count("pk")).values("n")
    return (
        open_cycles()
        .filter(Among("pupil", "pupils"))
        .values_list("pupil_id", "stage", "review_on", Coalesce(Subquery(many), 0))
    )


def _rows(
    actor: Actor, pupils: Sequence[OnRegister], own: Sequence[OwnColumn]
) -> list[RegisterRow]:
    """Gather what a page shows of its pupils: one question for each kind of thing."""
    if not pupils:
        return []
    ids = [pupil.pk for pupil in pupils]
    held = {
        pupil: HeldStatus(code, starts, told is not None)
        for pupil, code, starts, told in _statuses_among.ask(actor, pupils=ids)
    }
    needs: dict[int, list[NeedLine]] = {}
    for pupil, code, rank, starts in _needs_among.ask(pupils=ids):
        needs.setdefault(pupil, []).append(NeedLine(code, rank, starts))
    plans = {
        pupil: OpenPlan(stage, review_on, many)
        for pupil, stage, review_on, many in _plans_among.ask(pupils=ids)
    }
    turns = cases.first_turns(actor, ids)
    classes_now = class_names(ids, actor.today)
    said = cells(actor, own, ids)
    ehc = ehc_reviews.days_of(actor, [one for one in ids if _has_ehc_plan(held.get(one))])

    def row(pupil: OnRegister) -> RegisterRow:
        plan, mine, status = plans.get(pupil.pk), needs.get(pupil.pk, []), held.get(pupil.pk)
        return RegisterRow(
            pupil=pupil,
            class_name=classes_now.get(pupil.pk, ""),
            status=status,
            needs=mine,
            plan=plan,
            turn=turns.get(pupil.pk),
            marked=marked_in(status, mine, plan, actor.today),
            own=said.get(pupil.pk, {}),
            ehc_on=ehc.get(pupil.pk),
        )

    return [row(pupil) for pupil in pupils]


def _has_ehc_plan(status: HeldStatus | None) -> bool:
    return status is not None and status.code == Status.EHC_PLAN


@lru_cache(maxsize=4_000)
def _place_of(class_name: str) -> str:
    return sort_key(class_name)


class GroupName(NamedTuple):
    """A class or group as a list to choose from has it."""

    ref: uuid.UUID
    name: str


@question
def _groups(actor: Actor) -> QuerySet[Any, tuple[uuid.UUID, str]]:
    rows = visible(actor, Action.PUPIL_FIND, Group).filter(running(actor.today))
    return rows.values_list("ref", "name")


def classes(actor: Actor) -> list[GroupName]:
    """Give the classes and groups by which the register can be chosen, by name."""
    found = (GroupName(ref, name) for ref, name in _groups.ask(actor))
    return sorted(found, key=lambda one: _place_of(one.name))
