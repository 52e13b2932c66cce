"""What came of one provision: the gain of every child who had it, and who was not measured."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from django.db.models import Q

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import visible
from opensenco.provision.models import Aim, Allocation, Point, Provision, Scale, Usual
from opensenco.provision.progress import Journey, better_by
from opensenco.provision.queries.points import journey_of, norm_of, standing_points, usual_for
from opensenco.provision.spread import Spread, spread
from opensenco.provision.usual import Beside, Compared, compare


class Known(StrEnum):
    """What is known of a child's way from entry to exit."""

    GAIN = "gain"
    RUNNING = "running"
    NO_EXIT = "no_exit"
    NO_ENTRY = "no_entry"
    OTHER_SCALE = "other_scale"


@dataclass(frozen=True)
class Child:
    """One child who had the provision.

    Args:
        reached: whether the aim was reached at the end; None where there was none, or no end.
        compared: the gain beside what is usual; None where there is no gain, or nothing is usual.
    """

    allocation: Allocation
    journey: Journey
    known: Known
    reached: bool | None = None
    compared: Compared | None = None


@dataclass(frozen=True)
class Effect:
    """What came of one provision in a span of days.

    Args:
        children: each child once, by register name.
    """

    scale: Scale | None
    children: Sequence[Child]
    spread: Spread
    usual: Usual | None = None

    def count(self, known: str) -> int:
        """Give of how many children this is known."""
        return sum(child.known == known for child in self.children)

    def beside(self, kind: Beside) -> int:
        """Give how many gains stand so to what is usual."""
        return sum(
            one.compared is not None and one.compared.beside == kind for one in self.children
        )

    @property
    def aimed(self) -> int:
        """How many children with a gain had an aim."""
        return sum(child.reached is not None for child in self.children)

    @property
    def reached(self) -> int:
        """How many of them reached it."""
        return sum(bool(child.reached) for child in self.children)


def effect_of(actor: Actor, row: Provision, since: date, until: date) -> Effect:
    """Give what came of a provision for whoever had it on a day of a span. Asks five times.

    A child who had it twice stands there with the later time of which the gain is known. Points on
    another scale than the newest are counted and not mixed in.
    """
    given = list(
        visible(actor, Action.PROVISION_ALLOCATE, Allocation)
        .filter(
            Q(ends__isnull=True) | Q(ends__gte=since),
            provision=row, starts__lte=until, in_error_at__isnull=True,
        )
        .select_related("pupil", "provision")
        .order_by("pupil__sort_key", "pupil_id", "starts", "id")
    )  # fmt: skip
    points = _points(actor, given)
    aims = _aims(actor, given)
    scale = Scale.objects.filter(provision=row).order_by("-id").first()
    usual = usual_for([scale]).get(scale.pk) if scale else None
    found: dict[int, Child] = {}
    for one in given:
        child = _child(one, points[one.pk], aims.get(one.pk), scale, actor.today)
        if usual is not None and child.known == Known.GAIN:
            child = replace(child, compared=compare(norm_of(usual), child.journey))
        before = found.get(one.pupil_id)
        if before is None or child.known == Known.GAIN or before.known != Known.GAIN:
            found[one.pupil_id] = child
    children = list(found.values())
    gains = [one.journey.gain for one in children if one.known == Known.GAIN]
    return Effect(scale, children, spread(gain for gain in gains if gain is not None), usual)


def _points(actor: Actor, given: Iterable[Allocation]) -> dict[int, list[Point]]:
    rows = standing_points(visible(actor, Action.PROVISION_VIEW, Point)).filter(
        allocation__in=[one.pk for one in given]
    )
    found: dict[int, list[Point]] = defaultdict(list)
    for one in rows.select_related("scale").order_by("on", "id"):
        found[one.allocation_id].append(one)
    return found


def _aims(actor: Actor, given: Iterable[Allocation]) -> dict[int, Aim]:
    rows = visible(actor, Action.PROVISION_VIEW, Aim).filter(
        allocation__in=[one.pk for one in given]
    )
    return {one.allocation_id: one for one in rows.select_related("scale").order_by("id")}


def _child(
    row: Allocation, points: list[Point], aim: Aim | None, scale: Scale | None, today: date
) -> Child:
    journey = journey_of(row, points)
    if points and points[0].scale != scale:
        return Child(row, journey, Known.OTHER_SCALE)
    if journey.entry is None:
        return Child(row, journey, Known.NO_ENTRY)
    if journey.exit is None:
        over = row.ends is not None and row.ends < today
        return Child(row, journey, Known.NO_EXIT if over else Known.RUNNING)
    reached = None
    if aim is not None and aim.scale == scale:
        reached = _at_least(journey.exit.score, aim)
    return Child(row, journey, Known.GAIN, reached)


def _at_least(score: Decimal, aim: Aim) -> bool:
    return better_by(score, aim.score, less_is_better=aim.scale.less_is_better) >= 0
