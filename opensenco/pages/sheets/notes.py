"""A teacher's own notes of a class, beside how to teach each pupil and what the record says."""

import uuid
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import may
from opensenco.gate.answer import Answer, Listed
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.kernel.refs import short
from opensenco.people import working_with
from opensenco.support.queries.class_record import outcomes_now, reviewed_on
from opensenco.support.queries.classes import cards_for
from opensenco.threads import notes as read
from opensenco.threads.note_models import Passed
from opensenco.threads.operations import noting
from opensenco.threads.operations.noting import LONGEST
from opensenco.ui.forms import Form, LongText, PickDateField, VersionedForm

#: the first class of the tests' world is Idris', whom his teacher teaches
NOTERS = {"senco": 200, "head": 200, "phase_senco": 403, "teacher": 200, "other_teacher": 403,
          "ta": 403, "admin": 403, "dsl": 403, "governor": 403, "parent": 403,
          "professional": 403}  # fmt: skip
#: the note in the tests' world is his teacher's own
MENDERS = {**NOTERS, "senco": 403, "head": 403}


class NoteForm(Form):
    """A note of a class or of one pupil in it."""

    about = forms.ChoiceField(label=gettext_lazy("Whom is it about?"), required=False)
    words = LongText(label=gettext_lazy("Your note"), max_length=LONGEST, rows=3)
    on = PickDateField(label=gettext_lazy("Day"))
    passed = forms.ChoiceField(
        label=gettext_lazy("Who else reads it?"), choices=Passed.choices, required=False
    )

    def __init__(self, *args: Any, pupils: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["about"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
        field.choices = [("", _("The whole class")), *pupils]


class ChangeForm(VersionedForm):
    """A note in other words, or passed on."""

    words = LongText(label=gettext_lazy("Your note"), max_length=LONGEST, rows=3)
    on = PickDateField(label=gettext_lazy("Day"))
    passed = forms.ChoiceField(
        label=gettext_lazy("Who else reads it?"), choices=Passed.choices, required=False
    )


class ErrorForm(VersionedForm):
    """Why a note was a mistake."""

    reason = LongText(label=gettext_lazy("What was wrong?"), max_length=500, rows=2)


@dataclass(frozen=True)
class Beside:
    """One pupil of the class: how to teach them, what the plan works towards, and the notes."""

    pupil: Any
    card: Any
    outcomes: list[Any]
    review_on: Any
    notes: list[Any]


@page(Action.THREAD_JOIN, logs=Logs.CHILD, writes=True, tab="register", who=NOTERS)
def notes(request: HttpRequest, actor: Actor, group: uuid.UUID) -> Answer | HttpResponse:
    """Show a class with how to teach each pupil, their plans and one's notes; take a new note."""
    row = working_with.group_read(actor, group)
    pupils = {short(one.ref): one for one in working_with.pupils_in(actor, row)}
    form = converse(
        request,
        actor,
        lambda **given: NoteForm(pupils=[(k, one.name) for k, one in pupils.items()], **given),
        act=lambda given: _note(actor, row, pupils.get(given.pop("about")), given),
        then=lambda _note: reverse("sheets:notes", args=[row.ref]),
        said=_("Noted."),
        initial={"on": actor.today, "about": request.GET.get("pupil", "")},
    )
    if isinstance(form, HttpResponse):
        return form
    of_class, beside = _beside(actor, row, list(pupils.values()))
    show = {"form": form, "group": row, "beside": beside, "of_class": of_class,
            "short": short}  # fmt: skip
    return Answer("sheets/notes.html", show, opened=[*pupils.values()])


@page(Action.THREAD_JOIN, logs=Logs.LIST, writes=True, tab="register", who=MENDERS)
def note(request: HttpRequest, actor: Actor, class_note: uuid.UUID) -> Answer | HttpResponse:
    """Show a note; its writer puts it in other words, or passes it on."""
    row = read.note(actor, class_note, Action.THREAD_JOIN)
    if not may(actor, Action.THREAD_MEND, row):
        return _about(row, None, _("A note"), "")
    form = converse(
        request,
        actor,
        ChangeForm,
        act=lambda given: noting.change_note(actor=actor, class_note=row, **given),
        then=lambda _row: reverse("sheets:notes", args=[row.group.ref]),
        said=_("Saved. The history keeps how it stood before."),
        initial=_held(row),
        fresh=lambda: _held(read.note(actor, class_note)),
    )
    return form if isinstance(form, HttpResponse) else _about(row, form, _("A note"), _("Save"))


@page(Action.THREAD_MEND, logs=Logs.LIST, writes=True, tab="register", who=MENDERS)
def in_error(request: HttpRequest, actor: Actor, class_note: uuid.UUID) -> Answer | HttpResponse:
    """Mark a note as made in error, with a reason."""
    row = read.note(actor, class_note)
    form = converse(
        request,
        actor,
        ErrorForm,
        act=lambda given: noting.note_in_error(actor=actor, class_note=row, **given),
        then=lambda _row: reverse("sheets:notes", args=[row.group.ref]),
        said=_("Marked as made in error. The history keeps it."),
        initial={"version": row.version},
        fresh=lambda: {"version": read.note(actor, class_note).version},
    )
    if isinstance(form, HttpResponse):
        return form
    return _about(row, form, _("This note was made in error"), _("Mark it so"))


def _note(actor: Actor, group: Any, pupil: Any, given: dict[str, Any]) -> Any:
    if pupil is None:
        return noting.note_of_class(actor=actor, group=group, **given)
    return noting.note_of_pupil(actor=actor, pupil=pupil, group=group, **given)


def _beside(actor: Actor, group: Any, pupils: list[Any]) -> tuple[list[Any], list[Beside]]:
    """Give the notes of the class as a whole, and each pupil with theirs."""
    cards = {one.card.pupil.pk: one for one in cards_for(actor, pupils, group)}
    outcomes = outcomes_now(actor, pupils)
    found: dict[int | None, list[Any]] = {}
    for one in read.of_class(actor, group, pupils):
        found.setdefault(one.pupil_id, []).append(one)
    rows = [
        Beside(one, cards.get(one.pk), outcomes.get(one.pk, []),
               reviewed_on(outcomes.get(one.pk, [])), found.get(one.pk, []))
        for one in pupils
    ]  # fmt: skip
    # who has something written of them stands first
    rows.sort(key=lambda one: not (one.card or one.outcomes or one.notes))
    return found.get(None, []), rows


def _held(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("words", "on", "passed", "version")}


def _about(row: Any, form: Any, heading: str, main: str) -> Answer:
    mends = form is not None and "reason" not in form.fields
    wrong = reverse("sheets:note_in_error", args=[row.ref]) if mends else ""
    show = {"form": form, "row": row, "heading": heading, "main": main, "wrong": wrong}
    opened = [row.pupil] if row.pupil is not None else []
    return Answer("sheets/note.html", show, opened=opened, listed=Listed(1))
