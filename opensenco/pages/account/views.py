"""One's own page, one's hats and one's drafts."""

import uuid
from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor, Hat
from opensenco.cases.on_tablets import can_use_tablets
from opensenco.gate import drafts, held, sent
from opensenco.gate.answer import Answer
from opensenco.gate.page import Logs, page

EVERYBODY = {"senco": 200, "head": 200, "teacher": 200, "ta": 200, "admin": 200, "governor": 200,
             "parent": 200, "family": 200, "authority": 200}  # fmt: skip


@page(Action.SIGNED_IN, logs=Logs.NOTHING, who=EVERYBODY)
def me(request: HttpRequest, actor: Actor) -> Answer:
    """Show who is signed in, under which hat, and the drafts that wait."""
    return Answer(
        "account/me.html",
        {
            "person": actor.person,
            "hat": actor.hat,
            "drafts": drafts.drafts_of(actor),
            "tablets": can_use_tablets(actor),
        },
    )


@page(Action.SIGNED_IN, logs=Logs.NOTHING, who=EVERYBODY, writes=True, once=False)
def hats(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Change hats: one role in one place at a time."""
    mine: list[Hat] = request.hats  # type: ignore[attr-defined]
    if request.method == "POST":
        wanted = request.POST.get("hat", "")
        if wanted in {hat.key for hat in mine}:
            request.session["hat"] = wanted
            return HttpResponseRedirect(reverse("home:start"))
    return Answer("account/hats.html", {"hats": mine, "worn": actor.hat.key})


@page(Action.SIGNED_IN, logs=Logs.NOTHING, who=EVERYBODY, writes=True, reads=False, once=False)
def keep_draft(
    request: HttpRequest, actor: Actor, form: str, about: uuid.UUID | None = None
) -> HttpResponse:
    """Keep what is typed in a form when a field is left; answers with the time."""
    saved: datetime | None = actor.at
    if not sent.was_sent(request, actor):
        saved = drafts.save(actor, form, about, held.words_of(request))
    if saved is None:
        return JsonResponse({"error": _("This is too long to keep as a draft.")}, status=413)
    return JsonResponse({"saved_at": saved.isoformat()})
