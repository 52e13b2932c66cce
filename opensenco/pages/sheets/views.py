"""The sheet of a class or group, the card for whoever covers it, and both on paper."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases.beside import guided
from opensenco.documents.pdf.sheet import sheet_pdf as printed
from opensenco.documents.states import PhotoFor
from opensenco.gate.answer import Answer, Listed
from opensenco.gate.page import Logs, page
from opensenco.kernel.errors import NotAllowed
from opensenco.pages.sheets import show
from opensenco.people import working_with
from opensenco.support.operations.having_read import read_profiles
from opensenco.support.queries.classes import sheet_of
from opensenco.ui.on_screen import INITIALS

CHOOSERS = {"senco": 200, "head": 200, "phase_senco": 200, "teacher": 200, "other_teacher": 200,
            "ta": 200, "admin": 403, "dsl": 200, "governor": 403, "parent": 403,
            "professional": 403}  # fmt: skip
READERS = {**CHOOSERS, "phase_senco": 403, "other_teacher": 403, "ta": 403}
PRINTERS = {**READERS, "dsl": 403}


@page(Action.PROFILE_VIEW, logs=Logs.LIST, tab="register", who=CHOOSERS)
def sheet_list(request: HttpRequest, actor: Actor) -> Answer:
    """Show the classes and groups that there is a sheet of, for this person."""
    _staff_only(actor)
    groups = working_with.groups_read(actor)
    several = len({group.org_id for group in groups}) > 1
    shown = {"groups": groups, "several": several,
             "notes": actor.can_somewhere(Action.THREAD_JOIN)}  # fmt: skip
    return Answer("sheets/list.html", shown, listed=Listed(len(groups), "class sheets"))


@page(Action.PROFILE_VIEW, logs=Logs.CHILD, tab="register", who=READERS)
@guided("sheet", several=True)
def sheet(request: HttpRequest, actor: Actor, group: uuid.UUID) -> Answer:
    """Show how to teach the pupils of a class or group."""
    row = _group(actor, group)
    shown = show.sheet_page(actor, row)
    return Answer("sheets/sheet.html", {"page": shown}, opened=shown.pupils)


@page(Action.PROFILE_VIEW, logs=Logs.CHILD, tab="register", who=READERS)
def cover(request: HttpRequest, actor: Actor, group: uuid.UUID) -> Answer:
    """Show the card for whoever covers a class or group and does not know its pupils."""
    row = _group(actor, group)
    shown = show.sheet_page(actor, row, PhotoFor.COVER)
    return Answer("sheets/cover.html", {"page": shown}, opened=shown.pupils)


@page(Action.PLAN_PRINT, logs=Logs.CHILD, tab="register", who=PRINTERS)
def sheet_pdf(request: HttpRequest, actor: Actor, group: uuid.UUID) -> Answer:
    """Give the sheet of a class or group as a tagged PDF."""
    return _paper(actor, group, cover=False)


@page(Action.PLAN_PRINT, logs=Logs.CHILD, tab="register", who=PRINTERS)
def cover_pdf(request: HttpRequest, actor: Actor, group: uuid.UUID) -> Answer:
    """Give the card for whoever covers a class or group as a tagged PDF."""
    return _paper(actor, group, cover=True)


def _paper(actor: Actor, group: uuid.UUID, *, cover: bool) -> Answer:
    shown = show.sheet_page(actor, _group(actor, group))
    return Answer(
        content=printed(show.paper_of(actor, shown, cover=cover)),
        content_type="application/pdf",
        filename="cover-card.pdf" if cover else "class-sheet.pdf",
        opened=shown.pupils,
    )


@page(
    Action.PROFILE_VIEW,
    logs=Logs.NOTHING,
    writes=True,
    reads=False,
    who=READERS,
)
def say_read(request: HttpRequest, actor: Actor, group: uuid.UUID) -> HttpResponse:
    """Say that one has read what helps these pupils, in the words that the sheet showed."""
    row = _group(actor, group)
    seen = show.marks(request.POST.getlist("seen"))
    pupils = [one.card.pupil for one in sheet_of(actor, row).unread if one.card.pupil.ref in seen]
    if pupils:
        marks = {pupil.pk: seen[pupil.ref] for pupil in pupils}
        read_profiles(actor=actor, pupils=pupils, seen=marks)
        messages.success(request, _("Thank you. The SENCO sees that you have read them."))
    return HttpResponseRedirect(reverse("sheets:sheet", args=[row.ref]))


@page(
    Action.SIGNED_IN,
    logs=Logs.NOTHING,
    writes=True,
    reads=False,
    once=False,
    who=dict.fromkeys((*CHOOSERS, "shared_senco", "family", "authority"), 200),
)
def initials(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show initials in place of names on lists, while one is signed in here; or names again."""
    request.session[INITIALS] = bool(request.POST.get("only"))
    back = request.POST.get("back", "")
    ours = url_has_allowed_host_and_scheme(back, {request.get_host()})
    return HttpResponseRedirect(back if ours else reverse("home:start"))


def _group(actor: Actor, ref: uuid.UUID) -> Any:
    _staff_only(actor)
    return working_with.group_read(actor, ref)


def _staff_only(actor: Actor) -> None:
    if actor.hat.role.guest:
        raise NotAllowed
