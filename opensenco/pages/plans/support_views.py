"""Status, parents told, ranked needs and profile: one page for each task."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.gate.answer import Answer
from opensenco.gate.conversation import Draftable, converse
from opensenco.gate.page import Logs, page
from opensenco.pages.plans import forms_support as forms
from opensenco.people import queries as people
from opensenco.support import queries
from opensenco.support.operations import needs, profile
from opensenco.support.operations import status as operations
from opensenco.support.words import lines

WHO = {"senco": 200, "head": 200, "phase_senco": 200, "teacher": 403, "ta": 403, "admin": 403,
       "governor": 403, "parent": 403}  # fmt: skip
TEACHERS = {**WHO, "teacher": 200, "other_teacher": 403}


def _task(form: object, heading: str, main: str, pupil: Any, **more: Any) -> dict[str, Any]:
    back = reverse("plans:status", args=[pupil.ref])
    return {"form": form, "heading": heading, "main": main, "pupil": pupil, "back": back, **more}


@page(Action.PLAN_PRINT, logs=Logs.CHILD, tab="register", who=TEACHERS)
def status(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer:
    """Show status, needs and whether the parents were told, with what came before."""
    row = people.pupil(actor, pupil, Action.PLAN_PRINT)
    shown = {
        "pupil": row,
        "held": queries.status_of(actor, row),
        "before": queries.statuses_of(actor, row),
        "needs": queries.needs_of(actor, row),
        "may_set": actor.can_somewhere(Action.STATUS_SET),
    }
    return Answer("plans/status.html", shown, opened=[row])


@page(Action.STATUS_SET, logs=Logs.CHILD, writes=True, tab="register", who=WHO)
def decide(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer | HttpResponse:
    """Decide a pupil's SEN status from a day on."""
    row = people.pupil(actor, pupil, Action.STATUS_SET)
    held = queries.status_of(actor, row)
    seen = {"version": held.version if held else 0, "starts": actor.today}
    form = converse(
        request,
        actor,
        forms.StatusForm,
        act=lambda given: operations.set_status(actor=actor, pupil=row, **given),
        then=lambda _row: reverse("plans:status", args=[row.ref]),
        said=_("The decision is recorded. Tell the parents, and write down how."),
        draft=Draftable("status", row.ref, leave_to=reverse("pupils:show", args=[row.ref])),
        initial=seen,
        fresh=lambda: {"version": getattr(queries.status_of(actor, row), "version", 0)},
    )
    if isinstance(form, HttpResponse):
        return form
    show = _task(form, _("Decide SEN status"), _("Record this decision"), row, draft="status")
    return Answer("plans/task.html", show, opened=[row])


@page(Action.STATUS_SET, logs=Logs.CHILD, writes=True, tab="register", who=WHO)
def tell(request: HttpRequest, actor: Actor, sen_status: uuid.UUID) -> Answer | HttpResponse:
    """Record that the parents were told, with the proof."""
    held = queries.status(actor, sen_status)
    form = converse(
        request,
        actor,
        forms.TellForm,
        act=lambda given: operations.tell_parents(
            actor=actor,
            status=held,
            version=given["version"],
            told=operations.Telling(given["on"], given["how"], given["words"]),
        ),
        then=lambda _row: reverse("plans:status", args=[held.pupil.ref]),
        said=_("Recorded that the parents were told."),
        initial={"version": held.version, "on": actor.today},
    )
    if isinstance(form, HttpResponse):
        return form
    show = _task(form, _("The parents were told"), _("Record this"), held.pupil)
    return Answer("plans/task.html", show, opened=[held.pupil])


@page(Action.NEEDS_SET, logs=Logs.CHILD, writes=True, tab="register", who=WHO)
def rank(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer | HttpResponse:
    """Rank what a pupil needs; nobody has to have diagnosed it."""
    row = people.pupil(actor, pupil, Action.NEEDS_SET)
    held = queries.needs_of(actor, row)
    initial: dict[str, Any] = dict(zip(forms.RANKS, [n.code for n in held], strict=False))
    form = converse(
        request,
        actor,
        forms.needs_form(actor.today),
        act=lambda given: needs.rank_needs(
            actor=actor,
            pupil=row,
            codes=[given[name] for name in forms.RANKS],
            version=given["version"],
        ),
        then=lambda _row: reverse("plans:status", args=[row.ref]),
        said=_("The needs are ranked."),
        initial={**initial, "version": queries.needs_version(row)},
        fresh=lambda: {"version": queries.needs_version(row)},
    )
    if isinstance(form, HttpResponse):
        return form
    return Answer(
        "plans/task.html", _task(form, _("Rank the needs"), _("Save this ranking"), row),
        opened=[row],
    )  # fmt: skip


def _profile_now(actor: Actor, row: Any) -> dict[str, Any]:
    held = queries.profile_of(actor, row)
    values = {name: getattr(held, name, "") for name in profile.PARTS}
    return {
        **values,
        "said_on": getattr(held, "said_on", actor.today),
        "said_with": getattr(held, "said_with", ""),
        "strategies": "\n".join(queries.strategies_of(actor, row)),
        "version": held.version if held else 0,
    }


@page(Action.PROFILE_EDIT, logs=Logs.CHILD, writes=True, tab="register", who=TEACHERS)
def write_profile(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer | HttpResponse:
    """Write the one-page profile as the pupil gives it."""
    row = people.pupil(actor, pupil, Action.PROFILE_EDIT)
    back = reverse("pupils:show", args=[row.ref])
    form = converse(
        request,
        actor,
        forms.ProfileForm,
        act=lambda given: profile.write_profile(
            actor=actor, pupil=row, **{**given, "strategies": lines(given["strategies"])}
        ),
        then=lambda _row: back,
        said=_("The profile is saved. Every adult who works with this pupil sees it."),
        draft=Draftable("profile", row.ref, leave_to=back),
        initial=_profile_now(actor, row),
        fresh=lambda: _profile_now(actor, row),
    )
    if isinstance(form, HttpResponse):
        return form
    show = _task(form, _("In their own words"), _("Save the profile"), row, draft="profile")
    return Answer("plans/task.html", {**show, "back": back}, opened=[row])
