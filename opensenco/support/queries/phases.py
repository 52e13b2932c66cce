"""All phases of a school side by side, for whoever leads their SENCOs; a few questions for all."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, QuerySet, When

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Membership, Organisation
from opensenco.access.questions import question
from opensenco.access.reach import Reach
from opensenco.access.registry import visible
from opensenco.cases.dues import not_done
from opensenco.cases.models import Task
from opensenco.law.strength import Strength
from opensenco.people.days import on_roll, turned
from opensenco.people.policy import on_day
from opensenco.support.models import SenStatus
from opensenco.support.queries.choosing import CODED, open_cycles
from opensenco.support.states import Status

PHASE_SENCO = "SENCO_PHASE"


@dataclass
class Phase:
    """One part of a school: who co-ordinates it, and how it stands there.

    Args:
        name: empty for the pupils who are in no part.
        planless: pupils with SEN of whom no plan is in use.
        waiting: what waits about its pupils. past_law, past_guidance: dates that have gone by.
    """

    name: str = ""
    sencos: list[str] = field(default_factory=list)
    pupils: int = 0
    ehc: int = 0
    planless: int = 0
    waiting: int = 0
    past_law: int = 0
    past_guidance: int = 0

    def __bool__(self) -> bool:
        return bool(self.pupils or self.waiting or self.past_law or self.past_guidance)


def phases(actor: Actor) -> list[Phase]:
    """Give every part of the place with its SENCO; nothing where it has none, or one leads none."""
    if actor.hat.reach(Action.PLAN_WRITE) is not Reach.ALL:
        return []
    found: dict[int | None, Phase] = {part.pk: Phase(part.name) for part in _parts.ask(actor)}
    if not found:
        return []
    found[None] = Phase()
    _name_sencos(actor, found)
    _count_pupils(actor, found)
    for part, many in _waiting.ask(actor):
        found.get(part, found[None]).waiting += many
    for part, strength, many in _late.ask(actor):
        phase = found.get(part, found[None])
        phase.past_law += many if strength == Strength.MUST.value else 0
        phase.past_guidance += many if strength == Strength.SHOULD.value else 0
    return [one for part, one in found.items() if part is not None or one]


@question
def _parts(actor: Actor) -> QuerySet[Organisation]:
    parts = Organisation.objects.filter(kind=Organisation.Kind.PART)
    return parts.filter(parent__in=actor.hat.orgs).order_by("name", "pk")


def _name_sencos(actor: Actor, found: dict[int | None, Phase]) -> None:
    for row in _sencos.ask(actor):
        if row.part_id in found:
            found[row.part_id].sencos.append(row.person.name)


@question
def _sencos(actor: Actor) -> QuerySet[Membership]:
    rows = Membership.objects.filter(
        on_day(actor.today), role=PHASE_SENCO, org__in=actor.hat.orgs, withdrawn=False,
        person__is_active=True, part__isnull=False,
    )  # fmt: skip
    return rows.select_related("person").order_by("person__last_name", "pk")


def _count_pupils(actor: Actor, found: dict[int | None, Phase]) -> None:
    for part, code, has_plan, many in _held.ask(actor):
        phase = found.get(part, found[None])
        phase.pupils += many
        phase.ehc += many if code == Status.EHC_PLAN else 0
        phase.planless += 0 if has_plan else many


@question
def _held(actor: Actor) -> QuerySet[Any, Any]:
    held = visible(actor, Action.PLAN_VIEW, SenStatus).filter(
        on_day(actor.today), on_roll(actor.today, "pupil__"), code__in=CODED,
        in_error_at__isnull=True,
    )  # fmt: skip
    planned = Exists(open_cycles().filter(pupil=OuterRef("pupil")))
    return _by_part(actor, held.annotate(planned=planned), "code", "planned")


@question
def _waiting(actor: Actor) -> QuerySet[Any, Any]:
    rows = visible(actor, Action.TASK_VIEW, Task).filter(
        settled_at__isnull=True, since__lte=actor.today, pupil__isnull=False
    )
    return _by_part(actor, rows)


@question
def _late(actor: Actor) -> QuerySet[Any, Any]:
    late = not_done(actor).filter(on__lt=actor.today, pupil__isnull=False)
    return _by_part(actor, late, "strength")


def _by_part(actor: Actor, rows: QuerySet[Any], *beside: str) -> QuerySet[Any, Any]:
    """Count rows by the part of their pupil today, and by other columns beside it."""
    grouped: Any = rows.order_by().annotate(within=_within(actor)).values("within", *beside)
    counted: QuerySet[Any, Any] = grouped.annotate(n=Count("pk"))
    return counted.values_list("within", *beside, "n")


def _within(actor: Actor) -> Case:
    """Give the part of a row's pupil today."""
    return Case(
        When(turned(actor.today, "pupil__"), then=F("pupil__next_part")),
        default=F("pupil__part"),
    )
