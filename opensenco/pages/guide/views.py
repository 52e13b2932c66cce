"""The guide of a place, and its steps put off and taken up again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.exchange.operations import guiding
from opensenco.exchange.states import Step
from opensenco.gate.answer import Answer
from opensenco.gate.chrome import place_tabs
from opensenco.gate.page import Logs, page
from opensenco.pages.guide import show

WHO = {"senco": 200, "head": 200, "admin": 200, "phase_senco": 403, "teacher": 403, "ta": 403,
       "dsl": 403, "governor": 403, "parent": 403, "shared_senco": 200, "family": 403,
       "authority": 403}  # fmt: skip
ABOVE = {"officer": 200, "authority": 403, "district": 403, "family": 403, "senco": 403,
         "head": 403, "teacher": 403, "governor": 403, "parent": 403}  # fmt: skip


@page(Action.IMPORT_PUPILS, logs=Logs.NOTHING, who=WHO, tab="school")
def start(request: HttpRequest, actor: Actor) -> Answer:
    """Show how far a school has come from nothing, and what comes next."""
    return _guide(actor, show.here(actor, request.GET), "guide:start")


@page(Action.SETTING_ADOPT, logs=Logs.NOTHING, who=ABOVE, tab="school")
def above(request: HttpRequest, actor: Actor) -> Answer:
    """Show how far an authority, area, trust or agency has come, and what comes next."""
    return _guide(actor, show.above(actor, request.GET), "guide:above")


@page(Action.IMPORT_PUPILS, logs=Logs.NOTHING, who=WHO, writes=True, reads=False, tab="home")
def put_off(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Say "not now" to a step, or take it up again."""
    shown = show.here(actor, request.POST)
    step = _step(request)
    if step is None:
        return HttpResponseRedirect(shown.address)
    act = guiding.take_up if "again" in request.POST else guiding.put_off
    act(actor=actor, org=shown.place, step=step)
    return _said(request, shown, step)


@page(Action.SETTING_ADOPT, logs=Logs.NOTHING, who=ABOVE, writes=True, reads=False, tab="home")
def put_off_above(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Say "not now" to a step of an authority's guide, or take it up again."""
    shown = show.above(actor, request.POST)
    step = _step(request)
    if step is None:
        return HttpResponseRedirect(shown.address)
    act = guiding.take_up_above if "again" in request.POST else guiding.put_off_above
    act(actor=actor, org=shown.place, step=step)
    return _said(request, shown, step)


def _guide(actor: Actor, shown: show.Shown, current: str) -> Answer:
    tabs = place_tabs(actor, current)
    said = {"shown": shown, "progress": show.progress(shown), "tabs": tabs}
    return Answer("guide/guide.html", said)


def _step(request: HttpRequest) -> Step | None:
    wanted = request.POST.get("step", "")
    return Step(wanted) if wanted in Step.values else None


def _said(request: HttpRequest, shown: show.Shown, step: Step) -> HttpResponse:
    if step is Step.GUIDE and "again" not in request.POST:
        messages.success(request, _("The guide is put away. You find it under “Our place”."))
        return HttpResponseRedirect("/")
    return HttpResponseRedirect(shown.address)
