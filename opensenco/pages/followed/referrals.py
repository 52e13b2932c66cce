"""Referrals: of the place, of a pupil beside the concerns, one, and what is heard of it."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases.beside import guided
from opensenco.concerns import followed
from opensenco.concerns import queries as concerns
from opensenco.concerns.operations import referring
from opensenco.exchange import out
from opensenco.gate.answer import Answer, Listed
from opensenco.gate.conversation import Draftable, converse
from opensenco.gate.page import Logs, page
from opensenco.kernel.errors import NotAllowed, NotFound
from opensenco.kernel.refs import RefConverter
from opensenco.pages.followed import forms
from opensenco.pages.followed import show as shown
from opensenco.people import queries as people
from opensenco.ui.listing import Column, Listing, Pick

WRITERS = {"senco": 200, "head": 200, "phase_senco": 200, "teacher": 403, "other_teacher": 403,
           "ta": 403, "admin": 403, "dsl": 403, "governor": 403, "parent": 403}  # fmt: skip
READERS = {**WRITERS, "teacher": 200, "dsl": 200}
PUPIL = {**READERS, "ta": 200, "admin": 200}


@page(Action.PLAN_WRITE, logs=Logs.LIST, tab="concerns", who=WRITERS)
def of_place(request: HttpRequest, actor: Actor) -> Answer:
    """Show for which services the place waits, the longest first."""
    view = request.GET.get("view", "")
    view = view if view in followed.VIEWS else "open"
    if kind := out.asked(request.GET):
        every, _counts = followed.referrals(actor, view, size=out.MOST)
        return out.as_file(actor, kind, "referrals", shown.table(every), wanted=view)
    number = request.GET.get("page", "")
    page_number = int(number) if number.isascii() and number.isdigit() and len(number) < 5 else 1
    rows, counts = followed.referrals(actor, view, page_number)
    names = {"open": _("We wait"), "ended": _("Answered or ended")}
    address = reverse("followed:referrals")
    heads = [Column(_("Pupil")), Column(_("Service")), Column(_("Where it stands")),
             Column(_("Sent")), Column(_("Days"), num=True), Column(_("Asked again"))]  # fmt: skip
    show = {
        "rows": rows, "view": view, "heads": heads,
        "listing": Listing(request.GET, (), counts[view], size=followed.PAGE),
        "picks": [Pick(names[one], f"{address}?view={one}", one == view, counts[one])
                  for one in followed.VIEWS],
    }  # fmt: skip
    return Answer("followed/referrals.html", show, listed=Listed(len(rows), f"referrals {view}"))


@page(Action.CONCERN_VIEW, logs=Logs.CHILD, tab="register", who=PUPIL)
def of_pupil(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer:
    """Show the concerns about a pupil with what they ended in, and the pupil's referrals."""
    row = people.pupil(actor, pupil)
    return Answer("followed/pupil.html", shown.of_pupil(actor, row), opened=[row])


@page(Action.PLAN_VIEW, logs=Logs.CHILD, tab="concerns", who=READERS)
@guided("referral")
def show(request: HttpRequest, actor: Actor, referral: uuid.UUID) -> Answer:
    """Show one referral: to whom, why, who agreed, and what was heard of it."""
    if actor.hat.role.guest:
        raise NotAllowed
    row = followed.referral(actor, referral)
    return Answer("followed/referral.html", shown.one_referral(actor, row), opened=[row.pupil],
                  wanted=str(row.ref))  # fmt: skip


@page(Action.PLAN_WRITE, logs=Logs.CHILD, writes=True, tab="concerns", who=WRITERS)
@guided("referral")
def refer(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer | HttpResponse:
    """Refer a pupil to a service; what a concern says is there already."""
    row = people.pupil(actor, pupil, Action.PLAN_WRITE)
    concern = _concern(actor, row, request.GET.get("concern", ""))
    back = shown.to_concern(concern) if concern else reverse("followed:pupil", args=[row.ref])
    papers = shown.papers_of(actor, row)
    form = converse(
        request,
        actor,
        lambda **given: forms.ReferForm(papers=shown.titles(papers), **given),
        act=lambda given: referring.refer(
            actor=actor, pupil=row, concern=concern, proof=papers.get(given.pop("proof")), **given
        ),
        then=lambda made: reverse("followed:referral", args=[made.ref]),
        said=_("Recorded. It waits for you on the day to ask again."),
        draft=Draftable("refer", row.ref, leave_to=back),
        initial=shown.begun(actor, concern),
    )
    if isinstance(form, HttpResponse):
        return form
    said = _("The concern") if concern else _("Concerns and referrals")
    task = shown.Task(form, _("Refer to a service"), _("Record this referral"), back, row, said,
                      draft=("refer", row.ref))  # fmt: skip
    return Answer("followed/task.html", {"task": task, "form": form}, opened=[row])


@page(Action.PLAN_WRITE, logs=Logs.CHILD, writes=True, tab="concerns", who=WRITERS)
def news(request: HttpRequest, actor: Actor, referral: uuid.UUID) -> Answer | HttpResponse:
    """Write down what was heard of a referral."""
    row = followed.referral(actor, referral, Action.PLAN_WRITE)
    back = reverse("followed:referral", args=[row.ref])
    papers = shown.papers_of(actor, row.pupil)
    form = converse(
        request,
        actor,
        lambda **given: forms.NewsForm(papers=shown.titles(papers), **given),
        act=lambda given: referring.note_news(
            actor=actor, referral=row, report=papers.get(given.pop("report")), **given
        ),
        then=lambda _row: back,
        said=_("Written down."),
        initial=shown.news_now(actor, row),
        fresh=lambda: shown.news_now(actor, followed.referral(actor, referral)),
    )
    if isinstance(form, HttpResponse):
        return form
    task = shown.Task(form, _("What was heard of a referral"), _("Keep this"), back, row.pupil,
                      _("The referral"), row.service)  # fmt: skip
    return Answer("followed/task.html", {"task": task, "form": form}, opened=[row.pupil])


@page(Action.RECORD_INVALIDATE, logs=Logs.CHILD, writes=True, tab="concerns", who=WRITERS)
def in_error(request: HttpRequest, actor: Actor, referral: uuid.UUID) -> Answer | HttpResponse:
    """Mark a referral as made in error."""
    row = followed.referral(actor, referral, Action.RECORD_INVALIDATE)
    back = reverse("followed:referral", args=[row.ref])
    form = converse(
        request,
        actor,
        forms.ErrorForm,
        act=lambda given: referring.mark_referral_in_error(actor=actor, referral=row, **given),
        then=lambda _row: back,
        said=_("Marked as made in error. The history keeps it."),
        initial={"version": row.version},
        fresh=lambda: {"version": followed.referral(actor, referral).version},
    )
    if isinstance(form, HttpResponse):
        return form
    task = shown.Task(form, _("This referral was made in error"), _("Mark it so"), back, row.pupil,
                      _("The referral"), row.service)  # fmt: skip
    return Answer("followed/task.html", {"task": task, "form": form}, opened=[row.pupil])


def _concern(actor: Actor, pupil: Any, text: str) -> Any:
    """Give the concern named in the address, where it is this pupil's and this person reads it."""
    if not text:
        return None
    try:
        found = concerns.concern(actor, RefConverter().to_python(text))
    except (ValueError, NotFound, NotAllowed):
        return None
    return found if found.pupil == pupil and not found.in_error else None
