"""At a shared tablet: enrol it, tap a name, type six digits, give it back."""

import uuid
from typing import cast

from allauth.core import ratelimit
from django.conf import settings
from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponseNotAllowed, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actor import Actor
from opensenco.access.elsewhere import session
from opensenco.cases import on_tablets
from opensenco.cases.on_tablets import Device
from opensenco.gate import tablet as door
from opensenco.gate.answer import Answer
from opensenco.gate.clock import clock
from opensenco.gate.public import public
from opensenco.kernel.errors import DomainError
from opensenco.pages.tablet.forms import CodeForm, NumberForm

BACKEND = settings.AUTHENTICATION_BACKENDS[0]


def _device(request: HttpRequest) -> Device | None:
    return on_tablets.known(request.COOKIES.get(door.COOKIE, ""))


@public(
    "a tablet that was enrolled shows the names of those who may use it, and nothing of a child"
)
def names(request: HttpRequest) -> Answer | HttpResponseBase:
    """Show who may use this tablet; whoever had it before is signed out."""
    device = _device(request)
    if device is None:
        return HttpResponseRedirect(reverse("tablet:enrol"))
    if door.seat_of(request):
        logout(request)
    people = on_tablets.names(device, clock().now())
    return Answer("tablet/names.html", {"device": device, "names": people})


@public("a device becomes a shared tablet by a code that an administrator was shown", tablet=True)
def enrol(request: HttpRequest) -> Answer | HttpResponseBase:
    """Ask for the code of this tablet."""
    if _device(request) is not None and request.method != "POST":
        return HttpResponseRedirect(reverse("tablet:names"))
    form = CodeForm(request.POST or None)
    if request.method == "POST":
        if not ratelimit.consume(request, action="tablet"):
            return cast("HttpResponseBase", ratelimit.respond_429(request))
        if form.is_valid():
            code = "".join(form.cleaned_data["code"].split())
            if kept := on_tablets.enrol(code, clock().now()):
                answer = HttpResponseRedirect(reverse("tablet:names"))
                door.keep_on_device(answer, kept)
                return answer
            form.add_error("code", _("This code opens nothing. Check it, or ask for a new one."))
    return Answer("tablet/enrol.html", {"form": form})


@public(
    "six digits on an enrolled tablet are the right; tries are counted and slowed",
    tablet=True,
)
def number(request: HttpRequest, somebody: uuid.UUID) -> Answer | HttpResponseBase:
    """Ask for somebody's six digits."""
    device = _device(request)
    if device is None:
        return HttpResponseRedirect(reverse("tablet:enrol"))
    actor = on_tablets.somebody(device, somebody, clock().now())
    if actor is None:
        raise Http404
    form = NumberForm(request.POST or None)
    if request.method == "POST" and not ratelimit.consume(request, action="tablet"):
        return cast("HttpResponseBase", ratelimit.respond_429(request))
    if request.method == "POST" and form.is_valid() and _came_in(device, actor, form):
        login(request, actor.person, backend=BACKEND)
        session.came_by(request, None)
        door.take_seat(request, device.tablet, actor.hat.key)
        return HttpResponseRedirect(reverse("provision:now"))
    show = {"form": form, "device": device, "name": actor.person.name}
    return Answer("tablet/number.html", show)


def _came_in(device: Device, actor: Actor, form: NumberForm) -> bool:
    said = "".join(form.cleaned_data["number"].split())
    try:
        right = on_tablets.come_in(device, actor, said)
    except DomainError as refused:
        form.add_error("number", refused.sentence)
        return False
    if not right:
        form.add_error("number", _("These are not your six digits. Try again."))
    return right


@public("whoever has finished gives it back; nobody need be signed in for that", tablet=True)
def done(request: HttpRequest) -> HttpResponseBase:
    """Sign out, back to the names."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if door.seat_of(request):
        logout(request)
    return HttpResponseRedirect(reverse("tablet:names"))
