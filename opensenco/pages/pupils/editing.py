"""Adding a pupil and changing what is known of them: one page for each task."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import may
from opensenco.gate.answer import Answer
from opensenco.gate.conversation import Draftable, converse
from opensenco.gate.page import Logs, page
from opensenco.pages.pupils import forms
from opensenco.people import queries
from opensenco.people.operations import pupils

CO_ORDINATORS = {"senco": 200, "head": 200, "phase_senco": 200, "teacher": 403, "ta": 403,
                 "governor": 403, "parent": 403}  # fmt: skip
WITH_ADMIN = {**CO_ORDINATORS, "admin": 200}
WITHOUT_ADMIN = {**CO_ORDINATORS, "admin": 403}
DETAILS = ("known_as", "birth_date", "sex", "year_group", "home_language", "interpreter_needed",
           "version")  # fmt: skip
CONTACT = (*forms.ContactForm.base_fields, "version")


def _values(row: object, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def _details(actor: Actor, row: Any) -> dict[str, Any]:
    """Give a pupil's details as they are today."""
    return {**_values(row, DETAILS), "year_group": row.year_on(actor.today)}


def _page(form: object, heading: str, main: str, back: str, **more: Any) -> dict[str, Any]:
    """Give what the one template of these pages shows."""
    return {"form": form, "heading": heading, "main": main, "back": back, **more}


@page(Action.PUPIL_ADD, logs=Logs.NOTHING, writes=True, tab="register",
      who={**WITH_ADMIN})  # fmt: skip
