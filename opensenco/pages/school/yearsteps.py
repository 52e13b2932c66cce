"""What is decided while a school year is prepared, and the steps that end its preparation."""

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.gate.answer import Answer, Listed
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.kernel.refs import short
from opensenco.pages.school import turned, yearchoices, yearforms
from opensenco.pages.school.year import YEAR_KEEPERS
from opensenco.people import classes
from opensenco.people.operations import turning
from opensenco.people.turning import queries
from opensenco.provision.operations import leaving


@page(Action.YEAR_TURN, logs=Logs.NOTHING, tab="school", writes=True, who=YEAR_KEEPERS)
def ways(request: HttpRequest, actor: Actor, year_turn: uuid.UUID) -> Answer | HttpResponse:
    """Say into which class the pupils of each class and year go."""
    row = queries.turn(actor, year_turn)
    shown = turned.preview(actor, row)
    form = converse(
        request,
        actor,
        lambda **given: yearforms.WaysForm(ways=shown.ways, **given),
        act=lambda given: turning.set_ways(actor=actor, turn=row, **yearchoices.ways(shown, given)),
        then=lambda _row: reverse("school:turn", args=[year_turn]),
        said=_("It is kept. Nothing has changed in the record yet."),
        initial={"version": row.version, **{one["field"]: one["into"] for one in shown.ways}},
        fresh=lambda: {"version": queries.turn(actor, year_turn).version},
    )
    if isinstance(form, HttpResponse):
        return form
    names = [one.name for one in shown.plan.classes]
    return Answer("school/year_ways.html", {"form": form, "shown": shown, "names": names})


@page(Action.YEAR_TURN, logs=Logs.NOTHING, tab="school", writes=True, who=YEAR_KEEPERS)
def teachers(request: HttpRequest, actor: Actor, year_turn: uuid.UUID) -> Answer | HttpResponse:
    """Say who works with a class from the first day."""
    row = queries.turn(actor, year_turn)
    shown = turned.preview(actor, row)
    one = shown.class_of(request.GET)
    offer = yearchoices.Teachers(classes.colleagues(actor, row.org), one)
    form = converse(
        request,
        actor,
        lambda **given: yearforms.TeachersForm(people=offer.people, lines=offer.lines, **given),
        act=lambda given: turning.set_teachers(
            actor=actor, turn=row, name=one.name, **offer.chosen(given)
        ),
        then=lambda _row: reverse("school:turn", args=[year_turn]),
        said=_("It is kept. Nothing has changed in the record yet."),
        initial={"version": row.version, **offer.initial},
        fresh=lambda: {"version": queries.turn(actor, year_turn).version},
    )
    if isinstance(form, HttpResponse):
        return form
    return Answer("school/year_teachers.html", {"form": form, "shown": shown, "one": one})


@page(Action.YEAR_TURN, logs=Logs.NOTHING, tab="school", writes=True, who=YEAR_KEEPERS)
def groups(request: HttpRequest, actor: Actor, year_turn: uuid.UUID) -> Answer | HttpResponse:
    """Say which groups run on, and which end."""
    row = queries.turn(actor, year_turn)
    shown = turned.preview(actor, row)
    offer = yearchoices.Groups(shown.plan)
    form = converse(
        request,
        actor,
        lambda **given: yearforms.GroupsForm(groups=offer.labels, **given),
        act=lambda given: turning.set_groups(actor=actor, turn=row, **offer.chosen(given)),
        then=lambda _row: reverse("school:turn", args=[year_turn]),
        said=_("It is kept. Nothing has changed in the record yet."),
        initial={"version": row.version, **offer.initial},
        fresh=lambda: {"version": queries.turn(actor, year_turn).version},
    )
    if isinstance(form, HttpResponse):
        return form
    return Answer("school/year_groups.html", {"form": form, "shown": shown})


