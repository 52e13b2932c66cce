"""Classes and groups: who teaches which, made, renamed and ended."""

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
from opensenco.pages.school import classforms, classroom, lists
from opensenco.people import classes as queries
from opensenco.people.operations import groups

CLASS_KEEPERS = {"senco": 200, "head": 200, "admin": 200, "phase_senco": 403, "teacher": 403,
                 "ta": 403, "dsl": 403, "governor": 403, "parent": 403, "family": 403}  # fmt: skip


@page(Action.CLASS_EDIT, logs=Logs.NOTHING, tab="school", who=CLASS_KEEPERS)
def list_classes(request: HttpRequest, actor: Actor) -> Answer:
    """Show the classes and groups of a school: who works with each, and how many are in it."""
    shown = classroom.school(actor, request.GET)
    if kind := out.asked(request.GET):
        wanted = "ended" if shown.ended else ""
        return out.as_file(actor, kind, "classes", lists.classes(shown), wanted=wanted)
    return Answer(
        "school/classes.html", {"tabs": place_tabs(actor, "school:classes"), "shown": shown}
    )


@page(Action.CLASS_EDIT, logs=Logs.LIST, tab="school", who=CLASS_KEEPERS)
def show_class(request: HttpRequest, actor: Actor, group: uuid.UUID) -> Answer:
    """Show one class or group: its staff and its pupils, now, to come and before."""
    row = queries.group(actor, group)
    pupils, staff = queries.pupils_of(actor, row), queries.staff_of(actor, row)
    if kind := out.asked(request.GET):
        return out.as_file(actor, kind, "class", lists.one_class(pupils, staff), wanted=row.name)
    over = row.ended_on is not None and row.ended_on <= actor.today
    columns = classroom.columns(over=over)
    number = len(pupils.now) + len(pupils.coming) + len(pupils.before)
    return Answer(
        "school/class.html",
        {"row": row, "pupils": pupils, "staff": staff, "over": over, "columns": columns},
        listed=Listed(number, row.name),
    )


@page(Action.CLASS_EDIT, logs=Logs.NOTHING, tab="school", writes=True, who=CLASS_KEEPERS)
def add(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Make a class or group."""
    offer = classroom.Offer(actor)
    form = converse(
        request,
        actor,
        lambda **given: classforms.AddClassForm(
            places=offer.places(), parts=offer.parts(), **given
        ),
        act=lambda given: groups.add_group(actor=actor, **offer.chosen(given)),
        then=lambda row: reverse("school:class", args=[row.ref]),
        said=_("It is made. Now say who works with it and who is in it."),
    )
    if isinstance(form, HttpResponse):
        return form
    return Answer("school/class_form.html", {"form": form, "row": None})


@page(Action.CLASS_EDIT, logs=Logs.NOTHING, tab="school", writes=True, who=CLASS_KEEPERS)
def change(request: HttpRequest, actor: Actor, group: uuid.UUID) -> Answer | HttpResponse:
    """Give a class or group another name, or another part of the school."""
    row = queries.group(actor, group)
    offer = classroom.Offer(actor, row.org)
    form = converse(
        request,
        actor,
        lambda **given: classforms.ChangeClassForm(parts=offer.parts(), **given),
        act=lambda given: groups.change_group(actor=actor, group=row, **offer.changed(given)),
        then=lambda _row: reverse("school:class", args=[group]),
        said=_("It is changed."),
        initial=classroom.words_of(row),
        fresh=lambda: classroom.words_of(queries.group(actor, group)),
    )
    if isinstance(form, HttpResponse):
        return form
    return Answer("school/class_form.html", {"form": form, "row": row})


@page(Action.CLASS_EDIT, logs=Logs.NOTHING, tab="school", writes=True, who=CLASS_KEEPERS)
def end(request: HttpRequest, actor: Actor, group: uuid.UUID) -> Answer | HttpResponse:
    """End a class or group; its pupils and its staff leave it with it."""
    row = queries.group(actor, group)
    form = converse(
        request,
        actor,
        classforms.EndClassForm,
        act=lambda given: groups.end_group(actor=actor, group=row, **given),
        then=lambda _row: reverse("school:classes"),
        said=_("It has ended. What was recorded about its pupils stays."),
        initial={"on": actor.today, "version": row.version},
        fresh=lambda: {"version": queries.group(actor, group).version},
    )
    if isinstance(form, HttpResponse):
        return form
    return Answer("school/class_end.html", {"form": form, "row": row})
