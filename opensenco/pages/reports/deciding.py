"""The steps of a report: sent for approval, decided, published, taken back, dropped."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.gate.answer import Answer
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.pages.reports import show as shown
from opensenco.pages.reports.forms import YES, DecideForm, StepForm
from opensenco.pages.reports.views import APPROVERS, WRITERS
from opensenco.reports import queries
from opensenco.reports.operations import approving, writing
from opensenco.reports.states import State


@page(Action.REPORT_WRITE, logs=Logs.NOTHING, writes=True, tab="school", who=WRITERS)
def send(request: HttpRequest, actor: Actor, report: uuid.UUID) -> Answer | HttpResponse:
    """Send a report for approval."""
    said = _("Sent. Whoever approves reports here finds it on their home page.")
    return _step(request, actor, report, "send", approving.send_for_approval, said)


@page(Action.REPORT_WRITE, logs=Logs.NOTHING, writes=True, tab="school", who=WRITERS)
def back(request: HttpRequest, actor: Actor, report: uuid.UUID) -> Answer | HttpResponse:
    """Take a report back that was sent, to change it."""
    said = _("It is being written again. It must be approved anew.")
    return _step(request, actor, report, "back", approving.take_back, said)


@page(Action.REPORT_WRITE, logs=Logs.NOTHING, writes=True, tab="school", who=WRITERS)
def publish(request: HttpRequest, actor: Actor, report: uuid.UUID) -> Answer | HttpResponse:
    """Publish an approved report as an edition."""
    said = _("Published. This edition stays as it is.")
    return _step(
        request, actor, report, "publish", approving.publish_report, said,
        lambda made: reverse("reports:edition", args=[made.ref]),
    )  # fmt: skip


@page(Action.REPORT_WRITE, logs=Logs.NOTHING, writes=True, tab="school", who=WRITERS)
def drop(request: HttpRequest, actor: Actor, report: uuid.UUID) -> Answer | HttpResponse:
    """Drop a report that is being written."""
    said = _("Dropped. Nothing was published.")
    return _step(
        request, actor, report, "drop", writing.drop_report, said,
        lambda _row: reverse("reports:list"),
    )  # fmt: skip


def _step(
    request: HttpRequest,
    actor: Actor,
    ref: uuid.UUID,
    step: str,
    act: Callable[..., Any],
    said: str,
    then: Callable[[Any], str] | None = None,
) -> Answer | HttpResponse:
    """Lead through a step that asks nothing but whether it is meant."""
    row = queries.report(actor, ref, Action.REPORT_WRITE)
    form = converse(
        request,
        actor,
        StepForm,
        act=lambda given: act(actor=actor, report=row, version=given["version"]),
        then=then or (lambda _row: reverse("reports:show", args=[row.ref])),
        said=said,
        initial={"version": row.version},
        fresh=lambda: {"version": queries.report(actor, ref).version},
    )
    if isinstance(form, HttpResponse):
        return form
    show = {"form": form, "step": step, "page": shown.going(actor, row)}
    return Answer("reports/step.html", show)


@page(Action.REPORT_APPROVE, logs=Logs.NOTHING, writes=True, tab="school", who=APPROVERS)
def decide(request: HttpRequest, actor: Actor, report: uuid.UUID) -> Answer | HttpResponse:
    """Read a report that waits, and approve it or send it back with a reason."""
    row = queries.report(actor, report, Action.REPORT_APPROVE)
    form = converse(
        request,
        actor,
        DecideForm,
        act=lambda given: _decided(actor, row, given),
        then=lambda decided: _say(request, decided, row.sent_by),
        initial={"version": row.version},
        fresh=lambda: {"version": queries.report(actor, report).version},
    )
    if isinstance(form, HttpResponse):
        return form
    return Answer("reports/decide.html", {"form": form, "page": shown.going(actor, row)})


def _say(request: HttpRequest, decided: Any, sent_by: Any) -> str:
    """Say what was decided and who is told; gives where to go."""
    who = {"who": sent_by.name} if sent_by else {"who": _("Whoever sent it")}
    yes = decided.state == State.APPROVED
    words = _("Approved. %(who)s is told, and can publish it.") if yes else _(
        "Sent back. %(who)s is told, with what you wrote."
    )  # fmt: skip
    messages.success(request, words % who)
    return reverse("reports:list")


def _decided(actor: Actor, row: Any, given: dict[str, Any]) -> Any:
    if given["decision"] == YES:
        return approving.approve_report(actor=actor, report=row, version=given["version"])
    return approving.return_report(
        actor=actor, report=row, reason=given["reason"], version=given["version"]
    )
