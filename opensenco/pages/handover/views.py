"""The hand-overs that one gives, gets or keeps; beginning one, reading it, its paper."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases.beside import guided
from opensenco.documents.pdf.handover import hand_over_pdf
from opensenco.gate.answer import Answer, Listed
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.handover import queries
from opensenco.handover.operations import handing
from opensenco.kernel.errors import Invalid
from opensenco.kernel.refs import RefConverter, short
from opensenco.pages.handover import show as shown
from opensenco.pages.handover.forms import EVERYBODY, BeginForm
from opensenco.ui.listing import Listing

STAFF = {"senco": 200, "head": 200, "phase_senco": 200, "teacher": 200, "other_teacher": 200,
         "ta": 200, "admin": 200, "dsl": 200, "governor": 403, "parent": 403}  # fmt: skip
#: the hand-over of the tests' world is the SENCO's; his teacher takes it over
READERS = {"senco": 200, "head": 200, "teacher": 200, "other_teacher": 403, "ta": 403,
           "admin": 403, "dsl": 403, "governor": 403, "parent": 403}  # fmt: skip
KEEPERS = {**READERS, "teacher": 403}
BEGINNERS = {**KEEPERS, "phase_senco": 200}


@page(Action.HANDOVER_READ, logs=Logs.LIST, tab="home", who=STAFF)
@guided("handover", several=True)
def hand_overs(request: HttpRequest, actor: Actor) -> Answer:
    """Show the hand-overs that this person reads, the newest first."""
    rows = queries.listed(actor)
    listing = Listing(request.GET.dict(), (), rows.count(), size=queries.PAGE)
    return Answer(
        "handover/list.html",
        {"rows": list(rows[listing.start : listing.stop]), "listing": listing,
         "keeps": actor.can_somewhere(Action.HANDOVER_KEEP)},
        listed=Listed(listing.total, "hand-overs"),
    )  # fmt: skip


@page(Action.HANDOVER_KEEP, logs=Logs.LIST, writes=True, tab="home", who=BEGINNERS)
def begin(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Choose who hands over whom to whom."""
    place = shown.place_of(actor)
    here = queries.colleagues(actor, place)
    givers = queries.colleagues(actor, place, gone=True)
    form = converse(
        request,
        actor,
        lambda **given: BeginForm(
            which=shown.which(actor), givers=shown.named(givers), takers=shown.named(here), **given
        ),
        act=lambda given: _begin(actor, place, given),
        then=lambda made: reverse("handover:show", args=[made.ref]),
        said=_("Look it over, write what only you know, then give it."),
        initial={"giver": short(actor.person.ref)},
    )
    if isinstance(form, HttpResponse):
        return form
    return Answer("handover/begin.html", {"form": form}, listed=Listed(0, "hand-over"))


def _begin(actor: Actor, place: Any, given: dict[str, Any]) -> Any:
    pupils = queries.choices(actor, place)
    if given["which"] != EVERYBODY:
        group = str(RefConverter().to_python(given["which"]))
        pupils = queries.in_class(pupils, group, actor.today)
    if not pupils:
        raise Invalid("which", _("Nobody in it has SEN support or an EHC plan. Choose another."))
    giver = queries.person(place, RefConverter().to_python(given["giver"]))
    taker = queries.person(place, RefConverter().to_python(given["taker"]))
    if giver is None or taker is None:
        raise Invalid("taker", _("Choose somebody who has a role here today."))
    return handing.put_together(
        actor=actor, pupils=pupils, kind=given["kind"], giver=giver, taker=taker,
        words=given["words"],
    )  # fmt: skip


@page(Action.HANDOVER_READ, logs=Logs.CHILD, tab="home", who=READERS)
@guided("handover", several=True)
def show(request: HttpRequest, actor: Actor, hand_over: uuid.UUID) -> Answer:
    """Show a hand-over: until it is given as the record is, then as it was given."""
    row = queries.hand_over(actor, hand_over, Action.HANDOVER_READ)
    held = shown.shown(actor, row)
    return Answer(
        "handover/show.html",
        {"shown": held, "parts": shown.parts},
        opened=[one.pupil for one in held.held],
        listed=Listed(len(held.held), "hand-over"),
    )


@page(Action.HANDOVER_READ, logs=Logs.CHILD, tab="home", fresh=True, who=READERS)
def pdf(request: HttpRequest, actor: Actor, hand_over: uuid.UUID) -> Answer:
    """Give a hand-over as a tagged PDF."""
    row = queries.hand_over(actor, hand_over, Action.HANDOVER_READ)
    held = shown.shown(actor, row)
    return Answer(
        content=hand_over_pdf(shown.paper(actor, held)),
        content_type="application/pdf",
        filename="hand-over.pdf",
        opened=[one.pupil for one in held.held],
        listed=Listed(len(held.held), "hand-over"),
    )
