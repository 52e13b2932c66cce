"""What came from other organisations: the list, one pack, and the answer to it."""

import uuid
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.exchange import out
from opensenco.gate.answer import Answer, Listed
from opensenco.gate.conversation import Draftable, converse
from opensenco.gate.page import Logs, page
from opensenco.kernel.refs import short
from opensenco.network import queries
from opensenco.network.operations import receiving as operations
from opensenco.pages.packs import forms
from opensenco.pages.packs import show as shown_as

READERS = {"senco": 200, "head": 200, "phase_senco": 403, "teacher": 403, "ta": 403,
           "admin": 403, "dsl": 403, "governor": 403, "parent": 403, "professional": 403,
           "shared_senco": 200, "family": 200, "district": 200, "authority": 200,
           "outsider": 200, "outside_teacher": 403}  # fmt: skip


@page(Action.PACK_OPEN, logs=Logs.LIST, tab="packs", who=READERS)
def pack_list(request: HttpRequest, actor: Actor) -> Answer:
    """Show what was sent to us, and what we sent, with who opened it when."""
    kind = out.asked(request.GET)
    most = out.MOST if kind else queries.MOST
    received = queries.received_list(actor, most)
    sends = actor.can_somewhere(Action.PACK_SEND)
    sent = queries.sent(actor, most=most) if sends else []
    if kind:
        return out.as_file(actor, kind, "packs", shown_as.table(received, sent), wanted="packs")
    takes = actor.can_somewhere(Action.IMPORT_PUPILS)
    shown = {"received": received, "sent": sent, "sends": sends, "takes": takes}
    return Answer("packs/list.html", shown, listed=Listed(len(received) + len(sent), "packs"))


@page(Action.PACK_OPEN, logs=Logs.CHILD, tab="packs", who=READERS)
def show(request: HttpRequest, actor: Actor, pack: uuid.UUID) -> Answer:
    """Show a pack to its receiver; that it was opened is told to the sender before it is shown."""
    row = queries.received(actor, pack)
    return Answer(
        "packs/received.html",
        {"page": queries.theirs(actor, row), "pack": row, "takes": _takes(actor, row),
         "leaves": queries.last_day(row.facts.get("pupil", {}).get("left_on"))},
        packs=[row],
        seal=partial(operations.open_pack, actor=actor, pack=row),
    )  # fmt: skip


def _takes(actor: Actor, row: Any) -> str:
    """Give where a pack is taken over, for who may read lists in."""
    if row.blind or not actor.can_somewhere(Action.IMPORT_PUPILS):
        return ""
    return f"{reverse('packs:take_over')}?pack={short(row.ref)}"


@page(Action.PACK_ANSWER, logs=Logs.CHILD, writes=True, tab="packs", who=READERS)
def answer(request: HttpRequest, actor: Actor, pack: uuid.UUID) -> Answer | HttpResponse:
    """Say something back to the sender of a pack."""
    row = queries.received(actor, pack, Action.PACK_ANSWER)
    back = reverse("packs:received", args=[row.ref])
    kinds = [(kind.value, kind.label) for kind in queries.answers_to(row)]
    form = converse(
        request,
        actor,
        lambda **given: forms.AnswerForm(kinds=kinds, **given),
        act=lambda given: operations.answer_pack(actor=actor, pack=row, **given),
        then=lambda _reply: back,
        said=_("Your answer has been sent."),
        draft=Draftable("pack-answer", row.ref, leave_to=back),
    )
    if isinstance(form, HttpResponse):
        return form
    return Answer("packs/answer.html", {"form": form, "pack": row, "back": back}, packs=[row])
