"""How allauth asks a provider of OpenID Connect here, and what becomes of its answer.

The protocol is allauth's: state, PKCE, exchange of the code, keys. Narrowed here: the token's
signature is always checked, a nonce ties it to our question, what an address says changes neither
the question nor what is done with the answer, and nothing that the provider says is kept.
"""

import secrets
from typing import Any
from urllib.parse import urlencode

import requests
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import (
    DefaultSocialAccountAdapter,
    _build_apps_from_settings,
    get_adapter,
)
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base.constants import AuthError, AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from opensenco.access.elsewhere import told as reading
from opensenco.access.elsewhere.providers import provider as provider_of
from opensenco.access.elsewhere.session import keep_for_the_first_time
from opensenco.access.elsewhere.tokens import verified
from opensenco.ui import ways

#: what can go wrong between a provider and us, and is said on a page of ours
WENT_WRONG = (requests.RequestException, OAuth2Error, reading.NotBelieved, KeyError, ValueError)
#: where a code of what happened waits for the page that says it
CANCELLED, FAILED = "cancelled", "failed"


class Asking(OpenIDConnectOAuth2Adapter):  # type: ignore[misc] # allauth has no types
    """The protocol, with the provider's own description taken at its word only where it fits."""

    @property
    def openid_config(self) -> dict[str, Any]:
        """Give the provider's description of itself.

        Raises:
            OAuth2Error: it describes another issuer, or lacks an address that we need.
        """
        config: dict[str, Any] = super().openid_config
        wanted = provider_of(self.provider_id)
        if wanted is None or reading.plain(str(config.get("issuer"))) != reading.plain(
            wanted.issuer
        ):
            raise OAuth2Error("The provider describes another issuer than the settings name.")
        return config

    def _decode_id_token(self, app: Any, id_token: str) -> dict[str, Any]:
        """Check the signature too: not every provider in a school is reached by TLS alone.

        Raises:
            NotBelieved: the token does not hold.
        """
        with get_adapter().get_requests_session() as asking:
            answer = asking.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
            keys = answer.json()
        if not isinstance(keys, dict):
            raise reading.NotBelieved("it publishes no keys")
        issuer = self.openid_config["issuer"]
        return verified(id_token, keys, issuer=issuer, client=app.client_id)


def ask(request: HttpRequest, key: str) -> HttpResponse:
    """Send somebody to their provider, as allauth's own view does, and by our protocol."""
    answer: HttpResponse = OAuth2LoginView.adapter_view(Asking(request, key))(request)
    return answer


def hear(request: HttpRequest, key: str) -> HttpResponse:
    """Take a provider's answer, as allauth's own view does, and by our protocol.

    allauth's would take its own, which checks no signature where the token came by TLS.
    """
    answer: HttpResponse = OAuth2CallbackView.adapter_view(Asking(request, key))(request)
    return answer


class Provider(OpenIDConnectProvider):  # type: ignore[misc]
    """One provider, whose question is ours alone."""

    oauth2_adapter_class = Asking

    def get_auth_params_from_request(self, request: HttpRequest, action: str) -> dict[str, str]:
        """Of the address nothing goes into the question but that it is to be asked anew."""
        params: dict[str, str] = self.get_auth_params()
        return {**params, "prompt": "login", "max_age": "0"} if "again" in request.GET else params

    def get_scope_from_request(self, request: HttpRequest) -> list[str]:
        """Nothing of the address goes into the question."""
        scope: list[str] = self.get_scope()
        return scope

    def get_redirect_from_request_kwargs(self, request: HttpRequest) -> dict[str, Any]:
        """An answer signs somebody in; what else may be done with it is said on our own pages."""
        found: dict[str, Any] = super().get_redirect_from_request_kwargs(request)
        return {**found, "process": AuthProcess.LOGIN}

    def redirect(
        self,
        request: HttpRequest,
        process: str,
        next_url: str | None = None,
        data: object = None,
        **kwargs: Any,
    ) -> HttpResponse:
        """Send the browser to the provider, with a number that its token gives back."""
        nonce = secrets.token_urlsafe(24)
        params = {**(kwargs.pop("auth_params", None) or self.get_auth_params()), "nonce": nonce}
        answer: HttpResponse = super().redirect(
            request, process, next_url, data, auth_params=params, nonce=nonce, **kwargs
        )
        return answer

    def extract_uid(self, data: dict[str, Any]) -> str:
        """Give what is kept of issuer and subject."""
        return self.told(data).uid

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """Keep nothing of what the provider says about a person."""
        return {}

    def sociallogin_from_response(self, request: HttpRequest, response: Any) -> SocialLogin:
        """Give allauth's own view of the answer, with ours beside it."""
        login = super().sociallogin_from_response(request, response)
        login.told = self.told(response)
        return login

    def told(self, data: dict[str, Any]) -> reading.Told:
        """Read the answer.

        Raises:
            NotBelieved: it does not hold together, or the provider has gone from the settings.
        """
        known = provider_of(self.app.provider_id)
        if known is None:
            raise reading.NotBelieved("no such provider")
        return reading.read(known, data)


class Adapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Nobody is made out of an answer: it signs in whom it belongs to, or asks who that is."""

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[Any]:
        """Give the providers of the settings. No row of a table adds one."""
        found = _build_apps_from_settings(provider=provider, client_id=client_id)
        return [app for apps in found.values() for app in apps]

    def get_provider(
        self, request: HttpRequest, provider: str, client_id: str | None = None
    ) -> Provider:
        """Give a provider as ours."""
        return Provider(request, app=self.get_app(request, provider, client_id))

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Nobody can make an account for themselves."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Stop what is no answer to our question, and ask who somebody is the first time."""
        told, state = sociallogin.told, sociallogin.state
        if not told.nonce or told.nonce != state.get("nonce"):
            raise ImmediateHttpResponse(said(told.provider, FAILED))
        if sociallogin.is_existing:
            return
        keep_for_the_first_time(request, told, sociallogin.get_redirect_url(request) or "")
        raise ImmediateHttpResponse(HttpResponseRedirect(ways.place("first_time")))

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Provider,
        error: str | None = None,
        exception: Exception | None = None,
        extra_context: object = None,
    ) -> None:
        """Say on a page of ours that it did not work; never what the provider wrote."""
        how = CANCELLED if error == AuthError.CANCELLED else FAILED
        raise ImmediateHttpResponse(said(provider.app.provider_id, how))


def way_out(request: HttpRequest, key: str, back: str) -> str:
    """Give the address at which one leaves a provider too; empty where it has none.

    Args:
        back: where it may lead people afterwards, a whole address.

    Raises:
        one of WENT_WRONG: the provider does not answer.
    """
    there = str(Asking(request, key).openid_config.get("end_session_endpoint", ""))
    known = provider_of(key)
    if not there or known is None:
        return ""
    asked = urlencode({"client_id": known.client, "post_logout_redirect_uri": back})
    return f"{there}{'&' if '?' in there else '?'}{asked}"


def said(key: str, how: str) -> HttpResponse:
    """Lead to the page that says what became of signing in elsewhere."""
    return HttpResponseRedirect(f"{ways.place('not_elsewhere', key)}?{how}")
