"""Which pupils are on the register, and the conditions by which they are chosen and counted."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any, cast

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Subquery, Value, When

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.questions import question
from opensenco.access.registry import visible
from opensenco.concerns.models import Concern
from opensenco.concerns.states import WAITING
from opensenco.people.models import Pupil
from opensenco.people.policy import on_day
from opensenco.support.models import Cycle, Need, Outcome, SenStatus
from opensenco.support.states import Stage, Status

FORTNIGHT = timedelta(days=14)
#: states of a review date that a reader of the register can choose
LATE, SOON, GAPS, NONE = "late", "soon", "gaps", "none"
#: how an open plan stands; what lacks something and is due soon is told apart
SOON_LACKS, LACKS, FINE = "soon and lacking", "lacking", "fine"
PLAN_STANDINGS = (LATE, SOON_LACKS, SOON, LACKS, FINE)


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
        return visible(self.actor, Action.REGISTER_VIEW, Pupil).filter(
            Q(left_on__isnull=True) | Q(left_on__gte=self.actor.today)
        )

    def coded(self, *codes: str) -> Q:
        """Pupils with an EHC plan or SEN support, or with one of these codes."""
        wanted = codes or (Status.EHC_PLAN, Status.SEN_SUPPORT)
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
        lacking = open_cycles().filter(_lacking())
        return self.coded() & (
            ~Q(pk__in=main.values("pupil"))
            | ~self.planned()
            | Q(pk__in=lacking.values("pupil"))
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

    def coded_marked(self) -> QuerySet[Any, Any]:
        """Give the statuses E and K of pupils on roll, with what the register counts by.

        `main` says whether a first need is ranked; `plan` how the open plan stands (one of
        PLAN_STANDINGS), nothing where none is open.
        """
        coded = self._held.filter(code__in=(Status.EHC_PLAN, Status.SEN_SUPPORT))
        return coded.filter(pupil__in=self._on_roll().values("pk")).annotate(
            main=Exists(standing_needs().filter(rank=1, pupil=OuterRef("pupil"))),
            plan=Subquery(self._plans_marked().filter(pupil=OuterRef("pupil")).values("plan")[:1]),
        )

    def uncoded_marked(self) -> QuerySet[Any, Any]:
        """Give the pupils on the register without such a status, with how their plan stands."""
        rows = self._on_roll().filter(self.planned() | self.worried()).exclude(self.coded())
        plans = self._plans_marked().filter(pupil=OuterRef("pk"))
        return rows.annotate(plan=Subquery(plans.values("plan")[:1]))

    def _plans_marked(self) -> QuerySet[Any, Any]:
        return open_cycles().annotate(plan=self._plan_standing())

    def _plan_standing(self) -> Case:
        """How an open plan stands: the first of PLAN_STANDINGS that is true of it."""
        today = self.actor.today
        dated = ~Q(stage=Stage.REVIEWED)
        return Case(
            When(dated & Q(review_on__lt=today), then=Value(LATE)),
            When(dated & Q(review_on__lte=today + FORTNIGHT) & _lacking(), then=Value(SOON_LACKS)),
            When(dated & Q(review_on__lte=today + FORTNIGHT), then=Value(SOON)),
            When(_lacking(), then=Value(LACKS)),
            default=Value(FINE),
        )


def _lacking() -> Q:
    """Plans without an outcome, without a date for the review, or reviewed and not followed."""
    outcomes = standing_outcomes().filter(cycle=OuterRef("pk"))
    return ~Exists(outcomes) | Q(review_on__isnull=True) | Q(stage=Stage.REVIEWED)


@question
def _tally(actor: Actor) -> QuerySet[Any, tuple[str, bool, str | None, int]]:
    """How many statuses there are of each code, need and standing of the plan."""
    return _grouped(Chosen(actor).coded_marked(), "code", "main", "plan")


@question
def _tally_uncoded(actor: Actor) -> QuerySet[Any, tuple[str | None, int]]:
    return _grouped(Chosen(actor).uncoded_marked(), "plan")


def _grouped(rows: QuerySet[Any, Any], *marks: str) -> QuerySet[Any, Any]:
    found: Any = rows.order_by().values(*marks).annotate(n=Count("pk")).values_list(*marks, "n")
    return cast("QuerySet[Any, Any]", found)


def counts(actor: Actor) -> dict[str, int]:
    """Give the counts over the whole register (all, E, K, none, soon, gaps); two questions."""
    names = (Status.EHC_PLAN.value, Status.SEN_SUPPORT.value, NONE, SOON, GAPS)
    found = dict.fromkeys(("all", *names), 0)
    for code, main, plan, many in _tally.ask(actor):
        found["all"] += many
        found[code] += many
        found[SOON] += many if plan in (LATE, SOON, SOON_LACKS) else 0
        found[GAPS] += many if not main or plan in (None, LATE, SOON_LACKS, LACKS) else 0
    for plan, many in _tally_uncoded.ask(actor):
        found["all"] += many
        found[NONE] += many
        found[SOON] += many if plan in (LATE, SOON, SOON_LACKS) else 0
    return found
