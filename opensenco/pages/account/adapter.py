"""How allauth signs people in here: nobody signs up by themselves."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from opensenco.access import devices
from opensenco.access.elsewhere import session
from opensenco.access.elsewhere.providers import name_of
from opensenco.access.elsewhere.told import Told
from opensenco.gate import strength
from opensenco.pages.account import arriving


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """People are added by their school; the way in is the same for all."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed. Ask the school to open it again"),
        "email_password_mismatch": _(
            "The email address and the password do not go together. Check both, or get a new "
            "password"
        ),
        "enter_current_password": _("That is not the password you have now. Write it again"),
        "incorrect_password": _("That is not your password. Write it again"),
        "invalid_password_reset": _("This link no longer works. Ask for a new one"),
        "too_many_login_attempts": _(
            "There were too many tries. Wait five minutes, then try again"
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody can make an account for themselves."""
        return False

    def pre_login(self, request: HttpRequest, user: AbstractBaseUser, **how: Any) -> Any:
        """Note by whose word somebody comes in, before a second step is asked for."""
        told = said_of(how.get("signal_kwargs")) or getattr(request, "told_elsewhere", None)
        session.came_by(request, told)
        return super().pre_login(request, user, **how)

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """Lead whoever came in elsewhere to a page that says how to leave there as well."""
        if key := session.provider_of_session(request):
            return f"{reverse('account:left', args=[key])}"
        return str(super().get_logout_redirect_url(request))

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask again who it is before something weighty, unless they have just shown it."""
        return not strength.fresh(context.request)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Give how somebody shows again that it is them: by the second step where they have one.

        A browser fills a password in by itself, so that it shows nothing.
        """
        ways: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        own = [way for way in ways if way["id"] != "reauthenticate"]
        if session.second_step_done_elsewhere(context.request):
            name = name_of(session.provider_of_session(context.request))
            there = _("Sign in with %(name)s once more") % {"name": name}
            url = reverse("account:again_elsewhere")
            own.append({"id": "elsewhere", "description": there, "url": url})
        # a passkey is one touch, so it comes first
        return sorted(own, key=lambda way: "webauthn" not in way["id"]) or ways

    def get_login_stages(self) -> list[str]:
        """Ask for the second step unless this browser was told to remember it today."""
        ours = {"allauth.mfa.stages.AuthenticateStage": "opensenco.pages.account.arriving.Stage"}
        return [ours.get(stage, stage) for stage in super().get_login_stages()]

    def post_login(self, request: HttpRequest, user: Any, **said: Any) -> HttpResponseBase:
        """Note where somebody signed in, and tell them where that is new."""
        response: HttpResponseBase = super().post_login(request, user, **said)
        arriving.arrived(request, user, response)
        return response

    def set_password(self, user: Any, password: str) -> None:
        """Another password ends every sign-in but the one in which it was chosen."""
        super().set_password(user, password)
        asked = context.request
        mine = asked is not None and asked.user.is_authenticated and asked.user.pk == user.pk
        devices.end(user, keep=(asked.session.session_key or "") if mine else "")


def said_of(given: dict[str, Any] | None) -> Told | None:
    """Give what a provider said, where it was its answer that signs somebody in."""
    told = getattr((given or {}).get("sociallogin"), "told", None)
    return told if isinstance(told, Told) else None
