"""What changed since one last looked: the whole list, and saying that one has seen it."""

import uuid
from collections.abc import Iterable
from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.dateparse import parse_datetime

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases import seen as marks
from opensenco.cases.operations.seen import say_seen
from opensenco.gate.answer import Answer, Listed
from opensenco.gate.page import Logs, page
from opensenco.pages.home import show
from opensenco.people import queries as people

STAFF = {"senco": 200, "head": 200, "phase_senco": 200, "teacher": 200, "other_teacher": 200,
         "ta": 200, "admin": 200, "dsl": 200, "governor": 403, "parent": 403,
         "professional": 403, "family": 403}  # fmt: skip


@page(Action.PUPIL_FIND, logs=Logs.LIST, who=STAFF, tab="home")
def changes(request: HttpRequest, actor: Actor) -> Answer:
    """Show the pupils of whom something is new to this person, a page at a time."""
    before = _moment(request.GET.get("before", "")) or actor.at + marks.GRACE
    shown = show.what_changed(actor, before)
    people.attach_classes([one.pupil for one in shown["changed"]], actor.today)
    return Answer("home/changed.html", shown, listed=Listed(len(shown["changed"]), "changed"))


@page(Action.PUPIL_FIND, logs=Logs.NOTHING, writes=True, reads=False, who=STAFF)
def seen(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Say that one has seen what stood on the page about these pupils, up to the newest of each."""
    until = dict(_marks(request.POST.getlist("seen")))
    pupils = marks.chosen(actor, until)
    if pupils:
        say_seen(actor=actor, pupils=pupils, until={one.pk: until[one.ref] for one in pupils})
    if request.POST.get("back") == "pupil" and len(pupils) == 1:
        return HttpResponseRedirect(reverse("pupils:show", args=[pupils[0].ref]))
    return HttpResponseRedirect(reverse("home:start"))


def _marks(given: Iterable[str]) -> Iterable[tuple[uuid.UUID, datetime]]:
    """Read what the form says of each pupil: the reference and the moment. Nonsense is no mark."""
    for text in given:
        ref, _space, moment = text.partition(" ")
        until = _moment(moment)
        try:
            if until is not None:
                yield uuid.UUID(ref), until
        except ValueError:
            continue


def _moment(text: str) -> datetime | None:
    """Read a moment with its zone; None where it is none."""
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment is not None and moment.tzinfo is not None else None
