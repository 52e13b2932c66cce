"""Today: who is away, who loses what, who stands in, and taking it back."""

import uuid
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases.beside import guided
from opensenco.costing.queries import staff
from opensenco.gate.answer import Answer, Listed
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.gate.tablet import NotHere, seat_of
from opensenco.kernel.errors import Invalid
from opensenco.kernel.refs import short
from opensenco.pages.staffing import cover_forms as forms
from opensenco.pages.staffing import cover_words as words
from opensenco.pages.staffing.places import place_asked, to
from opensenco.staffing.operations import cover as verbs
from opensenco.staffing.queries import standing_in
from opensenco.staffing.queries.today import Board
from opensenco.staffing.queries.today import board as board_of
from opensenco.support.queries.classes import cards_for
from opensenco.ui.listing import Pick
from opensenco.ui.words import day_short

ARRANGERS = {"senco": 200, "head": 200, "phase_senco": 200, "teacher": 403, "other_teacher": 403,
             "ta": 403, "admin": 403, "dsl": 403, "governor": 403, "parent": 403}  # fmt: skip
#: in the tests' world the SENCO stands in, on a day long ago
STANDS_IN = {**dict.fromkeys(ARRANGERS, 403), "senco": 200}
AHEAD = timedelta(days=14)


@page(Action.COVER_ARRANGE, logs=Logs.LIST, writes=True, tab="provision", who=ARRANGERS)
@guided("cover", several=True)
def today(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Show one day: who is away, which children lose what, what can be done, least harm first."""
    place, picks = place_asked(request, actor, "staffing:today")
    day = _day(request, actor)
    board = board_of(actor, place, day)
    here = f"{to('staffing:today', place)}&on={day.isoformat()}"
    form = converse(
        request,
        actor,
        forms.StepsForm,
        act=lambda given: _arrange(actor, board, given),
        then=lambda _rows: here,
        said=_("Arranged. Those concerned are told."),
    )
    if isinstance(form, HttpResponse):
        return form
    show = {
        "place": place, "picks": picks, "board": board, "form": form, "words": words,
        "choices": [words.choice(board, one, actor) for one in board.solutions],
        "days": _days(actor, place, day), "here": here, "is_today": day == actor.today,
        "present": _present(board),
    }  # fmt: skip
    pupils = {row.pupil_id for one in board.lost for row in one.session.promises}
    pupils |= {row.pupil_id for one in board.settled for row in one.rows}
    return Answer("staffing/today.html", show, listed=Listed(len(pupils), "today"))


@page(Action.COVER_ARRANGE, logs=Logs.NOTHING, writes=True, tab="provision", who=ARRANGERS)
def mark_away(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Mark somebody as away on a day, or part of it. Why is not asked."""
    place, picks = place_asked(request, actor, "staffing:mark_away")
    people = {short(one.ref): one for one in staff(actor, place)}
    form = converse(
        request,
        actor,
        lambda **given: forms.AwayForm(
            staff=[(key, one.name) for key, one in people.items()], **given
        ),
        act=lambda given: verbs.mark_away(
            actor=actor, org=place, **{**given, "who": people[given["who"]]}
        ),
        then=lambda row: f"{to('staffing:today', place)}&on={row.on.isoformat()}",
        said=_("Marked as away."),
        initial={"on": _day(request, actor), "who": request.GET.get("who", "")},
    )
    if isinstance(form, HttpResponse):
        return form
    show = {"form": form, "place": place, "picks": picks, "back": to("staffing:today", place)}
    return Answer("staffing/mark_away.html", show)


@page(Action.COVER_ARRANGE, logs=Logs.LIST, writes=True, tab="provision", who=ARRANGERS)
def absence(request: HttpRequest, actor: Actor, absence: uuid.UUID) -> Answer | HttpResponse:
    """Show one absence, and say that they came after all."""
    row = standing_in.absence(actor, absence)
    back = f"{to('staffing:today', row.org)}&on={row.on.isoformat()}"
    form = converse(
        request,
        actor,
        forms.BackAgainForm,
        act=lambda given: verbs.came_after_all(actor=actor, absence=row, **given),
        then=lambda _row: back,
        said=_("They are here. What has not begun is theirs again, and those concerned are told."),
        initial={"version": row.version},
        fresh=lambda: {"version": standing_in.absence(actor, absence).version},
    )
    if isinstance(form, HttpResponse):
        return form
    show = {"form": form, "row": row, "back": back,
            "open": row.back_at is None and row.on >= actor.today}  # fmt: skip
    return Answer("staffing/absence.html", show, listed=Listed(0, "absence"))


@page(Action.COVER_ARRANGE, logs=Logs.LIST, writes=True, tab="provision", who=ARRANGERS)
def choose(request: HttpRequest, actor: Actor, absence: uuid.UUID) -> Answer | HttpResponse:
    """Choose what becomes of one session, least harm first."""
    row = standing_in.absence(actor, absence)
    board = board_of(actor, row.org, row.on)
    back = f"{to('staffing:today', row.org)}&on={row.on.isoformat()}"
    mine = [one for one in board.lost if one.absence == row]
    asked = board.lost_of(request.GET.get("session", ""))
    lost = asked if asked in mine else next(iter(mine), None)
    every = [words.one(board, step, actor) for step in board.choices(lost)] if lost else []
    form = converse(
        request,
        actor,
        lambda **given: forms.OneForm(steps=[(one.steps, one.title) for one in every], **given),
        act=lambda given: _arrange(actor, board, given),
        then=lambda _rows: back,
        said=_("Arranged. Those concerned are told."),
        initial={"steps": every[0].steps if every else ""},
    )
    if isinstance(form, HttpResponse):
        return form
    pupils = [one.pupil_id for one in lost.session.promises] if lost else []
    show = {
        "form": form, "row": row, "lost": lost, "words": words, "back": back,
        "hints": {one.steps: _hint(one) for one in every},
        "anybody": lost is not None and any(one.adult for one in board.choices(lost)),
    }  # fmt: skip
    return Answer("staffing/choose.html", show, listed=Listed(len(pupils), "today"))


@page(Action.COVER_ARRANGE, logs=Logs.CHILD, writes=True, tab="provision", who=ARRANGERS)
def take_back(request: HttpRequest, actor: Actor, stand_in: uuid.UUID) -> Answer | HttpResponse:
    """Take back what was arranged in one go."""
    row = standing_in.stand_in(actor, stand_in, Action.COVER_ARRANGE)
    rows = standing_in.chosen_with(actor, row)
    back = f"{to('staffing:today', row.org)}&on={row.on.isoformat()}"
    form = converse(
        request,
        actor,
        forms.TakeBackForm,
        act=lambda _given: verbs.take_choice_back(actor=actor, stand_in=row),
        then=lambda _rows: back,
        said=_("Taken back. Those concerned are told."),
    )
    if isinstance(form, HttpResponse):
        return form
    show = {"form": form, "row": row, "rows": rows, "back": back}
    opened = [one.pupil for one in rows or [row]]
    return Answer("staffing/take_choice_back.html", show, opened=opened)


@page(Action.SESSION_LOG, logs=Logs.CHILD, tab="now", who=STANDS_IN, tablet=True)
def cover_note(request: HttpRequest, actor: Actor, stand_in: uuid.UUID) -> Answer:
    """Show whoever stands in what they take, and what helps each pupil.

    Raises:
        NotHere: it is of another day, on a shared tablet.
    """
    row = standing_in.stand_in(actor, stand_in, Action.SESSION_LOG)
    if seat_of(request) and row.on != actor.today:
        raise NotHere
    rows = standing_in.together_with(actor, row)
    pupils = [one.pupil for one in rows]
    show = {"row": row, "rows": rows, "cards": cards_for(actor, pupils, None),
            "room": standing_in.room_of(row), "is_today": row.on == actor.today}  # fmt: skip
    return Answer("staffing/cover_note.html", show, opened=pupils)


def _arrange(actor: Actor, board: Board, given: dict[str, Any]) -> Any:
    sessions = words.arranged(board, given["steps"])
    if not sessions:
        raise Invalid("steps", _("Choose what becomes of a session."))
    absences = list({one.absence.pk: one.absence for one in sessions}.values())
    return verbs.arrange(
        actor=actor, absences=absences, sessions=sessions,
        note=given["note"],
    )  # fmt: skip


def _hint(one: words.Choice) -> str:
    told = (
        _("%(num)s people are told") % {"num": one.told} if one.told != 1 else _("1 person is told")
    )
    return ". ".join(part for part in (one.lost, one.why, told) if part)


def _day(request: HttpRequest, actor: Actor) -> date:
    """Give the day that is asked for: today, or one of the next two weeks."""
    try:
        day = date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return actor.today
    return min(max(day, actor.today), actor.today + AHEAD)


def _days(actor: Actor, place: Any, chosen: date) -> list[Pick]:
    """Give the next days to choose from, without weekends."""
    found: list[date] = []
    day = actor.today
    while len(found) < 5:
        if day.weekday() < 5 or day in (actor.today, chosen):
            found.append(day)
        day += timedelta(days=1)
    if chosen not in found:
        found.append(chosen)
    return [
        Pick(
            _("Today") if one == actor.today else day_short(one),
            f"{to('staffing:today', place)}&on={one.isoformat()}", current=one == chosen,
        )
        for one in found
    ]  # fmt: skip


def _present(board: Board) -> list[Any]:
    """Give those who give support and are here all day."""
    away = {row.who_id for row in board.absences if row.back_at is None}
    return [person for pk, person in board.here.items() if pk not in away]
