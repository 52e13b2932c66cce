"""A copy of the whole record: asked for with a reason, made by the worker, taken within a day."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.exchange import copies
from opensenco.exchange.operations.leaving import ask_for_copy, take_copy
from opensenco.gate.answer import Answer, Listed
from opensenco.gate.chrome import place_tabs
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.kernel.errors import NotFound
from opensenco.pages.leaving import forms

#: whoever answers for the place, and nobody else
HEADS = {"head": 200, "senco": 403, "phase_senco": 403, "teacher": 403, "ta": 403, "admin": 403,
         "governor": 403, "dsl": 403, "parent": 403, "family": 403}  # fmt: skip
#: as it is told to the log of looks
WHOLE = "the whole record as a file"


@page(Action.PLACE_COPY, logs=Logs.NOTHING, writes=True, tab="school", fresh=True, who=HEADS)
def start(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Say what a copy holds, show the copies there were, and take a wish for one."""

    def act(given: dict[str, Any]) -> Any:
        return ask_for_copy(actor=actor, org=copies.place(actor), why=given["why"])

    form = converse(
        request, actor, forms.CopyForm, act=act,
        then=lambda made: reverse("leaving:show", args=[made.ref]),
    )  # fmt: skip
    if isinstance(form, HttpResponse):
        return form
    rows = list(copies.copies(actor))
    shown = {"form": form, "rows": rows, "taken": copies.taken(rows), "now": actor.at}
    return Answer("leaving/start.html", shown | {"tabs": place_tabs(actor, "leaving:start")})


@page(Action.PLACE_COPY, logs=Logs.NOTHING, tab="school", who=HEADS)
def show(request: HttpRequest, actor: Actor, place_copy: uuid.UUID) -> Answer:
    """Show how far a copy is, or let it be taken."""
    row = copies.copy(actor, place_copy)
    shown = {
        "row": row, "far": copies.how_far(row), "lost": copies.lost(row, actor.at),
        "there": copies.can_be_taken(row, actor), "taken": copies.taken([row]).get(row.ref, 0),
    }  # fmt: skip
    return Answer("leaving/show.html", shown)


@page(Action.PLACE_COPY, logs=Logs.LIST, tab="school", fresh=True, who=HEADS)
def take(request: HttpRequest, actor: Actor, place_copy: uuid.UUID) -> Answer:
    """Give the file, once the books say who took it."""
    row = copies.copy(actor, place_copy)
    if not copies.can_be_taken(row, actor):
        raise NotFound
    return Answer(
        file=copies.file_of(row), content_type="application/zip",
        filename=f"opensenco-{row.org.urn or 'place'}-{row.at:%Y-%m-%d}.zip",
        listed=Listed(copies.pupils(row), WHOLE),
        seal=lambda: take_copy(actor=actor, copy=row),
    )  # fmt: skip
