"""A reviewed plan ends and the next begins: what goes on is promised again on the same terms."""

from collections.abc import Sequence
from datetime import timedelta

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.provision.models import Allocation
from opensenco.provision.operations import giving
from opensenco.provision.operations.giving import Terms
from opensenco.support.models import Cycle, Outcome
from opensenco.support.operations import reviews
from opensenco.support.operations.status import Telling

TOMORROW = timedelta(days=1)


@operation(Action.PLAN_WRITE, on="cycle")
def start_next_cycle(
    *,
    actor: Actor,
    cycle: Cycle,
    keep: Sequence[Allocation] = (),
    version: int | None = None,
) -> Cycle:
    """Close a reviewed cycle, begin the next, and promise again what was chosen.

    Nothing is typed again. What runs for the old plan ends today; what was chosen, even if it had
    ended before, is promised for the new plan from tomorrow on the same terms. What each plan
    promised and got stays with it.

    Args:
        keep: promises of the cycle's outcomes.

    Raises:
        NotPossible: the cycle has not been reviewed.
        Stale: somebody else changed the plan in between.
    """
    following = reviews.start_next_cycle(actor=actor, cycle=cycle, version=version)
    now = {row.root: row for row in Outcome.objects.filter(cycle=following)}
    kept = {row.pk for row in keep}
    for row in _of_cycle(cycle):
        outcome = now.get(row.outcome.root) if row.outcome else None
        if row.starts > actor.today:
            change(row, version=None, outcome=outcome)
            continue
        if row.ends is None or row.ends > actor.today:
            giving.end_allocation(
                actor=actor,
                allocation=row,
                ends=actor.today,
                reason=_("The plan of cycle %(number)s was reviewed") % {"number": cycle.number},
            )
        if row.pk in kept and row.provision.ended_on is None:
            _again(actor, row, outcome)
    return following


def _of_cycle(cycle: Cycle) -> list[Allocation]:
    rows = Allocation.objects.filter(outcome__cycle=cycle, in_error_at__isnull=True)
    return list(
        rows.select_related(
            "pupil", "pupil__org", "provision", "outcome", "group", "person", "told_by"
        ).order_by("id")
    )


def _again(actor: Actor, row: Allocation, outcome: Outcome | None) -> None:
    told = Telling(row.told_on, row.told_how, row.told_words) if row.told_on else None
    giving.allocate(
        actor=actor,
        pupils=[row.pupil],
        provision=row.provision,
        outcome=outcome,
        told=told,
        terms=Terms(
            times_a_week=row.times_a_week,
            minutes=row.minutes,
            starts=actor.today + TOMORROW,
            person=row.person,
            group=row.group,
        ),
    )
