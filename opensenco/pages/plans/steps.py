"""Steps round a plan: it begins, is opened again, goes on into the next, ends, was an error."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.concerns import queries as concerns
from opensenco.gate.answer import Answer
from opensenco.gate.conversation import Draftable, converse
from opensenco.gate.page import Logs, page
from opensenco.kernel.errors import NotAllowed, NotFound
from opensenco.kernel.refs import RefConverter
from opensenco.pages.plans import forms, show, tasks
from opensenco.pages.plans.views import READERS, WRITERS
from opensenco.people import queries as people
from opensenco.provision.operations.going_on import start_next_cycle
from opensenco.support import queries
from opensenco.support.operations import cycles, mistakes


@page(Action.PLAN_VIEW, logs=Logs.CHILD, tab="register", who=READERS)
def cycle_list(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer:
    """Show a pupil's plans, the newest first."""
    row = people.pupil(actor, pupil, Action.PLAN_VIEW)
    return Answer("plans/cycles.html", show.cycles_page(actor, row), opened=[row])


@page(Action.PLAN_WRITE, logs=Logs.CHILD, writes=True, tab="register", who=WRITERS)
def start(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer | HttpResponse:
    """Begin a plan, from a concern where one led to it: what it said is not asked again."""
    row = people.pupil(actor, pupil, Action.PLAN_WRITE)
    concern = _concern(actor, row, request.GET.get("concern", ""))
    back = reverse("plans:cycles", args=[row.ref])
    form = converse(
        request,
        actor,
        forms.StartForm,
        act=lambda given: cycles.open_cycle(
            actor=actor, pupil=row, from_concern=concern.ref if concern else None, **given
        ),
        then=lambda made: reverse("plans:plan", args=[made.ref]),
        said=_("The cycle has begun. Write what the pupil will be able to do."),
        draft=Draftable("start", row.ref, leave_to=back),
        initial=tasks.from_concern(concern),
    )
    if isinstance(form, HttpResponse):
        return form
    task = tasks.Task(form, _("Start a plan"), _("Start this plan"), back, row, ("start", row.ref))
    return Answer("plans/task.html", {"task": task, "form": form}, opened=[row])


def _concern(actor: Actor, pupil: Any, text: str) -> Any:
    """Give the concern named in the address, where it is this pupil's and this person reads it."""
    if not text:
        return None
    try:
        found = concerns.concern(actor, RefConverter().to_python(text))
    except (ValueError, NotFound, NotAllowed):
        return None
    return found if found.pupil == pupil else None


@page(Action.PLAN_WRITE, logs=Logs.NOTHING, writes=True, reads=False, who=WRITERS)
def reopen(request: HttpRequest, actor: Actor, cycle: uuid.UUID) -> HttpResponse:
    """Open an agreed plan again."""
    row = queries.cycle(actor, cycle, Action.PLAN_WRITE)
    tasks.try_to(request, lambda: cycles.reopen_plan(actor=actor, cycle=row))
    return HttpResponseRedirect(reverse("plans:plan", args=[row.ref]))


@page(Action.PLAN_WRITE, logs=Logs.CHILD, writes=True, tab="register", who=WRITERS)
def following(request: HttpRequest, actor: Actor, cycle: uuid.UUID) -> Answer | HttpResponse:
    """Start the next cycle: what goes on is ticked already."""
    row = queries.cycle(actor, cycle, Action.PLAN_WRITE)
    shown = tasks.next_page(actor, row)
    form = converse(
        request,
        actor,
        lambda **given: forms.NextForm(running=shown.choices, **given),
        act=lambda given: start_next_cycle(
            actor=actor, cycle=row, version=given["version"], keep=shown.chosen(given["keep"])
        ),
        then=lambda made: reverse("plans:plan", args=[made.ref]),
        said=_("The next cycle has begun. Everything that goes on is here already."),
        initial={"version": row.version, "keep": shown.usual},
        fresh=lambda: {"version": queries.cycle(actor, row.ref).version},
    )
    if isinstance(form, HttpResponse):
        return form
    return Answer("plans/next.html", {"page": shown, "form": form}, opened=[row.pupil])


@page(Action.PLAN_WRITE, logs=Logs.CHILD, writes=True, tab="register", who=WRITERS)
def close(request: HttpRequest, actor: Actor, cycle: uuid.UUID) -> Answer | HttpResponse:
    """End a plan without a next one, with a reason."""
    row = queries.cycle(actor, cycle, Action.PLAN_WRITE)
    back = reverse("plans:plan", args=[row.ref])
    form = converse(
        request,
        actor,
        forms.CloseForm,
        act=lambda given: cycles.close_cycle(actor=actor, cycle=row, **given),
        then=lambda _row: reverse("plans:cycles", args=[row.pupil.ref]),
        said=_("The cycle is closed. It stays on the record."),
        initial={"version": row.version},
        fresh=lambda: {"version": queries.cycle(actor, row.ref).version},
    )
    if isinstance(form, HttpResponse):
        return form
    task = tasks.Task(form, _("Close this cycle without a next one"), _("Close this cycle"), back,
                     row.pupil)  # fmt: skip
    return Answer("plans/task.html", {"task": task, "form": form}, opened=[row.pupil])


@page(Action.RECORD_INVALIDATE, logs=Logs.CHILD, writes=True, tab="register", who=WRITERS)
def in_error(request: HttpRequest, actor: Actor, cycle: uuid.UUID) -> Answer | HttpResponse:
    """Mark a plan as made in error, with a reason."""
    row = queries.cycle(actor, cycle, Action.RECORD_INVALIDATE)
    back = reverse("plans:plan", args=[row.ref])
    form = converse(
        request,
        actor,
        forms.ErrorForm,
        act=lambda given: mistakes.mark_in_error(actor=actor, row=row, **given),
        then=lambda _row: reverse("plans:cycles", args=[row.pupil.ref]),
        said=_("Marked as made in error. The history keeps it."),
        initial={"version": row.version},
        fresh=lambda: {"version": queries.cycle(actor, row.ref).version},
    )
    if isinstance(form, HttpResponse):
        return form
    task = tasks.Task(form, _("This plan was made in error"), _("Mark it so"), back, row.pupil)
    return Answer("plans/task.html", {"task": task, "form": form}, opened=[row.pupil])
