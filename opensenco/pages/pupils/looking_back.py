"""The record as it stood on a day, and who opened and who changed it."""

import uuid
from datetime import date

from django.http import HttpRequest
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import may
from opensenco.audit import queries as audit
from opensenco.exchange import out
from opensenco.gate.answer import Answer
from opensenco.gate.page import Logs, page
from opensenco.network import looking_back
from opensenco.pages.pupils import lists
from opensenco.pages.pupils.forms import AsOfForm, LogForm
from opensenco.people import queries
from opensenco.ui.listing import Listing

WHO = {"senco": 200, "head": 200, "phase_senco": 200, "teacher": 403, "ta": 403, "admin": 403,
       "governor": 403, "parent": 403}  # fmt: skip


@page(Action.PUPIL_HISTORY, logs=Logs.CHILD, tab="register", who=WHO)
def as_of(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer:
    """Show a pupil's record as it stood at the end of a day."""
    row = queries.pupil(actor, pupil, Action.PUPIL_HISTORY)
    form = AsOfForm(request.GET if "on-day" in request.GET else None, today=actor.today)
    then, others = None, list[looking_back.Then]()
    if form.is_bound and form.is_valid():
        day: date = form.cleaned_data["on"]
        then = looking_back.as_it_stood(actor, row, day)
        others = looking_back.beside(actor, row, day)
        if then is None:
            form.add_error("on", _("This pupil was not on the record on that day."))
    shown = {"pupil": row, "form": form, "then": then, "beside": others if then else []}
    shown |= {
        "days": looking_back.written_days(actor, row),
        "may_pack": may(actor, Action.PACK_SEND, row),
    }
    return Answer("pupils/as_of.html", shown, opened=[row])


@page(Action.ACCESS_LOG_VIEW, logs=Logs.CHILD, tab="register", who=WHO)
def account(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer:
    """Show who opened and who changed a pupil's record: by person, role and day."""
    row = queries.pupil(actor, pupil, Action.ACCESS_LOG_VIEW)
    changes = request.GET.get("what") != "opened"
    records = queries.records_of(row)
    people, roles = audit.who_is_logged(actor, records, changes=changes)
    form = LogForm(request.GET, people=people, roles=roles)
    picked = audit.Picked(**form.cleaned_data) if form.is_valid() else audit.Picked()
    if kind := out.asked(request.GET):
        every = audit.account_of(actor, records, changes=changes, picked=picked, size=out.MOST)
        name = "changes" if changes else "openings"
        return out.as_file(
            actor, kind, name, lists.account(every.lines, changes=changes), opened=[row]
        )
    page_of = Listing(request.GET, [], out.MOST)
    found = audit.account_of(
        actor, records, changes=changes, picked=picked, start=page_of.start, size=page_of.size
    )
    listing = Listing(request.GET, [], found.total)
    if page_of.page != listing.page:
        found = audit.account_of(
            actor, records, changes=changes, picked=picked, start=listing.start, size=listing.size
        )
    show = {"pupil": row, "account": found, "changes": changes, "listing": listing, "form": form,
            "reasons": queries.reasons_given(row)}  # fmt: skip
    return Answer("pupils/account.html", show, opened=[row])
