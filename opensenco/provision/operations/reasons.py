"""A place adds its own reasons why a session was not held, and ends them."""

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.provision.models import OwnReason
from opensenco.provision.reason_models import MOST_REASON
from opensenco.provision.states import WhyNot
from opensenco.support.words import line

#: a longer list is not read by somebody who logs a session in a corridor
MOST = 20


@operation(Action.PROVISION_ALLOCATE, on="org")
def add_reason(*, actor: Actor, org: Organisation, words: str, kind: str) -> OwnReason:
    """Add a reason in the place's own words, counted under one of the kinds.

    Raises:
        Invalid: no words, words that are on the list, a kind that is none, or too many already.
    """
    said = line("words", words, MOST_REASON)
    if not said:
        raise Invalid("words", _("Give the reason in the words that staff use."))
    if kind not in WhyNot.values:
        raise Invalid("kind", _("Choose under which of these it is counted."))
    if said.casefold() in {str(label).casefold() for label in WhyNot.labels}:
        raise Invalid("words", _("This reason is on the list already."))
    own = OwnReason.objects.filter(org=org, ended_on__isnull=True)
    if own.filter(words__iexact=said).exists():
        raise Invalid("words", _("This reason is on the list already."))
    if own.count() >= MOST:
        raise Invalid("words", _("There are 20 already. Take one out of the list first."))
    row = OwnReason(org=org, words=said, kind=kind)
    row.save()
    return row


@operation(Action.PROVISION_ALLOCATE, on="own_reason")
def end_reason(*, actor: Actor, own_reason: OwnReason, version: int | None = None) -> OwnReason:
    """Take a reason out of the list. Sessions that have it keep it.

    Raises:
        NotPossible: it is out already.
        Stale: somebody else changed it in between.
    """
    if own_reason.ended_on is not None:
        raise NotPossible(_("This reason is out of the list already."))
    return change(own_reason, version=version, ended_on=actor.today)
