"""The school year: where it stands, what is prepared, and all that turning it would do."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.exchange import out
from opensenco.gate.answer import Answer, Listed
from opensenco.gate.chrome import place_tabs
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.pages.school import turned, yearforms, yearlists
from opensenco.people.operations import turning
from opensenco.people.turning import queries

YEAR_KEEPERS = {"senco": 200, "head": 200, "admin": 200, "phase_senco": 403, "teacher": 403,
                "ta": 403, "dsl": 403, "governor": 403, "parent": 403, "family": 403}  # fmt: skip


@page(Action.YEAR_TURN, logs=Logs.LIST, tab="school", who=YEAR_KEEPERS)
def overview(request: HttpRequest, actor: Actor) -> Answer:
    """Show where the school year stands: what comes, what is prepared, who joins."""
    shown = turned.place(actor, request.GET)
    tabs = place_tabs(actor, "school:year")
    listed = Listed(len(shown.joiners), "joiners")
    return Answer("school/year.html", {"tabs": tabs, "shown": shown}, listed=listed)


@page(Action.YEAR_TURN, logs=Logs.NOTHING, tab="school", writes=True, who=YEAR_KEEPERS)
def prepare(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Begin to prepare the coming year."""
    shown = turned.place(actor, request.GET)
    form = converse(
        request,
        actor,
        yearforms.DaysForm,
        act=lambda given: turning.prepare_turn(
            actor=actor, org=shown.place, year=shown.coming, **given
        ),
        then=lambda row: reverse("school:turn", args=[row.ref]),
        said=_("This is a proposal. Nothing has changed yet."),
        initial=shown.days(),
    )
    if isinstance(form, HttpResponse):
        return form
    return Answer("school/year_days.html", {"form": form, "shown": shown, "row": None})


@page(Action.YEAR_TURN, logs=Logs.NOTHING, tab="school", writes=True, who=YEAR_KEEPERS)
def days(request: HttpRequest, actor: Actor, year_turn: uuid.UUID) -> Answer | HttpResponse:
    """Change the days of a year that is being prepared, or who leaves by age."""
    row = queries.turn(actor, year_turn)

    def held() -> dict[str, object]:
        now = queries.turn(actor, year_turn)
        names = ("first_day", "leave_on", "highest", "version")
        return {name: getattr(now, name) for name in names}

    form = converse(
        request,
        actor,
        yearforms.ChangeDaysForm,
        act=lambda given: turning.change_turn(actor=actor, turn=row, **given),
        then=lambda _row: reverse("school:turn", args=[year_turn]),
        said=_("It is changed. What follows from it is worked out again."),
        initial=held(),
        fresh=held,
    )
    if isinstance(form, HttpResponse):
        return form
    return Answer("school/year_days.html", {"form": form, "row": row})


@page(Action.YEAR_TURN, logs=Logs.LIST, tab="school", who=YEAR_KEEPERS)
def preview(request: HttpRequest, actor: Actor, year_turn: uuid.UUID) -> Answer:
    """Show a year that is prepared in full, or what became of one that was turned."""
    row = queries.turn(actor, year_turn)
    if row.state != turned.DRAFT:
        kept = queries.kept(row) if row.state == turned.APPLIED else []
        show = {"row": row, "year": turned.AcademicYear(row.starts), "kept": kept}
        return Answer("school/year_turned.html", show, listed=Listed(len(kept), "turned"))
    shown = turned.preview(actor, row)
    doubtful = shown.lines(shown.plan.doubtful[:10])
    show = {"row": row, "shown": shown, "doubtful": doubtful}
    return Answer("school/year_turn.html", show, listed=Listed(len(doubtful), "to look at"))


@page(Action.YEAR_TURN, logs=Logs.LIST, tab="school", who=YEAR_KEEPERS)
def moves(request: HttpRequest, actor: Actor, year_turn: uuid.UUID) -> Answer:
    """List what becomes of each pupil: all, or those of one kind or class."""
    shown = turned.preview(actor, queries.turn(actor, year_turn))
    chosen = turned.Chosen(shown, request.GET)
    if kind := out.asked(request.GET):
        return out.as_file(actor, kind, "school-year", yearlists.moves(chosen), wanted=chosen.which)
    listing = turned.Listing(request.GET, chosen.columns, len(chosen.moves))
    rows = shown.lines(chosen.moves[listing.start : listing.stop])
    show = {"shown": shown, "chosen": chosen, "listing": listing, "rows": rows}
    return Answer("school/year_list.html", show, listed=Listed(len(rows), chosen.which))
