"""Contracted hours: entered from a day on, taken back."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.costing.queries import staff
from opensenco.exchange import out
from opensenco.exchange.out import Table
from opensenco.gate.answer import Answer
from opensenco.gate.chrome import place_tabs
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.kernel.refs import short
from opensenco.pages.staffing import forms
from opensenco.pages.staffing.places import place_asked, to
from opensenco.staffing.operations import hours as verbs
from opensenco.staffing.queries import hours as queries

KEEPERS = {"senco": 200, "head": 200, "phase_senco": 403, "teacher": 403, "ta": 403, "admin": 403,
           "dsl": 403, "governor": 403, "parent": 403, "family": 403}  # fmt: skip


@page(Action.STAFF_KEEP, logs=Logs.NOTHING, writes=True, tab="school", who=KEEPERS)
def hours(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Show contracted hours, and enter them from a day on."""
    place, picks = place_asked(request, actor, "staffing:hours")
    rows = queries.hours_of(actor, place)
    if kind := out.asked(request.GET):
        return out.as_file(actor, kind, "contracted-hours", _table(rows), wanted=place.name)
    people = {short(one.ref): one for one in staff(actor, place)}
    form = converse(
        request,
        actor,
        lambda **given: forms.HoursForm(
            staff=[(key, one.name) for key, one in people.items()], **given
        ),
        act=lambda given: verbs.set_hours(
            actor=actor, org=place, **{**given, "who": people[given["who"]]}
        ),
        then=lambda _row: to("staffing:hours", place),
        said=_("Entered. They hold from that day on."),
        initial={"first": actor.today},
    )
    if isinstance(form, HttpResponse):
        return form
    show = {"form": form, "place": place, "picks": picks, "rows": rows,
            "tabs": place_tabs(actor, "staffing:hours")}  # fmt: skip
    return Answer("staffing/hours.html", show)


@page(Action.STAFF_KEEP, logs=Logs.NOTHING, writes=True, tab="school", who=KEEPERS)
def take_back(request: HttpRequest, actor: Actor, hours: uuid.UUID) -> Answer | HttpResponse:
    """Take back hours that were entered wrongly."""
    row = queries.hours(actor, hours)
    back = to("staffing:hours", row.org)
    form = converse(
        request,
        actor,
        forms.BackForm,
        act=lambda _given: verbs.take_hours_back(actor=actor, hours=row),
        then=lambda _row: back,
        said=_("Taken back. What held before it holds on."),
    )
    if isinstance(form, HttpResponse):
        return form
    return Answer("staffing/take_back.html", {"form": form, "row": row, "back": back})


def _table(rows: list[Any]) -> Table:
    heads = [
        _("Name"), _("Post"), _("From"), _("Hours a week"), _("Of them for SEND"),
        _("What these go into"), _("Entered by"),
    ]  # fmt: skip
    return Table(
        _("Contracted hours"), heads,
        [
            (row.who.name, row.post, row.first, f"{row.week / 60:g}", f"{row.send / 60:g}",
             row.get_does_display(), row.person.name)
            for row in rows
        ],
    )  # fmt: skip
