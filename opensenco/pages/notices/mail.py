"""What became of a place's mail, for whoever manages its people."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.gate.answer import Answer
from opensenco.gate.chrome import place_tabs
from opensenco.gate.page import Logs, page
from opensenco.notices import operations, queries
from opensenco.pages.notices import show

MANAGERS = {"senco": 200, "head": 200, "phase_senco": 403, "teacher": 403, "ta": 403,
            "admin": 403, "governor": 403, "parent": 403, "family": 403}  # fmt: skip
#: of an address that is not their own
SETTLERS = {"senco": 200, "head": 200, "phase_senco": 403, "teacher": 403, "ta": 403, "admin": 403,
            "governor": 403, "parent": 404}  # fmt: skip


@page(Action.PEOPLE_MANAGE, logs=Logs.NOTHING, tab="school", who=MANAGERS)
def posted(request: HttpRequest, actor: Actor) -> Answer:
    """Show addresses to which mail comes back, what was given up, and whether mail goes out."""
    return Answer(
        "notices/mail.html",
        {
            "tabs": place_tabs(actor, "notices:mail"),
            "posted": queries.posted(actor),
            "leaves": show.mail_leaves(),
            "kept": show.kept_mail(),
            "several": len(actor.hat.orgs) > 1,
        },
    )


@page(Action.SIGNED_IN, logs=Logs.NOTHING, writes=True, reads=False, who=SETTLERS)
def settle(request: HttpRequest, actor: Actor, bad_address: uuid.UUID) -> HttpResponse:
    """Say that one's own address is right again, or one of the place; what was stopped goes out."""
    row = queries.address_back(actor, bad_address)
    operations.settle_address(actor=actor, bad=row)
    messages.success(request, _("Email to this address is tried again."))
    of_place = "place" in request.POST
    return HttpResponseRedirect(reverse("notices:mail" if of_place else "notices:choice"))
