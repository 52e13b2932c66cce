"""What the head was told of time to co-ordinate, and after how many weeks they are told."""

import uuid
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases.time_words import long
from opensenco.gate.answer import Answer
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.law.rulebook.role import ROL_12
from opensenco.pages.staffing.forms import ShortWeeksForm
from opensenco.pages.staffing.hours import KEEPERS
from opensenco.pages.staffing.places import place_asked, to
from opensenco.staffing.operations import shortfall as verbs
from opensenco.staffing.queries import shortfall as queries


@page(Action.STAFF_KEEP, logs=Logs.NOTHING, tab="home", who=KEEPERS)
def shortfall(request: HttpRequest, actor: Actor, shortfall: uuid.UUID) -> Answer:
    """Show whose time was short, week by week, and where it can be mended."""
    row = queries.shortfall(actor, shortfall)
    open_now = any(one.pk == row.pk for one in verbs.told_and_open(row.org_id))
    show = {
        "row": row, "long": long, "open": open_now,
        "weeks": [(date.fromisoformat(on), aside, spent) for on, aside, spent in row.weeks],
        "workload": to("staffing:workload", row.org), "hours": to("staffing:hours", row.org),
        "number": to("staffing:short_weeks", row.org), "rule": ROL_12,
        "rule_words": _(ROL_12.text),
    }  # fmt: skip
    return Answer("staffing/shortfall.html", show)


@page(Action.STAFF_KEEP, logs=Logs.NOTHING, writes=True, tab="school", who=KEEPERS)
def short_weeks(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Say after how many weeks the head is told that time to co-ordinate is short."""
    place, _picks = place_asked(request, actor, "staffing:short_weeks")
    form = converse(
        request,
        actor,
        ShortWeeksForm,
        act=lambda given: verbs.set_short_weeks(actor=actor, org=place, **given),
        then=lambda _row: to("staffing:hours", place),
        said=_("Saved. It counts from now on."),
        initial={"weeks": queries.weeks_of(place.pk)},
    )
    if isinstance(form, HttpResponse):
        return form
    show = {"form": form, "place": place, "back": reverse("staffing:hours")}
    return Answer("staffing/short_weeks.html", show)
