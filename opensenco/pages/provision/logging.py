"""Now, one session, what was saved, and putting it right: pages for hands."""

import uuid
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases.beside import guided
from opensenco.gate.answer import Answer, Listed
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.gate.tablet import seat_of
from opensenco.kernel.refs import short
from opensenco.pages.provision import sheet as sheets
from opensenco.pages.provision import show
from opensenco.pages.provision.covering import covers
from opensenco.pages.provision.sheet import Sheet
from opensenco.people.queries import pupils_taught
from opensenco.provision import queries
from opensenco.provision.operations import sessions

EVERY_LOGGER = {"senco": 200, "head": 200, "phase_senco": 200, "teacher": 200, "ta": 200,
                "admin": 403, "dsl": 403, "governor": 403, "parent": 403}  # fmt: skip
LOGGERS = {**EVERY_LOGGER, "other_teacher": 403}


@page(
    Action.SESSION_LOG,
    logs=Logs.LIST,
    tab="now",
    who={**EVERY_LOGGER, "other_teacher": 200},
    tablet=True,
)
def now(request: HttpRequest, actor: Actor) -> Answer:
    """Show whom one has today, and what is still to be logged."""
    shown = show.now(actor)
    # a shared tablet has no other way to a child's own page
    glances = pupils_taught(actor, Action.PROFILE_VIEW) if seat_of(request) else []
    listed = Listed(sum(len(unit.pupils) for unit in shown["units"]) + len(glances))
    show_all = {
        "part": {"show": shown}, "glances": glances, "tablet": seat_of(request),
        "my_week": f"{reverse('provision:week')}?by=person&of={short(actor.person.ref)}",
    }  # fmt: skip
    return Answer("provision/now.html", show_all, listed=listed)


@page(Action.SESSION_LOG, logs=Logs.CHILD, writes=True, tab="now", who=LOGGERS, tablet=True)
@guided("session", several=True)
def log(request: HttpRequest, actor: Actor, allocation: uuid.UUID) -> Answer | HttpResponse:
    """Log one session of a group, or of one pupil."""
    row = queries.allocation(actor, allocation, Action.SESSION_LOG)
    sheet = sheets.sheet(actor, row, request.GET)
    found: list[sessions.AlreadyLogged] = []
    form = converse(
        request,
        actor,
        sheet.form,
        act=lambda given: _log(actor, sheet, given["on"], found),
        then=lambda rows: reverse("provision:done", args=[rows[0].ref]),
        initial=sheet.initial,
    )
    if isinstance(form, HttpResponse):
        return form
    if found:
        return _logged_meanwhile(actor, found[0], sheet)
    # of another day or another session nothing was arranged for whoever logs it
    cover = None if sheet.earlier or sheet.closed else covers(actor).of(sheet.unit)
    shown = {"form": form, "sheet": sheet, "cover": cover}
    return Answer("provision/log.html", shown, opened=sheet.pupils)


def _log(actor: Actor, sheet: Sheet, on: date, found: list[sessions.AlreadyLogged]) -> list[Any]:
    """Log what the sheet says; put it aside where somebody else has logged it meanwhile."""
    try:
        return sessions.log_session(
            actor=actor,
            allocations=sheet.on_day(on),
            on=on,
            held=sheet.held(),
            marks=sheet.made.marks(sheet.refs),
            makes_up=sheet.makes_up(),
            again=sheet.again,
        )
    except sessions.AlreadyLogged as logged:
        found.append(logged)
        raise


def _logged_meanwhile(actor: Actor, found: sessions.AlreadyLogged, mine: Sheet) -> Answer:
    """Show who logged it and how, with one's own marks filled in over it where they differ."""
    rows = queries.batch_of(actor, found.refs[0])
    sheet = sheets.found_logged(actor, rows, mine)
    show_all = {
        "form": sheet.form(initial=sheet.initial),
        "sheet": sheet,
        "back": reverse("provision:done", args=[rows[0].ref]),
        "to": reverse("provision:correct", args=[rows[0].ref]),
        "at": sheets.logged_at(rows[0]),
    }
    return Answer("provision/log.html", show_all, opened=[row.pupil for row in rows])


@page(Action.SESSION_LOG, logs=Logs.CHILD, tab="now", who=LOGGERS, tablet=True)
@guided("session", several=True)
def done(request: HttpRequest, actor: Actor, session: uuid.UUID) -> Answer:
    """Show what was saved, who sees it, and what is next."""
    rows = queries.batch_of(actor, session)
    shown = show.saved(actor, rows)
    return Answer("provision/done.html", shown, opened=[row.pupil for row in rows])


@page(Action.SESSION_LOG, logs=Logs.CHILD, writes=True, tab="now", who=LOGGERS, tablet=True)
def change(request: HttpRequest, actor: Actor, session: uuid.UUID) -> Answer | HttpResponse:
    """Put right what was logged; the first rows stay."""
    rows = queries.batch_of(actor, session)
    sheet = sheets.logged_sheet(actor, rows)
    form = converse(
        request,
        actor,
        sheet.form,
        act=lambda given: sessions.correct_session(
            actor=actor,
            sessions=rows,
            held=sheet.held(),
            marks=sheet.made.marks(sheet.refs),
            makes_up=sheet.makes_up(),
            mistake=given["mistake"],
        ),
        then=lambda stand: reverse("provision:done", args=[stand[0].ref]),
        initial=sheet.initial,
    )
    if isinstance(form, HttpResponse):
        return form
    shown = {"form": form, "sheet": sheet, "back": reverse("provision:done", args=[rows[0].ref])}
    return Answer("provision/log.html", shown, opened=sheet.pupils)
