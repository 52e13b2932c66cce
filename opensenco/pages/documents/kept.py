"""Papers past the date until which they are kept, and what holds the papers of a pupil."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.documents import keeping_dates
from opensenco.documents.operations import holding
from opensenco.documents.retention import KEEPS
from opensenco.gate.answer import Answer, Listed
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.people import queries as people
from opensenco.ui.forms import Form, LongText
from opensenco.ui.listing import Listing

KEEPERS = {"senco": 200, "head": 200, "phase_senco": 200, "teacher": 403, "other_teacher": 403,
           "ta": 403, "admin": 403, "dsl": 403, "governor": 403, "parent": 403}  # fmt: skip


class HoldForm(Form):
    """Why papers are held, or need not be any more."""

    reason = LongText(
        label=gettext_lazy("Why?"),
        help_text=gettext_lazy("For example: an appeal is open, a claim was announced."),
        max_length=holding.LONGEST_REASON,
        rows=3,
    )


@page(Action.DOCUMENT_CONFIDENTIAL, logs=Logs.LIST, tab="register", who=KEEPERS)
def passed(request: HttpRequest, actor: Actor) -> Answer:
    """Show whose papers have passed their date and are to be looked at."""
    rows = keeping_dates.passed(actor)
    listing = Listing(request.GET, [], rows.count())
    show = {
        "listing": listing,
        "lines": keeping_dates.lines(actor, rows, listing.start, listing.stop),
        "keeps": KEEPS.values(),
        "decides": actor.can_somewhere(Action.KEEPING_DECIDE),
    }
    return Answer("documents/passed.html", show, listed=Listed(listing.total, "past their date"))


@page(Action.DOCUMENT_CONFIDENTIAL, logs=Logs.CHILD, writes=True, tab="register", who=KEEPERS)
def hold(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer | HttpResponse:
    """Hold the papers of a pupil whatever their date, or let them go again."""
    row = people.pupil(actor, pupil, Action.DOCUMENT_CONFIDENTIAL)
    standing = keeping_dates.standing_hold(row)

    def act(given: dict[str, Any]) -> Any:
        if standing is None:
            return holding.place_hold(actor=actor, pupil=row, reason=given["reason"])
        return holding.lift_hold(actor=actor, hold=standing, reason=given["reason"])

    form = converse(
        request,
        actor,
        HoldForm,
        act=act,
        then=lambda _made: reverse("documents:hold", args=[row.ref]),
        said=_("These papers are held.") if standing is None else _("The hold has ended."),
    )
    if isinstance(form, HttpResponse):
        return form
    show = {"form": form, "pupil": row, "standing": standing,
            "holds": keeping_dates.holds_of(row)}  # fmt: skip
    return Answer("documents/hold.html", show, opened=[row])
