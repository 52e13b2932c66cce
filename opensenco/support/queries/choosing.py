"""Which pupils are on the register, and the conditions by which they are chosen and counted."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any, TypeVar, cast

from django.db.models import CharField, Count, Exists, Model, OuterRef, Q, QuerySet, Value

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.questions import counted, question
from opensenco.access.registry import visible
from opensenco.concerns.models import Concern
from opensenco.concerns.states import WAITING
from opensenco.law.checks.marker import Marker
from opensenco.people.days import on_roll
from opensenco.people.models import Pupil
from opensenco.people.policy import about, on_day
from opensenco.support.models import Cycle, Need, Outcome, SenStatus
from opensenco.support.states import Stage, Status

M = TypeVar("M", bound=Model)
FORTNIGHT = timedelta(days=14)
#: states of a review date that a reader of the register can choose
LATE, SOON, GAPS, NONE = "late", "soon", "gaps", "none"
#: the statuses that put a pupil on the register
CODED = (Status.EHC_PLAN, Status.SEN_SUPPORT)
CODED_Q = Q(code__in=CODED)
EVERY = Q()
#: what the columns of a count are called
NUMBERS = ("first", "second", "third")


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
        return Q(Exists(self._held.filter(code__in=wanted, pupil=OuterRef("pk"))))

    @cached_property
    def _held(self) -> QuerySet[SenStatus]:
        return statuses(self.actor.today)

    def planned(self) -> Q:
        """Pupils with an open plan."""
        return Q(Exists(open_cycles().filter(pupil=OuterRef("pk"))))

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
        """Pupils whom law.checks.marker gives a gap: the same, as a condition.

        A test holds both against each other.
        """
        main = standing_needs().filter(rank=1)
        thin = open_cycles().filter(lacking())
        return self.coded() & (
            Q(pk__in=self._untold().values("pupil"))
            | ~Q(pk__in=main.values("pupil"))
            | ~self.planned()
            | Q(pk__in=thin.values("pupil"))
            | self.late()
        )

    def _untold(self) -> QuerySet[SenStatus]:
        """SEN support of which nothing says that the parents were told (IDN-15)."""
        return self._held.filter(code=Status.SEN_SUPPORT, told_on__isnull=True)

    def due(self) -> Q:
        """Pupils of whom nothing is missing, and whose review is near: law.checks.marker."""
        return self.coded() & ~self.gaps() & self.soon()

    def complete(self) -> Q:
        """Pupils of whom nothing is missing and nothing is near: law.checks.marker."""
        return self.coded() & ~self.gaps() & ~self.soon()

    def named(self, name: str) -> Q | None:
        """Give the condition of a name in the address, None where it has none."""
        conditions = {
            Status.EHC_PLAN.value: lambda: self.coded(Status.EHC_PLAN),
            Status.SEN_SUPPORT.value: lambda: self.coded(Status.SEN_SUPPORT),
            NONE: lambda: ~self.coded(),
            LATE: self.late,
            SOON: self.soon,
            GAPS: self.gaps,
            Marker.GAP.value: self.gaps,
            Marker.DUE.value: self.due,
            Marker.COMPLETE.value: self.complete,
        }
        return conditions[name]() if name in conditions else None

    def coded_rows(self) -> QuerySet[SenStatus]:
        """Give the statuses E and K of pupils on roll."""
        return self._of_these(self._held).filter(CODED_Q)

    def plans(self) -> QuerySet[Cycle]:
        """Give the open plans of pupils on roll."""
        return self._of_these(open_cycles())

    def _of_these(self, rows: QuerySet[M]) -> QuerySet[M]:
        """Keep the rows about pupils on roll whose place on the register this actor sees."""
        reached = about(self.actor, Action.REGISTER_VIEW)
        return rows.filter(reached, on_roll(self.actor.today, "pupil__"))

    def worried_alone(self) -> QuerySet[Pupil]:
        """Give the pupils who are on the register for a concern that waits, and nothing else."""
        held = self._held.filter(CODED_Q, pupil=OuterRef("pk"))
        planned = open_cycles().filter(pupil=OuterRef("pk"))
        return self._on_roll().filter(self.worried(), ~Exists(held), ~Exists(planned))

    def whole(self) -> Q:
        """Plans of which nothing is missing, if the pupil has a status."""
        main = standing_needs().filter(rank=1).values("pupil")
        outcomes = standing_outcomes().values("cycle")
        dated = ~Q(stage=Stage.REVIEWED) & Q(review_on__gte=self.actor.today)
        untold = self._untold().values("pupil")
        return dated & Q(pk__in=outcomes) & Q(pupil__in=main) & ~Q(pupil__in=untold)

    def bare_plans(self) -> QuerySet[Cycle]:
        """Give the open plans of pupils on roll who have no status."""
        held = self._held.filter(CODED_Q, pupil=OuterRef("pupil"))
        return self.plans().filter(~Exists(held))

    def in_numbers(self) -> QuerySet[Any, tuple[str, int, int, int]]:
        """Give three rows that count: statuses, plans, and pupils with a concern alone.

        Whoever has a plan is on the register, and has one open plan: so plans, which are few, tell
        whose review is near, and of whom nothing is missing. Each table is read once.
        """
        near = ~Q(stage=Stage.REVIEWED) & Q(review_on__lte=self.actor.today + FORTNIGHT)
        planned = Q(pupil__in=open_cycles().values("pupil"))
        statuses_in = _numbers(
            self.coded_rows(),
            "statuses",
            Q(code=Status.EHC_PLAN),
            Q(code=Status.SEN_SUPPORT),
            planned,
        )
        plans_in = _numbers(self.plans(), "plans", EVERY, near, self.whole())
        worried_in = _numbers(self.worried_alone(), "worried", EVERY)
        return statuses_in.union(plans_in, worried_in, all=True)


def _numbers(
    rows: QuerySet[Any, Any], of: str, *conditions: Q
) -> QuerySet[Any, tuple[str, int, int, int]]:
    """Give one row: its name, and how many meet each condition; at most three."""
    counts: dict[str, Any] = dict.fromkeys(NUMBERS, Value(0))
    counts |= {
        name: Count("pk", filter=one or None)
        for name, one in zip(NUMBERS, conditions, strict=False)
    }
    named: Any = rows.order_by().annotate(of=Value(of, CharField())).values("of")
    return cast(
        "QuerySet[Any, tuple[str, int, int, int]]",
        named.annotate(**counts).values_list("of", *NUMBERS),
    )


def lacking() -> Q:
    """Plans without an outcome, without a date for the review, or reviewed and not followed."""
    outcomes = standing_outcomes().filter(cycle=OuterRef("pk"))
    return ~Exists(outcomes) | Q(review_on__isnull=True) | Q(stage=Stage.REVIEWED)


@question
def _in_numbers(actor: Actor) -> QuerySet[Any, tuple[str, int, int, int]]:
    return Chosen(actor).in_numbers()


@question
def _whole_without_status(actor: Actor) -> QuerySet[Any, int]:
    chosen = Chosen(actor)
    return counted(chosen.bare_plans().filter(chosen.whole()))


def counts(actor: Actor) -> dict[str, int]:
    """Give the counts over the whole register (all, E, K, none, soon, gaps).

    Asks once, or twice where somebody has a plan and no status.
    """
    found = {of: numbers for of, *numbers in _in_numbers.ask(actor)}
    nothing = (0, 0, 0)
    with_ehc, supported, planned = found.get("statuses", nothing)
    plans, soon, whole = found.get("plans", nothing)
    worried, *_rest = found.get("worried", nothing)
    coded, bare = with_ehc + supported, plans - planned
    if bare:
        whole -= sum(_whole_without_status.ask(actor))
    return {
        "all": coded + bare + worried,
        Status.EHC_PLAN.value: with_ehc,
        Status.SEN_SUPPORT.value: supported,
        NONE: bare + worried,
        SOON: soon,
        # something is missing of everybody with a status, unless a plan says otherwise
        GAPS: coded - whole,
    }
