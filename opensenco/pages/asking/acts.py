"""What is done with a round: ask more, remind, thank, close, take back."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.gate.answer import Answer
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.kernel.errors import NotPossible
from opensenco.pages.asking import starting
from opensenco.pages.asking.forms import CloseForm, ErrorForm, MoreForm
from opensenco.participation import queries
from opensenco.participation.operations import asking, chasing, links

#: the round is about a pupil of the lower school, and the phase SENCO has the upper
CO_ORDINATES = {"senco": 200, "head": 200, "phase_senco": 403, "teacher": 403,
                "other_teacher": 403, "ta": 403, "admin": 403, "dsl": 403, "governor": 403,
                "parent": 403}  # fmt: skip
#: reminding shows no answer, so an administrator does it too
CHASES = {**CO_ORDINATES, "admin": 200}


def at_once(request: HttpRequest, act: Callable[[], Any], said: str, back: str) -> HttpResponse:
    """Do one thing behind a single button, and say on the next page what became of it."""
    try:
        act()
    except NotPossible as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, said)
    return HttpResponseRedirect(back)


@page(Action.ASK_CHASE, logs=Logs.NOTHING, writes=True, reads=False, tab="asking", who=CHASES)
def remind(request: HttpRequest, actor: Actor, ask_round: uuid.UUID) -> HttpResponse:
    """Remind everybody who has not answered; who only chases does it from the home page."""
    row = queries.ask_round(actor, ask_round, Action.ASK_CHASE)
    reads = actor.can_somewhere(Action.ASK_SEND)
    return at_once(
        request,
        lambda: chasing.remind_waiting(actor=actor, ask_round=row),
        _("Reminded. They find it here, or in their mail."),
        reverse("asking:round", args=[row.ref]) if reads else reverse("home:start"),
    )


@page(Action.ASK_SEND, logs=Logs.NOTHING, writes=True, reads=False, tab="asking", who=CO_ORDINATES)
def thank(request: HttpRequest, actor: Actor, ask_round: uuid.UUID) -> HttpResponse:
    """Thank everybody who has answered."""
    row = queries.ask_round(actor, ask_round)
    return at_once(
        request,
        lambda: chasing.thank_answered(actor=actor, ask_round=row),
        _("Thanked. They read it here, or in their mail."),
        reverse("asking:round", args=[row.ref]),
    )


@page(Action.ASK_SEND, logs=Logs.NOTHING, writes=True, reads=False, tab="asking", who=CO_ORDINATES)
def resend(request: HttpRequest, actor: Actor, asked: uuid.UUID) -> HttpResponse:
    """Send somebody without an account a new link."""
    row = queries.asked(actor, asked, Action.ASK_SEND)
    return at_once(
        request,
        lambda: links.resend_link(actor=actor, asked=row),
        _("Sent. The link before opens nothing any more."),
        reverse("asking:round", args=[row.ask_round.ref]),
    )


@page(Action.ASK_SEND, logs=Logs.NOTHING, writes=True, reads=False, tab="asking", who=CO_ORDINATES)
def revoke(request: HttpRequest, actor: Actor, asked: uuid.UUID) -> HttpResponse:
    """Take a link back."""
    row = queries.asked(actor, asked, Action.ASK_SEND)
    return at_once(
        request,
        lambda: links.revoke_link(actor=actor, asked=row),
        _("Taken back. The link opens nothing any more."),
        reverse("asking:round", args=[row.ask_round.ref]),
    )


@page(Action.ASK_SEND, logs=Logs.CHILD, writes=True, tab="asking", who=CO_ORDINATES)
def more(request: HttpRequest, actor: Actor, ask_round: uuid.UUID) -> Answer | HttpResponse:
    """Ask more people in the same round, or set another day."""
    row = queries.ask_round(actor, ask_round)
    start = starting.begun(actor, row.pupil, [], without=queries.sheet(actor, row).columns)
    form = converse(
        request,
        actor,
        lambda **given: MoreForm(
            near=start.near_choices,
            others=start.other_choices,
            contacts=start.contact_choices,
            **given,
        ),
        act=lambda given: asking.ask_more(
            actor=actor, ask_round=row, version=given["version"], **start.more(given)
        ),
        then=lambda made: reverse("asking:round", args=[made.ref]),
        said=_("Done. Whoever is new has been asked."),
        initial={"version": row.version, "due": row.due},
        fresh=lambda: _held(actor, ask_round),
    )
    if isinstance(form, HttpResponse):
        return form
    show = {"form": form, "ask_round": row, "pupil": row.pupil, "start": start}
    return Answer("asking/more.html", show, opened=[row.pupil])


@page(Action.ASK_SEND, logs=Logs.CHILD, writes=True, tab="asking", who=CO_ORDINATES)
def close(request: HttpRequest, actor: Actor, ask_round: uuid.UUID) -> Answer | HttpResponse:
    """Close a round with a reason."""
    row = queries.ask_round(actor, ask_round)
    waits = queries.sheet(actor, row).waiting
    usual = "" if waits else _("Everybody has answered.")
    return _step(
        request, actor, row, CloseForm, asking.close_round, {"reason": usual},
        said=_("Closed. Nobody is asked any more."),
        heading=_("Close this round"), main=_("Close it"),
    )  # fmt: skip


@page(Action.RECORD_INVALIDATE, logs=Logs.CHILD, writes=True, tab="asking", who=CO_ORDINATES)
def in_error(request: HttpRequest, actor: Actor, ask_round: uuid.UUID) -> Answer | HttpResponse:
    """Mark a round as made in error, with a reason."""
    row = queries.ask_round(actor, ask_round, Action.RECORD_INVALIDATE)
    return _step(
        request, actor, row, ErrorForm, asking.mark_round_in_error, {},
        said=_("Marked as made in error. The history keeps it."),
        heading=_("This round was made in error"), main=_("Mark it so"),
    )  # fmt: skip


def _held(actor: Actor, ref: uuid.UUID) -> dict[str, Any]:
    row = queries.ask_round(actor, ref)
    return {"version": row.version, "due": row.due}


def _step(
    request: HttpRequest,
    actor: Actor,
    row: Any,
    make: Callable[..., Any],
    act: Callable[..., Any],
    initial: dict[str, Any],
    *,
    said: str,
    heading: str,
    main: str,
) -> Answer | HttpResponse:
    back = reverse("asking:round", args=[row.ref])
    form = converse(
        request, actor, make,
        act=lambda given: act(actor=actor, ask_round=row, **given),
        then=lambda _row: back, said=said,
        initial={"version": row.version, **initial},
        fresh=lambda: {"version": _held(actor, row.ref)["version"]},
    )  # fmt: skip
    if isinstance(form, HttpResponse):
        return form
    show = {"form": form, "pupil": row.pupil, "heading": heading, "main": main, "back": back}
    return Answer("asking/step.html", show, opened=[row.pupil])
