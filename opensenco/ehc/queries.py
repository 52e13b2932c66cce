"""Reading cards of EHC plans: one pupil's, and the list of all that one may see."""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.questions import counted, question
from opensenco.access.registry import visible
from opensenco.cases.models import DueDate
from opensenco.documents.models import Document
from opensenco.ehc.dates import NEXT_PLACE, NEXT_REVIEW
from opensenco.ehc.models import EhcLine, EhcPlan
from opensenco.ehc.states import Section
from opensenco.gate.rows import find
from opensenco.people.days import on_roll
from opensenco.people.models import Pupil
from opensenco.people.policy import on_day
from opensenco.support.models import SenStatus
from opensenco.support.queries.reading import rows_of
from opensenco.support.states import Status

#: columns of the list by the word in its address
SORTS = {
    "name": "pupil__sort_key", "authority": "authority", "officer": "officer", "made": "made_on",
    "reviewed": "reviewed_on", "review": "next_review", "place": "next_place",
}  # fmt: skip
USUAL = "review"


@dataclass(frozen=True)
class Card:
    """The card of one pupil's EHC plan, with its rows.

    Args:
        plan: the one that stands; else None.
        ended: cards of earlier plans, and those made in error, the newest first.
    """

    plan: EhcPlan | None
    ended: tuple[EhcPlan, ...]
    outcomes: tuple[EhcLine, ...]
    provision: tuple[EhcLine, ...]
    paper: Document | None


def card_then(actor: Actor, pupil: Pupil, day: date | None) -> Card:
    """Give a card as it is copied: as it stands, or as it stood at the end of a day.

    Made in error is left out, and so is the paper: it goes by itself, by who may open it.
    """
    if actor.hat.role.guest:
        return Card(None, (), (), (), None)
    rows = rows_of(actor, Action.PLAN_VIEW, EhcPlan, pupil, day).filter(in_error_at__isnull=True)
    every = list(rows.order_by("-made_on", "-id"))
    plan = next((row for row in every if row.stands), None)
    lines = []
    if plan is not None:
        found = rows_of(actor, Action.PLAN_VIEW, EhcLine, pupil, day).filter(
            plan=plan.pk, in_error_at__isnull=True
        )
        lines = sorted(found.order_by("id"), key=lambda row: _in_order(row.number))
        for row in lines:
            row.plan = plan
    return Card(
        plan,
        tuple(row for row in every if not row.stands),
        tuple(row for row in lines if row.section == Section.OUTCOME),
        tuple(row for row in lines if row.section == Section.PROVISION),
        None,
    )


def card_of(actor: Actor, pupil: Pupil) -> Card:
    """Give what is kept of a pupil's EHC plans, as far as this actor may read it."""
    rows = visible(actor, Action.PLAN_VIEW, EhcPlan).filter(pupil=pupil)
    every = list(rows.select_related("by", "in_error_by", "paper").order_by("-made_on", "-id"))
    plan = next((row for row in every if row.stands), None)
    lines = lines_of(actor, plan) if plan else []
    paper = None
    if plan is not None and plan.paper and actor.can_somewhere(Action.DOCUMENT_VIEW):
        paper = visible(actor, Action.DOCUMENT_VIEW, Document).filter(pk=plan.paper.pk).first()
    return Card(
        plan,
        tuple(row for row in every if not row.stands),
        tuple(row for row in lines if row.section == Section.OUTCOME),
        tuple(row for row in lines if row.section == Section.PROVISION),
        paper,
    )


def lines_of(actor: Actor, plan: EhcPlan) -> list[EhcLine]:
    """Give the rows of a card that stand, in the order of the paper."""
    rows = visible(actor, Action.PLAN_VIEW, EhcLine).filter(plan=plan, in_error_at__isnull=True)
    found = sorted(rows.order_by("id"), key=lambda row: _in_order(row.number))
    for row in found:
        row.plan = plan
    return found


def _in_order(number: str) -> tuple[Any, ...]:
    """Sort "F2" before "F10", and what has no number last."""
    digits = "".join(letter if letter.isdigit() else " " for letter in number).split()
    return (not number, tuple(int(part) for part in digits), number)


def plan(actor: Actor, ref: uuid.UUID, action: Action = Action.EHC_KEEP) -> EhcPlan:
    """Give the card of a reference that this actor may do that to.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    return find(actor, action, EhcPlan, ref, "pupil", "pupil__org")


def line(actor: Actor, ref: uuid.UUID, action: Action = Action.EHC_KEEP) -> EhcLine:
    """Give the row of a reference that this actor may do that to.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    return find(actor, action, EhcLine, ref, "pupil", "plan", "plan__pupil")


def versions_of(row: EhcPlan | EhcLine) -> list[Any]:
    """Give how a card or a row stood before, the newest first."""
    earlier = row.history.exclude(version=row.version).select_related("history_user")
    return list(earlier.order_by("-history_date", "-history_id"))


def standing(actor: Actor, authority: str = "", until: date | None = None) -> QuerySet[EhcPlan]:
    """Give the cards that stand, each with the end of its review and of its move.

    Args:
        until: only those whose review ends by this day.
    """
    rows = visible(actor, Action.PLAN_VIEW, EhcPlan).filter(
        ended_on__isnull=True, in_error_at__isnull=True, pupil__in_error_at__isnull=True
    )
    if authority:
        rows = rows.filter(authority=authority)
    dated: QuerySet[EhcPlan] = rows.annotate(
        next_review=_due(NEXT_REVIEW), next_place=_due(NEXT_PLACE)
    )
    return dated.filter(Q(next_review__lte=until)) if until else dated


def _due(step: str) -> Subquery:
    rows = DueDate.objects.filter(source_ref=OuterRef("ref"), step=step, done_on__isnull=True)
    return Subquery(rows.values("on")[:1])


def listed(rows: QuerySet[EhcPlan], sort: str, start: int, stop: int) -> list[EhcPlan]:
    """Give a page of the list."""
    column = F(SORTS.get(sort.removeprefix("-"), SORTS[USUAL]))
    down = sort.startswith("-")
    order = column.desc(nulls_last=True) if down else column.asc(nulls_last=True)
    found = rows.select_related("pupil", "org").order_by(order, "pupil__sort_key", "id")
    return list(found[start:stop])


def authorities(actor: Actor) -> list[str]:
    """Give the authorities of the cards that stand, in the order of the alphabet."""
    names = standing(actor).order_by("authority").values_list("authority", flat=True)
    return list(names.distinct())


def without_card(actor: Actor, most: int = 50) -> list[Pupil]:
    """Give the pupils whose status is EHC plan and of whose plan no card is kept."""
    return list(_cardless(actor).order_by("sort_key", "id")[:most])


def count_without_card(actor: Actor) -> int:
    """Count the pupils whose status is EHC plan and of whose plan no card is kept."""
    return sum(_count_cardless.ask(actor))


@question
def _count_cardless(actor: Actor) -> QuerySet[Any, int]:
    return counted(_cardless(actor))


def _cardless(actor: Actor) -> QuerySet[Pupil]:
    held = visible(actor, Action.PLAN_VIEW, SenStatus).filter(
        on_day(actor.today), code=Status.EHC_PLAN, in_error_at__isnull=True
    )
    kept = EhcPlan.objects.filter(
        pupil=OuterRef("pk"), ended_on__isnull=True, in_error_at__isnull=True
    )
    rows = visible(actor, Action.EHC_KEEP, Pupil).filter(on_roll(actor.today))
    return rows.filter(~Exists(kept), pk__in=held.values("pupil"))
