"""Reading what a place changes so that disabled pupils take part: a list, the plan, its days."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import visible
from opensenco.gate.rows import find
from opensenco.law.due import Due
from opensenco.law.timetables.accessibility_plan import PlanFacts, timetable
from opensenco.people.models import Pupil
from opensenco.support.models import AccessDecision, AccessPlanApproval, Adjustment
from opensenco.support.states import AccessAim, Decided, ForWhom

#: of the accessibility plan, in the order of the law
THREE = (AccessAim.CURRICULUM, AccessAim.BUILDING, AccessAim.INFORMATION)
STATES: dict[str, Q] = {
    "in-place": Q(decided=Decided.AGREED, starts__isnull=False, ended_on__isnull=True),
    "planned": Q(decided=Decided.AGREED, starts__isnull=True),
    "refused": Q(decided=Decided.REFUSED),
    "open": Q(decided=Decided.OPEN),
    "ended": Q(ended_on__isnull=False),
}
_SORTS = {
    "barrier": ("barrier",),
    "whom": ("_whom", "barrier"),
    "since": ("starts", "by"),
    "decided": ("decided_on",),
    "helped": ("helped", "barrier"),
}


@dataclass(frozen=True)
class Wanted:
    """Which rows a list shows: each empty for all.

    Args:
        state: a key of STATES; whom: a value of ForWhom; aim: a value of AccessAim.
    """

    state: str = ""
    whom: str = ""
    aim: str = ""


def decisions(actor: Actor, wanted: Wanted) -> QuerySet[AccessDecision]:
    """Give what this actor may read of what was decided, as asked for, without what was wrong."""
    rows = visible(actor, Action.REPORT_READ, AccessDecision).filter(in_error_at__isnull=True)
    if wanted.state in STATES:
        rows = rows.filter(STATES[wanted.state])
    if wanted.whom:
        rows = rows.filter(for_whom=wanted.whom)
    return rows.filter(aim=wanted.aim) if wanted.aim else rows


def listed(
    rows: QuerySet[AccessDecision], sort: str, start: int, stop: int
) -> list[AccessDecision]:
    """Give a page of decisions in the order of a column."""
    down, key = sort.startswith("-"), sort.removeprefix("-")
    ranked = rows.annotate(_whom=_in_order("for_whom", ForWhom.values))
    order = [
        F(name).desc(nulls_last=True) if down else F(name).asc(nulls_last=True)
        for name in _SORTS.get(key, _SORTS["decided"])
    ]
    return list(
        ranked.select_related("pupil", "helped_by", "org").order_by(*order, "id")[start:stop]
    )


def _in_order(field: str, values: list[str]) -> Case:
    return Case(
        *(When(**{field: value}, then=Value(place)) for place, value in enumerate(values)),
        default=Value(len(values)), output_field=IntegerField(),
    )  # fmt: skip


def decision(actor: Actor, ref: uuid.UUID, action: Action = Action.REPORT_WRITE) -> AccessDecision:
    """Give the decision of a reference.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    return find(actor, action, AccessDecision, ref, "pupil", "org")


def in_plans(actor: Actor) -> QuerySet[Adjustment]:
    """Give the adjustments that run in pupils' plans, each with the newest decision on it."""
    newest = visible(actor, Action.PLAN_VIEW, AccessDecision).filter(
        adjustment=OuterRef("pk"), in_error_at__isnull=True
    ).order_by("-decided_on", "-id")  # fmt: skip
    rows = visible(actor, Action.PLAN_VIEW, Adjustment).filter(
        in_error_at__isnull=True, ended_on__isnull=True
    )
    return rows.annotate(
        decided_by=Subquery(newest.values("decided_by")[:1]),
        decided_why=Subquery(newest.values("why")[:1]),
        decided_ref=Subquery(newest.values("ref")[:1]),
    ).select_related("pupil", "helped_by")  # fmt: skip


def of_pupil(actor: Actor, pupil: Pupil) -> list[AccessDecision]:
    """Give what was decided for one pupil, the newest first."""
    rows = visible(actor, Action.PLAN_VIEW, AccessDecision)
    standing = rows.filter(pupil=pupil, in_error_at__isnull=True)
    return list(standing.order_by(F("decided_on").desc(nulls_first=True), "-id"))


def page_of_plans(rows: QuerySet[Adjustment], sort: str, start: int, stop: int) -> list[Adjustment]:
    """Give a page of adjustments in pupils' plans in the order of a column."""
    names = {"barrier": "barrier", "since": "starts", "helped": "helped", "name": "pupil__sort_key"}
    down, key = sort.startswith("-"), sort.removeprefix("-")
    field = F(names.get(key, "pupil__sort_key"))
    first = field.desc(nulls_last=True) if down else field.asc(nulls_last=True)
    return list(rows.order_by(first, "pupil__sort_key", "id")[start:stop])


def adjustment_of(actor: Actor, ref: uuid.UUID) -> Adjustment:
    """Give an adjustment whose decision this actor may record.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    return find(actor, Action.PLAN_WRITE, Adjustment, ref, "pupil", "pupil__org")


def plan_actions(actor: Actor) -> Mapping[AccessAim, list[AccessDecision]]:
    """Give the actions of the accessibility plan by its three aims, what is due first at the top.

    They name no pupil.
    """
    rows = decisions(actor, Wanted()).filter(pupil__isnull=True, in_plan=True)
    found: dict[AccessAim, list[AccessDecision]] = {aim: [] for aim in THREE}
    ordered = rows.select_related("org", "helped_by").order_by(
        F("starts").asc(nulls_first=True), F("by").asc(nulls_last=True), "id"
    )
    for row in ordered:
        found.setdefault(AccessAim(row.aim), []).append(row)
    return found


def approvals(actor: Actor) -> list[AccessPlanApproval]:
    """Give when the accessibility plan was approved or reviewed, the newest first."""
    rows = visible(actor, Action.REPORT_READ, AccessPlanApproval)
    standing = rows.filter(in_error_at__isnull=True).select_related("org", "person")
    return list(standing.order_by("-approved_on", "-id"))


def approval(
    actor: Actor, ref: uuid.UUID, action: Action = Action.REPORT_WRITE
) -> AccessPlanApproval:
    """Give the approval of a reference.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    return find(actor, action, AccessPlanApproval, ref, "org")


def next_review(rows: list[AccessPlanApproval]) -> Due | None:
    """Give when the plan is reviewed next by the law; None where none was ever approved."""
    return timetable(facts=PlanFacts(approved=rows[0].approved_on))[0] if rows else None


def late(row: AccessDecision, today: date) -> bool:
    """Whether an action was to be in place by a day that has gone by."""
    return row.state == "planned" and row.by is not None and row.by < today
