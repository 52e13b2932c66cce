"""Who is in a class or group, and who works with it: from a day, until a day."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.gate.answer import Answer, Listed
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.pages.school import classforms, classroom
from opensenco.pages.school.classes import CLASS_KEEPERS
from opensenco.people import classes as queries
from opensenco.people.operations import groups, rolls


@page(Action.CLASS_EDIT, logs=Logs.LIST, tab="school", writes=True, who=CLASS_KEEPERS)
def add_pupils(request: HttpRequest, actor: Actor, group: uuid.UUID) -> Answer | HttpResponse:
    """Put pupils into a class or group: of no class yet, or of another class."""
    row = queries.group(actor, group)
    offer = classroom.PupilOffer(actor, row, request.GET)
    form = converse(
        request,
        actor,
        lambda **given: classforms.PutPupilsForm(pupils=offer.pupils(), **given),
        act=lambda given: rolls.put_pupils_in_group(actor=actor, group=row, **offer.chosen(given)),
        then=lambda _rows: reverse("school:class", args=[group]),
        said=_("They are put in. Its staff see them from their first day."),
        initial={"starts": actor.today},
    )
    if isinstance(form, HttpResponse):
        return form
    return Answer(
        "school/class_pupils.html",
        {"form": form, "row": row, "offer": offer},
        listed=Listed(len(offer.rows), row.name),
    )


@page(Action.CLASS_EDIT, logs=Logs.CHILD, tab="school", writes=True, who=CLASS_KEEPERS)
def end_pupil(request: HttpRequest, actor: Actor, group_pupil: uuid.UUID) -> Answer | HttpResponse:
    """Say until which day a pupil is in a class or group, or take it back."""
    row = queries.pupil_place(actor, group_pupil)
    answer = _ended(
        request, actor, row,
        end=lambda given: groups.end_pupil_in_group(actor=actor, group_pupil=row, **given),
        back=lambda given: groups.take_back_pupil_in_group(actor=actor, group_pupil=row, **given),
        fresh=lambda: queries.pupil_place(actor, group_pupil),
    )  # fmt: skip
    if isinstance(answer, HttpResponse):
        return answer
    shown = {**answer, "name": row.pupil.name, "what": "", "staff": False}
    return Answer("school/class_leave.html", shown, opened=[row.pupil])


@page(Action.CLASS_EDIT, logs=Logs.NOTHING, tab="school", writes=True, who=CLASS_KEEPERS)
def add_staff(request: HttpRequest, actor: Actor, group: uuid.UUID) -> Answer | HttpResponse:
    """Say who teaches, runs or covers a class or group, from a day."""
    row = queries.group(actor, group)
    people = {str(one.person.ref): one for one in queries.colleagues(actor, row.org)}
    form = converse(
        request,
        actor,
        lambda **given: classforms.PutStaffForm(people=classroom.named(people), **given),
        act=lambda given: groups.put_staff_in_group(
            actor=actor, group=row, **{**given, "person": people[given["person"]].person}
        ),
        then=lambda _row: reverse("school:class", args=[group]),
        said=_("It is recorded. They see its pupils from their first day."),
        initial={"starts": actor.today},
    )
    if isinstance(form, HttpResponse):
        return form
    return Answer("school/class_staff.html", {"form": form, "row": row})


@page(Action.CLASS_EDIT, logs=Logs.NOTHING, tab="school", writes=True, who=CLASS_KEEPERS)
def end_staff(request: HttpRequest, actor: Actor, group_staff: uuid.UUID) -> Answer | HttpResponse:
    """Say until which day somebody teaches, runs or covers a group, or take it back."""
    row = queries.staff_place(actor, group_staff)
    answer = _ended(
        request, actor, row,
        end=lambda given: groups.end_staff_in_group(actor=actor, group_staff=row, **given),
        back=lambda given: groups.take_back_staff_in_group(actor=actor, group_staff=row, **given),
        fresh=lambda: queries.staff_place(actor, group_staff),
    )  # fmt: skip
    if isinstance(answer, HttpResponse):
        return answer
    shown = {**answer, "name": row.person.name, "what": queries.does(row), "staff": True}
    return Answer("school/class_leave.html", shown)


def _ended(
    request: HttpRequest, actor: Actor, row: Any, *, end: Any, back: Any, fresh: Any
) -> dict[str, Any] | HttpResponse:
    """Lead through ending somebody's days in a group, or taking them back up to the first."""
    can_take_back = row.starts >= actor.today

    def stands(held: Any) -> dict[str, Any]:
        return {"on": held.ends or actor.today, "version": held.version}

    form = converse(
        request,
        actor,
        classforms.TakeBackForm if can_take_back else classforms.LeaveForm,
        act=back if can_take_back else end,
        then=lambda _row: reverse("school:class", args=[row.group.ref]),
        said=_("It is taken back.") if can_take_back else _("The last day is recorded."),
        initial=stands(row),
        fresh=lambda: stands(fresh()),
    )
    if isinstance(form, HttpResponse):
        return form
    return {"form": form, "row": row, "can_take_back": can_take_back}
