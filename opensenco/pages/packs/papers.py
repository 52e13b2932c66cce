"""A pack on paper: put together from a record of today or of any day, looked at, made, saved."""

import uuid
from datetime import date
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import may
from opensenco.gate.answer import Answer
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.network import paper_queries as queries
from opensenco.network import queries as packs
from opensenco.network.operations import papers as operations
from opensenco.network.operations.receiving import open_pack
from opensenco.network.seeing import seen_parts
from opensenco.network.states import GATHERED, READING, SENSITIVE, Audience, in_own_order
from opensenco.pages.packs import forms, show
from opensenco.pages.packs.receiving import READERS
from opensenco.pages.packs.sharing import SENDERS
from opensenco.people import queries as people


def _edition_url(row: Any) -> str:
    return reverse("packs:edition", args=[row.ref])


@page(Action.PACK_SEND, logs=Logs.CHILD, writes=True, tab="register", who=SENDERS)
def new(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer | HttpResponse:
    """Say for whom a pack on paper is, of which day, and what is in it; it is put together."""
    row = people.pupil(actor, pupil, Action.PACK_SEND)
    seen = seen_parts(actor, row)
    offered = [part for part in READING if part in seen]
    form = converse(
        request,
        actor,
        lambda **given: forms.PaperForm(
            offered=show.part_choices(offered), papers=queries.papers_to_choose(actor, row),
            today=actor.today, looks_back=may(actor, Action.PUPIL_HISTORY, row), **given,
        ),
        act=lambda given: operations.put_on_paper(actor=actor, pupil=row, wanted=_wanted(given)),
        then=_edition_url,
        initial={"parts": [part.value for part in offered
                           if part not in SENSITIVE | GATHERED],
                 "on": _day(request.GET.get("on", ""))},
    )  # fmt: skip
    if isinstance(form, HttpResponse):
        return form
    shown = {"form": form, "pupil": row, "rows": queries.editions_of(actor, row)}
    return Answer("packs/paper_new.html", shown, opened=[row])


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def _wanted(given: dict[str, Any]) -> operations.Wanted:
    return operations.Wanted(
        audience=given["audience"],
        for_whom=given["for_whom"],
        parts=in_own_order(given["parts"]),
        why=given["why"],
        day=given.get("on"),
        papers=tuple(uuid.UUID(one) for one in given.get("papers", [])),
    )


@page(Action.PACK_OPEN, logs=Logs.CHILD, writes=True, tab="packs", who=READERS)
def edition(request: HttpRequest, actor: Actor, pack_edition: uuid.UUID) -> Answer | HttpResponse:
    """Show a pack as it is on paper, and ask for it as a file."""
    row = queries.edition(actor, pack_edition)
    if request.method == "POST":
        operations.ask_for_pack_file(actor=actor, edition=row, form=request.POST.get("form", "pdf"))
        return HttpResponseRedirect(_edition_url(row))
    shown = {"page": queries.shown(actor, row), "now": actor.at,
             "asks": _asks_next_school(actor, row)}  # fmt: skip
    return Answer("packs/paper.html", shown, **_looked_at(actor, row))


@page(Action.PACK_OPEN, logs=Logs.CHILD, tab="packs", fresh=True, who=READERS)
def file(request: HttpRequest, actor: Actor, pack_file: uuid.UUID) -> Answer:
    """Give a pack on paper that is ready, to be saved."""
    row = queries.pack_file(actor, pack_file)
    where, kind, name = queries.bytes_of(row)
    looked = _looked_at(actor, row.edition)
    return Answer(file=where, content_type=kind, filename=name, wanted=str(row.ref), **looked)


def _asks_next_school(actor: Actor, row: Any) -> bool:
    """Tell whether this was made for another school, and one may ask it whether it is ready."""
    leaves = row.pupil is not None and row.pupil.left_on is not None
    for_school = row.audience == Audience.SETTING
    return leaves and for_school and may(actor, Action.ASK_SEND, row.pupil)


def _looked_at(actor: Actor, row: Any) -> dict[str, Any]:
    """Say whose pack this is; of one that was sent to us, its sender is told."""
    if row.pupil is not None:
        return {"opened": [row.pupil]}
    return {"packs": [row.pack], "seal": partial(open_pack, actor=actor, pack=row.pack)}


@page(Action.PACK_SEND, logs=Logs.NOTHING, writes=True, reads=False, who=SENDERS)
def of_sent(request: HttpRequest, actor: Actor, prepared: uuid.UUID) -> HttpResponse:
    """Put what was sent on paper."""
    row = packs.prepared(actor, prepared)
    made = operations.put_sent_on_paper(actor=actor, prepared=row)
    return HttpResponseRedirect(_edition_url(made))


@page(Action.PACK_OPEN, logs=Logs.NOTHING, writes=True, reads=False, who=READERS)
def of_received(request: HttpRequest, actor: Actor, pack: uuid.UUID) -> HttpResponse:
    """Put what was sent to us on paper."""
    row = packs.received(actor, pack)
    made = operations.put_received_on_paper(actor=actor, pack=row)
    return HttpResponseRedirect(_edition_url(made))
