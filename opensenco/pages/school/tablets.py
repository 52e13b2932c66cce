"""Shared tablets of our place: added with a code, listed with their last use, cut off."""

import uuid
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases import on_tablets
from opensenco.cases.operations import tablets as acts
from opensenco.gate.answer import Answer
from opensenco.gate.chrome import place_tabs
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.pages.school import choices, forms
from opensenco.pages.school.staff import MANAGERS

if TYPE_CHECKING:
    from opensenco.access.models import Tablet

#: where a code waits between two pages; it is shown once and forgotten
CODE = "tablet_code"


@page(Action.PEOPLE_MANAGE, logs=Logs.NOTHING, tab="school", who=MANAGERS)
def tablets(request: HttpRequest, actor: Actor) -> Answer:
    """Show the tablets of our place, and the code of the one just added."""
    rows = on_tablets.list_of(actor)
    shown = {
        "tabs": place_tabs(actor, "school:tablets"),
        "rows": [(row, choices.roles_in_words(row.roles)) for row in rows],
        "several": len(actor.hat.orgs) > 1,
        "code": request.session.pop(CODE, None),
        "address": request.build_absolute_uri(reverse("tablet:enrol")),
    }
    return Answer("school/tablets.html", shown)


@page(Action.PEOPLE_MANAGE, logs=Logs.NOTHING, tab="school", writes=True, fresh=True,
      who=MANAGERS)  # fmt: skip
def add(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Add a tablet; its code is shown on the next page."""
    offer = choices.ForStaff(actor)
    form = converse(
        request,
        actor,
        lambda **given: forms.TabletForm(
            places=offer.places(), roles=choices.roles_on_tablets(), **given
        ),
        act=lambda given: _add(request, actor, offer, given),
        then=lambda _row: reverse("school:tablets"),
        initial={"roles": list(acts.ROLES)},
    )
    if isinstance(form, HttpResponse):
        return form
    return Answer("school/tablet_add.html", {"form": form})


def _add(request: HttpRequest, actor: Actor, offer: Any, given: dict[str, Any]) -> "Tablet":
    code = on_tablets.make_code()
    row = acts.add_tablet(
        actor=actor, org=offer.place(given), name=given["name"], roles=given["roles"], code=code
    )
    _show_code(request, row, code)
    return row


def _show_code(request: HttpRequest, row: "Tablet", code: str) -> None:
    on_tablets.new_code(row, code)
    request.session[CODE] = {"name": row.name, "code": f"{code[:4]} {code[4:]}"}


@page(Action.PEOPLE_MANAGE, logs=Logs.NOTHING, tab="school", writes=True, fresh=True,
      who=MANAGERS)  # fmt: skip
def cut_off(request: HttpRequest, actor: Actor, tablet: uuid.UUID) -> Answer | HttpResponse:
    """Cut a tablet off, or give it another code."""
    row = on_tablets.tablet(actor, tablet)
    form = converse(
        request,
        actor,
        forms.TakeBackForm,
        act=lambda given: acts.cut_off_tablet(actor=actor, tablet=row, **given),
        then=lambda _row: reverse("school:tablets"),
        said=_("The tablet is cut off. Whoever was on it is signed out."),
        initial={"version": row.version},
        fresh=lambda: {"version": on_tablets.tablet(actor, tablet).version},
    )
    if isinstance(form, HttpResponse):
        return form
    return Answer("school/tablet.html", {"form": form, "row": row})


@page(Action.PEOPLE_MANAGE, logs=Logs.NOTHING, tab="school", writes=True, reads=False,
      fresh=True, who=MANAGERS)  # fmt: skip
def code(request: HttpRequest, actor: Actor, tablet: uuid.UUID) -> HttpResponse:
    """Make another code; a device that was enrolled with an earlier one is cut off."""
    row = on_tablets.tablet(actor, tablet)
    made = on_tablets.make_code()
    acts.renew_tablet_code(actor=actor, tablet=row, code=made)
    _show_code(request, row, made)
    return HttpResponseRedirect(reverse("school:tablets"))
