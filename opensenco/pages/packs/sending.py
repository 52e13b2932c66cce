"""The sender's page of one pack: looked at, sent, followed, withdrawn."""

import uuid

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases.beside import guided
from opensenco.gate.answer import Answer
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.network import queries
from opensenco.network.operations import preparing
from opensenco.network.operations import sending as operations
from opensenco.pages.packs import forms
from opensenco.pages.packs.sharing import SENDERS, prepared_url
from opensenco.ui.forms import VersionedForm


@page(Action.PACK_SEND, logs=Logs.CHILD, writes=True, tab="packs", fresh=True, who=SENDERS)
@guided("pack")
def show(request: HttpRequest, actor: Actor, prepared: uuid.UUID) -> Answer | HttpResponse:
    """Show what will leave, exactly as it will be read, and send it; then what became of it."""
    row = queries.prepared(actor, prepared)
    form = converse(
        request,
        actor,
        VersionedForm,
        act=lambda given: operations.send_pack(actor=actor, prepared=row, **given),
        then=lambda _pack: prepared_url(row),
        said=_("Sent to %(place)s.") % {"place": row.to.name},
        initial={"version": row.version},
    )
    if isinstance(form, HttpResponse):
        return form
    shown = {"form": form, "page": queries.ours(actor, row), "prepared": row}
    template = "packs/look.html" if row.stage == "prepared" else "packs/sent.html"
    return Answer(template, shown, opened=[row.pupil])


@page(Action.PACK_SEND, logs=Logs.NOTHING, writes=True, reads=False, who=SENDERS)
def give_up(request: HttpRequest, actor: Actor, prepared: uuid.UUID) -> HttpResponse:
    """Give up what was prepared: nothing leaves."""
    row = queries.prepared(actor, prepared)
    done = converse(
        request,
        actor,
        VersionedForm,
        act=lambda given: preparing.drop_pack(actor=actor, prepared=row, **given),
        then=lambda _row: reverse("pupils:show", args=[row.pupil.ref]),
        said=_("Given up. Nothing was sent."),
    )
    return done if isinstance(done, HttpResponse) else HttpResponseRedirect(prepared_url(row))


@page(Action.PACK_SEND, logs=Logs.CHILD, writes=True, tab="packs", who=SENDERS)
def withdraw(request: HttpRequest, actor: Actor, prepared: uuid.UUID) -> Answer | HttpResponse:
    """Take a pack back, with a reason, and be told what that does not do."""
    row = queries.prepared(actor, prepared)
    form = converse(
        request,
        actor,
        forms.WithdrawForm,
        act=lambda given: operations.withdraw_pack(actor=actor, prepared=row, **given),
        then=prepared_url,
        said=_("Withdrawn. %(place)s can no longer read it here.") % {"place": row.to.name},
        initial={"version": row.version},
        fresh=lambda: {"version": queries.prepared(actor, prepared).version},
    )
    if isinstance(form, HttpResponse):
        return form
    shown = {"form": form, "page": queries.ours(actor, row), "prepared": row}
    return Answer("packs/withdraw.html", shown, opened=[row.pupil])


@page(Action.PACK_SEND, logs=Logs.NOTHING, writes=True, reads=False, who=SENDERS)
def read(request: HttpRequest, actor: Actor, prepared: uuid.UUID) -> HttpResponse:
    """Say that the answers have been read."""
    row = queries.prepared(actor, prepared)
    operations.read_replies(actor=actor, prepared=row)
    return HttpResponseRedirect(prepared_url(row))
