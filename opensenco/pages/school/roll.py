"""A pupil's stays on the roll: leaving, coming back, not coming, and another setting besides."""

import uuid
from collections.abc import Callable
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
from opensenco.pages.school import yearforms
from opensenco.people.operations import enrolment
from opensenco.people.turning import queries
from opensenco.provision.operations import leaving

ROLL_KEEPERS = {"senco": 200, "head": 200, "admin": 200, "phase_senco": 200, "teacher": 403,
                "ta": 403, "governor": 403, "parent": 403}  # fmt: skip
#: the registration that the tests' world has is of a pupil outside the phase SENCO's part
DUAL_KEEPERS = {**ROLL_KEEPERS, "phase_senco": 403}


@page(Action.PUPIL_EDIT, logs=Logs.CHILD, tab="register", who=ROLL_KEEPERS)
def show(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer:
    """Show a pupil's stays on the roll, here and at other settings."""
    found = queries.on_roll_of(actor, pupil)
    row = found.pupil
    show = {
        "found": found, "pupil": row,
        "coming": row.joined_on is not None and row.joined_on > actor.today,
        "gone": row.left_on is not None and row.left_on < actor.today,
        "asks": row.left_on is not None and may(actor, Action.ASK_SEND, row),
    }  # fmt: skip
    return Answer("school/roll.html", show, opened=[row])


def _one(
    request: HttpRequest,
    actor: Actor,
    row: Any,
    make: Callable[..., Any],
    act: Callable[[dict[str, Any]], Any],
    heading: str,
    main: str,
    initial: dict[str, Any],
    why: str = "",
) -> Answer | HttpResponse:
    form = converse(
        request, actor, make, act=act,
        then=lambda _row: reverse("school:roll", args=[row.ref]),
        said=_("It is recorded."), initial=initial,
        fresh=lambda: {"version": queries.pupil(actor, row.ref, Action.PUPIL_EDIT).version},
    )  # fmt: skip
    if isinstance(form, HttpResponse):
        return form
    show = {"form": form, "pupil": row, "heading": heading, "main": main, "why": why}
    return Answer("school/roll_form.html", show, opened=[row])


@page(Action.PUPIL_EDIT, logs=Logs.CHILD, tab="register", writes=True, who=ROLL_KEEPERS)
def leave(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer | HttpResponse:
    """Say that a pupil leaves, on a day that has come or is to come."""
    row = queries.pupil(actor, pupil, Action.PUPIL_EDIT)
    return _one(
        request, actor, row, yearforms.LeaveRollForm,
        lambda given: leaving.leave(actor=actor, pupil=row, **given),
        _("When does the pupil leave?"), _("Save the last day"),
        {"version": row.version, "on": row.left_on, "to": row.left_to},
        _("The record stays. From the day after, the pupil is on no list, in no class, and their "
          "teachers see the record no more. What was promised ends with the last day."),
    )  # fmt: skip


@page(Action.PUPIL_EDIT, logs=Logs.CHILD, tab="register", writes=True, who=ROLL_KEEPERS)
def stay(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer | HttpResponse:
    """Say that a pupil who was to leave, or was taken off the roll by mistake, stays."""
    row = queries.pupil(actor, pupil, Action.PUPIL_EDIT)
    return _one(
        request, actor, row, yearforms.SureForm,
        lambda given: leaving.leave(actor=actor, pupil=row, on=None, **given),
        _("Does the pupil stay after all?"), _("Take the leaving back"), {"version": row.version},
        _("Classes, groups and promises that ended with the last day go on."),
    )  # fmt: skip


@page(Action.PUPIL_EDIT, logs=Logs.CHILD, tab="register", writes=True, who=ROLL_KEEPERS)
def come_back(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer | HttpResponse:
    """Take a pupil who left onto the roll again."""
    row = queries.pupil(actor, pupil, Action.PUPIL_EDIT)
    return _one(
        request, actor, row, yearforms.ComeBackForm,
        lambda given: enrolment.come_back(actor=actor, pupil=row, **given),
        _("When does the pupil come back?"), _("Take the pupil onto the roll again"),
        {"version": row.version},
        _("The same record goes on, and both stays are kept. Choose a class for them afterwards."),
    )  # fmt: skip


@page(Action.PUPIL_EDIT, logs=Logs.CHILD, tab="register", writes=True, who=ROLL_KEEPERS)
def not_coming(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer | HttpResponse:
    """Say that a pupil who was to come does not."""
    row = queries.pupil(actor, pupil, Action.PUPIL_EDIT)
    form = converse(
        request,
        actor,
        yearforms.NotComingForm,
        act=lambda given: enrolment.withdraw_joiner(actor=actor, pupil=row, **given),
        then=lambda _row: reverse("account:me"),
        said=_("It is recorded. The pupil is on no list any more."),
        initial={"version": row.version},
        fresh=lambda: {"version": queries.pupil(actor, pupil, Action.PUPIL_EDIT).version},
    )
    if isinstance(form, HttpResponse):
        return form
    heading, main = _("The pupil does not come"), _("Record that they do not come")
    show = {"form": form, "pupil": row, "heading": heading, "main": main, "why": ""}
    return Answer("school/roll_form.html", show, opened=[row])


@page(Action.PUPIL_EDIT, logs=Logs.CHILD, tab="register", writes=True, who=ROLL_KEEPERS)
def dual(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer | HttpResponse:
    """Record that a pupil is on the roll of another setting as well."""
    row = queries.pupil(actor, pupil, Action.PUPIL_EDIT)
    return _one(
        request, actor, row, yearforms.DualForm,
        lambda given: enrolment.register_dually(actor=actor, pupil=row, **given),
        _("Registered at another setting too"), _("Record this registration"),
        {"starts": actor.today},
        _("Each setting keeps its own record. Nothing is sent to the other by this."),
    )  # fmt: skip


@page(Action.PUPIL_EDIT, logs=Logs.CHILD, tab="register", writes=True, who=DUAL_KEEPERS)
def end_dual(
    request: HttpRequest, actor: Actor, dual_registration: uuid.UUID
) -> Answer | HttpResponse:
    """Say until which day a pupil is on the roll of another setting as well."""
    row = queries.dual(actor, dual_registration)
    form = converse(
        request,
        actor,
        yearforms.EndDualForm,
        act=lambda given: enrolment.end_dual_registration(actor=actor, dual=row, **given),
        then=lambda _row: reverse("school:roll", args=[row.pupil.ref]),
        said=_("It is recorded."),
        initial={"version": row.version, "on": row.ends},
        fresh=lambda: {"version": queries.dual(actor, dual_registration).version},
    )
    if isinstance(form, HttpResponse):
        return form
    heading = _("Until when at %(name)s?") % {"name": row.other_name}
    show = {"form": form, "pupil": row.pupil, "heading": heading, "main": _("Save the last day")}
    return Answer("school/roll_form.html", {**show, "why": ""}, opened=[row.pupil])
