"""The second step of signing in, and setting it up: allauth's views in our addresses and words.

Whoever has a second step and came in without it changes nothing here before they have done it.
"""

import functools
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.base import views as base
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.mfa.webauthn.internal import auth as webauthn_auth
from allauth.mfa.webauthn.internal import flows as webauthn_flows
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from opensenco.access import devices, factors
from opensenco.cases.operations import own_sign_in
from opensenco.cases.operations.own_sign_in import Change
from opensenco.gate import strength
from opensenco.gate.clock import clock
from opensenco.gate.oneself import as_oneself
from opensenco.pages.account.arriving import REMEMBER

View = Callable[..., HttpResponseBase]
HERE = reverse_lazy("account:security")
#: where somebody was going when they were led to set up a second step
THEN = "second_step_then"


def own(view: View) -> View:
    """Let nobody change how somebody signs in who has not done the second step they have."""

    @functools.wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        person = request.user
        if person.is_authenticated and not strength.strong(request) and factors.of(person):
            return HttpResponseRedirect(done_at(request.path))
        return view(request, *args, **kwargs)

    return never_cache(asked)


def done_at(back: str) -> str:
    """Give where somebody does the second step that they have, and is led back from."""
    return f"{reverse('mfa_reauthenticate')}?{urlencode({'next': back})}"


def set_up(request: HttpRequest, change: own_sign_in.Change) -> None:
    """Note that somebody has just proven what they set up."""
    strength.second_step(request, request.user, strength.How.OWN)  # type: ignore[arg-type]
    tell(request, change)


def weaker(request: HttpRequest, change: own_sign_in.Change) -> None:
    """Note that somebody has taken away what they had; it is asked for everywhere again."""
    tell(request, change)
    person: Any = request.user
    devices.forget(person)
    if not factors.of(person):
        strength.forget(request)


def tell(request: HttpRequest, change: own_sign_in.Change) -> None:
    """Tell somebody who has a role that what they sign in with has changed."""
    person: Any = request.user
    with as_oneself(person, clock().now()) as actor:
        if actor is not None:
            own_sign_in.tell_of_second_step(actor=actor, change=change)


@method_decorator(own, name="dispatch")
class SetUpApp(totp.ActivateTOTPView):  # type: ignore[misc]
    """An authenticator app is set up by a code from it."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Keep it, and show the recovery codes where they are new."""
        response: HttpResponse = super().form_valid(form)
        set_up(self.request, Change.APP_ADDED)
        return response

    def get_success_url(self) -> str:
        """Lead to the recovery codes, which are shown once, or back."""
        return reverse("mfa_view_recovery_codes") if self.did_generate_recovery_codes else str(HERE)


@method_decorator(own, name="dispatch")
class RemoveApp(totp.DeactivateTOTPView):  # type: ignore[misc]
    """An authenticator app is taken away."""

    success_url = HERE

    def form_valid(self, form: Any) -> HttpResponse:
        """Take it away."""
        response: HttpResponse = super().form_valid(form)
        weaker(self.request, Change.APP_REMOVED)
        return response


@method_decorator(own, name="dispatch")
class ShowCodes(codes.ViewRecoveryCodesView):  # type: ignore[misc]
    """The recovery codes: shown once, to be printed or written down."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say where to go on to."""
        then = self.request.session.get(THEN) or str(HERE)
        return {**super().get_context_data(**kwargs), "then": then}


@method_decorator(own, name="dispatch")
class NewCodes(codes.GenerateRecoveryCodesView):  # type: ignore[misc]
    """Recovery codes are made anew; the old ones are worth nothing from then on."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Make them, and show them once."""
        response: HttpResponse = super().form_valid(form)
        tell(self.request, Change.CODES_MADE)
        return response


class OwnPasskey:
    """One of one's own passkeys, by what stands for it in the address."""

    success_url = HERE

    def get_object(self, queryset: Any = None) -> Authenticator:
        """Give it.

        Raises:
            Http404: they have none such.
        """
        for row in self.get_queryset():  # type: ignore[attr-defined]
            if factors.key_of(row) == self.kwargs["key"]:  # type: ignore[attr-defined]
                return row
        raise Http404


@method_decorator(own, name="dispatch")
class AddPasskey(webauthn.AddWebAuthnView):  # type: ignore[misc]
    """A passkey is made. It asks for a finger, a face or a PIN, so it is enough by itself."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Ask the browser for one that signs in without a password."""
        shown = super(webauthn.AddWebAuthnView, self).get_context_data(**kwargs)
        return {**shown, "options": webauthn_auth.begin_registration(self.request.user, True)}

    def form_valid(self, form: Any) -> HttpResponse:
        """Keep it, and show the recovery codes where they are new."""
        response: HttpResponse = super().form_valid(form)
        set_up(self.request, Change.PASSKEY_ADDED)
        return response

    def get_success_url(self) -> str:
        """Lead to the recovery codes, which are shown once, or back."""
        return reverse("mfa_view_recovery_codes") if self.did_generate_recovery_codes else str(HERE)


@method_decorator(own, name="dispatch")
class NamePasskey(OwnPasskey, webauthn.EditWebAuthnView):  # type: ignore[misc]
    """A passkey gets another name."""


@method_decorator(own, name="dispatch")
class RemovePasskey(OwnPasskey, webauthn.RemoveWebAuthnView):  # type: ignore[misc]
    """A passkey is taken away."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Take it away."""
        response: HttpResponse = super().form_valid(form)
        weaker(self.request, Change.PASSKEY_REMOVED)
        return response


class PasskeyIn(webauthn.LoginWebAuthnView):  # type: ignore[misc]
    """The way in by a passkey alone."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Let them in, to where they were going."""
        row = form.cleaned_data["credential"]
        login = Login(user=row.user, redirect_url=get_next_redirect_url(self.request))
        response: HttpResponse = webauthn_flows.perform_passwordless_login(self.request, row, login)
        return response


class SecondStep(base.AuthenticateView):  # type: ignore[misc]
    """The second step after the password."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Let them in, and remember this browser until the end of the day where they ticked it."""
        if form.cleaned_data.get("remember"):
            self.request.session[REMEMBER] = True
        response: HttpResponse = super().form_valid(form)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what they have, so that nothing else is asked."""
        shown = super().get_context_data(**kwargs)
        has = factors.of(self.stage.login.user)
        return {**shown, "has": has, "options": shown["js_data"]["request_options"]}


class AgainByCode(base.ReauthenticateView):  # type: ignore[misc]
    """Showing again that it is them, by a code."""


class AgainByPasskey(webauthn.ReauthenticateWebAuthnView):  # type: ignore[misc]
    """Showing again that it is them, by a passkey."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Ask the browser for one of theirs."""
        shown = super(webauthn.ReauthenticateWebAuthnView, self).get_context_data(**kwargs)
        return {**shown, "options": webauthn_auth.begin_authentication(self.request.user)}

    def form_invalid(self, form: Any) -> HttpResponse:
        """Say so on the same page: the way back to what they were doing stays in it."""
        response: HttpResponse = self.render_to_response(self.get_context_data(form=form))
        return response
