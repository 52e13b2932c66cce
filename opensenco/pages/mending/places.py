"""A pupil who was put where they do not belong: first day, part, class, or on the record at all."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import may
from opensenco.cases.joining import queries
from opensenco.cases.operations import mending
from opensenco.gate.answer import Answer
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.pages.mending import forms
from opensenco.pages.mending.records import MENDERS
from opensenco.people import queries as people

EDITORS = {"senco": 200, "head": 200, "phase_senco": 200, "admin": 200, "teacher": 403, "ta": 403,
           "dsl": 403, "governor": 403, "parent": 403}  # fmt: skip
CLASS_KEEPERS = {**EDITORS, "phase_senco": 403}


@page(Action.PUPIL_EDIT, logs=Logs.CHILD, tab="register", who=EDITORS)
def wrong(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer:
    """Show all that can be wrong about who and where a pupil is, each with its mend."""
    row = people.pupil(actor, pupil, Action.PUPIL_EDIT)
    places = queries.places_of(actor, row) if actor.can_somewhere(Action.CLASS_EDIT) else []
    shown = {
        "pupil": row,
        "places": places,
        "parts": queries.parts_of(row),
        "mends": may(actor, Action.RECORDS_MEND, row),
    }
    return Answer("mending/wrong.html", shown, opened=[row])


@page(Action.PUPIL_EDIT, logs=Logs.CHILD, writes=True, tab="register", who=EDITORS)
def first_day(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer | HttpResponse:
    """Correct the first day on the roll."""
    row = people.pupil(actor, pupil, Action.PUPIL_EDIT)
    names = ("joined_on", "version")

    def fresh() -> dict[str, Any]:
        now = people.pupil(actor, pupil, Action.PUPIL_EDIT)
        return {name: getattr(now, name) for name in names}

    form = converse(
        request,
        actor,
        forms.FirstDayForm,
        act=lambda given: mending.correct_first_day(actor=actor, pupil=row, **given),
        then=lambda _row: reverse("school:roll", args=[row.ref]),
        said=_("The first day has been corrected."),
        initial={name: getattr(row, name) for name in names},
        fresh=fresh,
    )
    return _form_page(form, row, _("The first day on the roll is wrong"), _("Save the first day"))


@page(Action.PUPIL_EDIT, logs=Logs.CHILD, writes=True, tab="register", who=EDITORS)
def part_of_school(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer | HttpResponse:
    """Move a pupil to another part of the school."""
    row = people.pupil(actor, pupil, Action.PUPIL_EDIT)
    parts = queries.parts_of(row)
    by_ref = {str(one.ref): one for one in parts}
    held = next((ref for ref, one in by_ref.items() if one.pk == row.part_id), "")
    form = converse(
        request,
        actor,
        lambda **given: forms.PartOfSchoolForm(parts=parts, **given),
        act=lambda given: mending.move_to_part(
            actor=actor, pupil=row, **{**given, "part": by_ref.get(given["part"])}
        ),
        # whoever works for one part alone may not see the pupil there any more
        then=lambda _row: reverse("home:start"),
        said=_("The pupil is in another part of the school now."),
        initial={"part": held, "version": row.version},
        fresh=lambda: {"version": people.pupil(actor, pupil, Action.PUPIL_EDIT).version},
    )
    return _form_page(form, row, _("Part of the school"), _("Move the pupil"))


@page(Action.CLASS_EDIT, logs=Logs.CHILD, writes=True, tab="register", who=CLASS_KEEPERS)
def never(request: HttpRequest, actor: Actor, group_pupil: uuid.UUID) -> Answer | HttpResponse:
    """Take a place in a class or group back that was a mistake from its first day."""
    row = queries.place(actor, group_pupil)
    form = converse(
        request,
        actor,
        forms.ErrorForm,
        act=lambda given: mending.never_in_group(actor=actor, group_pupil=row, **given),
        then=lambda _row: reverse("mending:wrong", args=[row.pupil.ref]),
        said=_("Taken back. No day has this place any more; the history keeps it."),
        initial={"version": row.version},
    )
    lede = _("%(pupil)s was never in %(group)s") % {
        "pupil": row.pupil.name, "group": row.group.name,
    }  # fmt: skip
    return _form_page(form, row.pupil, lede, _("Take this place back"))


@page(Action.RECORDS_MEND, logs=Logs.CHILD, writes=True, tab="register", who=MENDERS)
def in_error(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer | HttpResponse:
    """Say that a pupil was added in error."""
    row = people.pupil(actor, pupil, Action.RECORDS_MEND)
    form = converse(
        request,
        actor,
        forms.ErrorForm,
        act=lambda given: mending.take_off_record(actor=actor, pupil=row, **given),
        then=lambda _row: reverse("mending:aside"),
        said=_("Marked as added in error. You can put the pupil back from here."),
        initial={"version": row.version},
    )
    return _form_page(form, row, _("This pupil was added in error"), _("Take them off the record"))


def _form_page(form: Any, row: Any, heading: str, main: str) -> Answer | HttpResponse:
    if isinstance(form, HttpResponse):
        return form
    back = reverse("mending:wrong", args=[row.ref])
    shown = {"form": form, "pupil": row, "heading": heading, "main": main, "back": back}
    return Answer("mending/form.html", shown, opened=[row])
