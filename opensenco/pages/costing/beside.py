"""What one provision costs: who bears its groups, and what is paid for once."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.costing import provision_cost as queries
from opensenco.costing.operations import beside as verbs
from opensenco.gate.answer import Answer
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.kernel.refs import short
from opensenco.pages.costing import forms, show
from opensenco.pages.costing.views import KEEPERS, READERS


@page(Action.COST_VIEW, logs=Logs.NOTHING, tab="provision", who=READERS)
def of_provision(request: HttpRequest, actor: Actor, provision: uuid.UUID) -> Answer:
    """Show what one provision costs in the year: hours, what is paid for once, who bears it."""
    row = queries.provision(actor, provision)
    shown = queries.of_provision(actor, row)
    keeps = actor.can_somewhere(Action.COST_KEEP)
    return Answer("costing/provision.html", {"shown": shown, "words": show, "keeps": keeps})


@page(Action.COST_KEEP, logs=Logs.NOTHING, writes=True, tab="provision", who=KEEPERS)
def bearing(request: HttpRequest, actor: Actor, provision: uuid.UUID) -> Answer | HttpResponse:
    """Say who bears the cost of a provision's groups, or of one of them."""
    row = queries.provision(actor, provision, Action.COST_KEEP)
    groups = {short(one.ref): one for one in queries.groups_of(actor, row)}
    form = converse(
        request,
        actor,
        lambda **given: forms.BearingForm(
            groups=[(key, one.name) for key, one in groups.items()], **given
        ),
        act=lambda given: verbs.set_bearing(
            actor=actor, provision=row, **{**given, "group": groups.get(given["group"])}
        ),
        then=lambda _row: _back(row),
        said=_("Set. Costs from that day on are counted so."),
        initial={"first": actor.today},
    )
    if isinstance(form, HttpResponse):
        return form
    return _task(form, row, _("Who bears the cost of its groups"), _("Count so from that day"))


@page(Action.COST_KEEP, logs=Logs.NOTHING, writes=True, tab="provision", who=KEEPERS)
def add_item(request: HttpRequest, actor: Actor, provision: uuid.UUID) -> Answer | HttpResponse:
    """Enter what a provision costs beside hours."""
    row = queries.provision(actor, provision, Action.COST_KEEP)
    form = converse(
        request,
        actor,
        forms.ItemForm,
        act=lambda given: verbs.add_item(actor=actor, provision=row, **given),
        then=lambda _row: _back(row),
        said=_("Entered. Each pupil who has it bears a part."),
        initial={"first": actor.today},
    )
    if isinstance(form, HttpResponse):
        return form
    return _task(form, row, _("What it costs beside hours"), _("Enter this cost"))


@page(Action.COST_KEEP, logs=Logs.NOTHING, writes=True, tab="provision", who=KEEPERS)
def item_back(request: HttpRequest, actor: Actor, item: uuid.UUID) -> Answer | HttpResponse:
    """Take back a cost that was entered wrongly."""
    held = queries.item(actor, item)
    form = converse(
        request,
        actor,
        forms.BackForm,
        act=lambda _given: verbs.take_item_back(actor=actor, item=held),
        then=lambda _row: _back(held.provision),
        said=_("Taken back. It counts no more."),
    )
    if isinstance(form, HttpResponse):
        return form
    heading = _("This cost was entered wrongly")
    return _task(form, held.provision, heading, _("Take it back"), item=held)


def _back(row: Any) -> str:
    return reverse("costing:provision", args=[row.ref])


def _task(form: Any, row: Any, heading: str, main: str, item: Any = None) -> Answer:
    shown = {"form": form, "provision": row, "heading": heading, "main": main, "back": _back(row)}
    return Answer("costing/beside.html", {**shown, "item": item})
