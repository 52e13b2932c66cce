"""A fact that was made in error is marked so, with a reason; no list brings it again."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.gate.answer import Answer
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.pages.records import forms, show
from opensenco.support.operations import records
from opensenco.support.queries import records as queries

WHO = {"senco": 200, "head": 200, "phase_senco": 200, "admin": 403, "teacher": 403, "ta": 403,
       "dsl": 403, "governor": 403, "parent": 403}  # fmt: skip


@page(Action.RECORD_INVALIDATE, logs=Logs.CHILD, writes=True, tab="register", who=WHO)
def result_in_error(
    request: HttpRequest, actor: Actor, assessment_result: uuid.UUID
) -> Answer | HttpResponse:
    """Mark a result as made in error."""
    row = queries.result(actor, assessment_result, Action.RECORD_INVALIDATE)
    return _mark(
        request, actor, row, show.result_facts(row),
        lambda: queries.result(actor, assessment_result, Action.RECORD_INVALIDATE),
    )  # fmt: skip


@page(Action.RECORD_INVALIDATE, logs=Logs.CHILD, writes=True, tab="register", who=WHO)
def incident_in_error(
    request: HttpRequest, actor: Actor, incident: uuid.UUID
) -> Answer | HttpResponse:
    """Mark an entry of the behaviour log as made in error."""
    row = queries.incident(actor, incident, Action.RECORD_INVALIDATE)
    return _mark(
        request, actor, row, show.incident_facts(row),
        lambda: queries.incident(actor, incident, Action.RECORD_INVALIDATE),
    )  # fmt: skip


@page(Action.RECORD_INVALIDATE, logs=Logs.CHILD, writes=True, tab="register", who=WHO)
def attendance_in_error(
    request: HttpRequest, actor: Actor, attendance: uuid.UUID
) -> Answer | HttpResponse:
    """Mark a span of attendance as made in error."""
    row = queries.attendance(actor, attendance, Action.RECORD_INVALIDATE)
    return _mark(
        request, actor, row, show.attendance_facts(row),
        lambda: queries.attendance(actor, attendance, Action.RECORD_INVALIDATE),
    )  # fmt: skip


def _mark(
    request: HttpRequest, actor: Actor, row: Any, about: list[tuple[str, str]], again: Any
) -> Answer | HttpResponse:
    form = converse(
        request,
        actor,
        forms.WrongForm,
        act=lambda given: records.mark_record_in_error(actor=actor, row=row, **given),
        then=lambda _row: reverse("records:show", args=[row.pupil.ref]),
        said=_("Marked as made in error. The history keeps it, and no list brings it again."),
        initial={"version": row.version},
        fresh=lambda: {"version": again().version},
    )
    if isinstance(form, HttpResponse):
        return form
    shown = show.task(form, _("This was made in error"), _("Mark it so"), row.pupil, about=about)
    return Answer("records/form.html", shown, opened=[row.pupil])
