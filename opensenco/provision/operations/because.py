"""A provision is given because a concern ended in a short programme."""

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.concerns.models import Concern
from opensenco.concerns.operations.following import begin_programme
from opensenco.gate.operation import operation
from opensenco.kernel.errors import NotPossible
from opensenco.people.models import Pupil
from opensenco.provision.models import Allocation, Provision
from opensenco.provision.operations import giving
from opensenco.provision.operations.giving import Terms
from opensenco.support.models import Outcome


@operation(Action.PROVISION_ALLOCATE, on="pupils")
def give_programme(
    *,
    actor: Actor,
    pupils: list[Pupil],
    provision: Provision,
    terms: Terms,
    concern: Concern,
    measure: str,
    entry: str,
    outcome: Outcome | None = None,
) -> list[Allocation]:
    """Give a provision as the short programme that a concern ended in, measured before it begins.

    Raises:
        Invalid: as for `allocate`; nothing is measured, or it has no last day.
        NotPossible: as for `allocate`; the concern is about another pupil, or did not end so.
    """
    if [one.pk for one in pupils] != [concern.pupil_id]:
        raise NotPossible
    made = giving.allocate(
        actor=actor, pupils=pupils, provision=provision, terms=terms, outcome=outcome
    )
    begin_programme(
        actor=actor, concern=concern, allocation=made[0].ref, name=provision.name,
        measure=measure, entry=entry, until=terms.ends,
    )  # fmt: skip
    return made
