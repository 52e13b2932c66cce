"""The record as it stood on a day, and who opened and who changed it."""

import uuid
from datetime import date

from django.http import HttpRequest
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.audit import queries as audit
from opensenco.exchange import out
from opensenco.gate.answer import Answer
from opensenco.gate.page import Logs, page
from opensenco.pages.pupils import lists, show
from opensenco.pages.pupils.forms import AsOfForm
from opensenco.people import queries

WHO = {"senco": 200, "head": 200, "phase_senco": 200, "teacher": 403, "ta": 403, "admin": 403,
       "governor": 403, "parent": 403}  # fmt: skip


@page(Action.PUPIL_HISTORY, logs=Logs.CHILD, tab="register", who=WHO)
def as_of(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer:
    """Show a pupil's record as it stood at the end of a day."""
    row = queries.pupil(actor, pupil, Action.PUPIL_HISTORY)
    form = AsOfForm(request.GET if "on-day" in request.GET else None, today=actor.today)
    then = None
    if form.is_bound and form.is_valid():
        day: date = form.cleaned_data["on"]
        then = show.as_it_stood(actor, row, day)
        if then is None:
            form.add_error("on", _("This pupil was not on the record on that day."))
    shown = {"pupil": row, "form": form, "then": then, "beside": show.beside(actor, row, then)}
    return Answer("pupils/as_of.html", shown, opened=[row])


@page(Action.ACCESS_LOG_VIEW, logs=Logs.CHILD, tab="register", who=WHO)
def account(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer:
    """Show who opened and who changed a pupil's record."""
    row = queries.pupil(actor, pupil, Action.ACCESS_LOG_VIEW)
    changes = request.GET.get("what") != "opened"
    records = queries.records_of(row)
    if kind := out.asked(request.GET):
        every = audit.account_of(actor, records, changes=changes, size=out.MOST).lines
        name = "changes" if changes else "openings"
        return out.as_file(kind, name, lists.account(every, changes=changes), opened=[row])
    number = int(request.GET["page"]) if request.GET.get("page", "").isdigit() else 1
    lines = audit.account_of(actor, records, changes=changes, page=min(number, 1000))
    return Answer(
        "pupils/account.html",
        {
            "pupil": row,
            "account": lines,
            "changes": changes,
            "number": number,
            "reasons": queries.reasons_given(row),
        },
        opened=[row],
    )