def add(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Add a pupil to the setting."""
    groups = queries.classes(actor)
    form = converse(
        request,
        actor,
        lambda **given: forms.AddPupilForm(groups=[(str(g.ref), g.name) for g in groups], **given),
        act=lambda given: pupils.add_pupil(
            actor=actor,
            org=queries.place(actor),
            **{**given, "group": next((g for g in groups if str(g.ref) == given["group"]), None)},
        ),
        then=lambda row: reverse("pupils:show", args=[row.ref]),
        said=_("The pupil has been added."),
        draft=Draftable("pupil", leave_to=reverse("account:me")),
    )
    if isinstance(form, HttpResponse):
        return form
    show = _page(form, _("Add a pupil"), _("Add this pupil"), "/", draft=("pupil", None))
    return Answer("pupils/form.html", show)


@page(Action.PUPIL_EDIT, logs=Logs.CHILD, writes=True, tab="register", who=WITH_ADMIN)
def change(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer | HttpResponse:
    """Change a pupil's details."""
    row = queries.pupil(actor, pupil, Action.PUPIL_EDIT)
    back = reverse("pupils:show", args=[row.ref])
    form = converse(
        request,
        actor,
        forms.ChangePupilForm,
        act=lambda given: pupils.change_pupil(actor=actor, pupil=row, **given),
        then=lambda _row: back,
        said=_("The details have been changed."),
        initial=_details(actor, row),
        fresh=lambda: _details(actor, queries.pupil(actor, pupil, Action.PUPIL_EDIT)),
    )
    if isinstance(form, HttpResponse):
        return form
    show = _page(form, _("Change details"), _("Save these details"), back, pupil=row)
    return Answer("pupils/form.html", show, opened=[row])


@page(Action.CONTACT_EDIT, logs=Logs.CHILD, writes=True, tab="register", who=WITH_ADMIN)
def add_contact(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer | HttpResponse:
    """Add a parent, carer or other contact."""
    row = queries.pupil(actor, pupil, Action.CONTACT_EDIT)
    back = reverse("pupils:show", args=[row.ref])
    form = converse(
        request,
        actor,
        forms.ContactForm,
        act=lambda given: pupils.add_contact(actor=actor, pupil=row, **given),
        then=lambda _row: back,
        said=_("The contact has been added."),
        initial=dict.fromkeys(
            ("parental_responsibility", "may_see", "may_reply", "to_be_told"), True
        ),
        draft=Draftable("contact", row.ref, leave_to=back),
    )
    if isinstance(form, HttpResponse):
        return form
    show = _page(form, _("Add a parent or another contact"), _("Add this person"), back, pupil=row,
                 draft=("contact", row.ref))  # fmt: skip
    return Answer("pupils/form.html", show, opened=[row])


@page(Action.CONTACT_EDIT, logs=Logs.CHILD, writes=True, tab="register", who=WITH_ADMIN)
def change_contact(request: HttpRequest, actor: Actor, contact: uuid.UUID) -> Answer | HttpResponse:
    """Change a contact, and what they may see, answer and be told."""
    row = queries.contact(actor, contact)
    back = reverse("pupils:show", args=[row.pupil.ref])
    form = converse(
        request,
        actor,
        forms.ChangeContactForm,
        act=lambda given: pupils.change_contact(actor=actor, contact=row, **given),
        then=lambda _row: back,
        said=_("The contact has been changed."),
        initial=_values(row, CONTACT),
        fresh=lambda: _values(queries.contact(actor, contact), CONTACT),
    )
    if isinstance(form, HttpResponse):
        return form
    marks = may(actor, Action.RECORD_INVALIDATE, row)
    wrong = {"wrong": reverse("pupils:contact_in_error", args=[row.ref])} if marks else {}
    show = _page(form, _("Change a contact"), _("Save this contact"), back, pupil=row.pupil,
                 **wrong)  # fmt: skip
    return Answer("pupils/form.html", show, opened=[row.pupil])


@page(Action.RECORD_INVALIDATE, logs=Logs.CHILD, writes=True, tab="register", who=WITHOUT_ADMIN)
def contact_in_error(
    request: HttpRequest, actor: Actor, contact: uuid.UUID
) -> Answer | HttpResponse:
    """Mark a contact as made in error, with a reason."""
    row = queries.contact(actor, contact, Action.RECORD_INVALIDATE)
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
    show = _page(form, _("This contact was made in error"), _("Mark it so"), back, pupil=row.pupil)
    return Answer("pupils/form.html", show, opened=[row.pupil])


@page(Action.CARE_EDIT, logs=Logs.CHILD, writes=True, tab="register", who=WITHOUT_ADMIN)
def add_care(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer | HttpResponse:
    """Record care status; those who may see it are few."""
    row = queries.pupil(actor, pupil, Action.CARE_EDIT)
    back = reverse("pupils:show", args=[row.ref])
    form = converse(
        request,
        actor,
        forms.CareForm,
        act=lambda given: pupils.record_care_status(actor=actor, pupil=row, **given),
        then=lambda _row: back,
        said=_("The care status has been recorded."),
    )
    if isinstance(form, HttpResponse):
        return form
    show = _page(form, _("Record care status"), _("Record this"), back, pupil=row)
    return Answer("pupils/form.html", show, opened=[row])


@page(Action.HEALTH_EDIT, logs=Logs.CHILD, writes=True, tab="register", who=WITHOUT_ADMIN)
def add_health(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer | HttpResponse:
    """Add a health alert that every adult with the child sees."""
    row = queries.pupil(actor, pupil, Action.HEALTH_EDIT)
    back = reverse("pupils:show", args=[row.ref])
    form = converse(
        request,
        actor,
        forms.HealthForm,
        act=lambda given: pupils.add_health_alert(actor=actor, pupil=row, **given),
        then=lambda _row: back,
        said=_("Every adult who works with this pupil sees it now."),
        draft=Draftable("health", row.ref, leave_to=back),
    )
    if isinstance(form, HttpResponse):
        return form
    show = _page(form, _("Add a health alert"), _("Add this alert"), back, pupil=row,
                 draft=("health", row.ref))  # fmt: skip
    return Answer("pupils/form.html", show, opened=[row])
