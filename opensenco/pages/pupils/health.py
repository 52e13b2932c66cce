"""A health alert is changed, or was a mistake. Who had read it is asked to read it again."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
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
from opensenco.people.operations import health as verbs
from opensenco.people.operations import pupils

#: whoever works with the child reads them; a governor and a family do not
READERS = {**WITHOUT_ADMIN, "teacher": 200, "ta": 200, "dsl": 200}
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
    wrong = {"over": reverse("pupils:end_health", args=[row.ref])}
    if may(actor, Action.RECORD_INVALIDATE, row):
        wrong |= {"wrong": reverse("pupils:health_in_error", args=[row.ref]),
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


@page(Action.HEALTH_EDIT, logs=Logs.CHILD, writes=True, tab="register", who=WITHOUT_ADMIN)
def end(request: HttpRequest, actor: Actor, health_alert: uuid.UUID) -> Answer | HttpResponse:
    """Say from which day on a health alert holds no more."""
    row = queries.alert(actor, health_alert)
    back = reverse("pupils:health", args=[row.pupil.ref])
    form = converse(
        request,
        actor,
        forms.EndHealthForm,
        act=lambda given: verbs.end_health_alert(actor=actor, health_alert=row, **given),
        then=lambda _row: back,
        said=_("Kept. From that day on nobody is shown it; it stays on the record."),
        initial={"ended_on": row.ended_on or actor.today, "words": row.ended_words,
                 "version": row.version},
        fresh=lambda: {"version": queries.alert(actor, health_alert).version},
    )  # fmt: skip
    if isinstance(form, HttpResponse):
        return form
    show = {"form": form, "heading": _("This health alert is over"), "main": _("Keep this"),
            "back": back, "pupil": row.pupil}  # fmt: skip
    return Answer("pupils/form.html", show, opened=[row.pupil])


@page(Action.HEALTH_VIEW, logs=Logs.CHILD, writes=True, tab="register", who=READERS)
def shown(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer | HttpResponse:
    """Show the health alerts that hold, and those that are over with who says so."""
    reads = request.method != "POST"
    row = queries.pupil(actor, pupil, Action.HEALTH_VIEW if reads else Action.HEALTH_EDIT)
    ended = queries.ended_alerts_of(actor, row)
    if not reads:
        again = next((one for one in ended if str(one.ref) == request.POST.get("again")), None)
        if again is not None:
            verbs.resume_health_alert(actor=actor, health_alert=again, version=again.version)
            messages.success(request, _("It holds again. Every adult is asked to read it again."))
        return HttpResponseRedirect(reverse("pupils:health", args=[row.ref]))
    show = {"pupil": row, "alerts": queries.alerts_of(actor, row), "ended": ended,
            "edits": may(actor, Action.HEALTH_EDIT, row)}  # fmt: skip
    return Answer("pupils/health.html", show, opened=[row])


def _values(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in FIELDS}
