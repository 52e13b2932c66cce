"""An account that somebody has elsewhere is theirs here too: tied to their own, and untied."""

from allauth.socialaccount.models import SocialAccount
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.elsewhere.providers import name_of
from opensenco.access.elsewhere.told import Told
from opensenco.access.models import Organisation
from opensenco.access.scope import as_login
from opensenco.gate.operation import operation
from opensenco.kernel.errors import NotPossible
from opensenco.notices import outbox


@operation(Action.SIGNED_IN)
def tie_sign_in(*, actor: Actor, told: Told) -> None:
    """Sign in by an account elsewhere from now on; one's address is told so.

    The caller has seen one's own password, or the invitation that made this account.

    Raises:
        NotPossible: that account is tied already; to whom is not said.
    """
    try:
        # a scope's role reads no keys of accounts and writes none
        with transaction.atomic(), as_login():
            SocialAccount(user=actor.person, provider=told.provider, uid=told.uid).save()
    except IntegrityError:
        raise NotPossible(
            _("That account signs somebody in here already. Sign in with it.")
        ) from None
    _tell(
        actor,
        _("Another way to sign in to OpenSENCO"),
        _(
            "You can sign in to OpenSENCO with %(provider)s from now on.\n\n"
            "If it was not you, sign in, take it away under “Your account”, change your password, "
            "and tell whoever manages people at your place."
        )
        % {"provider": name_of(told.provider)},
    )


@operation(Action.SIGNED_IN)
def untie_sign_in(*, actor: Actor, provider: str) -> None:
    """Sign in by an account elsewhere no longer; one's address is told so.

    Raises:
        NotPossible: none is tied, or there would be no way in left.
    """
    if not actor.person.has_usable_password():
        raise NotPossible(_("It is your only way in. Choose a password first."))
    with as_login():
        gone, _each = SocialAccount.objects.filter(user=actor.person, provider=provider).delete()
    if not gone:
        raise NotPossible(_("It has been taken away already."))
    _tell(
        actor,
        _("A way to sign in to OpenSENCO was taken away"),
        _(
            "You can no longer sign in to OpenSENCO with %(provider)s.\n\n"
            "If it was not you, tell whoever manages people at your place."
        )
        % {"provider": name_of(provider)},
    )


def _tell(actor: Actor, subject: str, words: str) -> None:
    place = Organisation.objects.get(pk=min(actor.hat.orgs))
    outbox.post(
        org=place, to=actor.person.email, at=actor.at, person=actor.person,
        subject=subject, words=words,
    )  # fmt: skip
