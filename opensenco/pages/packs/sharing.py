"""From the pupil's page to a copy that can be looked at: for whom, what for, which parts."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases.beside import guided
from opensenco.gate.answer import Answer
from opensenco.gate.conversation import Draftable, converse
from opensenco.gate.page import Logs, page
from opensenco.network import queries
from opensenco.network.operations import preparing
from opensenco.pages.packs import forms, show
from opensenco.people import queries as people

SENDERS = {"senco": 200, "head": 200, "phase_senco": 403, "teacher": 403, "ta": 403,
           "admin": 403, "dsl": 403, "governor": 403, "parent": 403}  # fmt: skip


def prepared_url(row: Any) -> str:
    """Give the address of the sender's page."""
    return reverse("packs:prepared", args=[row.ref])


@page(Action.PACK_SEND, logs=Logs.CHILD, writes=True, tab="packs", who=SENDERS)
@guided("pack")
def share(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer | HttpResponse:
    """Say what part of a record is shared for, with whom and until when."""
    row = people.pupil(actor, pupil, Action.PACK_SEND)
    back = reverse("pupils:show", args=[row.ref])
    form = converse(
        request,
        actor,
        lambda **given: forms.ShareForm(places=show.place_choices(actor), **given),
        act=lambda given: preparing.prepare_pack(
            actor=actor, pupil=row, purpose=given["purpose"], words=given["words"],
            to=show.chosen_place(actor, given["to"]),
            until=show.last_day(given["purpose"], given["until"], actor.today),
        ),
        then=prepared_url,
        draft=Draftable("share", row.ref, leave_to=back),
    )  # fmt: skip
    if isinstance(form, HttpResponse):
        return form
    shown = {"form": form, "pupil": row, "back": back, "rows": queries.sent(actor, row)}
    return Answer("packs/share.html", shown, opened=[row])


@page(Action.PACK_SEND, logs=Logs.CHILD, writes=True, tab="packs", who=SENDERS)
def parts(request: HttpRequest, actor: Actor, prepared: uuid.UUID) -> Answer | HttpResponse:
    """Choose the parts of the record that are copied."""
    row = queries.prepared(actor, prepared)
    offered = queries.offered_parts(actor, row)
    form = converse(
        request,
        actor,
        lambda **given: forms.PartsForm(offered=show.part_choices(offered), **given),
        act=lambda given: preparing.choose_parts(actor=actor, prepared=row, **given),
        then=prepared_url,
        said=_("Copied from the record as it stands now."),
        initial={"parts": row.parts or show.usual_parts(row, offered), "version": row.version},
        fresh=lambda: {"version": queries.prepared(actor, prepared).version},
    )
    if isinstance(form, HttpResponse):
        return form
    return Answer("packs/parts_form.html", {"form": form, "prepared": row}, opened=[row.pupil])


@page(Action.PACK_SEND, logs=Logs.CHILD, writes=True, tab="packs", who=SENDERS)
def names(request: HttpRequest, actor: Actor, prepared: uuid.UUID) -> Answer | HttpResponse:
    """Take out of a pack without names what leads to the child."""
    row = queries.prepared(actor, prepared)
    mends = queries.mends(actor, queries.ours(actor, row))
    fields = show.mend_fields(mends)

    def act(given: dict[str, Any]) -> Any:
        version, words = given.pop("version"), given.pop("words", row.words)
        return preparing.mend_words(
            actor=actor, prepared=row, version=version, texts=given, words=words
        )

    form = converse(
        request,
        actor,
        lambda **given: forms.NamesForm(mends=fields, **given),
        act=act,
        then=prepared_url,
        said=_("Changed in this copy. The record itself is as it was."),
        initial={"version": row.version},
    )
    if isinstance(form, HttpResponse):
        return form
    shown = {"form": form, "prepared": row, "count": len(mends)}
    return Answer("packs/names.html", shown, opened=[row.pupil])
