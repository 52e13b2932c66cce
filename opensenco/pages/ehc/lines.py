"""The rows of sections E and F: added, put right, marked as no longer in the plan."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.ehc import queries
from opensenco.ehc.operations import lines
from opensenco.ehc.states import Section
from opensenco.gate.answer import Answer
from opensenco.gate.conversation import Draftable, converse
from opensenco.gate.page import Logs, page
from opensenco.pages.ehc import forms
from opensenco.pages.ehc.views import OF_A_CARD

ADDING = {Section.OUTCOME: forms.AddOutcomeForm, Section.PROVISION: forms.AddProvisionForm}
FORMS = {Section.OUTCOME: forms.OutcomeForm, Section.PROVISION: forms.ProvisionForm}
NAMES = {
    Section.OUTCOME: ("words", "number", "version"),
    Section.PROVISION: ("words", "who", "how_much", "how_often", "number", "version"),
}


@page(Action.EHC_KEEP, logs=Logs.CHILD, writes=True, tab="register", who=OF_A_CARD)
def add_outcome(request: HttpRequest, actor: Actor, ehc_plan: uuid.UUID) -> Answer | HttpResponse:
    """Type in an outcome of section E."""
    return _add(request, actor, ehc_plan, Section.OUTCOME, _("Add an outcome of section E"))


@page(Action.EHC_KEEP, logs=Logs.CHILD, writes=True, tab="register", who=OF_A_CARD)
def add_provision(request: HttpRequest, actor: Actor, ehc_plan: uuid.UUID) -> Answer | HttpResponse:
    """Type in a provision of section F."""
    return _add(request, actor, ehc_plan, Section.PROVISION, _("Add provision of section F"))


def _add(
    request: HttpRequest, actor: Actor, ref: uuid.UUID, section: Section, heading: str
) -> Answer | HttpResponse:
    """Type in one row and stay, so that the next can be typed."""
    row = queries.plan(actor, ref)
    back = reverse("ehc:card", args=[row.pupil.ref])
    key = f"ehc-{section.value.lower()}"
    form = converse(
        request,
        actor,
        ADDING[section],
        act=lambda given: lines.add_line(actor=actor, plan=row, section=section.value, given=given),
        then=lambda _row: request.path if request.POST.get("another") else back,
        said=_("Added to the card."),
        draft=Draftable(key, row.ref, leave_to=back),
        initial={"version": 0},
    )
    if isinstance(form, HttpResponse):
        return form
    shown = {"form": form, "pupil": row.pupil, "back": back, "heading": heading,
             "main": _("Add it"),
             "draft": (key, row.ref)}  # fmt: skip
    return Answer("ehc/form.html", shown, opened=[row.pupil])


@page(Action.EHC_KEEP, logs=Logs.CHILD, writes=True, tab="register", who=OF_A_CARD)
def put_right(request: HttpRequest, actor: Actor, ehc_line: uuid.UUID) -> Answer | HttpResponse:
    """Put a row right, or write how an amended plan words it."""
    row = queries.line(actor, ehc_line)
    section = Section(row.section)
    back = reverse("ehc:card", args=[row.pupil.ref])
    form = converse(
        request,
        actor,
        FORMS[section],
        act=lambda given: lines.put_line_right(
            actor=actor, line=row, version=given["version"], given=given
        ),
        then=lambda _row: back,
        said=_("Saved. The history keeps how it stood before."),
        initial=_held(row),
        fresh=lambda: _held(queries.line(actor, ehc_line)),
    )
    if isinstance(form, HttpResponse):
        return form
    shown = {"form": form, "pupil": row.pupil, "back": back, "main": _("Save"),
             "heading": _("Put this row right"), "versions": queries.versions_of(row),
             "wrong": reverse("ehc:line_in_error", args=[row.ref])}  # fmt: skip
    return Answer("ehc/form.html", shown, opened=[row.pupil])


@page(Action.RECORD_INVALIDATE, logs=Logs.CHILD, writes=True, tab="register", who=OF_A_CARD)
def in_error(request: HttpRequest, actor: Actor, ehc_line: uuid.UUID) -> Answer | HttpResponse:
    """Mark a row as no longer in the plan, or as made in error."""
    row = queries.line(actor, ehc_line, Action.RECORD_INVALIDATE)
    back = reverse("ehc:card", args=[row.pupil.ref])
    form = converse(
        request,
        actor,
        forms.ErrorForm,
        act=lambda given: lines.line_in_error(actor=actor, line=row, **given),
        then=lambda _row: back,
        said=_("It stands on the card no longer. The history keeps it."),
        initial={"version": row.version},
        fresh=lambda: {"version": queries.line(actor, ehc_line, Action.RECORD_INVALIDATE).version},
    )
    if isinstance(form, HttpResponse):
        return form
    shown = {"form": form, "pupil": row.pupil, "back": back, "main": _("Take it off the card"),
             "heading": _("This is not in the plan"), "about": row}  # fmt: skip
    return Answer("ehc/form.html", shown, opened=[row.pupil])


def _held(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in NAMES[Section(row.section)]}
