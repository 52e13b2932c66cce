"""What waits for a colleague by name is handed on in one step."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases.operations.handing_on import hand_on, not_theirs
from opensenco.gate.answer import Answer, Listed
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.handover import queries
from opensenco.kernel.errors import Invalid
from opensenco.kernel.refs import RefConverter, short
from opensenco.pages.handover import show
from opensenco.pages.handover.forms import PassOnForm
from opensenco.pages.handover.views import BEGINNERS


@page(Action.HANDOVER_KEEP, logs=Logs.LIST, writes=True, tab="home", who=BEGINNERS)
def pass_on(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Choose whose things are handed on; then tick what, and say to whom."""
    place = show.place_of(actor)
    giver = _giver(place, request.GET.get("from", ""))
    if giver is None:
        rows = queries.waiting_people(actor, place)
        return Answer("handover/whose.html", {"rows": rows}, listed=Listed(len(rows), "waits"))
    tasks = {short(task.ref): task for task in queries.waits_by_name(actor, giver)}
    takers = [one for one in queries.colleagues(actor, place) if one.pk != giver.pk]

    def act(given: dict[str, Any]) -> Any:
        to = queries.person(place, RefConverter().to_python(given["to"]))
        if to is None:
            raise Invalid("to", _("Choose somebody who has a role here today."))
        return hand_on(actor=actor, tasks=[tasks[ref] for ref in given["tasks"]], to=to)

    form = converse(
        request,
        actor,
        lambda **given: PassOnForm(
            waits=[(ref, show.task_line(task)) for ref, task in tasks.items()],
            takers=show.named(takers), **given,
        ),
        act=act,
        then=lambda _rows: reverse("handover:pass_on"),
        said=_("Handed on. Whoever has it now has been told."),
        initial={"tasks": list(tasks)},
    )  # fmt: skip
    if isinstance(form, HttpResponse):
        return form
    shown = {"form": form, "giver": giver, "many": len(tasks),
             "not_theirs": _not_theirs(actor, place, form, tasks)}  # fmt: skip
    return Answer("handover/pass_on.html", shown, listed=Listed(len(tasks), "waits"))


def _not_theirs(actor: Actor, place: Any, form: Any, tasks: dict[str, Any]) -> list[Any]:
    """Give the pupils whose pages who was chosen cannot open, where that was refused."""
    given = getattr(form, "cleaned_data", {}) if form.is_bound else {}
    to = given.get("tasks") and queries.person(place, RefConverter().to_python(form.data["to"]))
    return not_theirs(actor, [tasks[ref] for ref in given["tasks"]], to) if to else []


def _giver(place: Any, asked: str) -> Any:
    """Give the colleague whom an address names; None for nobody here."""
    try:
        return queries.person(place, uuid.UUID(asked))
    except ValueError:
        return None
