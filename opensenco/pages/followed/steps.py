"""What a concern led to goes on: a request was sent, a programme is measured; our own days."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.concerns import days, followed
from opensenco.concerns import queries as concerns
from opensenco.concerns.operations import following
from opensenco.gate.answer import Answer
from opensenco.gate.chrome import place_tabs
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.pages.followed import forms
from opensenco.pages.followed import show as shown
from opensenco.people import staffing
from opensenco.ui.listing import Pick

CARRIERS = {"senco": 200, "head": 200, "phase_senco": 200, "teacher": 200, "other_teacher": 403,
            "ta": 403, "admin": 403, "dsl": 403, "governor": 403, "parent": 403}  # fmt: skip
EDITORS = {"senco": 200, "head": 200, "phase_senco": 403, "teacher": 403, "ta": 403, "admin": 403,
           "governor": 403, "parent": 403, "family": 403}  # fmt: skip


@page(Action.CONCERN_CARRY, logs=Logs.CHILD, writes=True, tab="concerns", who=CARRIERS)
def sent(request: HttpRequest, actor: Actor, concern: uuid.UUID) -> Answer | HttpResponse:
    """Say on which day the request for an EHC needs assessment was sent."""
    row = concerns.concern(actor, concern, Action.CONCERN_CARRY)
    back = shown.to_concern(row)
    form = converse(
        request,
        actor,
        forms.SentForm,
        act=lambda given: following.say_request_sent(actor=actor, concern=row, **given),
        then=lambda _row: back,
        said=_("Recorded. It waits for you when the authority should have answered."),
        initial={"version": row.version, "sent_on": row.request_sent_on or actor.today},
        fresh=lambda: {"version": concerns.concern(actor, concern).version},
    )
    if isinstance(form, HttpResponse):
        return form
    task = shown.Task(form, _("The request was sent"), _("Keep this day"), back, row.pupil,
                      _("The concern"))  # fmt: skip
    return Answer("followed/task.html", {"task": task, "form": form}, opened=[row.pupil])


@page(Action.CONCERN_CARRY, logs=Logs.CHILD, writes=True, tab="concerns", who=CARRIERS)
def measure(request: HttpRequest, actor: Actor, programme: uuid.UUID) -> Answer | HttpResponse:
    """Write down where a pupil is after a short programme."""
    row = followed.programme(actor, programme, Action.CONCERN_CARRY)
    back = shown.to_concern(row.concern)
    form = converse(
        request,
        actor,
        forms.MeasureForm,
        act=lambda given: following.end_programme(
            actor=actor, concern=row.concern, programme=row, **given
        ),
        then=lambda _row: back,
        said=_("Recorded beside where the pupil was before. Decide now what follows."),
        initial={"version": row.version},
        fresh=lambda: {
            "version": followed.programme(actor, programme, Action.CONCERN_CARRY).version
        },
    )
    if isinstance(form, HttpResponse):
        return form
    before = _("Measured: %(what)s. Before: %(entry)s") % {"what": row.measure, "entry": row.entry}
    task = shown.Task(form, _("Measure again"), _("Keep this"), back, row.concern.pupil,
                      _("The concern"), before)  # fmt: skip
    return Answer("followed/task.html", {"task": task, "form": form}, opened=[row.concern.pupil])


@page(Action.SETTING_EDIT, logs=Logs.NOTHING, writes=True, tab="school", who=EDITORS)
def own_days(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Set how many school days the place gives itself; each school of a shared role by itself."""
    schools = staffing.places(actor)
    asked = request.GET.get("school", "")
    place = next((one for one in schools if str(one.ref) == asked), schools[0])
    here = reverse("followed:own_days")
    form = converse(
        request,
        actor,
        forms.DaysForm,
        act=lambda given: following.set_own_days(actor=actor, org=place, **given),
        then=lambda _row: f"{here}?school={place.ref}",
        said=_("Set. Dates that are open were counted again."),
        initial={"name": "first_plan", "first": actor.today},
    )
    if isinstance(form, HttpResponse):
        return form
    picks = [Pick(one.name, f"{here}?school={one.ref}", current=one == place) for one in schools]
    names = {one.key: name for name, one in days.SETTABLE.items()}
    words = forms.NUMBERS
    show = {
        "form": form, "place": place, "picks": picks,
        "tabs": place_tabs(actor, "followed:own_days"),
        "now": [(words[name], n) for name, n in days.in_force(place.pk, actor.today).items()],
        "before": [(words[names[one.which]], one) for one in days.history_of(place.pk)],
    }  # fmt: skip
    return Answer("followed/own_days.html", show)
