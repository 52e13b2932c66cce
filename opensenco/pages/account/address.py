"""One's own address: asked for with the password, proven by a code, and told to the old one."""

import secrets
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from allauth.core import ratelimit
from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.scope import as_login
from opensenco.cases.operations import own_address
from opensenco.gate.answer import Answer
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.kernel.errors import Invalid
from opensenco.pages.account.views import EVERYBODY
from opensenco.ui.forms import Email, Form, Words

if TYPE_CHECKING:
    from opensenco.access.models import Person

#: where what is asked for waits in the session: never the code itself
WAITS = "own_address"
TRIES = 5


class Secret(Words):
    """What is not shown while it is typed."""

    widget = forms.PasswordInput(attrs={"autocomplete": "current-password"})


class AddressForm(Form):
    """The new address, and the password once more."""

    to = Email(label=gettext_lazy("Your new email address"), max_length=200)
    password = Secret(label=gettext_lazy("Your password"), max_length=1000, strip=False)

    def __init__(self, *args: Any, person: "Person", **options: Any) -> None:
        """Take who asks."""
        super().__init__(*args, **options)
        self._person = person

    def clean_password(self) -> str:
        """Whoever finds an open page does not know it."""
        said: str = self.cleaned_data["password"]
        if not self._person.check_password(said):
            raise forms.ValidationError(_("That is not your password. Write it again."))
        return said


class CodeForm(Form):
    """The code that was sent to the new address."""

    code = Words(label=gettext_lazy("The code"), max_length=20)


@page(Action.SIGNED_IN, logs=Logs.NOTHING, who=EVERYBODY, writes=True)
def ask(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Ask for another address: a code goes to it."""
    if request.method == "POST" and not _may_try(request, actor):
        return cast("HttpResponse", ratelimit.respond_429(request))
    form = converse(
        request, actor, lambda **given: AddressForm(person=actor.person, **given),
        act=lambda given: _send(request, actor, given["to"]),
        then=lambda _none: reverse("account:address_code"),
    )  # fmt: skip
    if isinstance(form, HttpResponse):
        return form
    show = {"form": form, "person": actor.person, "leaves": bool(settings.MAIL.kind)}
    return Answer("account/address.html", show)


def _may_try(request: HttpRequest, actor: Actor) -> bool:
    """Count this try. What is counted belongs to no organisation, so no scope writes it."""
    with as_login():
        return bool(ratelimit.consume(request, action="manage_email", user=actor.person))


def _send(request: HttpRequest, actor: Actor, to: str) -> None:
    nonce = secrets.token_hex(16)
    own_address.send_code_to_new_address(actor=actor, to=to, nonce=nonce)
    code = own_address.code_of(nonce)
    until = actor.at + own_address.WORTH
    request.session[WAITS] = {
        "to": to, "code": _hashed(code, to), "until": until.isoformat(), "left": TRIES
    }  # fmt: skip


def _hashed(code: str, to: str) -> str:
    return salted_hmac("opensenco.own_address", f"{code} {to}", algorithm="sha256").hexdigest()


@page(Action.SIGNED_IN, logs=Logs.NOTHING, who=EVERYBODY, writes=True)
def prove(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Write the code: then the address is one's own."""
    waits = request.session.get(WAITS)
    form = converse(
        request, actor, CodeForm,
        act=lambda given: _change(request, actor, given["code"]),
        then=lambda _person: reverse("account:me"),
        said=_("You sign in with your new address from now on."),
    )  # fmt: skip
    if isinstance(form, HttpResponse):
        return form
    return Answer("account/address_code.html", {"form": form, "to": waits["to"] if waits else ""})


def _change(request: HttpRequest, actor: Actor, code: str) -> "Person":
    """Change the address where the code is right.

    Raises:
        Invalid: it is not, or is worth nothing any more.
    """
    waits = request.session.get(WAITS)
    if not waits or not waits["left"] or datetime.fromisoformat(waits["until"]) < actor.at:
        request.session.pop(WAITS, None)
        raise Invalid("code", _("This code is worth nothing any more. Ask for a new one."))
    said = "".join(code.split())
    if not constant_time_compare(_hashed(said, waits["to"]), waits["code"]):
        request.session[WAITS] = {**waits, "left": waits["left"] - 1}
        raise Invalid("code", _("This is not the code that was sent. Check it."))
    person = own_address.change_own_address(actor=actor, to=waits["to"])
    del request.session[WAITS]
    return person
