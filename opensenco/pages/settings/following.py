"""A school of ours that has closed goes on as what follows it, and that is taken back."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.exchange import following as queries
from opensenco.exchange.operations import following as operations
from opensenco.gate.answer import Answer
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.kernel.refs import short
from opensenco.pages.settings.forms import BackForm, GoOnForm
from opensenco.ui.listing import Column

KEEPERS = {"senco": 200, "head": 200, "shared_senco": 200, "phase_senco": 403, "teacher": 403,
           "admin": 403, "governor": 403, "parent": 403, "officer": 403, "family": 403}  # fmt: skip


@dataclass(frozen=True)
class Change:
    """One thing that the register says otherwise of what follows."""

    what: str
    old: str
    new: str


def offer(actor: Actor) -> dict[str, Any]:
    """Give what the home page says of schools of ours that have closed; for who can act on it."""
    if not actor.can_somewhere(Action.SETTING_GO_ON):
        return {"closed": []}
    return {"closed": queries.closed(actor), "address": address}


def address(org: Any) -> str:
    """Give the page on which one school goes on."""
    return f"{reverse('settings:goes_on')}?school={short(org.ref)}"


@page(Action.SETTING_GO_ON, logs=Logs.NOTHING, tab="school", writes=True, who=KEEPERS)
def goes_on(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Show what would change and what stays, and let a closed school go on."""
    closed, asked = queries.closed(actor), request.GET.get("school", "")
    gone = [(one, _back(one.org)) for one in queries.gone_on(actor)]
    if not closed:
        return Answer("settings/goes_on.html", {"here": None, "gone": gone, "form": None})
    here = next((one for one in closed if short(one.org.ref) == asked), closed[0])
    ways = [way for way in here.ways if way.may_go_on]
    form = converse(
        request,
        actor,
        lambda **given: GoOnForm(ways=[(one.row.urn, one.row.name) for one in ways], **given),
        act=lambda given: operations.go_on_as(actor=actor, org=here.org, **given),
        then=lambda _row: reverse("settings:goes_on"),
        said=_("The school goes on. Its record is where it was."),
        initial={"version": here.org.version, "urn": ways[0].row.urn if ways else ""},
        fresh=lambda: {"version": queries.current(here.org).version},
    )
    if isinstance(form, HttpResponse):
        return form
    shown = [(one, changes(here.org, one.row)) for one in ways]
    other = [one for one in here.ways if one.here]
    return Answer("settings/goes_on.html", {
        "here": here, "form": form if ways else None, "ways": shown, "others": other,
        "held": queries.held(actor, here.org), "gone": gone, "columns": columns(),
    })  # fmt: skip


@page(Action.SETTING_GO_ON, logs=Logs.NOTHING, tab="school", writes=True, who=KEEPERS)
def goes_back(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Give a school back the number and name that it had."""
    asked, gone = request.GET.get("school", ""), queries.gone_on(actor)
    if not gone:
        return Answer("settings/goes_back.html", {"row": None, "form": None, "stands": False})
    row = next((one for one in gone if short(one.org.ref) == asked), gone[0])
    form = converse(
        request,
        actor,
        BackForm,
        act=lambda given: operations.take_going_on_back(actor=actor, org=row.org, **given),
        then=lambda _row: reverse("settings:goes_on"),
        said=_("The school has its old number and name again."),
        initial={"version": row.org.version},
        fresh=lambda: {"version": queries.current(row.org).version},
    )
    if isinstance(form, HttpResponse):
        return form
    stands = queries.as_it_was_left(row)
    return Answer("settings/goes_back.html", {"row": row, "form": form, "stands": stands})


def _back(org: Any) -> str:
    return f"{reverse('settings:goes_back')}?school={short(org.ref)}"


def columns() -> list[Column]:
    """Give the heads of what changes."""
    return [Column(_("What")), Column(_("Until now")), Column(_("From now on"))]


def changes(org: Any, row: Any) -> list[Change]:
    """Give what would be said otherwise of a school, the same left out."""
    said = {"name": _("Name"), "phase": _("Phase"), "town": _("Town"), "postcode": _("Postcode")}
    new = queries.described(row)
    found = [Change(_("URN"), org.urn, row.urn)]
    found += [Change(word, getattr(org, name), new[name]) for name, word in said.items()]
    return [one for one in found if one.old != one.new]
