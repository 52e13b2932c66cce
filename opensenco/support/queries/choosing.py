"""Which pupils are on the register, and the conditions by which they are chosen and counted."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any, cast

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Value, When

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.questions import counted, question
from opensenco.access.registry import visible
from opensenco.concerns.models import Concern
from opensenco.concerns.states import WAITING
from opensenco.people.days import on_roll
from opensenco.people.models import Pupil
from opensenco.people.policy import on_day
from opensenco.support.models import Cycle, Need, Outcome, SenStatus
from opensenco.support.states import Stage, Status

FORTNIGHT = timedelta(days=14)
#: states of a review date that a reader of the register can choose
LATE, SOON, GAPS, NONE = "late", "soon", "gaps", "none"
#: the statuses that put a pupil on the register
CODED = (Status.EHC_PLAN, Status.SEN_SUPPORT)
CODED_Q = Q(code__in=CODED)


def statuses(day: date) -> QuerySet[SenStatus]:
    """Give the statuses that hold on a day."""
    return SenStatus.objects.filter(on_day(day), in_error_at__isnull=True)


def standing_needs() -> QuerySet[Need]:
    """Give the needs that are ranked now."""
    return Need.objects.filter(ended_on__isnull=True)


def open_cycles() -> QuerySet[Cycle]:
    """Give the cycles that are open."""
    return Cycle.objects.filter(in_error_at__isnull=True).exclude(stage=Stage.CLOSED)


def standing_outcomes() -> QuerySet[Outcome]:
    """Give the outcomes that are worked on: neither dropped nor written in error."""
    return Outcome.objects.filter(in_error_at__isnull=True, dropped_on__isnull=True)


@dataclass(frozen=True)
class Chosen:
    """The register of one actor on one day, as conditions over pupils."""

    actor: Actor

    def everybody(self) -> QuerySet[Pupil]:
        """Give the pupils on roll with a status, an open plan, or a concern this actor reads."""
        return self._on_roll().filter(self.coded() | self.planned() | self.worried())

    def _on_roll(self) -> QuerySet[Pupil]:
        rows = visible(self.actor, Action.REGISTER_VIEW, Pupil)
        return rows.filter(on_roll(self.actor.today))

    def coded(self, *codes: str) -> Q:
        """Pupils with an EHC plan or SEN support, or with one of these codes."""
        wanted = codes or CODED
        return Q(pk__in=self._held.filter(code__in=wanted).values("pupil"))

    @cached_property
    def _held(self) -> QuerySet[SenStatus]:
        return statuses(self.actor.today)

    def planned(self) -> Q:
        """Pupils with an open plan."""
        return Q(pk__in=open_cycles().values("pupil"))

    def worried(self) -> Q:
        """Pupils about whom a concern waits that this actor may read."""
        return Q(pk__in=self._concerns().values("pupil"))

    def _concerns(self) -> QuerySet[Concern]:
        return visible(self.actor, Action.CONCERN_VIEW, Concern).filter(
            state__in=WAITING, in_error_at__isnull=True
        )

    def late(self) -> Q:
        """Pupils whose review is overdue (APD-05)."""
        return self._review(review_on__lt=self.actor.today)

    def soon(self) -> Q:
        """Pupils whose review is overdue or due within a fortnight."""
        return self._review(review_on__lte=self.actor.today + FORTNIGHT)

    def _review(self, **when: Any) -> Q:
        rows = open_cycles().exclude(stage=Stage.REVIEWED).filter(**when)
        return Q(pk__in=rows.values("pupil"))

    def gaps(self) -> Q:
        """Pupils of whom law.checks.records finds something missing: the same, as a condition.

        A test holds both against each other.
        """
        main = standing_needs().filter(rank=1)
        thin = open_cycles().filter(lacking())
        return self.coded() & (
            ~Q(pk__in=main.values("pupil"))
            | ~self.planned()
            | Q(pk__in=thin.values("pupil"))
            | self.late()
        )

    def named(self, name: str) -> Q | None:
        """Give the condition of a name in the address, None where it has none."""
        conditions = {
            Status.EHC_PLAN.value: lambda: self.coded(Status.EHC_PLAN),
            Status.SEN_SUPPORT.value: lambda: self.coded(Status.SEN_SUPPORT),
            NONE: lambda: ~self.coded(),
            LATE: self.late,
            SOON: self.soon,
            GAPS: self.gaps,
        }
        return conditions[name]() if name in conditions else None

    def coded_rows(self) -> QuerySet[SenStatus]:
        """Give the statuses E and K of pupils on roll."""
        return self._held.filter(Exists(self._on_roll().filter(pk=OuterRef("pupil"))), CODED_Q)

    def plans_marked(self) -> QuerySet[Any, Any]:
        """Give the open plans of pupils on roll, with what the register counts by.

        `near` says whether the review is overdue or due within a fortnight, `coded` whether the
        pupil has status E or K, `whole` whether neither the plan nor the ranking lacks anything.
        """
        held = self._held.filter(CODED_Q, pupil=OuterRef("pupil"))
        main = standing_needs().filter(rank=1, pupil=OuterRef("pupil"))
        outcomes = standing_outcomes().filter(cycle=OuterRef("pk"))
        today, dated = self.actor.today, ~Q(stage=Stage.REVIEWED)
        near = dated & Q(review_on__lte=today + FORTNIGHT)
        whole = dated & Q(review_on__gte=today) & Exists(outcomes) & Exists(main)
        rows = open_cycles().filter(Exists(self._on_roll().filter(pk=OuterRef("pupil"))))
        return rows.annotate(near=_whether(near), coded=Exists(held), whole=_whether(whole))

    def worried_alone(self) -> QuerySet[Pupil]:
        """Give the pupils who are on the register for a concern that waits, and nothing else."""
        held = self._held.filter(CODED_Q, pupil=OuterRef("pk"))
        planned = open_cycles().filter(pupil=OuterRef("pk"))
        return self._on_roll().filter(self.worried(), ~Exists(held), ~Exists(planned))


def _whether(condition: Q) -> Case:
    return Case(When(condition, then=Value(True)), default=Value(False))


def lacking() -> Q:
    """Plans without an outcome, without a date for the review, or reviewed and not followed."""
    outcomes = standing_outcomes().filter(cycle=OuterRef("pk"))
    return ~Exists(outcomes) | Q(review_on__isnull=True) | Q(stage=Stage.REVIEWED)


@question
def _codes(actor: Actor) -> QuerySet[Any, tuple[str, int]]:
    return _grouped(Chosen(actor).coded_rows(), "code")


@question
def _plans(actor: Actor) -> QuerySet[Any, tuple[bool, bool, bool, int]]:
    return _grouped(Chosen(actor).plans_marked(), "near", "coded", "whole")


@question
def _worried_alone(actor: Actor) -> QuerySet[Any, int]:
    return counted(Chosen(actor).worried_alone())


def _grouped(rows: QuerySet[Any, Any], *marks: str) -> QuerySet[Any, Any]:
    found: Any = rows.order_by().values(*marks).annotate(n=Count("pk")).values_list(*marks, "n")
    return cast("QuerySet[Any, Any]", found)


def counts(actor: Actor) -> dict[str, int]:
    """Give the counts over the whole register (all, E, K, none, soon, gaps).

    Whoever has a plan is on the register, and has one open plan: so plans, which are few, tell
    whose review is near and of whom nothing is missing. Of everybody else with a status something
    is. Three questions, however many pupils there are.
    """
    names = (Status.EHC_PLAN.value, Status.SEN_SUPPORT.value, NONE, SOON, GAPS)
    found = dict.fromkeys(("all", *names), 0)
    found |= dict(_codes.ask(actor))
    found[NONE] = sum(_worried_alone.ask(actor))
    found[GAPS] = sum(found[code] for code in CODED)
    for near, coded, whole, many in _plans.ask(actor):
        found[SOON] += many if near else 0
        found[NONE] += 0 if coded else many
        found[GAPS] -= many if coded and whole else 0
    found["all"] = sum(found[code] for code in (*CODED, NONE))
    return found
