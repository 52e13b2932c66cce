"""The hand-overs that a turn of the school year asks for, and making them in one go."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.gate.answer import Answer, Listed
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.handover.offering import Offer, Offered, offered
from opensenco.handover.operations import handing
from opensenco.network.queries import not_ready, sent_on
from opensenco.pages.handover import show
from opensenco.pages.handover.forms import OfferedForm
from opensenco.pages.handover.views import BEGINNERS
from opensenco.participation.next_school import next_schools


@page(Action.HANDOVER_KEEP, logs=Logs.LIST, writes=True, tab="home", who=BEGINNERS)
def asked_for(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Show which hand-overs the turn of the year asks for; begin those that are ticked."""
    found = offered(actor)
    by_key = {one.key: one for one in found.offers}

    def act(given: dict[str, Any]) -> Any:
        chosen = [by_key[key] for key in given["offers"]]
        pupils = {pupil.pk: pupil for one in chosen for pupil in one.pupils}
        return handing.put_offered_together(
            actor=actor, pupils=list(pupils.values()), offers=chosen, words=given["words"]
        )

    form = converse(
        request,
        actor,
        lambda **given: OfferedForm(
            offers=[(key, line(one)) for key, one in by_key.items()], **given
        ),
        act=act,
        then=lambda _rows: reverse("handover:list"),
        said=_("They are being put together. Look each over, then give it."),
        initial={"offers": list(by_key)},
    )
    if isinstance(form, HttpResponse):
        return form
    shown = {"form": form, "found": found, **_of_leavers(actor, found, counted=True),
             "asks": actor.can_somewhere(Action.ASK_SEND),
             "sends": actor.can_somewhere(Action.PACK_SEND)}  # fmt: skip
    return Answer(
        "handover/offered.html", shown, listed=Listed(len(found.offers), "hand-overs asked for")
    )


def line(one: Offer) -> str:
    """Say of an offer what it is, from whom to whom, and about whom."""
    about = "; ".join(f"{pupil.register_name}{_class(pupil)}" for pupil in one.pupils)
    many = ngettext("%(num)s pupil", "%(num)s pupils", len(one.pupils)) % {"num": len(one.pupils)}
    return _("%(what)s: %(many)s (%(about)s)") % {
        "what": show.hand_over_line(one), "many": many, "about": about,
    }  # fmt: skip


def _class(pupil: Any) -> str:
    name = getattr(pupil, "class_name", "")
    return f", {name}" if name else ""


def _of_leavers(actor: Actor, found: Offered, *, counted: bool = False) -> dict[str, Any]:
    """Give how it stands with those who go to another school.

    A school that says that it is ready is asked no more, whichever way it says so.

    Args:
        counted: count school days of silence too.

    Returns:
        leave: whose record has gone to no other school, which nobody has asked either. waits: what
        was sent to a school that has not said that it is ready. asked: schools that were asked by
        a link and have not said so. ready: those that have.
    """
    told = next_schools(actor, found.leave, counted=counted)
    ready = [one for one in told.values() if one.ready]
    done = {one.pupil.pk for one in ready}
    sends = actor.can_somewhere(Action.PACK_SEND) and bool(found.leave)
    waits = not_ready(actor, found.leave) if sends else []
    sent = sent_on(actor, found.leave) if sends else set()
    return {
        "leave": [one for one in found.leave if one.pk not in sent and one.pk not in told],
        "waits": [one for one in waits if one.pupil_id not in done],
        "asked": [told[one.pk] for one in found.leave if one.pk in told and one.pk not in done],
        "ready": ready,
    }  # fmt: skip


def at_home(actor: Actor) -> dict[str, Any]:
    """Give how many hand-overs the turn of the year asks for, for the home page."""
    found = offered(actor)
    shown = _of_leavers(actor, found)
    not_yet = [one for one in shown["asked"] if one.not_yet]
    waits = {one.pupil_id for one in shown["waits"]} | {one.pupil.pk for one in shown["asked"]}
    return {
        "found": found, "many": len(found.offers), "leave": len(shown["leave"]),
        "waits": len(waits), "not_yet": len(not_yet),
    }  # fmt: skip
