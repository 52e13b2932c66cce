"""What was ended by mistake goes on as it was."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases import spine_many
from opensenco.cases.spine_many import Told
from opensenco.gate.operation import operation
from opensenco.gate.rows import change_each
from opensenco.kernel.errors import NotPossible
from opensenco.provision.models import Allocation
from opensenco.provision.operations import reaching, telling


@operation(Action.PROVISION_ALLOCATE, on="allocations")
def give_last_days_back(
    *, actor: Actor, allocations: Sequence[Allocation], ends: Sequence[date | None]
) -> list[Allocation]:
    """Give promises the last day that each had before it was ended by mistake.

    Args:
        ends: for each promise, in the same order, its last day; None for none.

    Raises:
        NotPossible: one was made in error, or its pupil was promised the same for these days since.
        Stale: somebody else changed one of them since it was read.
    """
    _refuse_promised_anew(allocations, ends)
    moved = [(row, row.ends) for row in allocations]
    for row, last in zip(allocations, ends, strict=True):
        telling.check_stands(row)
        row.ends, row.ended_reason = last, ""
    change_each(allocations, "ends", "ended_reason")
    reaching.follow(moved)
    spine_many.add_facts(
        actor=actor,
        kind="provision.given",
        facts=[Told(row, actor.today, _goes_on(row)) for row in allocations],
        reader=Action.PROVISION_VIEW,
    )
    return list(allocations)


def _goes_on(row: Allocation) -> str:
    return _("%(provision)s goes on: it was ended by mistake") % {"provision": row.provision.name}


def _refuse_promised_anew(allocations: Sequence[Allocation], ends: Sequence[date | None]) -> None:
    later: dict[tuple[int, int], list[Allocation]] = defaultdict(list)
    for row in Allocation.objects.filter(
        pupil__in={row.pupil_id for row in allocations},
        provision__in={row.provision_id for row in allocations},
        in_error_at__isnull=True,
    ):
        later[row.pupil_id, row.provision_id].append(row)
    for row, last in zip(allocations, ends, strict=True):
        for other in later[row.pupil_id, row.provision_id]:
            if other.starts > row.starts and (last is None or other.starts <= last):
                raise NotPossible(_("The pupil has been promised the same anew. End that first."))
