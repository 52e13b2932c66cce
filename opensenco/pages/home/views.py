"""The home page: one address, another page for each kind of hat."""

import uuid

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.gate.answer import Answer, Listed
from opensenco.gate.page import Logs, page
from opensenco.notices import queries as notices
from opensenco.notices.operations import read_notices
from opensenco.pages.home import show

EVERYBODY = {"senco": 200, "head": 200, "phase_senco": 200, "teacher": 200, "other_teacher": 200,
             "ta": 200, "admin": 200, "dsl": 200, "governor": 200, "parent": 200,
             "professional": 200, "shared_senco": 200, "family": 200, "district": 200,
             "authority": 200, "outsider": 200}  # fmt: skip


@page(Action.SIGNED_IN, logs=Logs.LIST, who=EVERYBODY, tab="home")
def start(request: HttpRequest, actor: Actor) -> Answer:
    """Show the home page of this hat."""
    template, shown, count = show.home(actor)
    return Answer(template, shown, listed=Listed(count, "home"))


@page(
    Action.TASK_DO,
    logs=Logs.NOTHING,
    writes=True,
    reads=False,
    who={"senco": 200, "head": 200, "teacher": 200, "ta": 200, "admin": 200, "dsl": 200,
         "governor": 403, "parent": 403, "family": 200},
)  # fmt: skip
def read_news(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Mark news as read; the next page says what is left."""
    refs = [ref for text in request.POST.getlist("notice") if (ref := _ref(text))]
    chosen = notices.chosen(actor, refs)
    if chosen:
        read_notices(actor=actor, notices=chosen)
    return HttpResponseRedirect(reverse("home:start"))


def _ref(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
