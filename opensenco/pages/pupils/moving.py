"""Planning that a pupil moves to another part of the school on a day."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases.beside import guided
from opensenco.gate.answer import Answer
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.kernel.errors import Invalid
from opensenco.kernel.refs import short
from opensenco.pages.pupils import forms
from opensenco.pages.pupils.editing import WITH_ADMIN
from opensenco.people import classes, queries
from opensenco.people.operations import part_moves


@page(Action.PUPIL_EDIT, logs=Logs.CHILD, writes=True, tab="register", who=WITH_ADMIN)
@guided("handover")
def move(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer | HttpResponse:
    """Plan a move to another part, or take a planned one back."""
    row = queries.pupil(actor, pupil, Action.PUPIL_EDIT)
    back = reverse("pupils:show", args=[row.ref])
    parts = {short(one.ref): one for one in classes.parts(row.org)}
    if request.method == "POST" and "take_back" in request.POST:
        part_moves.take_back_move(actor=actor, pupil=row, version=None)
        return HttpResponseRedirect(back)

    def act(given: dict[str, Any]) -> Any:
        part = parts.get(given["part"])
        if part is None:
            raise Invalid("part", _("Choose one of the answers shown."))
        return part_moves.plan_move(actor=actor, pupil=row, **{**given, "part": part})

    form = converse(
        request,
        actor,
        lambda **given: forms.MoveForm(
            parts=[(ref, one.name) for ref, one in parts.items()], **given
        ),
        act=act,
        then=lambda _row: back,
        said=_("The move is planned. Both sides are asked to hand over."),
        initial={"version": row.version},
        fresh=lambda: {"version": queries.pupil(actor, pupil, Action.PUPIL_EDIT).version},
    )
    if isinstance(form, HttpResponse):
        return form
    planned = part_moves.planned_move(row, actor.today)
    shown = {"form": form, "pupil": row, "back": back, "parts": parts,
             "planned": row.next_part if planned else None}  # fmt: skip
    return Answer("pupils/move.html", shown, opened=[row])
