"""What was gathered, looked through piece by piece, and the files of it."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.personal import PARTS, Part
from opensenco.gate.answer import Answer
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.kernel.errors import NotFound
from opensenco.pages.protection import forms, show
from opensenco.pages.protection.requests import BOTH, HANDLERS
from opensenco.protection import queries
from opensenco.protection.operations import gathering
from opensenco.protection.states import Making
from opensenco.ui.listing import Listing

ZIP, ANY = "application/zip", "application/octet-stream"
SIZE = 20


@page(Action.SIGNED_IN, logs=Logs.CHILD, writes=True, tab="school", who=BOTH)
def parts(request: HttpRequest, actor: Actor, data_request: uuid.UUID) -> Answer | HttpResponse:
    """Show what was gathered part by part; of one part its pieces, to decide of many at once."""
    side = show.side(request, actor)
    row = queries.request(actor, data_request, side)
    part = PARTS.get(request.GET.get("part", ""))
    if part is not None:
        return _pieces(request, actor, row, side, part)
    if request.method == "POST":
        return HttpResponseRedirect(reverse("protection:review", args=[row.ref]))
    shown = {"row": row, "pupil": row.pupil, "lines": queries.parts(actor, row, side)}
    return Answer("protection/review.html", shown, opened=[row.pupil], under=side)


def _pieces(
    request: HttpRequest, actor: Actor, row: Any, side: Action, part: Part
) -> Answer | HttpResponse:
    act = gathering.decide_lead_part if side is queries.LEAD else gathering.decide_part
    form = converse(
        request,
        actor,
        forms.PartForm,
        act=lambda given: act(actor=actor, data_request=row, part=part.code, **given),
        then=lambda _row: request.get_full_path(),
        said=_("Decided. What must be looked at by itself is still to be decided."),
    )
    if isinstance(form, HttpResponse):
        return form
    view = request.GET.get("view", "open")
    rows = queries.items(actor, row, side, part.code, view)
    listing = Listing(request.GET, [], rows.count(), size=SIZE)
    shown = {"row": row, "pupil": row.pupil, "part": part, "form": form, "listing": listing,
             "items": show.items(rows[listing.start : listing.stop]),
             "views": show.views(part.code, view)}  # fmt: skip
    return Answer("protection/pieces.html", shown, opened=[row.pupil], under=side)


@page(Action.SIGNED_IN, logs=Logs.CHILD, writes=True, tab="school", who=HANDLERS)
def piece(request: HttpRequest, actor: Actor, gathered_item: uuid.UUID) -> Answer | HttpResponse:
    """Show one piece, and decide whether it is given."""
    row, side = show.piece(actor, gathered_item)
    act = gathering.decide_lead_item if side is queries.LEAD else gathering.decide_item
    form = converse(
        request,
        actor,
        forms.PieceForm,
        act=lambda given: act(
            actor=actor, gathered_item=row,
            **{**given, "hidden": given["hidden"].splitlines()},
        ),
        then=lambda _row: show.after(actor, row, side),
        said=_("Decided."),
        initial={"version": row.version, "decision": row.decision, "ground": row.ground,
                 "why": row.reason, "hidden": "\n".join(row.hidden)},
    )  # fmt: skip
    if isinstance(form, HttpResponse):
        return form
    shown = {"row": row, "pupil": row.pupil, "part": PARTS[row.part], "form": form,
             "marks": show.marks(row)}  # fmt: skip
    return Answer("protection/piece.html", shown, opened=[row.pupil], under=side)


@page(Action.SIGNED_IN, logs=Logs.CHILD, tab="school", who=HANDLERS)
def piece_file(request: HttpRequest, actor: Actor, gathered_item: uuid.UUID) -> Answer:
    """Give the file of a piece, to be read before it is decided."""
    row, side = show.piece(actor, gathered_item)
    if not row.digest:
        raise NotFound
    return Answer(
        file=queries.file_of(row), content_type=ANY, filename=row.file_name, opened=[row.pupil],
        under=side, wanted=str(row.of_ref or ""),
    )  # fmt: skip


@page(Action.SIGNED_IN, logs=Logs.CHILD, tab="school", fresh=True, who=HANDLERS)
def package_file(request: HttpRequest, actor: Actor, request_package: uuid.UUID) -> Answer:
    """Give the package, to be handed to whoever asked."""
    row, side = show.package(actor, request_package)
    if row.state != Making.DONE:
        raise NotFound
    name = f"request-{row.at:%Y-%m-%d}-{row.number}.zip"
    return Answer(
        file=queries.package_file(row), content_type=ZIP, filename=name, opened=[row.pupil],
        under=side, wanted=str(row.ref),
    )  # fmt: skip
