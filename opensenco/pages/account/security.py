"""Sign-in and security: what one has for the second step, and where one is signed in."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opensenco.access import devices, factors
from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.elsewhere import session
from opensenco.cases.operations import own_sign_in
from opensenco.gate import strength
from opensenco.gate.answer import Answer
from opensenco.gate.chrome import bare_chrome
from opensenco.gate.page import Logs, page
from opensenco.gate.public import public
from opensenco.pages.account.arriving import network_of
from opensenco.pages.account.second import THEN, done_at
from opensenco.pages.account.views import EVERYBODY

#: what a button of the page sends besides what stands for one sign-in
OTHERS, REMEMBERED = "others", "remembered"


@page(Action.SIGNED_IN, logs=Logs.NOTHING, who=EVERYBODY, writes=True)
def security(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Show what one has for the second step and where one is signed in, and end that."""
    if request.method == "POST":
        messages.success(request, _ended(request, actor))
        return HttpResponseRedirect(reverse("account:security"))
    hats = request.hats  # type: ignore[attr-defined]
    current = request.session.session_key or ""
    shown: dict[str, Any] = {
        "places": devices.places(actor.person, current, network_of(request)),
        "remembered": devices.remembered(actor.person, actor.at),
        "has": factors.of(actor.person),
        "passkeys": factors.passkeys_of(actor.person),
        "person": actor.person,
        "needed": any(hat.needs_second_step for hat in hats),
        "left_out": strength.left_out(request),
    }
    return Answer("account/security.html", shown)


def _ended(request: HttpRequest, actor: Actor) -> str:
    """End what was asked for, and say what came of it."""
    asked, current = request.POST.get("end", ""), request.session.session_key or ""
    if asked == REMEMBERED:
        own_sign_in.ask_everywhere_again(actor=actor)
        return _("From now on the second step is asked for at every sign-in.")
    only = None if asked == OTHERS else [asked]
    count = own_sign_in.end_own_sign_ins(actor=actor, keep=current, only=only)
    if not count:
        return _("There is nothing to end: it was over already.")
    return ngettext("One sign-in has ended.", "%(count)d sign-ins have ended.", count) % {
        "count": count
    }


@public("leads to the provider by which this session was begun, and shows nothing")
def again_elsewhere(request: HttpRequest) -> HttpResponse:
    """Show again that it is them where they signed in, which asks them anew."""
    key = session.provider_of_session(request)
    if not key:
        raise Http404
    asked = urlencode({"again": "1", "next": _then(request)})
    return HttpResponseRedirect(f"{reverse('account:elsewhere', args=[key])}?{asked}")


def _then(request: HttpRequest) -> str:
    """Give where they were going, an address of ours."""
    then = request.GET.get("next", "")
    return then if url_has_allowed_host_and_scheme(then, {request.get_host()}) else "/"


@page(Action.SIGNED_IN, logs=Logs.NOTHING, who=EVERYBODY, weak=True)
def second_step(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Lead somebody to the second step that they have, or let them choose one to set up."""
    then = _then(request)
    weak = strength.too_weak(request, request.hats)  # type: ignore[attr-defined]
    if weak and factors.of(actor.person):
        return HttpResponseRedirect(done_at(then))
    request.session[THEN] = then
    return Answer("account/second_step.html", {"weak": weak, "then": then, "chrome": bare_chrome()})
