"""Requests about personal data: the list, one taken down, what happened to it, its end."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.gate.answer import Answer, Listed
from opensenco.gate.chrome import place_tabs
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.kernel.errors import NotPossible
from opensenco.pages.protection import forms, show
from opensenco.people import queries as people
from opensenco.protection import queries
from opensenco.protection.operations import gathering, packages
from opensenco.protection.operations import requests as pen
from opensenco.protection.states import Asks
from opensenco.ui.listing import Listing

HANDLERS = {"senco": 200, "head": 200, "phase_senco": 403, "teacher": 403, "other_teacher": 403,
            "ta": 403, "admin": 403, "dsl": 403, "governor": 403, "parent": 403}  # fmt: skip
#: pages that the safeguarding lead has as well, for their own part
BOTH = {**HANDLERS, "dsl": 200}
HANDLE = Action.REQUEST_HANDLE


@page(HANDLE, logs=Logs.LIST, tab="school", who=HANDLERS)
def start(request: HttpRequest, actor: Actor) -> Answer:
    """Show the requests that are open, or those that have ended, with their clocks."""
    ended = request.GET.get("which") == "ended"
    rows = queries.requests(actor, ended=ended)
    listing = Listing(request.GET, [], rows.count())
    lines = queries.lines(list(rows[listing.start : listing.stop]))
    shown = {"lines": lines, "listing": listing, "ended": ended,
             "tabs": place_tabs(actor, "protection:requests")}  # fmt: skip
    return Answer("protection/requests.html", shown, listed=Listed(listing.total, "requests"))


@page(HANDLE, logs=Logs.CHILD, tab="register", who=HANDLERS)
def about(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer:
    """Show the requests about one child."""
    row = people.pupil(actor, pupil, HANDLE)
    lines = queries.lines(queries.requests_about(actor, row))
    return Answer("protection/about.html", {"pupil": row, "lines": lines}, opened=[row])


@page(HANDLE, logs=Logs.CHILD, writes=True, tab="register", who=HANDLERS)
def add(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer | HttpResponse:
    """Take down that somebody asks."""
    row = people.pupil(actor, pupil, HANDLE)
    form = converse(
        request,
        actor,
        forms.RequestForm,
        act=lambda given: pen.record_request(actor=actor, pupil=row, asked=pen.Asked(**given)),
        then=lambda made: reverse("protection:show", args=[made.ref]),
        said=_("Taken down. The clock runs."),
        initial={"received_on": actor.today, "came": "email"},
    )
    if isinstance(form, HttpResponse):
        return form
    barred = show.limits(actor, row)
    return Answer("protection/add.html", {"pupil": row, "form": form, "limits": barred},
                  opened=[row])  # fmt: skip


@page(Action.SIGNED_IN, logs=Logs.CHILD, tab="school", who=BOTH)
def one(request: HttpRequest, actor: Actor, data_request: uuid.UUID) -> Answer:
    """Show a request: its days, what comes next, and what was given."""
    side = show.side(request, actor)
    row = queries.request(actor, data_request, side)
    shown = {"page": show.request_page(actor, row, side), "row": row, "pupil": row.pupil}
    template = "protection/lead.html" if side is queries.LEAD else "protection/request.html"
    return Answer(template, shown, opened=[row.pupil], under=side)


@page(HANDLE, logs=Logs.CHILD, writes=True, tab="school", who=HANDLERS)
def happened(request: HttpRequest, actor: Actor, data_request: uuid.UUID) -> Answer | HttpResponse:
    """Write down what happened: proof came, a question, an answer, more time, or its end."""
    row = queries.request(actor, data_request)
    events = show.events(actor, row)
    form = converse(
        request,
        actor,
        lambda **given: forms.HappenedForm(events=events, **given),
        act=lambda given: _happened(actor, row, given),
        then=lambda _row: reverse("protection:show", args=[row.ref]),
        said=_("Written down. The dates follow."),
        initial={"version": row.version, "on": actor.today, "what": request.GET.get("what", "")},
    )
    if isinstance(form, HttpResponse):
        return form
    return Answer("protection/happened.html", {"row": row, "pupil": row.pupil, "form": form},
                  opened=[row.pupil])  # fmt: skip


def _happened(actor: Actor, row: Any, given: dict[str, Any]) -> Any:
    what, on, words = given["what"], given["on"], given["words"]
    common: dict[str, Any] = {
        "actor": actor, "data_request": row, "on": on, "version": given["version"]
    }  # fmt: skip
    if what == "meaning":
        return pen.meaning_came(**common)
    deeds: dict[str, Callable[..., Any]] = {
        "proof": pen.proof_came, "ask": pen.ask_meaning, "extend": pen.extend
    }  # fmt: skip
    if what in deeds:
        return deeds[what](words=words, **common)
    return pen.end_request(how=what, words=words, **common)


def _try(request: HttpRequest, act: Callable[[], Any], done: str) -> None:
    """Do what a button says; where another tab was quicker, the page says why it was not done."""
    try:
        act()
    except NotPossible as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, done)


@page(HANDLE, logs=Logs.NOTHING, writes=True, reads=False, tab="school", who=HANDLERS)
def gather(request: HttpRequest, actor: Actor, data_request: uuid.UUID) -> HttpResponse:
    """Let the worker gather all that is held."""
    row = queries.request(actor, data_request)
    _try(
        request,
        lambda: gathering.ask_to_gather(actor=actor, data_request=row, version=None),
        _("All that is held is being gathered. A notice tells you when."),
    )
    return HttpResponseRedirect(reverse("protection:show", args=[row.ref]))


@page(
    Action.SIGNED_IN, logs=Logs.NOTHING, writes=True, reads=False, tab="school", fresh=True,
    who=BOTH,
)  # fmt: skip
def package(request: HttpRequest, actor: Actor, data_request: uuid.UUID) -> HttpResponse:
    """Let the worker make the package of what is given."""
    side = show.side(request, actor)
    row = queries.request(actor, data_request, side)
    ask = packages.ask_for_lead_package if side is queries.LEAD else packages.ask_for_package
    _try(
        request,
        lambda: ask(actor=actor, data_request=row),
        _("The package is being made. It stands here when it is ready."),
    )
    return HttpResponseRedirect(reverse("protection:show", args=[row.ref]))


@page(Action.SAFEGUARDING_VIEW, logs=Logs.NOTHING, writes=True, reads=False, tab="school",
      who={**HANDLERS, "senco": 403, "head": 403, "dsl": 200})  # fmt: skip
def looked(request: HttpRequest, actor: Actor, data_request: uuid.UUID) -> HttpResponse:
    """Say that the safeguarding lead has looked through their part."""
    row = queries.request(actor, data_request, queries.LEAD)
    _try(
        request,
        lambda: pen.lead_has_looked(actor=actor, data_request=row, version=None),
        _("Said. Whoever answers the request can go on."),
    )
    return HttpResponseRedirect(reverse("protection:show", args=[row.ref]))


@page(HANDLE, logs=Logs.CHILD, writes=True, tab="school", who=HANDLERS)
def answer(request: HttpRequest, actor: Actor, data_request: uuid.UUID) -> Answer | HttpResponse:
    """Write down how the package was given, or how another request was decided."""
    row = queries.request(actor, data_request)
    copy = row.asks == Asks.ACCESS
    act = pen.answer_request if copy else pen.decide_request
    form: Any = converse(
        request,
        actor,
        forms.AnswerForm if copy else forms.DecideForm,
        act=lambda given: act(actor=actor, data_request=row, **given),
        then=lambda _row: reverse("protection:show", args=[row.ref]),
        said=_("Written down. This request has ended."),
        initial={"version": row.version, "on": actor.today},
    )
    if isinstance(form, HttpResponse):
        return form
    return Answer("protection/answer.html",
                  {"row": row, "pupil": row.pupil, "form": form, "copy": copy},
                  opened=[row.pupil])  # fmt: skip