@page(Action.YEAR_TURN, logs=Logs.CHILD, tab="school", writes=True, who=YEAR_KEEPERS)
def pupil(
    request: HttpRequest, actor: Actor, year_turn: uuid.UUID, pupil: uuid.UUID
) -> Answer | HttpResponse:
    """Say where one pupil goes who does not go with the others."""
    row, child = queries.turn(actor, year_turn), queries.pupil(actor, pupil)
    offer = yearchoices.OnePupil(row, child, classes.parts(row.org))
    form = converse(
        request,
        actor,
        lambda **given: yearforms.MoveForm(parts=offer.parts, **given),
        act=lambda given: turning.decide_pupil(
            actor=actor, turn=row, pupil=child, **offer.chosen(given)
        ),
        then=lambda _row: reverse("school:turn", args=[year_turn]),
        said=_("It is kept. Nothing has changed in the record yet."),
        initial={"version": row.version, **offer.initial},
        fresh=lambda: {"version": queries.turn(actor, year_turn).version},
    )
    if isinstance(form, HttpResponse):
        return form
    lines = offer.line(actor)
    year = turned.AcademicYear(row.starts)
    show = {"form": form, "row": row, "year": year, "pupil": child, "lines": lines}
    return Answer("school/year_pupil.html", show, opened=[child])


@page(Action.YEAR_TURN, logs=Logs.LIST, tab="school", writes=True, who=YEAR_KEEPERS)
def apply(request: HttpRequest, actor: Actor, year_turn: uuid.UUID) -> Answer | HttpResponse:
    """Put what was prepared into the record."""
    row = queries.turn(actor, year_turn)
    shown = turned.preview(actor, row) if row.state == turned.DRAFT else None
    seen = shown.plan.seen if shown else ""
    form = converse(
        request,
        actor,
        yearforms.ApplyForm,
        act=lambda given: leaving.turn_year(actor=actor, turn=row, **given),
        then=lambda _plan: reverse("school:turn", args=[year_turn]),
        said=_("The new school year is in the record. It holds from its first day."),
        initial={"version": row.version, "seen": seen},
        fresh=lambda: {"version": queries.turn(actor, year_turn).version},
    )
    if isinstance(form, HttpResponse):
        return form
    if shown is None:
        return _settled(row)
    # what is shown beside a refusal is what the next press does
    form.data = {**dict(form.data.items()), "seen": seen} if form.is_bound else form.data
    show = {"form": form, "row": row, "shown": shown}
    return Answer("school/year_apply.html", show, listed=Listed(len(shown.plan.moves), "apply"))


@page(Action.YEAR_TURN, logs=Logs.LIST, tab="school", writes=True, who=YEAR_KEEPERS)
def undo(request: HttpRequest, actor: Actor, year_turn: uuid.UUID) -> Answer | HttpResponse:
    """Take a year that was turned back, as far as nobody has changed it since."""
    row = queries.turn(actor, year_turn)
    kept = queries.kept(row) if row.state == turned.APPLIED else []
    form = _sure(
        request, actor, row,
        lambda given: leaving.undo_turn(actor=actor, turn=row, **given),
        _("It is taken back. What was changed since stays as it is."),
    )  # fmt: skip
    if isinstance(form, HttpResponse):
        return form
    show = {"form": form, "row": row, "year": turned.AcademicYear(row.starts), "kept": kept}
    return Answer("school/year_undo.html", show, listed=Listed(len(kept), "undo"))


@page(Action.YEAR_TURN, logs=Logs.NOTHING, tab="school", writes=True, who=YEAR_KEEPERS)
def drop(request: HttpRequest, actor: Actor, year_turn: uuid.UUID) -> Answer | HttpResponse:
    """Give up what was prepared."""
    row = queries.turn(actor, year_turn)
    form = _sure(
        request, actor, row,
        lambda given: turning.drop_turn(actor=actor, turn=row, **given),
        _("It is given up. Nothing of it was ever in the record."),
    )  # fmt: skip
    if isinstance(form, HttpResponse):
        return form
    show = {"form": form, "row": row, "year": turned.AcademicYear(row.starts)}
    return Answer("school/year_drop.html", show)


def _sure(
    request: HttpRequest,
    actor: Actor,
    row: Any,
    act: Callable[[Mapping[str, Any]], Any],
    said: str,
) -> Any:
    return converse(
        request,
        actor,
        yearforms.SureForm,
        act=act,
        then=lambda _row: f"{reverse('school:year')}?school={short(row.org.ref)}",
        said=said,
        initial={"version": row.version},
        fresh=lambda: {"version": queries.turn(actor, row.ref).version},
    )


def _settled(row: Any) -> Answer:
    show = {"row": row, "year": turned.AcademicYear(row.starts), "kept": []}
    return Answer("school/year_turned.html", show, listed=Listed(0, "turned"))
