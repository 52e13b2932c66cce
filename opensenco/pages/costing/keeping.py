"""What an hour costs, and how the place counts: entered from a day on, taken back."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.costing import budget as budget_of
from opensenco.costing import queries
from opensenco.costing.books import ways_of
from opensenco.costing.operations import budgets
from opensenco.costing.operations import rates as verbs
from opensenco.gate.answer import Answer
from opensenco.gate.chrome import place_tabs
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.kernel.refs import short
from opensenco.pages.costing import forms
from opensenco.people import staffing
from opensenco.ui.listing import Pick

KEEPERS = {"senco": 403, "head": 200, "phase_senco": 403, "teacher": 403, "ta": 403, "admin": 403,
           "dsl": 403, "governor": 403, "parent": 403, "family": 403}  # fmt: skip
SETTERS = {**KEEPERS, "senco": 200}


@page(Action.RATES_KEEP, logs=Logs.NOTHING, writes=True, fresh=True, tab="school", who=KEEPERS)
def rates(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Show what an hour costs, and enter it from a day on."""
    place, picks = place_of(request, actor, "costing:rates")
    people = {short(one.ref): one for one in queries.staff(actor, place)}
    form = converse(
        request,
        actor,
        lambda **given: forms.RateForm(
            staff=[(key, one.name) for key, one in people.items()], **given
        ),
        act=lambda given: verbs.set_rate(
            actor=actor, org=place, **{**given, "who": people.get(given["who"])}
        ),
        then=lambda _row: to("costing:rates", place),
        said=_("Entered. Costs are counted with it from that day on."),
        initial={"first": actor.today},
    )
    if isinstance(form, HttpResponse):
        return form
    show = {"form": form, "place": place, "picks": picks, "rows": queries.rates_of(actor, place),
            "tabs": place_tabs(actor, "costing:rates")}  # fmt: skip
    return Answer("costing/rates.html", show)


@page(Action.RATES_KEEP, logs=Logs.NOTHING, writes=True, fresh=True, tab="school", who=KEEPERS)
def take_back(request: HttpRequest, actor: Actor, rate: uuid.UUID) -> Answer | HttpResponse:
    """Take back a rate that was entered wrongly."""
    row = queries.rate(actor, rate)
    back = to("costing:rates", row.org)
    form = converse(
        request,
        actor,
        forms.BackForm,
        act=lambda _given: verbs.take_rate_back(actor=actor, rate=row),
        then=lambda _row: back,
        said=_("Taken back. What held before it holds on."),
    )
    if isinstance(form, HttpResponse):
        return form
    show = {"form": form, "row": row, "back": back}
    return Answer("costing/take_back.html", show)


@page(Action.COST_KEEP, logs=Logs.NOTHING, writes=True, tab="school", who=SETTERS)
def how(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Say how the place counts what provision costs."""
    place, picks = place_of(request, actor, "costing:how")
    before = queries.conventions_of(actor, place)
    form = converse(
        request,
        actor,
        forms.HowForm,
        act=lambda given: verbs.set_convention(actor=actor, org=place, **given),
        then=lambda _row: to("costing:how", place),
        said=_("Set. Costs from that day on are counted so."),
        initial=_now(ways_of(place.pk).on(actor.today), actor),
    )
    if isinstance(form, HttpResponse):
        return form
    show = {"form": form, "place": place, "picks": picks, "before": before,
            "tabs": place_tabs(actor, "costing:how")}  # fmt: skip
    return Answer("costing/how.html", show)


@page(Action.COST_KEEP, logs=Logs.NOTHING, writes=True, tab="provision", who=SETTERS)
def budget(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Enter the notional SEN budget of this year."""
    place, picks = place_of(request, actor, "costing:budget")
    form = converse(
        request,
        actor,
        forms.BudgetForm,
        act=lambda given: budgets.set_budget(actor=actor, org=place, **given),
        then=lambda _row: reverse("costing:over"),
        said=_("Entered. It stands beside what all provision comes to."),
    )
    if isinstance(form, HttpResponse):
        return form
    show = {
        "form": form,
        "place": place,
        "picks": picks,
        "before": budget_of.budgets_of(actor, place),
        "year": budget_of.year_of(place, actor),
    }
    return Answer("costing/budget.html", show)


def _now(way: Any, actor: Actor) -> dict[str, Any]:
    hours = way.teacher_hours
    return {
        "kind": way.basis.value, "charge": way.charge.value, "year": way.year.value,
        "weeks": way.weeks, "usual_post": way.usual_post, "first": actor.today,
        "teacher_hours": None if hours is None else int(hours),
    }  # fmt: skip


def place_of(request: HttpRequest, actor: Actor, name: str) -> tuple[Any, list[Pick]]:
    """Give the place that is asked for, and those to choose from."""
    places = staffing.places(actor)
    asked = request.GET.get("school", "")
    place = next((one for one in places if str(one.ref) == asked), places[0])
    return place, [Pick(one.name, to(name, one), current=one == place) for one in places]


def to(name: str, place: Any) -> str:
    """Give the address of a page of one place."""
    return f"{reverse(name)}?school={place.ref}"
