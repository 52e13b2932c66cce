"""How one signs in oneself: told of what is new, and ended where one is no longer."""

from enum import Enum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensenco.access import devices
from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.cases import spine
from opensenco.gate.operation import operation
from opensenco.notices import outbox


class Change(Enum):
    """What somebody changed about their second step."""

    APP_ADDED = gettext_lazy("An authenticator app was set up.")
    APP_REMOVED = gettext_lazy("The authenticator app was removed.")
    PASSKEY_ADDED = gettext_lazy("A passkey was added.")
    PASSKEY_REMOVED = gettext_lazy("A passkey was removed.")
    CODES_MADE = gettext_lazy("New recovery codes were made. The old ones are worth nothing.")


@operation(Action.SIGNED_IN)
def tell_of_new_device(*, actor: Actor, device: str) -> None:
    """Tell somebody, in the app and by email, that they signed in from a browser that is new.

    Args:
        device: the browser in plain words, "Chrome on Windows".
    """
    place = _place(actor)
    words = _("You signed in on a device that is new here: %(device)s.") % {"device": device}
    _tell(actor, place, words)
    outbox.post(
        org=place, to=actor.person.email, at=actor.at, person=actor.person,
        subject=_("You signed in to OpenSENCO on a new device"),
        words=words + "\n\n" + _(
            "If it was you, there is nothing to do. If it was not, change your password at once: "
            "that ends every sign-in. Then tell whoever manages staff where you work."
        ),
    )  # fmt: skip


@operation(Action.SIGNED_IN)
def tell_of_second_step(*, actor: Actor, change: Change) -> None:
    """Tell somebody, by email, that what they sign in with has changed, and write it in the books.

    Args:
        change: what they changed.
    """
    outbox.post(
        org=_place(actor), to=actor.person.email, at=actor.at, person=actor.person,
        subject=_("The way you sign in to OpenSENCO has changed"),
        words=str(change.value) + "\n\n" + _(
            "If it was you, there is nothing to do. If it was not, change your password at once "
            "and tell whoever manages staff where you work."
        ),
    )  # fmt: skip


@operation(Action.SIGNED_IN)
def end_own_sign_ins(*, actor: Actor, keep: str, only: list[str] | None = None) -> int:
    """End one's own sign-ins elsewhere: one, or all, which then are asked for everything again.

    Args:
        keep: the key of the session that stays.
        only: what stands for those that are meant; all but that one without it.

    Returns:
        How many were ended.
    """
    return devices.end(actor.person, keep=keep, only=only)


@operation(Action.SIGNED_IN)
def ask_everywhere_again(*, actor: Actor) -> None:
    """Ask for the second step at the next sign-in in every browser that remembers it."""
    devices.forget(actor.person)


def _tell(actor: Actor, place: Organisation, words: str) -> None:
    """Tell it in the app too, where they have notices: guests are told by email alone."""
    if actor.can_somewhere(Action.TASK_VIEW):
        spine.tell(actor=actor, org=place, words=words, person=actor.person)


def _place(actor: Actor) -> Organisation:
    return Organisation.objects.get(pk=min(actor.hat.orgs))
