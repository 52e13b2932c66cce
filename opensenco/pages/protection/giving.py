"""What leaves for whoever asked: a copy in place of a file, and the package sealed."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.personal import PARTS
from opensenco.documents.keeping import Incoming
from opensenco.gate.answer import Answer
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.kernel.errors import NotFound
from opensenco.pages.protection import forms, show
from opensenco.pages.protection.requests import HANDLERS
from opensenco.protection import queries, sealing
from opensenco.protection.operations import blacking
from opensenco.protection.states import Making

ANY = "application/octet-stream"


@page(Action.SIGNED_IN, logs=Logs.CHILD, writes=True, tab="school", who=HANDLERS)
def blacked_out(
    request: HttpRequest, actor: Actor, gathered_item: uuid.UUID
) -> Answer | HttpResponse:
    """Hand in a copy that somebody blacked out, to be given in place of a file."""
    row, side = show.piece(actor, gathered_item)
    if not row.digest:
        raise NotFound
    lead = side is queries.LEAD
    act = blacking.give_lead_blacked_out if lead else blacking.give_blacked_out
    form = converse(
        request,
        actor,
        forms.BlackedOutForm,
        act=lambda given: act(actor=actor, gathered_item=row, **_taken(given)),
        then=lambda _row: show.after(actor, row, side),
        said=_("Decided. The copy is given in place of the file."),
        initial={"version": row.version, "ground": row.ground, "why": row.reason},
    )
    if isinstance(form, HttpResponse):
        return form
    shown = {"row": row, "pupil": row.pupil, "part": PARTS[row.part], "form": form}
    return Answer("protection/blacked_out.html", shown, opened=[row.pupil], under=side)


def _taken(given: dict[str, Any]) -> dict[str, Any]:
    sent = given["file"]
    return {**given, "file": Incoming(sent.name or "", sent.chunks())}


@page(Action.SIGNED_IN, logs=Logs.CHILD, tab="school", who=HANDLERS)
def blacked_out_file(request: HttpRequest, actor: Actor, gathered_item: uuid.UUID) -> Answer:
    """Give the copy that stands in place of a file, to be read as it will be given."""
    row, side = show.piece(actor, gathered_item)
    if row.instead is None:
        raise NotFound
    return Answer(
        file=queries.copy_of(row), content_type=ANY, filename=row.instead.name,
        opened=[row.pupil], under=side, wanted=str(row.of_ref or ""),
    )  # fmt: skip


@page(Action.SIGNED_IN, logs=Logs.CHILD, writes=True, tab="school", fresh=True, once=False,
      who=HANDLERS)  # fmt: skip
def sealed(request: HttpRequest, actor: Actor, request_package: uuid.UUID) -> Answer:
    """Show a passphrase once, and give the package sealed with it. Neither is kept.

    Its field begins with “password”, so that no form that is sent too late keeps it.
    """
    row, side = show.package(actor, request_package)
    if row.state != Making.DONE:
        raise NotFound
    small = row.size <= sealing.LARGEST
    passphrase = request.POST.get("password", "")
    if small and request.method == "POST" and sealing.is_ours(passphrase):
        return Answer(
            content=sealing.sealed(queries.package_file(row), passphrase), content_type=ANY,
            filename=f"request-{row.at:%Y-%m-%d}-{row.number}.zip{sealing.SUFFIX}",
            opened=[row.pupil], under=side, wanted=str(row.ref),
        )  # fmt: skip
    name = f"request-{row.at:%Y-%m-%d}-{row.number}.zip"
    shown = {
        "row": row, "pupil": row.pupil, "passphrase": sealing.new_passphrase() if small else "",
        "back": reverse("protection:show", args=[row.data_request.ref]),
        "command": f"age --decrypt --output {name} {name}{sealing.SUFFIX}",
    }  # fmt: skip
    return Answer("protection/sealed.html", shown, opened=[row.pupil], under=side)
