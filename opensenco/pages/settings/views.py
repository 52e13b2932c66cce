"""Settings below one's own organisation: listed, found in the register, brought here."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.exchange import register_queries as queries
from opensenco.exchange.operations import below
from opensenco.gate.answer import Answer
from opensenco.gate.chrome import place_tabs
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.pages.settings import show
from opensenco.pages.settings.forms import AddForm, BelowForm

BRINGERS = {"officer": 200, "authority": 403, "district": 403, "family": 403, "senco": 403,
            "head": 403, "teacher": 403, "governor": 403, "parent": 403}  # fmt: skip


@page(Action.SETTING_ADOPT, logs=Logs.NOTHING, tab="school", who=BRINGERS)
def list_settings(request: HttpRequest, actor: Actor) -> Answer:
    """Show the settings below, those first that the register says have closed."""
    rows = queries.settings_below(actor.hat.orgs, actor.today)
    return Answer(
        "settings/list.html",
        {
            "tabs": place_tabs(actor, "settings:list"),
            "rows": rows,
            "columns": show.columns(),
            "number_of": show.number_of,
            "address_of": show.address_of,
            "invite_url": show.invite_url,
            "empty_ones": show.without_people(actor, rows),
        },
    )


@page(Action.SETTING_ADOPT, logs=Logs.NOTHING, tab="school", who=BRINGERS)
def find(request: HttpRequest, actor: Actor) -> Answer:
    """Find a setting in the national register."""
    asked = request.GET.get("q", "").strip()[:100]
    rows, more = show.found(asked)
    return Answer("settings/find.html", {"asked": asked, "rows": rows, "more": more})


@page(Action.SETTING_ADOPT, logs=Logs.NOTHING, tab="school", writes=True, who=BRINGERS)
def adopt(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Show one establishment of the register, and bring it here."""
    offered = show.offer(actor)
    one = show.one(offered, request.GET)
    if one is None or not one.may_adopt:
        return Answer("settings/establishment.html", {"one": one, "form": None})
    form = converse(
        request,
        actor,
        lambda **given: BelowForm(places=offered.choices(), **given),
        act=lambda given: below.adopt_below(
            actor=actor, establishment=one.row, **offered.chosen(given)
        ),
        then=_to_first,
        said=_("It is here. Now say who begins there."),
    )
    if isinstance(form, HttpResponse):
        return form
    return Answer("settings/establishment.html", {"one": one, "form": form})


@page(Action.SETTING_ADOPT, logs=Logs.NOTHING, tab="school", writes=True, who=BRINGERS)
def add(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Add a childminder or private nursery, which the register does not hold."""
    offered = show.offer(actor)
    form = converse(
        request,
        actor,
        lambda **given: AddForm(places=offered.choices(), **given),
        act=lambda given: below.add_below(actor=actor, **offered.chosen(given)),
        then=_to_first,
        said=_("It is here. Now say who begins there."),
    )
    if isinstance(form, HttpResponse):
        return form
    return Answer("settings/add.html", {"form": form})


def _to_first(setting: uuid.UUID) -> str:
    return show.invite_url(setting)
