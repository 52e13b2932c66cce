"""A pupil's status and ranked needs, telling the parents, and the child's own page."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases.beside import guided
from opensenco.gate.answer import Answer
from opensenco.gate.conversation import Draftable, converse
from opensenco.gate.page import Logs, page
from opensenco.kernel.errors import NotAllowed
from opensenco.pages.plans import forms, show, tasks
from opensenco.people import queries as people
from opensenco.support import queries
from opensenco.support.operations import mistakes, needs, profile
from opensenco.support.operations import status as verbs
from opensenco.support.states import Status
from opensenco.support.words import lines

VIEWERS = {"senco": 200, "head": 200, "phase_senco": 200, "teacher": 200, "other_teacher": 403,
           "ta": 403, "admin": 403, "dsl": 200, "governor": 403, "parent": 403}  # fmt: skip
SETTERS = {**VIEWERS, "teacher": 403, "dsl": 403}
PROFILE_READERS = {**VIEWERS, "ta": 200, "parent": 200}
PROFILE_WRITERS = {**VIEWERS, "dsl": 403}
PARTS = (*profile.PARTS, "said_on", "said_with", "version")


@page(Action.PLAN_VIEW, logs=Logs.CHILD, tab="register", who=VIEWERS)
@guided("status")
def status(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer:
    """Show a pupil's status and ranked needs, with their history: words for staff."""
    if actor.hat.role.guest:
        raise NotAllowed
    row = people.pupil(actor, pupil, Action.PLAN_VIEW)
    shown = show.status_page(actor, row)
    given = {"page": shown, "tabs": show.tabs(actor, row, "status")}
    return Answer("plans/status.html", given, opened=[row])


@page(Action.STATUS_SET, logs=Logs.CHILD, writes=True, tab="register", who=SETTERS)
@guided("status")
def set_status(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer | HttpResponse:
    """Decide a pupil's status, and record the telling of the parents with it."""
    row = people.pupil(actor, pupil, Action.STATUS_SET)
    back = reverse("plans:status", args=[row.ref])
    form = converse(
        request,
        actor,
        forms.StatusForm,
        act=lambda given: verbs.set_status(actor=actor, pupil=row, **tasks.decision(given)),
        then=lambda _row: back,
        said=_("The status is recorded."),
        draft=Draftable("status", row.ref, leave_to=back),
        initial=tasks.status_now(actor, row),
        fresh=lambda: tasks.status_now(actor, row),
    )
    if isinstance(form, HttpResponse):
        return form
    current = queries.status_of(actor, row)
    leaves = current is not None and current.code != Status.NO_SEN
    ends = tasks.what_ends(actor, row) if leaves else []
    shown = {"form": form, "pupil": row, "back": back, "ends": ends}
    return Answer("plans/set_status.html", shown, opened=[row])


@page(Action.NEEDS_SET, logs=Logs.CHILD, writes=True, tab="register", who=SETTERS)
def rank(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer | HttpResponse:
    """Rank a pupil's needs."""
    row = people.pupil(actor, pupil, Action.NEEDS_SET)
    back = reverse("plans:status", args=[row.ref])
    form = converse(
        request,
        actor,
        forms.NeedsForm.on(actor.today, [need.code for need in queries.needs_of(actor, row)]),
        act=lambda given: needs.rank_needs(
            actor=actor, pupil=row, codes=forms.NeedsForm.codes(given), version=given["version"]
        ),
        then=lambda _rows: back,
        said=_("The needs are ranked."),
        initial=tasks.needs_now(actor, row),
        fresh=lambda: tasks.needs_now(actor, row),
    )
    if isinstance(form, HttpResponse):
        return form
    return Answer("plans/needs.html", {"form": form, "pupil": row, "back": back}, opened=[row])


@page(Action.STATUS_SET, logs=Logs.CHILD, writes=True, tab="register", who=SETTERS)
def told(request: HttpRequest, actor: Actor, sen_status: uuid.UUID) -> Answer | HttpResponse:
    """Record that the parents were told, with the proof."""
    row = queries.status(actor, sen_status)
    back = reverse("plans:status", args=[row.pupil.ref])
    form = converse(
        request,
        actor,
        forms.ToldForm,
        act=lambda given: verbs.tell_parents(
            actor=actor, status=row, told=tasks.telling(given), version=given["version"]
        ),
        then=lambda _row: back,
        said=_("Recorded. The proof is kept with the status."),
        draft=Draftable("told", row.ref, leave_to=back),
        initial=tasks.told_now(actor, row),
        fresh=lambda: tasks.told_now(actor, queries.status(actor, sen_status)),
    )
    if isinstance(form, HttpResponse):
        return form
    task = tasks.Task(form, _("The parents were told"), _("Keep this proof"), back, row.pupil,
                     ("told", row.ref))  # fmt: skip
    return Answer("plans/task.html", {"task": task, "form": form}, opened=[row.pupil])


@page(Action.RECORD_INVALIDATE, logs=Logs.CHILD, writes=True, tab="register", who=SETTERS)
def status_in_error(
    request: HttpRequest, actor: Actor, sen_status: uuid.UUID
) -> Answer | HttpResponse:
    """Mark a status as made in error; the one before it holds on."""
    row = queries.status(actor, sen_status, Action.RECORD_INVALIDATE)
    back = reverse("plans:status", args=[row.pupil.ref])
    form = converse(
        request,
        actor,
        forms.ErrorForm,
        act=lambda given: mistakes.mark_in_error(actor=actor, row=row, **given),
        then=lambda _row: back,
        said=_("Marked as made in error. The history keeps it."),
        initial={"version": row.version},
        fresh=lambda: {"version": queries.status(actor, sen_status).version},
    )
    if isinstance(form, HttpResponse):
        return form
    task = tasks.Task(form, _("This status was set in error"), _("Mark it so"), back, row.pupil)
    return Answer("plans/task.html", {"task": task, "form": form}, opened=[row.pupil])


@page(Action.PROFILE_VIEW, logs=Logs.CHILD, tab="register", who=PROFILE_READERS, tablet=True)
@guided("profile")
def read_profile(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer:
    """Show the child's own page."""
    row = people.pupil(actor, pupil, Action.PROFILE_VIEW)
    shown: dict[str, Any] = show.profile_page(actor, row)
    return Answer("plans/profile.html", shown, opened=[row])


@page(Action.PROFILE_EDIT, logs=Logs.CHILD, writes=True, tab="register", who=PROFILE_WRITERS)
@guided("profile")
def write_profile(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer | HttpResponse:
    """Write the child's own page, and what every adult does in class."""
    row = people.pupil(actor, pupil, Action.PROFILE_EDIT)
    back = reverse("plans:profile", args=[row.ref])
    form = converse(
        request,
        actor,
        forms.ProfileForm,
        act=lambda given: profile.write_profile(
            actor=actor, pupil=row, **{**given, "strategies": lines(given["strategies"])}
        ),
        then=lambda _row: back,
        said=_("Saved. Every adult who works with this pupil sees it now."),
        draft=Draftable("profile", row.ref, leave_to=back),
        initial=tasks.profile_now(actor, row),
        fresh=lambda: tasks.profile_now(actor, row),
    )
    if isinstance(form, HttpResponse):
        return form
    return Answer("plans/write_profile.html", {"form": form, "pupil": row, "back": back},
                  opened=[row])  # fmt: skip
