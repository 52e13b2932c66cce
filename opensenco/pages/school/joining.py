"""Behind a one-time link: choose a first password, or take the role with one's own sign-in."""

from datetime import datetime
from typing import Any, cast

from allauth.account.adapter import get_adapter
from allauth.account.forms import SetPasswordForm
from allauth.account.utils import perform_login
from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.elsewhere import session
from opensenco.access.elsewhere.providers import name_of
from opensenco.cases import sign_ins
from opensenco.gate.answer import Answer
from opensenco.gate.clock import clock
from opensenco.gate.public import public
from opensenco.kernel.errors import DomainError
from opensenco.people import joining


@public("the link's secret is the right: a school gave it to one person, who is not signed in yet")
def join(request: HttpRequest, **parts: object) -> Answer | HttpResponseBase:
    """Let somebody take the role that a school gave them."""
    if request.method == "POST" and not ratelimit.consume(
        request, action="reset_password_from_key"
    ):
        return cast("HttpResponseBase", ratelimit.respond_429(request))
    link = joining.Link(**parts)  # type: ignore[arg-type]
    now = clock().now()
    offer = joining.offered(link, now)
    if offer is None:
        return Answer("school/join.html", {"offer": None}, status=410)
    if not request.user.is_authenticated:
        if request.method == "POST" and "elsewhere" in request.POST:
            return _by_provider(request, link, offer, now)
        return _first_password(request, link, offer, now)
    mine = request.user.email == offer.email
    if mine and request.method == "POST":
        try:
            joining.take(link, request.user, now)
        except DomainError:
            # used in another tab meanwhile
            return Answer("school/join.html", {"offer": None}, status=410)
        messages.success(request, _("The role is yours. Choose it under “Change role”."))
        return HttpResponseRedirect(reverse("account:hats"))
    return Answer("school/join.html", {"offer": offer, "mine": mine})


def _first_password(
    request: HttpRequest, link: joining.Link, offer: joining.Offer, now: datetime
) -> Answer | HttpResponseBase:
    """Ask for a first password. Only sending one tells whether the address has one already."""
    person, may_choose = joining.first_password(offer)
    form = SetPasswordForm(user=person, data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        if may_choose:
            get_adapter().set_password(person, form.cleaned_data["password1"])
            joining.take(link, person, now)
            messages.success(request, _("Your password is kept. Sign in with it now."))
            return HttpResponseRedirect(reverse("account_login"))
        form.add_error(
            None,
            _("This address signs in already. Sign in with its password, then open the link again"),
        )
    return Answer("school/join.html", _new_here(request, offer, form))


def _new_here(request: HttpRequest, offer: joining.Offer, form: SetPasswordForm) -> dict[str, Any]:
    """Give what stands on the page, with the provider's answer where it is about this address."""
    show = {"offer": offer, "form": form, "path": request.path, "by": "", "other": ""}
    waits = session.first_time(request)
    if waits is None or waits[1] != request.path:
        return show
    told = waits[0]
    fits = told.verified and told.email == offer.email
    return {**show, "by" if fits else "other": name_of(told.provider)}


def _by_provider(
    request: HttpRequest, link: joining.Link, offer: joining.Offer, now: datetime
) -> HttpResponseBase:
    """Take the role with the account that a provider has just told us of.

    Whoever has a password here shows it first, as without an invitation.
    """
    waits = session.first_time(request)
    person = sign_ins.may_come(offer, waits[0]) if waits else None
    if waits is None or person is None:
        return HttpResponseRedirect(reverse("account:first_time") + "?own")
    try:
        sign_ins.come(link, person, waits[0], now)
    except DomainError as refused:
        messages.error(request, refused.sentence)
        return HttpResponseRedirect(request.path)
    session.forget_first_time(request)
    request.told_elsewhere = waits[0]  # type: ignore[attr-defined] # read as they are signed in
    return cast("HttpResponseBase", perform_login(request, person, redirect_url="/"))
