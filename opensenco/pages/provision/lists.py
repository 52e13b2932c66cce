"""What the school gives: what runs, the library, one provision."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases.beside import guided
from opensenco.exchange import out
from opensenco.gate.answer import Answer, Listed
from opensenco.gate.conversation import Draftable, converse
from opensenco.gate.page import Logs, page
from opensenco.pages.provision import files, forms, picking, show
from opensenco.people import queries as people
from opensenco.provision import queries
from opensenco.provision.operations import library as verbs

VIEWERS = {"senco": 200, "head": 200, "phase_senco": 200, "teacher": 200, "other_teacher": 200,
           "ta": 200, "dsl": 200, "admin": 403, "governor": 403, "parent": 403}  # fmt: skip
GIVERS = {"senco": 200, "head": 200, "phase_senco": 200, "teacher": 403, "ta": 403, "admin": 403,
          "dsl": 403, "governor": 403, "parent": 403}  # fmt: skip
PARTS = tuple(forms.ProvisionForm.base_fields)


@page(Action.PROVISION_VIEW, logs=Logs.LIST, tab="provision", who=VIEWERS)
def running(request: HttpRequest, actor: Actor) -> Answer:
    """Show what runs, for whom one may know of, and what came of it."""
    shown = show.school(actor)
    if kind := out.asked(request.GET):
        return out.as_file(actor, kind, "provision", files.running(shown["layers"]))
    return Answer("provision/list.html", shown, listed=Listed(shown["total"].pupils))


@page(Action.PROVISION_VIEW, logs=Logs.LIST, tab="provision", who=VIEWERS)
@guided("provision", several=True)
def show_provision(request: HttpRequest, actor: Actor, provision: uuid.UUID) -> Answer:
    """Show one provision: what it is, who gets it, what came of it."""
    row = queries.provision(actor, provision)
    shown = show.one(actor, row)
    if kind := out.asked(request.GET):
        return out.as_file(
            actor, kind, "provision-pupils", files.one(shown["parts"]), wanted=row.name
        )
    return Answer("provision/show.html", shown, listed=Listed(len(shown["parts"])))


@page(Action.PROVISION_ALLOCATE, logs=Logs.NOTHING, writes=True, tab="provision", who=GIVERS)
def library(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Choose from the school's own library or from the starter library."""
    if request.method == "POST" and request.POST.get("starter"):
        row = verbs.add_from_starter(
            actor=actor, org=people.place(actor), starter=request.POST["starter"]
        )
        return HttpResponseRedirect(picking.onward(row, request.GET))
    return Answer("provision/library.html", picking.shelves(actor, request.GET))


@page(Action.PROVISION_ALLOCATE, logs=Logs.NOTHING, writes=True, tab="provision", who=GIVERS)
def add(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Add something of the school's own to its library."""
    form = converse(
        request,
        actor,
        forms.ProvisionForm,
        act=lambda given: verbs.add_provision(actor=actor, org=people.place(actor), **given),
        then=lambda row: reverse("provision:show", args=[row.ref]),
        said=_("Added to your library."),
        draft=Draftable("provision-new", leave_to=reverse("provision:list")),
    )
    if isinstance(form, HttpResponse):
        return form
    shown = _task(form, _("Add a provision"), _("Add it to our library"), "provision:library")
    return Answer("provision/form.html", {**shown, "draft": ("provision-new", None)})


@page(Action.PROVISION_ALLOCATE, logs=Logs.NOTHING, writes=True, tab="provision", who=GIVERS)
def change(request: HttpRequest, actor: Actor, provision: uuid.UUID) -> Answer | HttpResponse:
    """Change what the library says of a provision; promises keep their own numbers."""
    row = queries.provision(actor, provision, Action.PROVISION_ALLOCATE)
    form = converse(
        request,
        actor,
        forms.ChangeProvisionForm,
        act=lambda given: verbs.change_provision(actor=actor, provision=row, **given),
        then=lambda _row: reverse("provision:show", args=[row.ref]),
        said=_("Changed. What was promised before keeps its own numbers."),
        initial=_values(row),
        fresh=lambda: _values(queries.provision(actor, provision)),
    )
    if isinstance(form, HttpResponse):
        return form
    back = reverse("provision:show", args=[row.ref])
    shown = _task(form, _("Change a provision"), _("Save these details"), "provision:list")
    return Answer("provision/form.html", {**shown, "back": back})


def _values(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in (*PARTS, "version")}


def _task(form: Any, heading: str, main: str, back: str) -> dict[str, Any]:
    return {"form": form, "heading": heading, "main": main, "back": reverse(back)}
