"""Supervision: the list, one conversation, writing it down, putting it right."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.costing.queries import staff
from opensenco.gate.answer import Answer
from opensenco.gate.conversation import Draftable, converse
from opensenco.gate.page import Logs, page
from opensenco.kernel.refs import short
from opensenco.pages.staffing import forms
from opensenco.pages.staffing.places import place_asked, to
from opensenco.staffing.operations import supervision as verbs
from opensenco.staffing.queries import supervision as queries
from opensenco.ui.listing import Listing
from opensenco.ui.words import day_short

READERS = {"senco": 200, "head": 200, "phase_senco": 200, "teacher": 200, "other_teacher": 200,
           "ta": 200, "admin": 200, "dsl": 403, "governor": 403, "parent": 403,
           "family": 403}  # fmt: skip
WRITERS = {**READERS, "teacher": 403, "other_teacher": 403, "ta": 403, "admin": 403}
#: the conversation of the tests' world was led by the SENCO, with the head
READS_IT = {**READERS, "phase_senco": 403, "teacher": 403, "other_teacher": 403, "ta": 403,
            "admin": 403}  # fmt: skip
WROTE_IT = {**READS_IT, "head": 403}


@page(Action.SUPERVISION_READ, logs=Logs.NOTHING, tab="home", who=READERS)
def supervisions(request: HttpRequest, actor: Actor) -> Answer:
    """Show the conversations that one may read of: one's own, or all for who leads."""
    place, picks = place_asked(request, actor, "staffing:supervisions")
    people = {short(one.ref): one for one in staff(actor, place)}
    about = people.get(request.GET.get("who", ""))
    rows = queries.supervisions(actor, place, about)
    listing = Listing(request.GET.dict(), (), rows.count())
    show = {
        "place": place, "picks": picks, "about": about, "listing": listing,
        "rows": list(rows[listing.start : listing.start + listing.size]),
        "writes": actor.can_somewhere(Action.SUPERVISE),
    }  # fmt: skip
    return Answer("staffing/supervisions.html", show)


@page(Action.SUPERVISION_READ, logs=Logs.NOTHING, tab="home", who=READS_IT)
def supervision(request: HttpRequest, actor: Actor, supervision: uuid.UUID) -> Answer:
    """Show one conversation to those who may read its words."""
    row = queries.supervision(actor, supervision)
    wrote = row.by == actor.person and not row.in_error and actor.can_somewhere(Action.SUPERVISE)
    show = {"row": row, "watched": queries.watched_of(actor, row), "wrote": wrote}
    return Answer("staffing/supervision.html", show)


@page(Action.SUPERVISE, logs=Logs.NOTHING, writes=True, tab="home", who=WRITERS)
def add_supervision(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Write down a conversation that one led."""
    place, picks = place_asked(request, actor, "staffing:add_supervision")
    people = {short(one.ref): one for one in staff(actor, place) if one != actor.person}
    # whose sessions can be offered is known where one comes from their page
    known = people.get(request.GET.get("who", ""))
    sessions = _sessions(actor, place, known) if known else {}
    form = converse(
        request,
        actor,
        lambda **given: forms.NewSupervisionForm(
            staff=[(key, one.name) for key, one in people.items()],
            sessions=_said(sessions),
            **given,
        ),
        act=lambda given: verbs.write_supervision(
            actor=actor, org=place, **_chosen({**given, "who": people[given["who"]]}, sessions)
        ),
        then=lambda row: reverse("staffing:supervision", args=[row.ref]),
        said=_("Written down. Your colleague is told that they can read it."),
        initial={"on": actor.today, "who": request.GET.get("who", "")},
        draft=Draftable("supervision", leave_to=reverse("staffing:supervisions")),
    )
    if isinstance(form, HttpResponse):
        return form
    show = {"form": form, "place": place, "picks": picks,
            "back": to("staffing:supervisions", place)}  # fmt: skip
    return Answer("staffing/add_supervision.html", show)


@page(Action.SUPERVISE, logs=Logs.NOTHING, writes=True, tab="home", who=WROTE_IT)
def correct_supervision(
    request: HttpRequest, actor: Actor, supervision: uuid.UUID
) -> Answer | HttpResponse:
    """Put right what one wrote down."""
    row = queries.supervision(actor, supervision, Action.SUPERVISE)
    sessions = _sessions(actor, row.org, row.who, row)
    form = converse(
        request,
        actor,
        lambda **given: forms.SupervisionForm(sessions=_said(sessions), **given),
        act=lambda given: verbs.correct_supervision(
            actor=actor, supervision=row, **_chosen({"watched": "", **given}, sessions, row.watched)
        ),
        then=lambda row: reverse("staffing:supervision", args=[row.ref]),
        said=_("Put right. What stood before is kept."),
        initial=_stands(row),
        fresh=lambda: _stands(queries.supervision(actor, supervision, Action.SUPERVISE)),
    )
    if isinstance(form, HttpResponse):
        return form
    return _task(form, row, _("Put these notes right"), _("Keep them like this"))


@page(Action.SUPERVISE, logs=Logs.NOTHING, writes=True, tab="home", who=WROTE_IT)
def supervision_in_error(
    request: HttpRequest, actor: Actor, supervision: uuid.UUID
) -> Answer | HttpResponse:
    """Mark what one wrote down as made in error."""
    row = queries.supervision(actor, supervision, Action.SUPERVISE)
    form = converse(
        request,
        actor,
        forms.ErrorForm,
        act=lambda given: verbs.supervision_in_error(actor=actor, supervision=row, **given),
        then=lambda row: to("staffing:supervisions", row.org),
        said=_("Marked as made in error."),
        initial={"version": row.version},
        fresh=lambda: _stands(queries.supervision(actor, supervision, Action.SUPERVISE)),
    )
    if isinstance(form, HttpResponse):
        return form
    return _task(form, row, _("Mark these notes as made in error"), _("Mark them"), danger=True)


def _sessions(actor: Actor, place: Any, who: Any, row: Any = None) -> dict[str, Any]:
    """Give the sessions that can have been watched, with the one that is written already."""
    found = queries.sessions_of(actor, place, who)
    if row is not None and (written := queries.watched_of(actor, row)) and written not in found:
        found.append(written)
    return {short(one.batch): one for one in found}


def _said(sessions: dict[str, Any]) -> list[tuple[str, str]]:
    return [(key, f"{day_short(one.on)}, {one.name}") for key, one in sessions.items()]


def _chosen(given: dict[str, Any], sessions: dict[str, Any], before: Any = None) -> dict[str, Any]:
    """Give what a form said with the session that was chosen.

    Args:
        before: what is written; it stays where the writer does not see it any more.
    """
    one = sessions.get(given.get("watched", ""))
    unseen = before if before and short(before) not in sessions else None
    return {**given, "watched": one.batch if one else unseen}


def _stands(row: Any) -> dict[str, Any]:
    watched = short(row.watched) if row.watched else ""
    kept = {name: getattr(row, name) for name in ("on", "words", "next_on", "version")}
    return {**kept, "watched": watched}


def _task(form: Any, row: Any, heading: str, main: str, *, danger: bool = False) -> Answer:
    back = reverse("staffing:supervision", args=[row.ref])
    show = {"form": form, "row": row, "heading": heading, "main": main, "back": back,
            "danger": danger}  # fmt: skip
    return Answer("staffing/task.html", show)
