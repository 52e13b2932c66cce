"""The first person of a setting that we brought here: invited, with a link that is shown once."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.roles import BY_CODE
from opensenco.exchange import register_queries as queries
from opensenco.exchange.operations.first_people import FIRST_ROLES, invite_first, peopled
from opensenco.gate.answer import Answer
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.pages.settings.forms import FirstForm

#: where the link waits between two pages; it is shown once and forgotten
LINK = "first_persons_link"
BRINGERS = {"officer": 200, "authority": 403, "district": 403, "family": 403, "senco": 403,
            "head": 403, "teacher": 403, "governor": 403, "parent": 403}  # fmt: skip


@page(Action.SETTING_ADOPT, logs=Logs.NOTHING, tab="school", writes=True, fresh=True,
      who=BRINGERS)  # fmt: skip
def invite(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Invite the first person of a setting; the address asks for one that we brought here."""
    row: Any = queries.brought_here(actor, request.GET.get("setting", ""))
    if row is None:
        return Answer("settings/first.html", {"form": None, "setting": None, "busy": False})
    roles = [(code, BY_CODE[code].label(row.senco_word)) for code in FIRST_ROLES]
    form = converse(
        request,
        actor,
        lambda **given: FirstForm(roles=roles, **given),
        act=lambda given: invite_first(actor=actor, org=row.added_by, setting=row, **given),
        then=lambda added: _shown_once(request, row, added),
        initial={"role": "CHILDMINDER" if row.phase == "Childminder" else "SENCO"},
    )
    if isinstance(form, HttpResponse):
        return form
    busy = bool(peopled(actor, [row.pk]))
    return Answer("settings/first.html", {"form": form, "setting": row, "busy": busy})


def _shown_once(request: HttpRequest, setting: Any, added: Any) -> str:
    path = reverse("school:join", args=[setting.ref, added.invitation.ref, added.key])
    request.session[LINK] = {
        "url": request.build_absolute_uri(path),
        "email": added.email,
        "place": setting.name,
    }
    return reverse("settings:invited")


@page(Action.SETTING_ADOPT, logs=Logs.NOTHING, tab="school", fresh=True, who=BRINGERS)
def invited(request: HttpRequest, actor: Actor) -> Answer:
    """Show the link of a setting's first person, once."""
    return Answer("settings/invited.html", {"link": request.session.pop(LINK, None)})
