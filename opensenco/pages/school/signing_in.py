"""How the staff of our place sign in: any way, or by the account they have elsewhere alone."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.elsewhere.providers import name_of, providers
from opensenco.access.elsewhere.session import provider_of_session
from opensenco.gate.answer import Answer
from opensenco.gate.chrome import place_tabs
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.pages.school import forms
from opensenco.pages.school.staff import MANAGERS
from opensenco.people import staffing
from opensenco.people.operations.places import require_sign_in
from opensenco.ui.listing import Pick

NO_MATTER = ""


@page(Action.PEOPLE_MANAGE, logs=Logs.NOTHING, tab="school", writes=True, fresh=True,
      who=MANAGERS)  # fmt: skip
def signing_in(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Say how staff sign in; each school of a shared role by itself.

    Only the provider by which one is signed in oneself can be chosen, so that nobody locks the
    door behind them.
    """
    schools = staffing.places(actor)
    asked = request.GET.get("school", "")
    place = next((one for one in schools if str(one.ref) == asked), schools[0])
    address = f"{reverse('school:signing_in')}?school={place.ref}"
    by = provider_of_session(request)
    form = converse(
        request,
        actor,
        lambda **given: forms.SignInByForm(providers=_choices(place.sign_in_by, by), **given),
        act=lambda given: require_sign_in(actor=actor, org=place, **given),
        then=lambda _row: address,
        said=_("It is as you said, from the next page that anybody opens."),
        initial=_held(place),
        fresh=lambda: _held(next(one for one in staffing.places(actor) if one == place)),
    )
    if isinstance(form, HttpResponse):
        return form
    picks = [
        Pick(one.name, f"{reverse('school:signing_in')}?school={one.ref}", current=one == place)
        for one in schools
    ]
    shown = {"form": form, "tabs": place_tabs(actor, "school:signing_in"), "picks": picks,
             "known": providers(), "by": by, "now": place.sign_in_by}  # fmt: skip
    return Answer("school/signing_in.html", shown)


def _held(place: Any) -> dict[str, Any]:
    return {"provider": place.sign_in_by, "version": place.version}


def _choices(now: str, by: str) -> list[tuple[str, str]]:
    only = [
        (key, _("With %(name)s alone") % {"name": name_of(key)})
        for key in sorted({now, by} - {NO_MATTER})
    ]
    return [(NO_MATTER, _("In any way that is theirs")), *only]
