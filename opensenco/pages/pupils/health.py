"""A health alert is changed, or was a mistake. Who had read it is asked to read it again."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import may
from opensenco.gate.answer import Answer
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.pages.pupils import forms
from opensenco.pages.pupils.editing import WITHOUT_ADMIN
from opensenco.people import queries
from opensenco.people.operations import pupils

FIELDS = ("alert", "what_to_do", "version")


@page(Action.HEALTH_EDIT, logs=Logs.CHILD, writes=True, tab="register", who=WITHOUT_ADMIN)
def change(request: HttpRequest, actor: Actor, health_alert: uuid.UUID) -> Answer | HttpResponse:
    """Change what every adult with the child must know and do."""
    row = queries.alert(actor, health_alert)
    back = reverse("pupils:show", args=[row.pupil.ref])
    form = converse(
        request,
        actor,
        forms.ChangeHealthForm,
        act=lambda given: pupils.change_health_alert(actor=actor, health_alert=row, **given),
        then=lambda _row: back,
        said=_("Changed. Every adult who had read it is asked to read it again."),
        initial=_values(row),
        fresh=lambda: _values(queries.alert(actor, health_alert)),
    )
    if isinstance(form, HttpResponse):
        return form
    wrong = {}
    if may(actor, Action.RECORD_INVALIDATE, row):
        wrong = {"wrong": reverse("pupils:health_in_error", args=[row.ref]),
                 "wrong_words": _("This alert was made in error")}  # fmt: skip
    show = {"form": form, "heading": _("Change a health alert"), "main": _("Save this alert"),
            "back": back, "pupil": row.pupil, **wrong}  # fmt: skip
    return Answer("pupils/form.html", show, opened=[row.pupil])


@page(Action.RECORD_INVALIDATE, logs=Logs.CHILD, writes=True, tab="register", who=WITHOUT_ADMIN)
def in_error(request: HttpRequest, actor: Actor, health_alert: uuid.UUID) -> Answer | HttpResponse:
    """Mark a health alert as made in error, with a reason."""
    row = queries.alert(actor, health_alert, Action.RECORD_INVALIDATE)
    back = reverse("pupils:show", args=[row.pupil.ref])
    form = converse(
        request,
        actor,
        forms.ErrorForm,
        act=lambda given: pupils.mark_in_error(actor=actor, row=row, **given),
        then=lambda _row: back,
        said=_("Marked as made in error. The history keeps it."),
        initial={"version": row.version},
    )
    if isinstance(form, HttpResponse):
        return form
    show = {"form": form, "heading": _("This health alert was made in error"),
            "main": _("Mark it so"), "back": back, "pupil": row.pupil}  # fmt: skip
    return Answer("pupils/form.html", show, opened=[row.pupil])


def _values(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in FIELDS}
