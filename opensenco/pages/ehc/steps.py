"""What happens to an EHC plan: the next review, how one ended, amended, ended, made in error."""

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.ehc import queries
from opensenco.ehc.operations import cards
from opensenco.gate.answer import Answer
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.pages.ehc import forms
from opensenco.pages.ehc.views import OF_A_CARD

REVIEW = ("meeting_on", "papers_on", "reported_on", "version")


@page(Action.EHC_KEEP, logs=Logs.CHILD, writes=True, tab="register", who=OF_A_CARD)
def review(request: HttpRequest, actor: Actor, ehc_plan: uuid.UUID) -> Answer | HttpResponse:
    """Say when the review is met for, and when its papers and its report went out."""
    row = queries.plan(actor, ehc_plan)
    return _step(
        request, actor, row, forms.ReviewForm,
        act=lambda given: cards.plan_review(actor=actor, plan=row, **given),
        heading=_("The next annual review"), main=_("Save these days"),
        said=_("Saved. The dates before and after the meeting are worked out."),
        names=REVIEW, again=lambda: queries.plan(actor, ehc_plan),
    )  # fmt: skip


@page(Action.EHC_KEEP, logs=Logs.CHILD, writes=True, tab="register", who=OF_A_CARD)
def reviewed(request: HttpRequest, actor: Actor, ehc_plan: uuid.UUID) -> Answer | HttpResponse:
    """Record what the authority decided after a review."""
    row = queries.plan(actor, ehc_plan)
    return _step(
        request, actor, row, forms.ReviewedForm,
        act=lambda given: cards.finish_review(actor=actor, plan=row, **given),
        heading=_("How the annual review ended"), main=_("Record the decision"),
        said=_("Recorded. The next twelve months count from that day."),
        again=lambda: queries.plan(actor, ehc_plan),
    )  # fmt: skip


@page(Action.EHC_KEEP, logs=Logs.CHILD, writes=True, tab="register", who=OF_A_CARD)
def amended(request: HttpRequest, actor: Actor, ehc_plan: uuid.UUID) -> Answer | HttpResponse:
    """Record that a final amended plan came."""
    row = queries.plan(actor, ehc_plan)
    return _step(
        request, actor, row, forms.AmendedForm,
        act=lambda given: cards.amend_plan(actor=actor, plan=row, **given),
        heading=_("A final amended plan came"), main=_("Record it"),
        said=_("Recorded. Check below what it changes in outcomes and provision."),
        again=lambda: queries.plan(actor, ehc_plan),
    )  # fmt: skip


@page(Action.EHC_KEEP, logs=Logs.CHILD, writes=True, tab="register", who=OF_A_CARD)
def ended(request: HttpRequest, actor: Actor, ehc_plan: uuid.UUID) -> Answer | HttpResponse:
    """Record that a plan ended."""
    row = queries.plan(actor, ehc_plan)
    return _step(
        request, actor, row, forms.EndedForm,
        act=lambda given: cards.end_plan(actor=actor, plan=row, **given),
        heading=_("The plan ended"), main=_("Record that it ended"),
        said=_("Recorded. Nothing is due for this plan any more. Is the SEN status still right?"),
        again=lambda: queries.plan(actor, ehc_plan),
    )  # fmt: skip


@page(Action.RECORD_INVALIDATE, logs=Logs.CHILD, writes=True, tab="register", who=OF_A_CARD)
def in_error(request: HttpRequest, actor: Actor, ehc_plan: uuid.UUID) -> Answer | HttpResponse:
    """Mark a card as made in error."""
    row = queries.plan(actor, ehc_plan, Action.RECORD_INVALIDATE)
    return _step(
        request, actor, row, forms.ErrorForm,
        act=lambda given: cards.card_in_error(actor=actor, plan=row, **given),
        heading=_("This card was made in error"), main=_("Mark it so"),
        said=_("Marked as made in error. The history keeps it."),
        again=lambda: queries.plan(actor, ehc_plan, Action.RECORD_INVALIDATE),
    )  # fmt: skip


def _step(
    request: HttpRequest, actor: Actor, row: Any, make: Callable[..., Any], *,
    act: Callable[[Mapping[str, Any]], Any], heading: str, main: str, said: str,
    again: Callable[[], Any], names: tuple[str, ...] = ("version",),
) -> Answer | HttpResponse:  # fmt: skip
    """Lead through one step: its form, its one button, and back to the card."""
    back = reverse("ehc:card", args=[row.pupil.ref])

    def held(plan: Any) -> dict[str, Any]:
        return {name: getattr(plan, name) for name in names}

    form = converse(
        request, actor, make, act=act, then=lambda _row: back, said=said, initial=held(row),
        fresh=lambda: held(again()),
    )  # fmt: skip
    if isinstance(form, HttpResponse):
        return form
    shown = {"form": form, "pupil": row.pupil, "back": back, "heading": heading, "main": main}
    return Answer("ehc/form.html", shown, opened=[row.pupil])
