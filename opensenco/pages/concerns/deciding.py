"""What is done with one concern, one task to a page."""

import uuid
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.concerns import queries
from opensenco.concerns.operations import carrying, deciding, raising
from opensenco.gate.answer import Answer
from opensenco.gate.conversation import Draftable, converse
from opensenco.gate.page import Logs, page
from opensenco.pages.concerns import forms
from opensenco.pages.concerns import show as shown

DECIDE = {"senco": 200, "head": 200, "phase_senco": 200, "teacher": 403, "other_teacher": 403,
          "ta": 403, "admin": 403, "dsl": 403, "governor": 403, "parent": 403}  # fmt: skip
CARRY = {**DECIDE, "teacher": 200}


@page(Action.CONCERN_TRIAGE, logs=Logs.CHILD, writes=True, tab="concerns", who=DECIDE)
def triage(request: HttpRequest, actor: Actor, concern: uuid.UUID) -> Answer | HttpResponse:
    """Decide what happens after a concern."""
    row = queries.concern(actor, concern, Action.CONCERN_TRIAGE)
    near = queries.candidates(actor, row)
    form = converse(
        request,
        actor,
        lambda **given: forms.TriageForm(people=shown.people(near), **given),
        act=lambda given: deciding.triage_concern(
            actor=actor, concern=row, **{**given, "owner": near.named(given["owner"])}
        ),
        then=lambda _row: reverse("concerns:show", args=[row.ref]),
        said=_("Decided. Whoever raised the concern and whoever looks after it have been told."),
        draft=Draftable("decide", row.ref, leave_to=reverse("concerns:show", args=[row.ref])),
        initial=shown.to_decide(actor, row, near),
        fresh=lambda: shown.decided(queries.concern(actor, concern)),
    )
    if isinstance(form, HttpResponse):
        return form
    show = {"form": form, "concern": row, "pupil": row.pupil, "answers": shown.answers(row)}
    show["asks_reply"] = shown.asked(actor, row)
    return Answer("concerns/triage.html", show, opened=[row.pupil])


def _step(
    request: HttpRequest,
    actor: Actor,
    row: Any,
    make: Callable[..., Any],
    act: Callable[..., Any],
    *,
    name: str,
    said: str,
    initial: dict[str, Any] | None = None,
    **fields: str,
) -> Any:
    """Lead through one step of a concern; what two people wrote is shown side by side.

    Args:
        fields: for each field of the form, the name under which the concern holds it.
    """
    back = reverse("concerns:show", args=[row.ref])

    def held(one: Any) -> dict[str, Any]:
        return {"version": one.version, **{f: getattr(one, n) for f, n in fields.items()}}

    return converse(
        request,
        actor,
        make,
        act=lambda given: act(actor=actor, concern=row, **given),
        then=lambda _row: back,
        said=said,
        draft=Draftable(name, row.ref, leave_to=back),
        initial={**held(row), **(initial or {})},
        fresh=lambda: held(queries.concern(actor, row.ref)),
    )


def _answer(form: Any, row: Any, name: str, heading: str, main: str) -> Answer | HttpResponse:
    if isinstance(form, HttpResponse):
        return form
    show = {"form": form, "concern": row, "pupil": row.pupil, "draft": name,
            "heading": heading, "main": main}  # fmt: skip
    return Answer("concerns/step.html", show, opened=[row.pupil])


@page(Action.CONCERN_CARRY, logs=Logs.CHILD, writes=True, tab="concerns", who=CARRY)
def take_up(request: HttpRequest, actor: Actor, concern: uuid.UUID) -> Answer | HttpResponse:
    """Say what will be tried in class, and until when."""
    row = queries.concern(actor, concern, Action.CONCERN_CARRY)
    start = {"until": row.until or forms.looked_again(actor.today)}
    form = _step(request, actor, row, forms.TakeUpForm, carrying.take_up_strategies, name="try",
                 said=_("Recorded. You are reminded on the day to look again."), initial=start,
                 trying="trying", until="until")  # fmt: skip
    return _answer(
        form, row, "try", _("Try something in class"), _("Keep it in class and try this")
    )


@page(Action.CONCERN_CARRY, logs=Logs.CHILD, writes=True, tab="concerns", who=CARRY)
def pass_on(request: HttpRequest, actor: Actor, concern: uuid.UUID) -> Answer | HttpResponse:
    """Pass a concern on to whoever decides, with a reason."""
    row = queries.concern(actor, concern, Action.CONCERN_CARRY)
    form = _step(request, actor, row, forms.PassOnForm, carrying.pass_on, name="pass-on",
                 said=_("Passed on. You will be told what happens."),
                 reason="passed_on_because")  # fmt: skip
    to = row.org.senco_word
    return _answer(form, row, "pass-on", _("Pass it on to the %(senco)s") % {"senco": to},
                   _("Pass it on to the %(senco)s") % {"senco": to})  # fmt: skip


@page(Action.CONCERN_CARRY, logs=Logs.CHILD, writes=True, tab="concerns", who=CARRY)
def settle(request: HttpRequest, actor: Actor, concern: uuid.UUID) -> Answer | HttpResponse:
    """Say how a concern ended."""
    row = queries.concern(actor, concern, Action.CONCERN_CARRY)
    form = _step(request, actor, row, forms.SettleForm, carrying.settle_concern, name="settle",
                 said=_("Settled. It waits for nobody now."), result="result")  # fmt: skip
    return _answer(form, row, "settle", _("Say how it ended"), _("Settle this concern"))


@page(Action.RECORD_INVALIDATE, logs=Logs.CHILD, writes=True, tab="concerns", who=DECIDE)
def in_error(request: HttpRequest, actor: Actor, concern: uuid.UUID) -> Answer | HttpResponse:
    """Mark a concern as made in error, with a reason."""
    row = queries.concern(actor, concern, Action.RECORD_INVALIDATE)
    form = _step(request, actor, row, forms.ErrorForm, raising.mark_concern_in_error, name="error",
                 said=_("Marked as made in error. The history keeps it."))  # fmt: skip
    return _answer(form, row, "error", _("This concern was made in error"), _("Mark it so"))
