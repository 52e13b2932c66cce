"""Somebody has signed in: from which browser, whether that is new, and for how long it is known."""

import secrets
from datetime import datetime
from typing import TYPE_CHECKING

from allauth.account.adapter import get_adapter
from allauth.core.internal.ratelimit import truncate_ip
from allauth.mfa.stages import AuthenticateStage
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from opensenco.access import devices
from opensenco.access.elsewhere import session
from opensenco.access.sessions import CAME
from opensenco.cases.operations import own_sign_in
from opensenco.gate import strength
from opensenco.gate.clock import clock
from opensenco.gate.oneself import as_oneself
from opensenco.kernel.clock import end_of_day, london_date

if TYPE_CHECKING:
    from opensenco.access.models import Person

COOKIE = f"{settings.HOST_COOKIE}known_device"
SALT = "opensenco.known-device"
#: where a sign-in notes that this browser is to be remembered, until it is complete
REMEMBER = "remember_device"

#: what stands in the name that a browser gives itself, the telling ones first
BROWSERS = (
    ("Edg", "Edge"), ("OPR", "Opera"), ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("CrOS", "Chromebook"),
    ("Windows", "Windows"), ("Mac OS", "Mac"), ("Linux", "Linux"),
)  # fmt: skip


class Stage(AuthenticateStage):  # type: ignore[misc]
    """The second step, unless it was done elsewhere or this browser remembers it."""

    def _should_handle(self, request: HttpRequest) -> bool:
        if self.login.user is not None and session.second_step_done_elsewhere(request):
            strength.second_step(request, self.login.user, strength.How.PROVIDER)
            return False
        if not super()._should_handle(request):
            return False
        person, secret = self.login.user, secret_of(request)
        if not secret or not devices.is_remembered(person, secret, clock().now()):
            return True
        strength.second_step(request, person, strength.How.DEVICE)
        return False


def secret_of(request: HttpRequest) -> str:
    """Give the secret by which this browser is known; empty where it has none."""
    return request.get_signed_cookie(COOKIE, default="", salt=SALT) or ""


def device_of(request: HttpRequest) -> str:
    """Give the browser in plain words."""
    said = request.META.get("HTTP_USER_AGENT", "")
    browser = next((words for mark, words in BROWSERS if mark in said), "")
    system = next((words for mark, words in SYSTEMS if mark in said), "")
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("a browser that does not say what it is")


def network_of(request: HttpRequest) -> str:
    """Give what tells two networks apart and neither of them to anybody."""
    address = truncate_ip(get_adapter().get_client_ip(request))
    # of four parts the last one is the machine's
    near = address.rpartition(".")[0] or address
    return salted_hmac("opensenco.network", near, algorithm="sha256").hexdigest()[:32]


def arrived(request: HttpRequest, person: "Person", response: HttpResponseBase) -> None:
    """Note where somebody has just signed in, and tell them where that is new."""
    now, device, secret = clock().now(), device_of(request), secret_of(request)
    secret = secret or secrets.token_urlsafe(32)
    began = {"device": device, "network": network_of(request), "began": now.isoformat()}
    request.session[CAME] = began
    if devices.arrive(person, secret, device, now):
        _tell(person, device, now)
    if request.session.pop(REMEMBER, False):
        devices.remember(person, secret, end_of_day(london_date(now)))
    response.set_signed_cookie(
        COOKIE, secret, salt=SALT, max_age=devices.KNOWN_FOR, httponly=True,
        secure=settings.SESSION_COOKIE_SECURE, samesite="Lax",
    )  # fmt: skip


def _tell(person: "Person", device: str, at: datetime) -> None:
    """Tell somebody who has a role of a sign-in from a browser that is new."""
    with as_oneself(person, at) as actor:
        if actor is not None:
            own_sign_in.tell_of_new_device(actor=actor, device=device)
