"""One's own address is another one: a code to the new address, and word to the old one."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation, Person
from opensenco.access.scope import as_login
from opensenco.gate.operation import operation
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.notices import outbox
from opensenco.notices.withheld import mark

#: what a mail keeps a mark for until it is handed over
CODE = "own-address-code"
DIGITS = 8
#: how long a code is worth something
WORTH = timedelta(minutes=10)


def code_of(nonce: str) -> str:
    """Give a code of eight digits, worked out with the installation's own secret.

    So neither the outbox nor a copy of the database holds it.

    Args:
        nonce: random letters and digits.
    """
    worked_out = salted_hmac("opensenco.own_address.code", nonce, algorithm="sha256").digest()
    return f"{int.from_bytes(worked_out[:8]) % 10**DIGITS:0{DIGITS}d}"


@operation(Action.SIGNED_IN)
def send_code_to_new_address(*, actor: Actor, to: str, nonce: str) -> None:
    """Send a code to the address that is to be one's own, which proves that one reads it.

    Whether somebody else signs in with that address is told to nobody.

    Args:
        nonce: random, of which the code is worked out (`code_of`); whoever calls keeps a hash of
            that code and lets it be tried a few times.

    Raises:
        Invalid: it is no address, or is one's own already.
    """
    if to.strip().lower() == actor.person.email:
        raise Invalid("to", _("This is your address already."))
    outbox.post(
        org=_place(actor), to=to, at=actor.at, until=actor.at + WORTH,
        subject=_("Your code for OpenSENCO"),
        words=_(
            "Somebody wants to use this address to sign in to OpenSENCO. If it was you, write this "
            "code on the page that you have open: %(code)s\n\n"
            "It is worth something for ten minutes. If it was not you, do nothing: "
            "nothing changes."
        ) % {"code": mark(CODE, nonce)},
    )  # fmt: skip


@operation(Action.SIGNED_IN)
def change_own_address(*, actor: Actor, to: str) -> Person:
    """Sign in and be mailed at another address from now on; the old one is told so.

    The caller has seen the code that went to the new address.

    Raises:
        Invalid: it is one's own already.
        NotPossible: it cannot be used; that it is somebody else's is not said.
    """
    old, new = actor.person.email, to.strip().lower()
    if old == new:
        raise Invalid("to", _("This is your address already."))
    try:
        # a scope reads accounts and changes none
        with transaction.atomic(), as_login():
            Person.objects.filter(pk=actor.person.pk).update(email=new)
    except IntegrityError:
        raise NotPossible(_("This address cannot be used. Choose another one.")) from None
    outbox.post(
        org=_place(actor), to=old, at=actor.at, person=actor.person,
        subject=_("Your address for OpenSENCO has changed"),
        words=_(
            "You sign in to OpenSENCO with another address from now on, and email goes there. "
            "This one is told once.\n\n"
            "If it was not you, tell whoever manages people at your place at once."
        ),
    )  # fmt: skip
    actor.person.email = new
    return actor.person


def _place(actor: Actor) -> Organisation:
    return Organisation.objects.get(pk=min(actor.hat.orgs))
