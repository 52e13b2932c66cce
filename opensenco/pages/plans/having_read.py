"""Saying that one has read a profile, reminding those who have not, and what helps in one class."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.exchange import out
from opensenco.gate.answer import Answer, Listed
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.kernel.errors import NotAllowed
from opensenco.pages.plans import forms
from opensenco.pages.plans.pupil import PROFILE_READERS, PROFILE_WRITERS, SETTERS
from opensenco.people import queries as people
from opensenco.people import working_with
from opensenco.support import queries
from opensenco.support.operations import having_read as verbs
from opensenco.support.operations import profile
from opensenco.support.queries import who_read
from opensenco.support.queries.having_read import Version
from opensenco.support.words import lines
from opensenco.ui.listing import Listing

ADULTS_READ = {**PROFILE_READERS, "parent": 403}


@page(
    Action.PROFILE_VIEW,
    logs=Logs.NOTHING,
    writes=True,
    reads=False,
    tablet=True,
    who=ADULTS_READ,
)
def say_read(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> HttpResponse:
    """Say that one has read what helps a pupil, in the words that the page showed."""
    if actor.hat.role.guest:
        raise NotAllowed
    row = people.pupil(actor, pupil, Action.PROFILE_VIEW)
    seen = Version.read(request.POST.get("seen", ""))
    if seen:
        verbs.read_profiles(actor=actor, pupils=[row], seen={row.pk: seen})
        messages.success(request, _("Thank you. The SENCO sees that you have read it."))
    return HttpResponseRedirect(reverse("plans:profile", args=[row.ref]))


@page(
    Action.ASK_SEND,
    logs=Logs.NOTHING,
    writes=True,
    reads=False,
    who=SETTERS,
)
def remind(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> HttpResponse:
    """Remind the adults who have not read what helps a pupil."""
    row = people.pupil(actor, pupil, Action.ASK_SEND)
    told = verbs.remind_to_read(actor=actor, pupils=[row])
    messages.success(request, _reminded(len(told)))
    return HttpResponseRedirect(reverse("plans:profile", args=[row.ref]))


@page(
    Action.PROFILE_EDIT,
    logs=Logs.CHILD,
    writes=True,
    tab="register",
    who={**PROFILE_WRITERS, "phase_senco": 403},
)
def in_class(
    request: HttpRequest, actor: Actor, pupil: uuid.UUID, group: uuid.UUID
) -> Answer | HttpResponse:
    """Write up to three lines on what helps a pupil in one class or group."""
    row = people.pupil(actor, pupil, Action.PROFILE_EDIT)
    where = working_with.group_read(actor, group)
    back = reverse("plans:profile", args=[row.ref])

    def values() -> dict[str, Any]:
        said = dict(queries.strategies_by_class(actor, row)).get(where, [])
        return {"strategies": "\n".join(said), "version": queries.strategies_version(row)}

    form = converse(
        request,
        actor,
        forms.InClassForm,
        act=lambda given: profile.write_class_strategies(
            actor=actor, pupil=row, group=where,
            texts=lines(given["strategies"]), version=given["version"],
        ),
        then=lambda _rows: back,
        said=_("Saved. Whoever teaches this class reads it first."),
        initial=values(),
        fresh=values,
    )  # fmt: skip
    if isinstance(form, HttpResponse):
        return form
    show = {"form": form, "pupil": row, "group": where, "back": back}
    return Answer("plans/in_class.html", show, opened=[row])


@page(Action.ASK_SEND, logs=Logs.LIST, writes=True, tab="register",
      who={**SETTERS, "outsider": 200})  # fmt: skip
def who_has_read(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Show which adults have not read what helps the pupils they work with, and remind one."""
    found = who_read.outstanding(actor)
    if request.method == "POST":
        return _remind_one(request, actor, found)
    if kind := out.asked(request.GET):
        return out.as_file(actor, kind, "who-has-read", _table(found), wanted="who has read")
    listing = Listing(request.GET, (), len(found), size=who_read.PAGE)
    shown = found[listing.start : listing.stop]
    show = {"adults": shown, "listing": listing, "several": len(actor.hat.orgs) > 1}
    return Answer("plans/who_has_read.html", show, listed=Listed(len(shown), "who has read"))


def _remind_one(
    request: HttpRequest, actor: Actor, found: list[who_read.Outstanding]
) -> HttpResponse:
    asked = request.POST.get("adult", "")
    for one in found:
        if str(one.person.ref) == asked and one.to_remind:
            told = verbs.remind_to_read(actor=actor, pupils=one.to_remind, person=one.person)
            messages.success(request, _reminded(len(set(told))))
            break
    return HttpResponseRedirect(reverse("plans:who_has_read"))


def _table(found: list[who_read.Outstanding]) -> out.Table:
    heads = [_("Adult"), _("Pupil"), _("Read before"), _("Reminded on")]
    rows = [
        (one.person.name, each.pupil.register_name, each.read_on, each.reminded_on)
        for one in found
        for each in one.pupils
    ]
    return out.Table(_("Not read yet"), heads, rows)


def _reminded(many: int) -> str:
    if not many:
        return _("Everybody has read it, or was reminded before and has not read it yet.")
    words = ngettext("%(num)s adult is reminded.", "%(num)s adults are reminded.", many)
    return words % {"num": many}
