"""Packs put together and followed by whoever does not read them."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.exchange import out
from opensenco.exchange.out import Table
from opensenco.gate.answer import Answer, Listed
from opensenco.gate.conversation import Draftable, converse
from opensenco.gate.page import Logs, page
from opensenco.network import following
from opensenco.network.operations import gathering
from opensenco.network.states import Stage
from opensenco.pages.packs import forms, show
from opensenco.people import queries as people
from opensenco.ui.listing import Column, Listing, Pick

GATHERERS = {"senco": 403, "head": 403, "phase_senco": 403, "teacher": 403, "ta": 403,
             "admin": 200, "dsl": 403, "governor": 403, "parent": 403}  # fmt: skip
GATHER = Action.PACK_GATHER
SORTS = {"pupil": "pupil__sort_key", "to": "to__name", "at": "at", "until": "until"}


@page(GATHER, logs=Logs.CHILD, writes=True, tab="home", who=GATHERERS)
def gather(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer | HttpResponse:
    """Say for whom a pack is, what for and until when; somebody else reads and sends it."""
    row = people.pupil(actor, pupil, GATHER)
    back = reverse("pupils:show", args=[row.ref])
    form = converse(
        request,
        actor,
        lambda **given: forms.ShareForm(places=show.place_choices(actor), **given),
        act=lambda given: gathering.put_together(
            actor=actor, pupil=row, purpose=given["purpose"], words=given["words"],
            to=show.chosen_place(actor, given["to"]),
            until=show.last_day(given["purpose"], given["until"], actor.today),
        ),
        then=lambda _row: reverse("packs:following"),
        said=_("Put together. Whoever may read it chooses the parts and sends it."),
        draft=Draftable("gather", row.ref, leave_to=back),
    )  # fmt: skip
    if isinstance(form, HttpResponse):
        return form
    return Answer("packs/gather.html", {"form": form, "pupil": row, "back": back}, opened=[row])


@page(GATHER, logs=Logs.LIST, tab="home", who=GATHERERS)
def followed(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Show what became of each pack: waits, sent, opened, answered; nothing of what is in it."""
    asked = request.GET.get("view", "waits")
    view = asked if asked in following.VIEWS else "waits"
    query = request.GET.dict()
    listing = Listing(query, _heads(), following.followed(actor, view).count(), usual="-at")
    rows = following.followed(actor, view).order_by(*_order(listing.sort))
    if kind := out.asked(request.GET):
        return out.as_file(actor, kind, "packs", _table(list(rows[: out.MOST])), wanted=view)
    shown = {"rows": [(row, stands(row)) for row in rows[listing.start : listing.stop]],
             "listing": listing, "views": _views(view)}  # fmt: skip
    return Answer("packs/following.html", shown, listed=Listed(listing.total, f"packs {view}"))


def _order(sort: str) -> tuple[str, str]:
    down = "-" if sort.startswith("-") else ""
    return f"{down}{SORTS[sort.removeprefix('-')]}", f"{down}id"


def stands(row: Any) -> str:
    """Say where a pack stands, and nothing of what is in it."""
    if row.stage == Stage.PREPARED:
        return _("Waits to be read and sent")
    if row.stage == Stage.WITHDRAWN:
        return _("Withdrawn")
    if row.answered:
        return _("Opened, and answered")
    return _("Opened") if row.opened else _("Sent, not opened yet")


def at_home(actor: Actor) -> dict[str, Any]:
    """Give the packs to chase, for the home page of whoever puts them together."""
    if not actor.can_somewhere(GATHER):
        return {"rows": None}
    return {"rows": [(row, stands(row)) for row in following.to_chase(actor)]}


def _heads() -> list[Column]:
    return [Column(_("Pupil"), "pupil"), Column(_("To"), "to"), Column(_("For")),
            Column(_("Put together"), "at"), Column(_("Where it stands")),
            Column(_("Can be read until"), "until")]  # fmt: skip


def _views(view: str) -> list[Pick]:
    words = [("waits", _("Not sent yet")), ("unopened", _("Not opened yet")), ("all", _("All"))]
    return [Pick(said, f"?view={one}", current=one == view) for one, said in words]


def _table(rows: list[Any]) -> Table:
    heads = [_("Pupil"), _("To"), _("For"), _("Put together"), _("By"), _("Where it stands"),
             _("Sent on"), _("Can be read until")]  # fmt: skip
    lines = [
        (row.pupil.register_name, row.to.name, str(row.get_purpose_display()), row.at,
         row.person.name, stands(row), row.sent_at, row.until)
        for row in rows
    ]  # fmt: skip
    return Table(_("Packs"), heads, lines)
