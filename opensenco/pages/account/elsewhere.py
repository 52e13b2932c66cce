"""Signing in by an account elsewhere: there and back, the first time, and when it did not work."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.elsewhere import session
from opensenco.access.elsewhere.providers import name_of, provider, providers
from opensenco.access.elsewhere.told import Told
from opensenco.cases import sign_ins
from opensenco.cases.operations.elsewhere import untie_sign_in
from opensenco.gate import elsewhere as adapter
from opensenco.gate.answer import Answer
from opensenco.gate.clock import clock
from opensenco.gate.page import Logs, page
from opensenco.gate.public import public
from opensenco.kernel.errors import DomainError, NotPossible
from opensenco.pages.account.forms import SignIn
from opensenco.pages.account.views import EVERYBODY


@public("signing in by an account elsewhere")
def there(request: HttpRequest, key: str) -> HttpResponseBase:
    """Send somebody to their provider."""
    return _or_say(request, key, adapter.ask)


@public("the provider sends people back here; what comes with them is checked before all else")
def back(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Take the provider's answer: sign in whose account it is, or ask the first time."""
    return _or_say(request, provider_id, adapter.hear)


def _or_say(
    request: HttpRequest, key: str, view: Callable[..., HttpResponseBase]
) -> HttpResponseBase:
    """Do what allauth does; a provider that does not answer is said on a page of ours."""
    if provider(key) is None:
        raise Http404
    try:
        return view(request, key)
    except adapter.WENT_WRONG:
        return adapter.said(key, adapter.FAILED)


@public("says that signing in elsewhere did not work; shows nothing of anybody")
def not_elsewhere(request: HttpRequest, key: str) -> Answer:
    """Say that it did not work, and what to do."""
    if provider(key) is None:
        raise Http404
    show = {"name": name_of(key), "key": key, "cancelled": adapter.CANCELLED in request.GET}
    return Answer("account/not_elsewhere.html", show)


@public("says that one has left here, and not yet there; shows nothing of anybody")
def left(request: HttpRequest, key: str) -> Answer:
    """Say that a sign-in elsewhere goes on after one has left here."""
    found = provider(key)
    if found is None:
        raise Http404
    return Answer("account/left.html", {"key": key, "name": found.name})


@public("leads to the provider's own way out; nobody need be signed in for that")
def leave_there(request: HttpRequest, key: str) -> HttpResponse:
    """Lead to where one leaves the provider too."""
    if provider(key) is None:
        raise Http404
    back = request.build_absolute_uri(reverse("account_login"))
    try:
        target = adapter.way_out(request, key, back)
    except adapter.WENT_WRONG:
        target = ""
    if not target:
        say = _("%(name)s has no way out that leads there from here. Sign out on its own pages.")
        messages.warning(request, say % {"name": name_of(key)})
    return HttpResponseRedirect(target or reverse("account:left", args=[key]))


@public("somebody whom a provider knows and we do not yet; nothing is shown but what it told")
def first_time(request: HttpRequest) -> Answer | HttpResponseBase:
    """Ask once for the password of the account here; from then on the provider's word is enough."""
    waits = session.first_time(request)
    if waits is None:
        return Answer("account/first_time.html", {"waits": False}, status=410)
    told, goes_on = waits
    if goes_on.startswith("/join/") and request.method != "POST" and "own" not in request.GET:
        return HttpResponseRedirect(goes_on)
    fixed = _fixed(request, told)
    given = request.POST.copy() if request.method == "POST" else None
    if given is not None and fixed:
        given["login"] = fixed
    form = SignIn(given, request=request)
    if given is not None and form.is_valid() and (answer := _tied(request, form, told, goes_on)):
        return answer
    show = {"waits": True, "name": name_of(told.provider), "form": form, "fixed": fixed}
    return Answer("account/first_time.html", show)


def _fixed(request: HttpRequest, told: Told) -> str:
    """Give the only address that may be tied: one's own, or the one the provider has proven."""
    if request.user.is_authenticated:
        return str(request.user.email)
    return told.email if told.verified else ""


def _tied(request: HttpRequest, form: SignIn, told: Told, goes_on: str) -> HttpResponseBase | None:
    try:
        sign_ins.tie(form.user, told, clock().now())
    except DomainError as refused:
        form.add_error(None, refused.sentence)
        return None
    session.forget_first_time(request)
    name = name_of(told.provider)
    said = _("From now on you sign in with %(name)s.") % {"name": name}
    if request.user.is_authenticated:
        messages.success(request, said)
        return HttpResponseRedirect(reverse("account:sign_ins"))
    request.told_elsewhere = told  # type: ignore[attr-defined] # read as they are signed in
    answer = form.login(request, redirect_url=goes_on or None)
    messages.success(request, said)
    return cast("HttpResponseBase", answer)


@page(Action.SIGNED_IN, logs=Logs.NOTHING, who=EVERYBODY, writes=True)
def own(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Show by which accounts elsewhere one signs in; add one, or take one away."""
    if request.method == "POST":
        try:
            untie_sign_in(actor=actor, provider=request.POST.get("provider", ""))
            messages.success(request, _("It no longer signs you in."))
        except NotPossible as refused:
            messages.error(request, refused.sentence)
        return HttpResponseRedirect(reverse("account:sign_ins"))
    return Answer("account/sign_ins.html", own_shown(actor))


def own_shown(actor: Actor) -> dict[str, Any]:
    """Give what stands on the page of one's own ways in."""
    tied = sign_ins.ties_of(actor.person)
    return {
        "tied": [(key, name_of(key)) for key in tied],
        "others": [one for one in providers() if one.key not in tied],
        "password": actor.person.has_usable_password(),
    }
