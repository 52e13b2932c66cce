"""Packs of many pupils are sent at once, or by the worker while their sender goes on."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.access.scope import as_login
from opensenco.kernel.errors import Invalid
from opensenco.network import jobs
from opensenco.network.operations.handing_over import send_packs
from opensenco.people.models import Pupil

#: packs that one waits for; more are sent by the worker
AT_ONCE = 20


def hand_over_now_or_soon(
    *, actor: Actor, pupils: Sequence[Pupil], to: Organisation, until: date, words: str
) -> int:
    """Send the packs at once, or let the worker send them in this person's name where many.

    Returns:
        How many the worker will send; 0 where all have been sent.

    Raises:
        Invalid: nobody is left to be handed over; as `send_packs`.
    """
    if not pupils:
        raise Invalid("to", _("All pupils on the roll have been handed over to this school."))
    if len(pupils) <= AT_ONCE:
        send_packs(actor=actor, pupils=pupils, to=to, until=until, words=words)
        return 0
    org = pupils[0].org
    given = actor.person.pk, actor.hat.key, str(org.ref), str(to.ref), until.isoformat(), words
    with as_login():
        jobs.hand_over.enqueue(*given)
    return len(pupils)
