"""Sharing an entry of the library with schools of one's trust or group, and taking one over."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.gate.answer import Answer
from opensenco.gate.page import Logs, page
from opensenco.kernel.refs import short
from opensenco.pages.provision.lists import GIVERS
from opensenco.people import queries as people
from opensenco.provision import queries
from opensenco.provision.operations import sharing as verbs
from opensenco.provision.queries import shared as rows_of


@page(Action.PROVISION_ALLOCATE, logs=Logs.NOTHING, writes=True, tab="provision", who=GIVERS)
def share(request: HttpRequest, actor: Actor, provision: uuid.UUID) -> Answer | HttpResponse:
    """Share an entry with a trust, group or authority to which we belong, or stop that."""
    row = queries.provision(actor, provision, Action.PROVISION_ALLOCATE)
    now = {one.to_id: one for one in rows_of.shared_with(row)}
    belongs = rows_of.groups_of([row.org_id], actor)
    # what is still shared where one has left can be taken back
    left = [one.to for one in now.values() if one.to not in belongs]
    groups = [*belongs, *left]
    if request.method == "POST":
        to = next((one for one in groups if short(one.ref) == request.POST.get("to")), None)
        if to is None:
            messages.error(request, _("Choose one of those to which we belong."))
        elif request.POST.get("stop"):
            verbs.stop_sharing(actor=actor, provision=row, to=to)
            messages.success(request, _("It is offered there no more. Copies stay."))
        else:
            verbs.share_entry(actor=actor, provision=row, to=to)
            messages.success(request, _("Shared, as it is now."))
        return HttpResponseRedirect(reverse("provision:share", args=[row.ref]))
    shown = {
        "provision": row,
        "groups": [
            (
                one,
                short(one.ref),
                now.get(one.pk),
                _differs(row, now.get(one.pk)) and one not in left,
            )
            for one in groups
        ],
    }
    return Answer("provision/share.html", shown)


def _differs(row: Any, shared: Any) -> bool:
    return shared is not None and bool(rows_of.changed(rows_of.COMPARED, row, shared))


@page(Action.PROVISION_ALLOCATE, logs=Logs.NOTHING, writes=True, reads=False, who=GIVERS)
def take_over(request: HttpRequest, actor: Actor, shared_provision: uuid.UUID) -> HttpResponse:
    """Copy what another school shares into our library."""
    shared = rows_of.shared(actor, shared_provision)
    row = verbs.take_over_entry(actor=actor, org=people.place(actor), shared=shared)
    messages.success(request, _("It is in your library now. Change it as you need it."))
    return HttpResponseRedirect(reverse("provision:show", args=[row.ref]))


@page(Action.PROVISION_ALLOCATE, logs=Logs.NOTHING, writes=True, reads=False, who=GIVERS)
def follow(request: HttpRequest, actor: Actor, provision: uuid.UUID) -> HttpResponse:
    """Take over what the source changed, or keep ours."""
    row = queries.provision(actor, provision, Action.PROVISION_ALLOCATE)
    take = request.POST.get("take") == "yes"
    if rows_of.moved(row, actor.today) is None:
        # somebody else has decided meanwhile, or the page was an old one
        messages.info(request, _("Nothing has changed there since."))
        return HttpResponseRedirect(reverse("provision:show", args=[row.ref]))
    verbs.follow_source(actor=actor, provision=row, take=take, version=row.version)
    messages.success(request, _("Taken over.") if take else _("Yours stays as it is."))
    return HttpResponseRedirect(reverse("provision:show", args=[row.ref]))
