"""What was measured of a promise: the scale, the points that stand, the aim."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import visible
from opensenco.gate.rows import find
from opensenco.provision.models import Aim, Allocation, Point, Provision, Scale, Usual
from opensenco.provision.progress import AimLine, Journey, Mark, journey
from opensenco.provision.usual import Compared, Norm, compare


@dataclass(frozen=True)
class Course:
    """How one pupil fares with one provision.

    Args:
        points: those that stand, in the order of their days.
        earlier: aims that a later one took the place of, newest first.
        usual: what is usual for the measure; None where nobody has said so.
    """

    scale: Scale | None
    points: Sequence[Point]
    journey: Journey
    aim: Aim | None = None
    earlier: Sequence[Aim] = ()
    usual: Usual | None = None

    @property
    def compared(self) -> Compared | None:
        """How far the pupil came, beside what is usual; None where that cannot be said."""
        return compare(norm_of(self.usual), self.journey) if self.usual else None

    @property
    def line(self) -> AimLine | None:
        """The line from the first point to the aim; None where one of them is missing."""
        if self.aim is None or not self.journey.marks:
            return None
        first = self.journey.marks[0]
        return AimLine(first.on, first.score, self.aim.by, self.aim.score)


def scale_for(provision: Provision) -> Scale | None:
    """Give what is measured of a provision now."""
    return Scale.objects.filter(provision=provision).order_by("-id").first()


def usual_for(scales: Iterable[Scale | None], until: datetime | None = None) -> dict[int, Usual]:
    """Give what is said to be usual for each of these scales, by its key. Asks once.

    Args:
        until: as it had been said by then; None for now.
    """
    keys = {one.pk for one in scales if one is not None}
    rows = Usual.objects.filter(scale__in=keys).select_related("scale", "person")
    if until is not None:
        rows = rows.filter(at__lte=until)
    return {one.scale_id: one for one in rows.order_by("id")}


def norm_of(row: Usual) -> Norm:
    """Give what is usual as plain numbers."""
    return Norm(row.kind, row.gain, row.error)


def scale_of(allocation: Allocation) -> Scale | None:
    """Give what is measured of a promise: what its points are on, else what is measured now."""
    points = standing_points(Point.objects.filter(allocation=allocation)).select_related("scale")
    first = points.order_by("on", "id").first()
    return first.scale if first is not None else scale_for(allocation.provision)


def standing_points(rows: QuerySet[Point]) -> QuerySet[Point]:
    """Give the points that no other corrects, without what was taken back."""
    later = Point.objects.filter(corrects=OuterRef("pk"), corrects__isnull=False)
    return rows.filter(~Exists(later), score__isnull=False)


def course_of(actor: Actor, row: Allocation) -> Course:
    """Give how a pupil fares with what they are given. Always four questions."""
    points = list(
        standing_points(visible(actor, Action.PROVISION_VIEW, Point))
        .filter(allocation=row)
        .select_related("person", "scale")
        .order_by("on", "id")
    )
    now = scale_for(row.provision)
    scale = points[0].scale if points else now
    every = visible(actor, Action.PROVISION_VIEW, Aim).filter(allocation=row)
    aims = list(every.select_related("person", "scale").order_by("-id"))
    # an aim on another scale than the points are on says nothing about them
    fitting = [one for one in aims if one.scale == scale]
    aim = fitting[0] if fitting else None
    return Course(
        scale,
        points,
        journey_of(row, points),
        aim,
        [one for one in aims if one is not aim],
        usual_for([scale]).get(scale.pk) if scale else None,
    )


def journey_of(row: Allocation, points: Sequence[Point]) -> Journey:
    """Give entry and exit of the points of a promise."""
    marks = [Mark(one.on, one.score, one.last) for one in points if one.score is not None]
    less = bool(points) and points[0].scale.less_is_better
    return journey(marks, starts=row.starts, ends=row.ends, less_is_better=less)


def point(actor: Actor, ref: uuid.UUID) -> Point:
    """Give the point of a reference that this actor may put right.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    return find(
        actor, Action.SESSION_LOG, Point, ref, "person", "scale", "pupil__org",
        "allocation__provision", "allocation__pupil",
    )  # fmt: skip
