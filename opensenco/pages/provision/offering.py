"""What a trust, group or authority writes for the libraries of its settings."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.gate.answer import Answer
from opensenco.gate.chrome import place_tabs
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.pages.provision import forms
from opensenco.people import queries as people
from opensenco.provision.operations import offering as verbs
from opensenco.provision.operations.library import PARTS
from opensenco.provision.queries import shared as rows_of
from opensenco.provision.states import LAYER_NAMES

OFFERERS = {"family": 200, "officer": 200, "senco": 403, "head": 403, "teacher": 403, "ta": 403,
            "district": 403, "governor": 403, "parent": 403}  # fmt: skip


@page(Action.LIBRARY_OFFER, logs=Logs.NOTHING, tab="school", who=OFFERERS)
def offers(request: HttpRequest, actor: Actor) -> Answer:
    """Show what we offer to the libraries of our settings."""
    rows = rows_of.offers_of(actor.hat.orgs)
    shown = {
        "rows": rows, "names": LAYER_NAMES, "taken": rows_of.settings_below(actor),
        "tabs": place_tabs(actor, "provision:offers"),
    }  # fmt: skip
    return Answer("provision/offers.html", shown)


@page(Action.LIBRARY_OFFER, logs=Logs.NOTHING, writes=True, tab="school", who=OFFERERS)
def offer(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Write an entry and offer it."""
    form = converse(
        request,
        actor,
        forms.ProvisionForm,
        act=lambda given: verbs.offer_entry(actor=actor, org=people.place(actor), **given),
        then=lambda _row: reverse("provision:offers"),
        said=_("Offered. Your settings find it in their library."),
    )
    if isinstance(form, HttpResponse):
        return form
    return _task(form, _("Write an entry for your settings"), _("Offer it"))


@page(Action.LIBRARY_OFFER, logs=Logs.NOTHING, writes=True, tab="school", who=OFFERERS)
def change_offer(
    request: HttpRequest, actor: Actor, shared_provision: uuid.UUID
) -> Answer | HttpResponse:
    """Offer an entry in other words."""
    row = rows_of.own_offer(actor, shared_provision)
    form = converse(
        request,
        actor,
        forms.ProvisionForm,
        act=lambda given: verbs.change_offer(actor=actor, shared=row, **given),
        then=lambda _row: reverse("provision:offers"),
        said=_("Changed. Whoever has a copy is shown what differs."),
        initial={part: getattr(row, part) for part in PARTS},
    )
    if isinstance(form, HttpResponse):
        return form
    return _task(form, _("Change what you offer"), _("Offer it as it is now"))


@page(Action.LIBRARY_OFFER, logs=Logs.NOTHING, writes=True, reads=False, who=OFFERERS)
def stop_offer(request: HttpRequest, actor: Actor, shared_provision: uuid.UUID) -> HttpResponse:
    """Offer an entry no more."""
    row = rows_of.own_offer(actor, shared_provision)
    verbs.stop_offering(actor=actor, shared=row)
    messages.success(request, _("It is offered no more. Copies stay."))
    return HttpResponseRedirect(reverse("provision:offers"))


def _task(form: Any, heading: str, main: str) -> Answer:
    back = reverse("provision:offers")
    crumb = _("Library for your settings")
    under = _("Your settings copy it into their own libraries. Name no child, colleague or school.")
    shown = {"form": form, "heading": heading, "main": main, "back": back, "crumb": crumb,
             "under": under}  # fmt: skip
    return Answer("provision/form.html", shown)
