"""Reading what stands beside a plan: versions, remarks, adjustments, home, notes, the bank."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import (
    Count,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    prefetch_related_objects,
)
from django.db.models.functions import Coalesce

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.access.registry import visible
from opensenco.audit.history import end_of
from opensenco.gate.rows import find
from opensenco.people.models import Pupil
from opensenco.support.models import (
    Adjustment,
    BankStrategy,
    ConditionNote,
    Cycle,
    HomeAction,
    PlanNaming,
    PlanVersion,
    RemarkDismissed,
    Strategy,
)
from opensenco.support.queries.reading import rows_of
from opensenco.ui.own_words import plan_in_full


def versions_of(actor: Actor, cycle: Cycle) -> list[PlanVersion]:
    """Give the attested versions of a plan, the newest first."""
    if actor.hat.role.guest:
        return []
    rows = visible(actor, Action.PLAN_VIEW, PlanVersion).filter(cycle=cycle)
    return list(rows.select_related("agreed_by", "checked_by").order_by("-number"))


def versions_of_plans(
    actor: Actor, cycles: Sequence[Cycle], day: date | None = None
) -> dict[int, list[PlanVersion]]:
    """Give the attested versions of plans that one reads, the oldest first, by the plan's key.

    Args:
        day: those that had been attested by its end.
    """
    if actor.hat.role.guest or not cycles:
        return {}
    rows = visible(actor, Action.PLAN_VIEW, PlanVersion).filter(
        cycle__in=[row.pk for row in cycles]
    )
    if day is not None:
        rows = rows.filter(at__lte=end_of(day))
    found: dict[int, list[PlanVersion]] = {}
    for row in rows.select_related("agreed_by", "checked_by").order_by("number"):
        found.setdefault(row.cycle_id, []).append(row)
    return found


def dismissed_of(actor: Actor, cycle: Cycle) -> list[RemarkDismissed]:
    """Give the remarks on a plan that stand aside, of this cycle and those before it."""
    rows = visible(actor, Action.PLAN_VIEW, RemarkDismissed).filter(
        pupil=cycle.pupil, returned_on__isnull=True
    )
    return list(rows.select_related("dismissed_by").order_by("-at", "-id"))


def dismissed(actor: Actor, ref: uuid.UUID) -> RemarkDismissed:
    """Give the dismissed remark of a reference.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    return find(actor, Action.PLAN_WRITE, RemarkDismissed, ref, "pupil", "cycle", "cycle__pupil")


@dataclass(frozen=True)
class Beside:
    """What stands beside a pupil's plans, what runs first."""

    adjustments: list[Adjustment]
    at_home: list[HomeAction]
    notes: list[ConditionNote]

    @property
    def running(self) -> list[Adjustment]:
        """Adjustments that go on."""
        return [one for one in self.adjustments if one.ended_on is None]

    @property
    def running_at_home(self) -> list[HomeAction]:
        """What the family does now."""
        return [one for one in self.at_home if one.ended_on is None]


def beside(actor: Actor, pupil: Pupil, *, notes: bool = True, day: date | None = None) -> Beside:
    """Give what stands beside a pupil's plans; what was made in error is left out.

    A guest reads what stood in a plan that was agreed, and never a note on a condition.

    Args:
        notes: whether notes on a condition are asked for too.
        day: as it stood at its end.
    """
    notes = notes and not actor.hat.role.guest
    stands = Q(in_error_at__isnull=True)
    order = (Coalesce("ended_on", date.max).desc(), "starts", "id")
    adjusted = rows_of(actor, Action.PLAN_VIEW, Adjustment, pupil, day).filter(stands)
    home = rows_of(actor, Action.PLAN_VIEW, HomeAction, pupil, day).filter(stands)
    noted = rows_of(actor, Action.PLAN_VIEW, ConditionNote, pupil, day).filter(stands)
    if day is not None:
        # whoever said or wrote it is asked of all rows at once: the past has no joins
        found = list(adjusted.order_by(*order)), list(home.order_by(*order)), list(noted)
        prefetch_related_objects(found[2], "written_by")
        return Beside(found[0], found[1], sorted(found[2], key=lambda row: (row.review_on, row.pk)))
    return Beside(
        list(adjusted.select_related("helped_by").order_by(*order)),
        list(home.select_related("recorded_by").order_by(*order)),
        list(noted.select_related("written_by").order_by("review_on", "id")) if notes else [],
    )


def adjustment(actor: Actor, ref: uuid.UUID, action: Action = Action.PLAN_WRITE) -> Adjustment:
    """Give the adjustment of a reference.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    return find(actor, action, Adjustment, ref, "pupil", "pupil__org")


def home_action(actor: Actor, ref: uuid.UUID, action: Action = Action.PLAN_WRITE) -> HomeAction:
    """Give what the family does, of a reference.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    return find(actor, action, HomeAction, ref, "pupil", "pupil__org")


def condition_note(
    actor: Actor, ref: uuid.UUID, action: Action = Action.PLAN_WRITE
) -> ConditionNote:
    """Give the note of a reference.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    return find(actor, action, ConditionNote, ref, "pupil", "pupil__org")


def bank(
    actor: Actor, words: str = "", situation: str = "", *, retired: bool = False,
    action: Action = Action.PROFILE_VIEW,
) -> QuerySet[BankStrategy]:  # fmt: skip
    """Give the strategies of the bank, with how many pupils have each, by their words."""
    rows = visible(actor, action, BankStrategy).filter(retired_on__isnull=not retired)
    for word in words.split():
        rows = rows.filter(Q(text__icontains=word) | Q(why__icontains=word))
    if situation:
        rows = rows.filter(situation=situation)
    in_class = Strategy.objects.filter(org=OuterRef("org"), text=OuterRef("text"),
                                       ended_on__isnull=True)  # fmt: skip
    adjusted = Adjustment.objects.filter(strategy=OuterRef("pk"), ended_on__isnull=True,
                                         in_error_at__isnull=True)  # fmt: skip
    found: QuerySet[BankStrategy] = rows.annotate(
        in_class=_number(in_class, "text"), adjusted=_number(adjusted, "strategy")
    ).order_by("text", "id")
    return found


def _number(rows: QuerySet[Strategy] | QuerySet[Adjustment], by: str) -> Coalesce:
    counted = rows.order_by().values(by).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def bank_strategy(actor: Actor, ref: uuid.UUID, action: Action = Action.PLAN_WRITE) -> BankStrategy:
    """Give the strategy of a reference.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    return find(actor, action, BankStrategy, ref)


@dataclass(frozen=True)
class Naming:
    """What a place calls its plans.

    Args:
        version: of the row; 0 where nothing was said.
    """

    name: str
    own: str
    proposed: bool
    version: int


def naming(org: Organisation) -> Naming:
    """Give what a place calls its plans; ours where it said nothing."""
    row = PlanNaming.objects.filter(org=org).first()
    own = row.name if row else ""
    return Naming(plan_in_full(org), own, bool(row and row.proposed), row.version if row else 0)
