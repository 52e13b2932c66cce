"""Giving a provision to pupils, one promise to one pupil, and how it ends."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases.beside import guided
from opensenco.exchange import out
from opensenco.gate.answer import Answer, Listed
from opensenco.gate.conversation import Draftable, converse
from opensenco.gate.page import Logs, page
from opensenco.pages.provision import choosing, files, forms, show
from opensenco.provision import queries
from opensenco.provision.operations import giving, telling
from opensenco.provision.queries.decided import latest

GIVERS = {"senco": 200, "head": 200, "phase_senco": 200, "teacher": 403, "ta": 403, "admin": 403,
          "dsl": 403, "governor": 403, "parent": 403}  # fmt: skip
VIEWERS = {"senco": 200, "head": 200, "phase_senco": 200, "teacher": 200, "ta": 200, "dsl": 200,
           "other_teacher": 403, "admin": 403, "governor": 403, "parent": 403}  # fmt: skip


@page(Action.PROVISION_ALLOCATE, logs=Logs.LIST, writes=True, tab="provision", who=GIVERS)
@guided("provision", several=True)
def give(request: HttpRequest, actor: Actor, provision: uuid.UUID) -> Answer | HttpResponse:
    """Give a provision to one pupil or to several at once."""
    row = queries.provision(actor, provision, Action.PROVISION_ALLOCATE)
    choice = choosing.choice(actor, row, request.GET)
    form = converse(
        request,
        actor,
        choice.form,
        act=lambda given: choice.give(actor, row, given),
        then=choice.leads_to,
        said=_("Given. Whoever delivers it finds it under “Now”."),
        draft=Draftable("provision", row.ref, leave_to=reverse("provision:show", args=[row.ref])),
        initial=choice.initial,
    )
    if isinstance(form, HttpResponse):
        return form
    decided = latest(actor, [row]).get(row.pk)
    shown = {"form": form, "provision": row, "choice": choice, "latest": decided}
    return Answer("provision/give.html", shown, listed=Listed(len(choice.pupils)))


@page(Action.PROVISION_VIEW, logs=Logs.CHILD, tab="provision", who=VIEWERS)
@guided("provision")
def allocation(request: HttpRequest, actor: Actor, allocation: uuid.UUID) -> Answer:
    """Show one promise to one pupil: what is due, what was delivered, session by session."""
    row = queries.allocation(actor, allocation)
    if kind := out.asked(request.GET):
        ledger, _count = queries.sessions_of(actor, row, out.MOST)
        return out.as_file(actor, kind, "sessions", files.sessions(ledger), opened=[row.pupil])
    return Answer("provision/allocation.html", show.promise(actor, row), opened=[row.pupil])


@page(Action.PROVISION_ALLOCATE, logs=Logs.CHILD, writes=True, tab="provision",
      who={**GIVERS, "other_teacher": 403})  # fmt: skip
def end(request: HttpRequest, actor: Actor, allocation: uuid.UUID) -> Answer | HttpResponse:
    """End what a pupil gets."""
    row = queries.allocation(actor, allocation, Action.PROVISION_ALLOCATE)
    back = reverse("provision:allocation", args=[row.ref])
    form = converse(
        request,
        actor,
        forms.EndForm,
        act=lambda given: giving.end_allocation(actor=actor, allocation=row, **given),
        then=lambda _row: back,
        said=_("The last day is set. What was delivered stays on the record."),
        initial={"ends": row.ends or actor.today, "version": row.version},
        fresh=lambda: _fresh(actor, allocation),
    )
    if isinstance(form, HttpResponse):
        return form
    shown = show.task(form, row, _("End what this pupil gets"), _("Set this last day"), back)
    return Answer("provision/form.html", shown, opened=[row.pupil])


@page(Action.PROVISION_ALLOCATE, logs=Logs.CHILD, writes=True, tab="provision",
      who={**GIVERS, "other_teacher": 403})  # fmt: skip
def told(request: HttpRequest, actor: Actor, allocation: uuid.UUID) -> Answer | HttpResponse:
    """Record that the parents were told of what their child is given."""
    row = queries.allocation(actor, allocation, Action.PROVISION_ALLOCATE)
    back = reverse("provision:allocation", args=[row.ref])
    others = {str(one.ref): one for one in telling.waiting_besides(row, actor.today)}
    form = converse(
        request,
        actor,
        lambda **given: forms.ToldForm(
            others=[(ref, one.provision.name) for ref, one in others.items()], **given
        ),
        act=lambda given: giving.tell_parents(
            actor=actor,
            allocation=row,
            told=choosing.telling(given),
            version=given["version"],
            also=[others[ref] for ref in given.get("also", ())],
        ),
        then=lambda _row: back,
        said=_("The record says that the parents were told."),
        initial={"told_on": actor.today, "version": row.version},
        fresh=lambda: _fresh(actor, allocation),
    )
    if isinstance(form, HttpResponse):
        return form
    shown = show.task(form, row, _("Parents were told"), _("Record that they were told"), back)
    return Answer("provision/form.html", shown, opened=[row.pupil])


@page(Action.RECORD_INVALIDATE, logs=Logs.CHILD, writes=True, tab="provision",
      who={**GIVERS, "other_teacher": 403})  # fmt: skip
def in_error(request: HttpRequest, actor: Actor, allocation: uuid.UUID) -> Answer | HttpResponse:
    """Mark what a pupil was given as made in error."""
    row = queries.allocation(actor, allocation, Action.RECORD_INVALIDATE)
    form = converse(
        request,
        actor,
        forms.ErrorForm,
        act=lambda given: giving.mark_in_error(actor=actor, allocation=row, **given),
        then=lambda _row: reverse("provision:show", args=[row.provision.ref]),
        said=_("Marked as made in error. Its sessions count no more; the history keeps them."),
        initial={"version": row.version},
        fresh=lambda: _fresh(actor, allocation),
    )
    if isinstance(form, HttpResponse):
        return form
    back = reverse("provision:allocation", args=[row.ref])
    shown = show.task(form, row, _("This was given in error"), _("Mark it so"), back, danger=True)
    return Answer("provision/form.html", shown, opened=[row.pupil])


def _fresh(actor: Actor, ref: uuid.UUID) -> dict[str, object]:
    row = queries.allocation(actor, ref)
    return {"ends": row.ends, "reason": row.ended_reason, "version": row.version}
