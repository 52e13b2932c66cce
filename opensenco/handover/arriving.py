"""Who comes into one's part of the school, before one may open their records.

Somebody who co-ordinates a part reads nothing of its next pupils until their first day, or until
they are handed over. That there are some, from when and who hands them over is told at once: no
name and no number, which with few pupils would tell whom.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Membership, Person
from opensenco.access.reach import Reach
from opensenco.handover.models import HandOver
from opensenco.handover.moving import OF_A_PHASE
from opensenco.handover.states import Kind
from opensenco.people.days import on_roll
from opensenco.people.models import Pupil
from opensenco.people.policy import on_day
from opensenco.support.models import SenStatus
from opensenco.support.queries.choosing import CODED


@dataclass(frozen=True)
class Arrival:
    """Pupils with SEN support or an EHC plan who come from the part of a colleague on a day."""

    giver: Person
    on: date


def arriving(actor: Actor, near: timedelta, begun: timedelta) -> list[Arrival]:
    """Give who hands pupils over to one's part in the days ahead and has given nothing yet.

    Args:
        near: how far ahead is looked. begun: a hand-over given so long before the day is of it.
    """
    if actor.hat.reach(Action.HANDOVER_KEEP) is not Reach.PART:
        return []
    coded = SenStatus.objects.filter(
        on_day(actor.today), pupil=OuterRef("pk"), code__in=CODED, in_error_at__isnull=True
    )
    rows = Pupil.objects.filter(
        on_roll(actor.today), Exists(coded), org__in=actor.hat.orgs, in_error_at__isnull=True,
        next_part__in=actor.hat.parts, part__isnull=False,
        next_from__gt=actor.today, next_from__lte=actor.today + near,
    )  # fmt: skip
    others = rows.exclude(part__in=actor.hat.parts)
    steps = list(others.order_by("next_from", "part").values_list("part", "next_from").distinct())
    if not steps:
        return []
    from_part = _seniors(actor, {part for part, _day in steps})
    found = {
        Arrival(from_part[part], on): None
        for part, on in steps
        if part in from_part and on is not None
    }
    given = _given(actor, actor.today - begun)
    return [one for one in found if one.giver.pk not in given | {actor.person.pk}]


def _seniors(actor: Actor, parts: set[int | None]) -> dict[int | None, Person]:
    rows = Membership.objects.filter(
        on_day(actor.today), org__in=actor.hat.orgs, role=OF_A_PHASE, withdrawn=False,
        part__in=parts, person__is_active=True,
    )  # fmt: skip
    return {row.part_id: row.person for row in rows.select_related("person").order_by("-id")}


def _given(actor: Actor, since: date) -> set[int]:
    """Give who has handed over to this person to the next phase since a day."""
    rows = HandOver.objects.filter(
        org__in=actor.hat.orgs, taker=actor.person, kind=Kind.PHASE, given_at__date__gte=since,
        in_error_at__isnull=True,
    )  # fmt: skip
    return set(rows.values_list("giver", flat=True))
