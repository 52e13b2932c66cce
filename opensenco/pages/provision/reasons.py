"""The school's own reasons why a session was not held."""

import uuid

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.gate.answer import Answer
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.pages.provision.lists import GIVERS
from opensenco.people import queries as people
from opensenco.provision.operations import reasons as verbs
from opensenco.provision.queries import reasons as rows_of
from opensenco.provision.reason_models import MOST_REASON
from opensenco.provision.states import WhyNot
from opensenco.ui.forms import Form, Words


class ReasonForm(Form):
    """A reason in the school's own words, under one of the kinds."""

    words = Words(
        label=gettext_lazy("The reason, as staff say it"),
        help_text=gettext_lazy("For example: swimming gala. No child or colleague is named here."),
        max_length=MOST_REASON,
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Under which of these is it counted?"),
        choices=WhyNot.choices,
        widget=forms.RadioSelect,
    )


@page(Action.PROVISION_ALLOCATE, logs=Logs.NOTHING, writes=True, tab="provision", who=GIVERS)
def reasons(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Show our own reasons, and add one."""
    place = people.place(actor)
    here = reverse("provision:reasons")
    form = converse(
        request,
        actor,
        ReasonForm,
        act=lambda given: verbs.add_reason(actor=actor, org=place, **given),
        then=lambda _row: here,
        said=_("Added. Whoever logs a session can choose it."),
    )
    if isinstance(form, HttpResponse):
        return form
    shown = {"form": form, "reasons": rows_of.listed(place), "standard": WhyNot.choices}
    return Answer("provision/reasons.html", shown)


@page(Action.PROVISION_ALLOCATE, logs=Logs.NOTHING, writes=True, tab="provision", who=GIVERS)
def end_reason(request: HttpRequest, actor: Actor, own_reason: uuid.UUID) -> Answer | HttpResponse:
    """Take one of our own reasons out of the list."""
    row = rows_of.reason(actor, own_reason)
    form = converse(
        request,
        actor,
        Form,
        act=lambda _given: verbs.end_reason(actor=actor, own_reason=row, version=row.version),
        then=lambda _row: reverse("provision:reasons"),
        said=_("Out of the list. Sessions that have it keep it."),
    )
    if isinstance(form, HttpResponse):
        return form
    return Answer("provision/reason_end.html", {"form": form, "reason": row})
