"""The one-time link of an invitation goes to the address it is for."""

import base64
import secrets

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Invitation
from opensenco.gate.operation import operation
from opensenco.kernel.refs import short
from opensenco.notices import outbox
from opensenco.notices.links import address
from opensenco.notices.withheld import mark
from opensenco.people.operations.joining import LINK_LASTS, put_key
from opensenco.ui import ways

#: what a mail keeps a mark for until it is handed over
LINK = "join-link"


@operation(Action.PEOPLE_MANAGE, on="invitation")
def send_invitation(*, actor: Actor, invitation: Invitation) -> Invitation:
    """Send a new one-time link to the address it is for; the link before it no longer works.

    Raises:
        NotPossible: they have come already, or the role was taken back.
    """
    nonce = secrets.token_hex(16)
    place, ref = short(invitation.org.ref), short(invitation.ref)
    put_key(actor, invitation, _key(ref, nonce))
    outbox.post(
        org=invitation.org, to=invitation.email, at=actor.at, until=actor.at + LINK_LASTS,
        subject=_("An invitation to OpenSENCO"),
        words=_(
            "%(place)s has a role for you in OpenSENCO. Open this link to take it: %(link)s\n\n"
            "It works once, for %(days)s days, and for this address alone. If you did not expect "
            "it, do nothing."
        )
        % {"place": invitation.org.name, "days": LINK_LASTS.days,
           "link": mark(LINK, f"{place}:{ref}:{nonce}")},
    )  # fmt: skip
    return invitation


def address_of(names: str) -> str:
    """Give the whole address of the link that a mark stands for, as the mail is handed over."""
    place, ref, nonce = names.split(":")
    return address(ways.place("join", place, ref, _key(ref, nonce)))


def _key(ref: str, nonce: str) -> str:
    """Give the secret of a link: worked out with the installation's own, which no database has."""
    made = salted_hmac("opensenco.join", f"{ref} {nonce}", algorithm="sha256").digest()
    return base64.urlsafe_b64encode(made[:24]).rstrip(b"=").decode()
