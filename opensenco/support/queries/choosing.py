"""Which pupils are on the register, and the conditions by which they are chosen and counted."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
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


def statuses(day: date) -> QuerySet[SenStatus]:
    """Give the statuses that hold on a day."""
    return SenStatus.objects.filter(on_day(day), in_error_at__isnull=True)


def standing_needs() -> QuerySet[Need]:
    """Give the needs that are ranked now."""
    return Need.objects.filter(ended_on__isnull=True)


def open_cycles() -> QuerySet[Cycle]:
    """Give the cycles that are open."""
    return Cycle.objects.filter(in_error_at__isnull=True).exclude(stage=Stage.CLOSED)


@dataclass(frozen=True)
class Chosen:
    """The register of one actor on one day, as conditions over pupils."""

    actor: Actor

    def everybody(self) -> QuerySet[Pupil]:
        """Give the pupils on roll with a status, an open plan, or a concern this actor reads."""
        today = self.actor.today
        on_roll = Q(left_on__isnull=True) | Q(left_on__gte=today)
        return visible(self.actor, Action.REGISTER_VIEW, Pupil).filter(
            on_roll, self.coded() | self.planned() | self.worried()
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
        open_ones = visible(self.actor, Action.CONCERN_VIEW, Concern).filter(
            state__in=WAITING, in_error_at__isnull=True
        )
        return Q(pk__in=open_ones.values("pupil"))

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
        outcomes = Outcome.objects.filter(
            cycle=OuterRef("pk"), in_error_at__isnull=True, dropped_on__isnull=True
        )
        lacking = open_cycles().filter(
            ~Exists(outcomes) | Q(review_on__isnull=True) | Q(stage=Stage.REVIEWED)
        )
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

    def counts(self) -> dict[str, Count]:
        """Give the counts over the whole register, asked in one question."""
        names = (Status.EHC_PLAN.value, Status.SEN_SUPPORT.value, NONE, SOON, GAPS)
        return {
            "all": Count("pk"),
            **{name: Count("pk", filter=self.named(name)) for name in names},
        }
