"""What each SENCO leads: pupils, plans, EHC plans and the reviews that are due, part by part.

A part of a school is led by its phase SENCO; where a school has none, all of it by whoever
co-ordinates. However many pupils there are, the database is asked as often.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import Case, Count, F, Q, QuerySet, When

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Membership, Organisation
from opensenco.access.registry import visible
from opensenco.ehc.queries import standing as standing_cards
from opensenco.people.days import on_roll, turned
from opensenco.people.policy import on_day
from opensenco.staffing.queries.workload import CO_ORDINATORS
from opensenco.support.models import Cycle, SenStatus
from opensenco.support.queries.choosing import CODED
from opensenco.support.states import Stage, Status

PHASE = "SENCO_PHASE"
#: plans of SEN support whose review is so near, and annual reviews, which take longer to get ready
PLAN_SOON, ANNUAL_SOON = timedelta(weeks=4), timedelta(weeks=8)


@dataclass
class Load:
    """One part of a school, or all of it, and what is led there.

    Args:
        part: its name; empty for the pupils who are in none, and for a school without parts.
        plans: plans under way. reviews, annual: reviews due soon.
        late, annual_late: reviews past their day.
    """

    part: str = ""
    sencos: list[str] = field(default_factory=list)
    pupils: int = 0
    ehc: int = 0
    plans: int = 0
    reviews: int = 0
    late: int = 0
    annual: int = 0
    annual_late: int = 0

    def __bool__(self) -> bool:
        return bool(self.pupils or self.ehc or self.plans or self.annual or self.annual_late)


def caseloads(actor: Actor, org: Organisation) -> list[Load]:
    """Give what each SENCO of a place leads, as far as this actor sees it. Asks six times."""
    parts = Organisation.objects.filter(kind=Organisation.Kind.PART, parent=org)
    found: dict[int | None, Load] = {
        part.pk: Load(part.name) for part in parts.order_by("name", "pk")
    }
    found[None] = Load()
    _name(actor, org, found)
    for part, code, many in _held(actor, org):
        load = found.get(part, found[None])
        load.pupils += many
        load.ehc += many if code == Status.EHC_PLAN else 0
    for part, plans, soon, late in _plans(actor, org):
        load = found.get(part, found[None])
        load.plans += plans
        load.reviews += soon
        load.late += late
    for part, soon, late in _cards(actor, org):
        load = found.get(part, found[None])
        load.annual += soon
        load.annual_late += late
    own = actor.person.name
    every = not actor.hat.parts
    return [
        load for part, load in found.items()
        if load or (part is not None and (every or own in load.sencos)) or len(found) == 1
    ]  # fmt: skip


def _name(actor: Actor, org: Organisation, found: dict[int | None, Load]) -> None:
    rows = Membership.objects.filter(
        on_day(actor.today), role__in=CO_ORDINATORS, org=org, withdrawn=False,
        person__is_active=True,
    )  # fmt: skip
    whole: dict[int, str] = {}
    for row in rows.select_related("person").order_by("person__last_name", "pk"):
        if row.role != PHASE:
            whole[row.person_id] = row.person.name
        elif row.part_id in found and row.person.name not in found[row.part_id].sencos:
            found[row.part_id].sencos.append(row.person.name)
    found[None].sencos = list(whole.values())


Rows = Iterable[tuple[Any, ...]]


def _held(actor: Actor, org: Organisation) -> Rows:
    held = visible(actor, Action.PLAN_VIEW, SenStatus).filter(
        on_day(actor.today), on_roll(actor.today, "pupil__"), org=org, code__in=CODED,
        in_error_at__isnull=True,
    )  # fmt: skip
    return _by_part(actor, held, ("code",), n=Count("pk"))


def _plans(actor: Actor, org: Organisation) -> Rows:
    rows = visible(actor, Action.PLAN_VIEW, Cycle).filter(
        on_roll(actor.today, "pupil__"), org=org, in_error_at__isnull=True
    )
    due = Q(review_on__isnull=False, reviewed_on__isnull=True)
    soon = due & Q(review_on__range=(actor.today, actor.today + PLAN_SOON))
    return _by_part(
        actor, rows.exclude(stage=Stage.CLOSED), (), n=Count("pk"),
        soon=Count("pk", filter=soon), late=Count("pk", filter=due & Q(review_on__lt=actor.today)),
    )  # fmt: skip


def _cards(actor: Actor, org: Organisation) -> Rows:
    """Count annual reviews; each card says its next one, so they are added here."""
    rows = standing_cards(actor).filter(on_roll(actor.today, "pupil__"), org=org)
    found: dict[int | None, list[int]] = defaultdict(lambda: [0, 0])
    dated = rows.order_by().annotate(within=_within(actor)).values_list("within", "next_review")
    for part, on in dated:
        if on is not None and on <= actor.today + ANNUAL_SOON:
            found[part][on < actor.today] += 1
    return [(part, *many) for part, many in found.items()]


def _by_part(
    actor: Actor, rows: QuerySet[Any], beside: tuple[str, ...], **counts: Count
) -> QuerySet[Any, Any]:
    grouped: Any = rows.order_by().annotate(within=_within(actor)).values("within", *beside)
    counted: QuerySet[Any, Any] = grouped.annotate(**counts)
    return counted.values_list("within", *beside, *counts)


def _within(actor: Actor) -> Case:
    """Give the part of a row's pupil today."""
    return Case(
        When(turned(actor.today, "pupil__"), then=F("pupil__next_part")),
        default=F("pupil__part"),
    )
