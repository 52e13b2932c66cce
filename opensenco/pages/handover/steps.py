"""The steps of a hand-over: a note, the one meeting, given, taken over, taken back."""

import uuid
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.gate.answer import Answer, Listed
from opensenco.gate.conversation import Draftable, converse
from opensenco.gate.page import Logs, page
from opensenco.handover import queries
from opensenco.handover.operations import handing
from opensenco.kernel.refs import short
from opensenco.meetings import when
from opensenco.pages.handover import forms, show
from opensenco.pages.handover.views import KEEPERS

TAKERS = {**KEEPERS, "teacher": 200}
MINUTES = 30


@page(Action.HANDOVER_KEEP, logs=Logs.CHILD, writes=True, tab="home", who=KEEPERS)
def note(request: HttpRequest, actor: Actor, hand_over_pupil: uuid.UUID) -> Answer | HttpResponse:
    """Write what only the giver can say of a pupil, or leave them out."""
    row = queries.part(actor, hand_over_pupil)
    back = reverse("handover:show", args=[row.hand_over.ref])
    form = converse(
        request,
        actor,
        forms.NoteForm,
        act=lambda given: handing.write_note(actor=actor, part=row, **given),
        then=lambda _row: back,
        said=_("Saved."),
        draft=Draftable("hand-over-note", row.ref, leave_to=back),
        initial=_held(row),
        fresh=lambda: _held(queries.part(actor, hand_over_pupil)),
    )
    if isinstance(form, HttpResponse):
        return form
    shown = {"form": form, "back": back, "heading": row.pupil.name, "main": _("Save"),
             "draft": ("hand-over-note", row.ref)}  # fmt: skip
    return Answer("handover/form.html", shown, opened=[row.pupil])


def _held(row: Any) -> dict[str, Any]:
    return {"note": row.note, "leave_out": row.left_out, "version": row.version}


@page(Action.HANDOVER_KEEP, logs=Logs.LIST, writes=True, tab="home", who=KEEPERS)
def meet(request: HttpRequest, actor: Actor, hand_over: uuid.UUID) -> Answer | HttpResponse:
    """Plan the one meeting, with its agenda."""
    row = queries.hand_over(actor, hand_over)
    others = {short(one.ref): one for one in queries.to_meet_about(actor, row)}

    def act(given: dict[str, Any]) -> Any:
        starts: datetime = when.at(given["on"], given["at"])
        return handing.meet(
            actor=actor, hand_overs=[row, *(others[ref] for ref in given.get("also", []))],
            starts=starts, minutes=given["minutes"], place=given["place"],
        )  # fmt: skip

    form = converse(
        request,
        actor,
        lambda **given: forms.MeetForm(
            others=[(ref, show.hand_over_line(one)) for ref, one in others.items()], **given
        ),
        act=act,
        then=lambda _row: reverse("handover:show", args=[row.ref]),
        said=_("The meeting is planned. All who are in it have been told."),
        initial={"minutes": MINUTES},
    )
    return _step(row, form, _("Plan one meeting"), _("Plan this meeting"))


@page(Action.HANDOVER_KEEP, logs=Logs.LIST, writes=True, tab="home", fresh=True, who=KEEPERS)
def give(request: HttpRequest, actor: Actor, hand_over: uuid.UUID) -> Answer | HttpResponse:
    """Give a hand-over: it is frozen, and waits for who takes over."""
    row = queries.hand_over(actor, hand_over)
    form = converse(
        request,
        actor,
        forms.GiveForm,
        act=lambda given: handing.give(actor=actor, hand_over=row, **given),
        then=lambda _row: reverse("handover:show", args=[row.ref]),
        said=_("Given. It waits to be read and taken over."),
        initial={"version": row.version},
        fresh=lambda: {"version": queries.hand_over(actor, hand_over).version},
    )
    lede = _(
        "What stands in the record of each pupil now is frozen as one pack. %(who)s is told, and "
        "reads it here even where their class begins later."
    ) % {"who": row.taker.name}
    return _step(row, form, _("Give it to %(who)s") % {"who": row.taker.name}, _("Give it"), lede)


@page(Action.HANDOVER_READ, logs=Logs.LIST, writes=True, tab="home", who=TAKERS)
def take(request: HttpRequest, actor: Actor, hand_over: uuid.UUID) -> Answer | HttpResponse:
    """Say that one has read it, and takes over."""
    row = queries.hand_over(actor, hand_over, Action.HANDOVER_READ)
    form = converse(
        request,
        actor,
        forms.TakeForm,
        act=lambda given: handing.take_over(actor=actor, hand_over=row, **given),
        then=lambda _row: reverse("handover:show", args=[row.ref]),
        said=_("You have taken over."),
    )
    return _step(row, form, _("I have read this and take over"), _("Take over"))


@page(Action.RECORD_INVALIDATE, logs=Logs.LIST, writes=True, tab="home", who=KEEPERS)
def in_error(request: HttpRequest, actor: Actor, hand_over: uuid.UUID) -> Answer | HttpResponse:
    """Mark a hand-over as made in error."""
    row = queries.hand_over(actor, hand_over, Action.RECORD_INVALIDATE)
    form = converse(
        request,
        actor,
        forms.ErrorForm,
        act=lambda given: handing.take_back(actor=actor, hand_over=row, **given),
        then=lambda _row: reverse("handover:list"),
        said=_("Marked as made in error. Nobody reads it through this any more."),
        initial={"version": row.version},
        fresh=lambda: {"version": queries.hand_over(actor, hand_over).version},
    )
    return _step(row, form, _("This hand-over was made in error"), _("Mark it so"))


def _step(row: Any, form: Any, heading: str, main: str, lede: str = "") -> Answer | HttpResponse:
    if isinstance(form, HttpResponse):
        return form
    shown = {"form": form, "back": reverse("handover:show", args=[row.ref]), "heading": heading,
             "main": main, "lede": lede}  # fmt: skip
    return Answer("handover/form.html", shown, listed=Listed(0, "hand-over"))
