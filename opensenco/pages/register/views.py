"""The register as a page, and as a file."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.exchange import out
from opensenco.gate.answer import Answer, Listed
from opensenco.gate.page import Logs, page
from opensenco.pages.register import show
from opensenco.support.queries import views

WHO = {"senco": 200, "head": 200, "phase_senco": 200, "admin": 200, "teacher": 403,
       "other_teacher": 403, "ta": 403, "dsl": 403, "governor": 403, "parent": 403,
       "outsider": 200, "shared_senco": 200, "family": 403, "authority": 403}  # fmt: skip


@page(Action.REGISTER_VIEW, logs=Logs.LIST, tab="register", who=WHO)
def register(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Show the register, chosen and sorted by the address: fifty to a page, or as a file."""
    if kind := out.asked(request.GET):
        return _file(kind, request, actor)
    kept = views.views(actor)
    if not request.GET and (first := views.opens_with(actor, kept)):
        return HttpResponseRedirect(f"{reverse('register:list')}?{first}")
    shown = show.register(actor, request.GET, kept)
    return Answer(
        "register/list.html",
        {
            "shown": shown,
            "lines": show.lines(shown.found, actor.today, shown.own),
            "markers": show.markers(),
            "lede": show.lede(shown.found.counts),
        },
        listed=Listed(len(shown.found.rows), shown.wanted),
    )


@page(Action.REGISTER_VIEW, logs=Logs.LIST, tab="register", who=WHO)
def as_csv(request: HttpRequest, actor: Actor) -> Answer:
    """Give the register, chosen and sorted as on the page, as CSV."""
    return _file(out.Kind.CSV, request, actor)


def _file(kind: out.Kind, request: HttpRequest, actor: Actor) -> Answer:
    shown = show.register(actor, request.GET, as_file=True)
    chosen = "; ".join(words for words, _address in shown.chosen)
    table = show.table(shown)
    return out.as_file(actor, kind, "sen-register", table, wanted=shown.wanted, chosen=chosen)
