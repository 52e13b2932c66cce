"""A colleague who lost what they sign in with is helped back in, with a reason that they read."""

from django.utils.translation import gettext as _

from opensenco.access import devices, factors
from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Membership
from opensenco.access.signing_in import SecondStepReset
from opensenco.cases import spine
from opensenco.gate.operation import operation
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.notices import outbox

LONGEST_REASON = 500


@operation(Action.SIGN_IN_HELP, on="membership")
def reset_second_step(*, actor: Actor, membership: Membership, reason: str) -> SecondStepReset:
    """Take away all that a colleague has for the second step, and end every sign-in of theirs.

    They sign in with their password and set up a second step anew. They are told by whom and why,
    in the app and by email.

    Raises:
        Invalid: there is no reason.
        NotPossible: it is one's own, or there is nothing to take away.
    """
    person = membership.person
    if not reason.strip():
        raise Invalid("reason", _("Say why: your colleague reads it."))
    if person.pk == actor.person.pk:
        raise NotPossible(_("This is your own. Change it under “Sign-in and security”."))
    if not factors.of(person):
        raise NotPossible(_("There is nothing to reset: no second step is set up."))
    row = SecondStepReset(
        org=membership.org, membership=membership, by=actor.person, at=actor.at,
        reason=reason.strip(),
    )  # fmt: skip
    row.save()
    factors.take_away(person)
    devices.end(person)
    _tell(actor, membership, row.reason)
    return row


def _tell(actor: Actor, membership: Membership, reason: str) -> None:
    """Tell the colleague; an email names nobody and does not repeat the reason."""
    person, org = membership.person, membership.org
    words = _("%(name)s reset the second step of your sign-in. The reason given: %(reason)s") % {
        "name": actor.person.name or _("Whoever runs this server"),
        "reason": reason,
    }
    spine.tell(actor=actor, org=org, words=words, person=person)
    outbox.post(
        org=org, to=person.email, at=actor.at, person=person,
        subject=_("The second step of your sign-in was reset"),
        words=_(
            "Somebody who manages staff where you work reset the second step of your sign-in, and "
            "you were signed out everywhere. Sign in with your password and set up a new one.\n\n"
            "If you did not ask for it, change your password at once and ask them why."
        ),
    )  # fmt: skip
