"""Pupils of one setting with their status and main need, for the table that sets many at once."""

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.access.registry import visible
from opensenco.people.models import GroupPupil, Pupil
from opensenco.people.policy import on_day
from opensenco.people.queries import attach_classes
from opensenco.support.models import Need, SenStatus
from opensenco.support.queries.choosing import standing_needs, statuses
from opensenco.support.queries.gaps import UNTOLD
from opensenco.support.states import Status

CODED = (Status.EHC_PLAN, Status.SEN_SUPPORT)
#: pupils with a status, those of them without a need, and those whose parents may not know
EVERYBODY, WITH, UNRANKED, UNTOLD_VIEW = "", "sen", "unranked", "untold"
VIEWS = (EVERYBODY, WITH, UNRANKED, UNTOLD_VIEW)


@dataclass(frozen=True)
class Standing:
    """One pupil: the status that holds or comes, and the main need, empty where none is ranked.

    Args:
        version: of the ranked needs, for the optimistic lock.
    """

    pupil: Pupil
    status: SenStatus | None
    need: str
    version: int


def pupils(
    actor: Actor, org: Organisation, view: str = EVERYBODY, group: uuid.UUID | None = None
) -> QuerySet[Pupil]:
    """Give the pupils on the roll of a setting whose status this actor may set, by name."""
    rows = visible(actor, Action.STATUS_SET, Pupil).filter(org=org)
    rows = rows.filter(Q(left_on__isnull=True) | Q(left_on__gte=actor.today))
    if group is not None:
        inside = GroupPupil.objects.filter(on_day(actor.today), group__ref=group)
        rows = rows.filter(pk__in=inside.values("pupil"))
    held = statuses(actor.today).filter(pupil=OuterRef("pk"), code__in=CODED)
    if view in (WITH, UNRANKED):
        rows = rows.filter(Exists(held))
    if view == UNRANKED:
        rows = rows.exclude(Exists(standing_needs().filter(rank=1, pupil=OuterRef("pk"))))
    if view == UNTOLD_VIEW:
        rows = rows.filter(Exists(held.filter(UNTOLD)))
    return rows.order_by("sort_key", "id")


def by_refs(actor: Actor, refs: Sequence[uuid.UUID]) -> list[Pupil]:
    """Give the pupils of some references whose status this actor may set, by name."""
    rows = visible(actor, Action.STATUS_SET, Pupil).filter(ref__in=list(refs))
    return list(rows.select_related("org").order_by("sort_key", "id"))


def standing(actor: Actor, chosen: Sequence[Pupil]) -> list[Standing]:
    """Give what the record says of each pupil now; three questions however many there are."""
    ids = [pupil.pk for pupil in chosen]
    rows = SenStatus.objects.filter(pupil__in=ids, in_error_at__isnull=True)
    rows = rows.filter(Q(ends__isnull=True) | Q(ends__gte=actor.today), code__in=CODED)
    held = {row.pupil_id: row for row in rows.order_by("starts", "id")}
    main: dict[int, str] = {}
    # the same number as `spans_version` gives of one pupil
    versions: Counter[int] = Counter()
    needs = Need.objects.filter(pupil__in=ids)
    for pupil, code, rank, ended in needs.values_list("pupil_id", "code", "rank", "ended_on"):
        versions[pupil] += 1 if ended is None else 2
        if rank == 1 and ended is None:
            main[pupil] = code
    attach_classes(chosen, actor.today)
    return [
        Standing(one, held.get(one.pk), main.get(one.pk, ""), versions[one.pk]) for one in chosen
    ]
