"""All pupils of a place are handed over to another school, as when a school closes."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.gate.answer import Answer, Listed
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.kernel.errors import Invalid
from opensenco.kernel.refs import short
from opensenco.network import queries
from opensenco.network.operations import handing_over as operations
from opensenco.network.operations.handing_soon import hand_over_now_or_soon
from opensenco.network.states import TERMS, Purpose
from opensenco.pages.packs import forms, show
from opensenco.pages.packs.sharing import SENDERS
from opensenco.people import staffing
from opensenco.ui.listing import Pick


@page(Action.PACK_SEND, logs=Logs.LIST, writes=True, tab="packs", fresh=True, who=SENDERS)
def hand_over(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Show how many would be handed over and what each pack holds, and send them."""
    places = staffing.places(actor)
    asked = request.GET.get("school", "")
    place = next((one for one in places if short(one.ref) == asked), places[0])
    count = operations.staying(actor, place).count()
    terms = TERMS[Purpose.MOVING]
    form = converse(
        request,
        actor,
        lambda **given: forms.HandOverForm(places=_schools(actor), **given),
        act=lambda given: _sent(request, actor, place, given),
        then=lambda _left: reverse("packs:list"),
    )
    if isinstance(form, HttpResponse):
        return form
    here = reverse("packs:hand_over")
    picks = [
        Pick(one.name, f"{here}?school={short(one.ref)}", current=one == place) for one in places
    ]
    shown = {"form": form, "count": count, "parts": [p.label for p in terms.proposed]}
    shown |= {"picks": picks, "place": place}
    return Answer("packs/hand_over.html", shown, listed=Listed(count, "pupils"))


def _schools(actor: Actor) -> list[tuple[str, str]]:
    found = queries.receivers(actor, Purpose.MOVING)
    return [("", _("Choose the school")), *((str(one.ref), one.name) for one in found)]


def _sent(request: HttpRequest, actor: Actor, place: Any, given: dict[str, Any]) -> int:
    """Send the packs of all who are left, and say what comes of it.

    Raises:
        Invalid: somebody is not sure; nobody is left.
    """
    to = show.chosen_place(actor, given["to"])
    left = list(operations.staying(actor, place, to))
    if given["sure"] != len(left):
        raise Invalid(
            "sure",
            ngettext(
                "%(num)s pupil would be handed over to this school. Write that number.",
                "%(num)s pupils would be handed over to this school. Write that number.",
                len(left),
            )
            % {"num": len(left)},
        )
    until = show.last_day(Purpose.MOVING, None, actor.today)
    soon = hand_over_now_or_soon(actor=actor, pupils=left, to=to, until=until, words=given["words"])
    many = {"num": len(left), "place": to.name}
    said = ngettext(
        "%(num)s pack is sent to %(place)s.", "%(num)s packs are sent to %(place)s.", len(left)
    )
    if soon:
        said = ngettext(
            "%(num)s pack is being sent to %(place)s. You are told when it is done.",
            "%(num)s packs are being sent to %(place)s. You are told when it is done.",
            len(left),
        )
    messages.success(request, said % many)
    return soon
