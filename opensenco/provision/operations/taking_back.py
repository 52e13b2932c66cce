"""What was ended by mistake goes on as it was."""

from datetime import date

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases import spine
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import NotPossible
from opensenco.provision.models import Allocation
from opensenco.provision.operations import reaching, telling


@operation(Action.PROVISION_ALLOCATE, on="allocation")
def give_last_day_back(
    *, actor: Actor, allocation: Allocation, version: int | None, ends: date | None
) -> Allocation:
    """Give a promise the last day that it had before it was ended by mistake; None for none.

    Raises:
        NotPossible: it was made in error, or the pupil was promised the same for these days since.
        Stale: somebody else changed it in between.
    """
    telling.check_stands(allocation)
    others = Allocation.objects.filter(
        pupil=allocation.pupil, provision=allocation.provision, in_error_at__isnull=True,
        starts__gt=allocation.starts,
    ).exclude(pk=allocation.pk)  # fmt: skip
    if ends is not None:
        others = others.filter(starts__lte=ends)
    if others.exists():
        raise NotPossible(_("The pupil has been promised the same anew. End that first."))
    before = allocation.ends
    change(allocation, version=version, ends=ends, ended_reason="")
    reaching.follow(allocation, before)
    spine.add_fact(
        actor=actor,
        pupil=allocation.pupil,
        kind="provision.given",
        on=actor.today,
        words=_("%(provision)s goes on: it was ended by mistake")
        % {"provision": allocation.provision.name},
        source=allocation,
        reader=Action.PROVISION_VIEW,
    )
    return allocation
