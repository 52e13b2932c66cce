"""What the log hears of signing in: who tried, who came in, who left, who changed the password.

Names and addresses stay out of it. A person is a reference, and the address that somebody typed is
a digest with the installation's own secret: two tries at one account can be seen to be that, and
whoever reads the log cannot tell whose it is.
"""

import logging
from collections.abc import Callable, Mapping
from typing import Any

from allauth.account import signals as allauth
from django.contrib.auth import signals
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from opensenco.access import sessions
from opensenco.access.models import Person
from opensenco.kernel.refs import short

log = logging.getLogger("opensenco.security")


def account(address: object) -> str:
    """Give what stands in the log for the address that somebody typed."""
    typed = str(address or "").strip().lower()
    return salted_hmac("opensenco.security", typed, algorithm="sha256").hexdigest()[:12]


def _told(what: str, person: Person) -> None:
    log.info("%s person=%s account=%s", what, short(person.ref), account(person.email))


@receiver(signals.user_logged_in)
def signed_in(user: Person, request: HttpRequest | None = None, **_more: Any) -> None:
    """Somebody came in; the time of their sign-in begins."""
    if request is not None:
        sessions.begin(request.session)
    _told("signed in", user)


@receiver(signals.user_login_failed)
def not_signed_in(credentials: Mapping[str, object], **_more: Any) -> None:
    """Somebody did not come in."""
    typed = credentials.get("email") or credentials.get("username")
    log.warning("sign-in refused account=%s", account(typed))


@receiver(signals.user_logged_out)
def signed_out(user: Person | None, request: HttpRequest | None = None, **_more: Any) -> None:
    """Somebody left; the answer tells their browser to forget (ui/middleware.py)."""
    if request is not None:
        request.signed_out = True  # type: ignore[attr-defined]
    if user is not None:
        _told("signed out", user)


@receiver(allauth.password_changed)
@receiver(allauth.password_set)
@receiver(allauth.password_reset)
def password_changed(user: Person, **_more: Any) -> None:
    """Somebody has another password."""
    _told("password changed", user)


class TriesStopped:
    """Tells the log where somebody was stopped because they tried too often."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 429:
            match = request.resolver_match
            log.warning("too many tries route=%s", match.route if match else "-")
        return response
