"""One's own week, time for a pupil, putting an entry right, and the totals."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases import time_log
from opensenco.cases.operations import time_log as operations
from opensenco.exchange import out
from opensenco.gate.answer import Answer, Listed
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.kernel.errors import NotFound
from opensenco.kernel.refs import RefConverter, short
from opensenco.pages.time import show as shown
from opensenco.pages.time.forms import EntryForm, ErrorForm, TapForm
from opensenco.people import queries as people

STAFF = {"senco": 200, "head": 200, "phase_senco": 200, "teacher": 200, "other_teacher": 200,
         "ta": 200, "admin": 200, "dsl": 200, "governor": 403, "parent": 403}  # fmt: skip
#: the entry of the tests' world is the teacher's own
OWN = {**dict.fromkeys(STAFF, 403), "teacher": 200}
OVERSEES = {"senco": 200, "head": 200, "phase_senco": 200, "teacher": 403, "other_teacher": 403,
            "ta": 403, "admin": 403, "dsl": 403, "governor": 403, "parent": 403}  # fmt: skip


@page(Action.TIME_LOG, logs=Logs.LIST, writes=True, tab="home", who=STAFF)
def my_week(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Show one's own week, and record time in it by one tap."""
    week = shown.week_of(actor, request.GET.get("week", ""))
    if kind := out.asked(request.GET):
        return out.as_file(actor, kind, "my-time", shown.table(week.lines))
    form = converse(
        request,
        actor,
        TapForm,
        act=lambda given: _tapped(actor, given),
        then=lambda _made: reverse("time:week"),
        said=_("Recorded."),
        initial={"work": "papers", "on": actor.today},
    )
    if isinstance(form, HttpResponse):
        return form
    show = {"week": week, "form": form, "words": shown, "hints": time_log.hints(actor),
            "short": short, "again": time_log.again(actor), "most": time_log.MOST_HINTS,
            "supervised": actor.can_somewhere(Action.SUPERVISION_READ),
            "oversees": actor.can_somewhere(Action.TIME_VIEW)}  # fmt: skip
    return Answer("time/week.html", show, listed=Listed(len(week.lines), "my week"))


@page(Action.TIME_LOG, logs=Logs.CHILD, writes=True, tab="register", who=STAFF)
def for_pupil(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer | HttpResponse:
    """Record time for one pupil by one tap."""
    row = people.pupil(actor, pupil, Action.TIME_LOG)
    form = converse(
        request,
        actor,
        TapForm,
        act=lambda given: _record(actor, given, row),
        then=lambda _made: reverse("pupils:show", args=[row.ref]),
        said=_("The time is recorded. It stands under “My time” on your home page."),
        initial={"work": "review", "on": actor.today},
    )
    if isinstance(form, HttpResponse):
        return form
    return Answer("time/pupil.html", {"form": form, "pupil": row}, opened=[row])


@page(Action.TIME_LOG, logs=Logs.NOTHING, writes=True, tab="home", who=OWN)
def correct(request: HttpRequest, actor: Actor, time_entry: uuid.UUID) -> Answer | HttpResponse:
    """Put one's own entry right."""
    row = time_log.entry(actor, time_entry)
    form = converse(
        request,
        actor,
        EntryForm,
        act=lambda given: operations.correct_time(actor=actor, entry=row, **given),
        then=lambda _made: reverse("time:week"),
        said=_("Put right."),
        initial=_stands(row),
        fresh=lambda: _stands(time_log.entry(actor, time_entry)),
    )
    if isinstance(form, HttpResponse):
        return form
    return Answer("time/correct.html", {"form": form, "row": row})


@page(Action.TIME_LOG, logs=Logs.NOTHING, writes=True, tab="home", who=OWN)
def in_error(request: HttpRequest, actor: Actor, time_entry: uuid.UUID) -> Answer | HttpResponse:
    """Mark one's own entry as recorded in error."""
    row = time_log.entry(actor, time_entry)
    form = converse(
        request,
        actor,
        ErrorForm,
        act=lambda given: operations.time_in_error(actor=actor, entry=row, **given),
        then=lambda _made: reverse("time:week"),
        said=_("Marked as recorded in error. It counts nowhere."),
        initial={"version": row.version},
        fresh=lambda: _stands(time_log.entry(actor, time_entry)),
    )
    if isinstance(form, HttpResponse):
        return form
    return Answer("time/in_error.html", {"form": form, "row": row})


@page(Action.TIME_VIEW, logs=Logs.LIST, tab="home", who=OVERSEES)
def all_totals(request: HttpRequest, actor: Actor) -> Answer:
    """Show where time went, by kind of work, pupil and person."""
    period = shown.period(actor, request.GET.dict())
    if kind := out.asked(request.GET):
        return out.as_file(actor, kind, "working-time", shown.table(period.lines))
    return Answer(
        "time/totals.html",
        {"period": period, "words": shown},
        listed=Listed(len(period.totals.by_pupil), "working time"),
    )


def _tapped(actor: Actor, given: dict[str, Any]) -> Any:
    """Record what was tapped: how long something known took, or a new entry."""
    org = people.place(actor)
    if given["source"]:
        return operations.say_how_long(
            actor=actor, org=org, source=_reference(given["source"]), minutes=given["minutes"]
        )
    about = _reference(given["pupil"]) if given["pupil"] else None
    row = people.pupil(actor, about, Action.TIME_LOG) if about else None
    return _record(actor, given, row)


def _record(actor: Actor, given: dict[str, Any], pupil: Any) -> Any:
    return operations.record_time(
        actor=actor, org=pupil.org if pupil else people.place(actor), work=given["work"],
        minutes=given["minutes"], on=given["on"] or actor.today, pupil=pupil,
        words=given["words"],
    )  # fmt: skip


def _reference(text: str) -> uuid.UUID:
    try:
        return RefConverter().to_python(text)
    except ValueError as fault:
        raise NotFound from fault


def _stands(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("work", "on", "minutes", "words", "version")}
