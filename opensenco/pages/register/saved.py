"""Views of the register: kept by a name, renamed, shared, opened with, taken away."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.gate.answer import Answer
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.kernel.errors import NotAllowed
from opensenco.pages.register import show
from opensenco.pages.register.forms import ChangeViewForm, ViewForm
from opensenco.pages.register.own import is_of_own
from opensenco.pages.register.views import WHO
from opensenco.support.operations import views as verbs
from opensenco.support.operations.views import Keep
from opensenco.support.queries import views as queries

#: the view of the tests is the SENCO's own
OWNER = {**dict.fromkeys(WHO, 403), "senco": 200}


@page(Action.REGISTER_VIEW, logs=Logs.NOTHING, tab="register", who=WHO)
def view_list(request: HttpRequest, actor: Actor) -> Answer:
    """Show one's own views and those that colleagues share."""
    found = queries.views(actor)
    shown = {
        "mine": [one for one in found if one.owner_id == actor.person.pk],
        "theirs": [one for one in found if one.owner_id != actor.person.pk],
        "address": reverse("register:list"),
    }
    return Answer("register/views.html", shown)


@page(Action.REGISTER_VIEW, logs=Logs.NOTHING, writes=True, tab="register", who=WHO)
def save(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Keep what is chosen in the address, by a name."""
    query = chosen(request.GET)
    back = reverse("register:list") + (f"?{query}" if query else "")
    form = converse(
        request,
        actor,
        ViewForm,
        act=lambda given: verbs.save_view(
            actor=actor, org=queries.place_of_views(actor), query=query, keep=Keep(**given)
        ),
        then=lambda _row: back,
        said=_("The view is kept. It stands above the register."),
    )
    if isinstance(form, HttpResponse):
        return form
    words = [words for words, _address in show.register(actor, request.GET).chosen]
    shown = {"form": form, "back": back, "chosen": words, "any": bool(query)}
    return Answer("register/save_view.html", shown)


@page(Action.REGISTER_VIEW, logs=Logs.NOTHING, writes=True, tab="register", who=OWNER)
def change(request: HttpRequest, actor: Actor, saved_view: uuid.UUID) -> Answer | HttpResponse:
    """Rename one's own view, share it, or let the register open with it."""
    row = _own(actor, saved_view)
    back = reverse("register:views")
    form = converse(
        request,
        actor,
        ChangeViewForm,
        act=lambda given: verbs.change_view(
            actor=actor, view=row, version=given.pop("version"), keep=Keep(**given)
        ),
        then=lambda _row: back,
        said=_("The view is changed."),
        initial=_values(row),
        fresh=lambda: _values(_own(actor, saved_view)),
    )
    if isinstance(form, HttpResponse):
        return form
    shown = {"form": form, "back": back, "view": row}
    return Answer("register/change_view.html", shown)


@page(
    Action.REGISTER_VIEW,
    logs=Logs.NOTHING,
    writes=True,
    reads=False,
    who=OWNER,
)
def remove(request: HttpRequest, actor: Actor, saved_view: uuid.UUID) -> HttpResponse:
    """Take one's own view away."""
    row = _own(actor, saved_view)
    if row.ended_on is None:
        verbs.remove_view(actor=actor, view=row)
        messages.success(request, _("The view is taken away. The pupils are untouched."))
    return HttpResponseRedirect(reverse("register:views"))


def chosen(query: QueryDict) -> str:
    """Give what an address chooses of the register, and its order: nothing else is kept."""
    kept = QueryDict(mutable=True)
    for name in (*show.CHOSEN, *sorted(filter(is_of_own, query)), "sort"):
        value = query.get(name, "")
        if value and (name, value) != ("view", "all"):
            kept[name] = value[:80]
    return kept.urlencode()


def _own(actor: Actor, ref: uuid.UUID) -> Any:
    row = queries.own_view(actor, ref)
    if row.owner_id != actor.person.pk:
        raise NotAllowed
    return row


def _values(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("name", "shared", "is_default", "version")}
