"""What was measured of all that a pupil is given: asked as often, however much that is."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import visible
from opensenco.audit.history import end_of
from opensenco.provision.models import Aim, Allocation, Point, Usual
from opensenco.provision.queries.points import Course, journey_of, usual_for


def courses_of(
    actor: Actor, rows: Sequence[Allocation], day: date | None = None
) -> list[tuple[Allocation, Course]]:
    """Give how a pupil fares with each of these that was measured, in the order given. Asks three
    times.

    Args:
        day: what had been written down by its end; None for now. Who may look back is asked apart.
    """
    keys = [row.pk for row in rows]
    points = _known(visible(actor, Action.PROVISION_VIEW, Point).filter(allocation__in=keys), day)
    by: dict[int, list[Point]] = {}
    for one in points.select_related("person", "scale").order_by("on", "id"):
        by.setdefault(one.allocation_id, []).append(one)
    aims = visible(actor, Action.PROVISION_VIEW, Aim).filter(allocation__in=keys)
    if day is not None:
        aims = aims.filter(at__lte=end_of(day))
    aimed: dict[int, list[Aim]] = {}
    for aim in aims.select_related("person", "scale").order_by("-id"):
        aimed.setdefault(aim.allocation_id, []).append(aim)
    scales = [some[0].scale for some in by.values()]
    usual = usual_for(scales, None if day is None else end_of(day)) if scales else {}
    return [
        (row, _course(row, by[row.pk], aimed.get(row.pk, []), usual))
        for row in rows
        if row.pk in by
    ]


def _known(rows: QuerySet[Point], day: date | None) -> QuerySet[Point]:
    later = Point.objects.filter(corrects=OuterRef("pk"), corrects__isnull=False)
    if day is not None:
        later, rows = later.filter(at__lte=end_of(day)), rows.filter(at__lte=end_of(day))
    return rows.filter(~Exists(later), score__isnull=False)


def _course(
    row: Allocation, points: Sequence[Point], aims: Sequence[Aim], usual: Mapping[int, Usual]
) -> Course:
    scale = points[0].scale
    # an aim on another scale than the points are on says nothing about them
    aim = next((one for one in aims if one.scale == scale), None)
    earlier = [one for one in aims if one is not aim]
    return Course(scale, points, journey_of(row, points), aim, earlier, usual.get(scale.pk))
