"""What provision costs: who is over the threshold, one pupil line by line, what comes in."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases.beside import guided
from opensenco.costing import place, queries
from opensenco.costing.operations import top_up as verbs
from opensenco.exchange import out
from opensenco.gate.answer import Answer, Listed
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.pages.costing import show
from opensenco.pages.costing.forms import BackForm, OverForm, TopUpForm
from opensenco.people import queries as people

READERS = {"senco": 200, "head": 200, "phase_senco": 200, "teacher": 403, "other_teacher": 403,
           "ta": 403, "admin": 403, "dsl": 403, "governor": 403, "parent": 403}  # fmt: skip
KEEPERS = {**READERS, "phase_senco": 403}


@page(Action.COST_VIEW, logs=Logs.LIST, tab="provision", who=READERS)
@guided("cost", several=True)
def over(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Show by class what each pupil's provision costs in the year, and who is over."""
    every = place.of_all(actor)
    form = OverForm(request.GET or None, classes=show.classes_of(every))
    shown = show.listed(actor, every, request.GET.dict(), form)
    if kind := out.asked(request.GET):
        return out.as_file(actor, kind, "costs", show.table(actor, shown.rows))
    return Answer(
        "costing/over.html",
        {"shown": shown, "words": show},
        listed=Listed(shown.listing.total, "costs"),
    )


@page(Action.COST_VIEW, logs=Logs.CHILD, tab="provision", who=READERS)
@guided("cost")
def of_pupil(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer:
    """Show what one pupil's provision costs, planned and delivered, and how it was counted."""
    row = people.pupil(actor, pupil, Action.COST_VIEW)
    return Answer(
        "costing/pupil.html", {"page": show.page_of(actor, row), "words": show}, opened=[row]
    )


@page(Action.COST_KEEP, logs=Logs.CHILD, writes=True, tab="provision", who=KEEPERS)
def add_top_up(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer | HttpResponse:
    """Record what comes in for a pupil above the school's own share."""
    row = people.pupil(actor, pupil, Action.COST_KEEP)
    back = reverse("costing:pupil", args=[row.ref])
    form = converse(
        request,
        actor,
        TopUpForm,
        act=lambda given: verbs.record_top_up(actor=actor, pupil=row, **given),
        then=lambda _row: back,
        said=_("Recorded. It stands beside what the provision costs."),
    )
    if isinstance(form, HttpResponse):
        return form
    shown = _task(form, row, _("What comes in for this pupil"), _("Record this top-up"), back)
    return Answer("costing/form.html", shown, opened=[row])


@page(Action.COST_KEEP, logs=Logs.CHILD, writes=True, tab="provision", who=KEEPERS)
def top_up_back(request: HttpRequest, actor: Actor, top_up: uuid.UUID) -> Answer | HttpResponse:
    """Take back a top-up that was recorded wrongly."""
    row = queries.top_up(actor, top_up)
    pupil = row.pupil.stands
    back = reverse("costing:pupil", args=[pupil.ref])
    form = converse(
        request,
        actor,
        BackForm,
        act=lambda _given: verbs.take_top_up_back(actor=actor, top_up=row),
        then=lambda _row: back,
        said=_("Taken back. It counts no more."),
    )
    if isinstance(form, HttpResponse):
        return form
    shown = _task(form, pupil, _("This top-up was recorded wrongly"), _("Take it back"), back)
    return Answer("costing/form.html", {**shown, "row": row}, opened=[pupil])


def _task(form: Any, pupil: Any, heading: str, main: str, back: str) -> dict[str, Any]:
    return {"form": form, "pupil": pupil, "heading": heading, "main": main, "back": back}
