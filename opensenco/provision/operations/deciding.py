"""Keep, change, grow or stop a provision (APD-12): decided by somebody, for a reason, and kept."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.gate.operation import operation
from opensenco.kernel.errors import Invalid
from opensenco.provision.models import Decision, Provision
from opensenco.provision.states import Verdict
from opensenco.support.words import paragraph

MOST_REASON = 2_000


@operation(Action.PROVISION_ALLOCATE, on="provision")
def decide(
    *, actor: Actor, provision: Provision, verdict: str, reason: str, known: Sequence[str]
) -> Decision:
    """Decide what becomes of a provision. What pupils have now goes on until somebody ends it.

    Args:
        known: what is known of its effect today, sentence by sentence, as whoever decides reads it.

    Raises:
        Invalid: nothing of the list, or no reason.
    """
    if verdict not in Verdict.values:
        raise Invalid("verdict", _("Choose keep, change, grow or stop."))
    why = paragraph("reason", reason, MOST_REASON)
    if len(why.split()) < 2:
        raise Invalid("reason", _("Say in a few words why."))
    row = Decision(
        org_id=provision.org_id, provision=provision, verdict=verdict, reason=why,
        known=list(known), person=actor.person, at=actor.next_moment(),
    )  # fmt: skip
    row.save()
    return row
