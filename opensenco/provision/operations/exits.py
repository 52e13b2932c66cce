"""When a pupil is measured at the end: asked of whoever delivers it, settled by measuring (APD-05).

What was measured at the beginning tells nothing without the end. So it waits from two weeks before
the last day, once there is a first measure, until there is an exit or somebody says why there is
none.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases import spine
from opensenco.cases.models import Task
from opensenco.gate.operation import operation
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.provision.models import Allocation, Point
from opensenco.provision.progress import EXIT_BEFORE
from opensenco.provision.queries.points import journey_of, standing_points
from opensenco.support.words import paragraph

EXIT = "provision.exit"


@operation(Action.SESSION_LOG, on="allocation")
def leave_unmeasured(*, actor: Actor, allocation: Allocation, reason: str) -> Allocation:
    """Say why a pupil is not measured at the end; what waits is settled, and no gain is counted.

    Raises:
        Invalid: no reason.
        NotPossible: nothing waits.
    """
    why = paragraph("reason", reason, 1_000)
    if len(why.split()) < 2:
        raise Invalid("reason", _("Say in a few words why it cannot be measured."))
    if not spine.settle_task(actor=actor, source=allocation, kind=EXIT):
        raise NotPossible(_("Nobody waits for this measure any more."))
    words = _("%(provision)s was not measured at the end: %(reason)s") % {
        "provision": allocation.provision.name, "reason": why,
    }  # fmt: skip
    spine.add_fact(
        actor=actor, pupil=allocation.pupil, kind="provision.unmeasured", on=actor.today,
        words=words, source=allocation, reader=Action.PROVISION_VIEW,
    )  # fmt: skip
    return allocation


def follow(actor: Actor, allocations: Iterable[Allocation]) -> None:
    """Ask for the exit of what was measured at first and ends, and settle what waits no more.

    Called by whatever measures, ends or withdraws; where nothing was measured it asks twice.
    """
    rows = {row.pk: row for row in allocations}
    measured: dict[int, list[Point]] = defaultdict(list)
    points = standing_points(Point.objects.filter(allocation__in=list(rows)))
    for one in points.select_related("scale").order_by("on", "id"):
        measured[one.allocation_id].append(one)
    waiting = {task.source_ref for task in asked(list(rows.values()))}
    for row in rows.values():
        if is_due(row, measured.get(row.pk, [])):
            _ask(actor, row, again=row.ref in waiting)
        elif row.ref in waiting:
            spine.settle_task(actor=actor, source=row, kind=EXIT)


def asked(rows: Sequence[Allocation]) -> list[Task]:
    """Give what waits for an exit of these."""
    tasks = Task.objects.filter(
        kind=EXIT, settled_at__isnull=True, source_ref__in=[row.ref for row in rows],
        source_label=Allocation._meta.label,
    )  # fmt: skip
    return list(tasks.order_by("id"))


def is_due(row: Allocation, points: Sequence[Point]) -> bool:
    """Tell whether an exit belongs to what was measured: it ends, and has none yet."""
    if row.in_error or row.ends is None or not points:
        return False
    return journey_of(row, points).exit is None


def _ask(actor: Actor, row: Allocation, *, again: bool) -> None:
    if row.ends is None:
        return
    if again:
        # whoever delivers it now is asked, and nobody else besides
        spine.settle_task(actor=actor, source=row, kind=EXIT)
    spine.open_task(
        actor=actor, org=row.org, kind=EXIT, pupil=row.pupil, source=row,
        words=_("Measure %(provision)s at its end") % {"provision": row.provision.name},
        person=row.person, role_action=None if row.person else Action.PROVISION_ALLOCATE,
        since=max(row.ends - EXIT_BEFORE, row.starts), due=row.ends,
        reader=Action.PROVISION_ALLOCATE,
    )  # fmt: skip
