"""Diagnoses of a pupil: dated facts with their sources, for who may see health. None is needed."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import may
from opensenco.concerns import followed
from opensenco.concerns.operations import noting
from opensenco.documents import queries as documents
from opensenco.gate.answer import Answer
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.kernel.refs import short
from opensenco.pages.followed import forms
from opensenco.pages.followed import show as shown
from opensenco.people import queries as people

EDITORS = {"senco": 200, "phase_senco": 200, "head": 200, "teacher": 403, "other_teacher": 403,
           "ta": 403, "admin": 403, "dsl": 403, "governor": 403, "parent": 403}  # fmt: skip
READERS = {**EDITORS, "teacher": 200, "ta": 200, "dsl": 200}


@page(Action.HEALTH_VIEW, logs=Logs.CHILD, tab="register", who=READERS)
def of_pupil(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer:
    """Show what was diagnosed, by whom and when, and how the school knows."""
    row = people.pupil(actor, pupil, Action.HEALTH_VIEW)
    people.attach_classes([row], actor.today)
    edits = actor.can_somewhere(Action.HEALTH_EDIT) and may(actor, Action.HEALTH_EDIT, row)
    show = {"pupil": row, "rows": followed.diagnoses(actor, row), "edits": edits}
    return Answer("followed/diagnoses.html", show, opened=[row])


@page(Action.HEALTH_EDIT, logs=Logs.CHILD, writes=True, tab="register", who=EDITORS)
def record(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer | HttpResponse:
    """Keep a diagnosis that somebody gave."""
    row = people.pupil(actor, pupil, Action.HEALTH_EDIT)
    reads = actor.can_somewhere(Action.DOCUMENT_VIEW)
    papers = {short(one.ref): one for one in documents.to_name(actor, row)} if reads else {}

    def act(given: dict[str, Any]) -> Any:
        paper = papers.get(given.pop("document"))
        return noting.record_diagnosis(actor=actor, pupil=row, document=paper, **given)

    back = reverse("followed:diagnoses", args=[row.ref])
    form = converse(
        request,
        actor,
        lambda **given: forms.NewDiagnosisForm(
            papers=[(ref, one.title) for ref, one in papers.items()], **given
        ),
        act=act,
        then=lambda _row: back,
        said=_("Kept, for those who see health alerts."),
    )
    if isinstance(form, HttpResponse):
        return form
    about = _("No help waits for one. Keep it where the family wants you to.")
    task = shown.Task(form, _("Keep a diagnosis"), _("Keep this"), back, row, _("Diagnoses"), about)
    return Answer("followed/task.html", {"task": task, "form": form}, opened=[row])


@page(Action.HEALTH_EDIT, logs=Logs.CHILD, writes=True, tab="register", who=EDITORS)
def correct(request: HttpRequest, actor: Actor, diagnosis: uuid.UUID) -> Answer | HttpResponse:
    """Put right what is kept of a diagnosis."""
    row = followed.diagnosis(actor, diagnosis, Action.HEALTH_EDIT)
    back = reverse("followed:diagnoses", args=[row.pupil.ref])
    form = converse(
        request,
        actor,
        forms.DiagnosisForm,
        act=lambda given: noting.correct_diagnosis(actor=actor, diagnosis=row, **given),
        then=lambda _row: back,
        said=_("Put right. The history has what it said before."),
        initial=shown.diagnosed_now(row),
        fresh=lambda: shown.diagnosed_now(followed.diagnosis(actor, diagnosis)),
    )
    if isinstance(form, HttpResponse):
        return form
    task = shown.Task(form, _("Put a diagnosis right"), _("Put it right"), back, row.pupil,
                      _("Diagnoses"))  # fmt: skip
    return Answer("followed/task.html", {"task": task, "form": form}, opened=[row.pupil])


@page(Action.RECORD_INVALIDATE, logs=Logs.CHILD, writes=True, tab="register", who=EDITORS)
def in_error(request: HttpRequest, actor: Actor, diagnosis: uuid.UUID) -> Answer | HttpResponse:
    """Mark a diagnosis as recorded in error."""
    row = followed.diagnosis(actor, diagnosis, Action.RECORD_INVALIDATE)
    back = reverse("followed:diagnoses", args=[row.pupil.ref])
    form = converse(
        request,
        actor,
        forms.ErrorForm,
        act=lambda given: noting.mark_diagnosis_in_error(actor=actor, diagnosis=row, **given),
        then=lambda _row: back,
        said=_("Marked as made in error. The history keeps it."),
        initial={"version": row.version},
        fresh=lambda: {"version": followed.diagnosis(actor, diagnosis).version},
    )
    if isinstance(form, HttpResponse):
        return form
    task = shown.Task(form, _("This diagnosis was recorded in error"), _("Mark it so"), back,
                      row.pupil, _("Diagnoses"), row.what)  # fmt: skip
    return Answer("followed/task.html", {"task": task, "form": form}, opened=[row.pupil])
