"""The school's own fields: the list, one that is made or changed, and those of a pupil."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import may
from opensenco.gate.answer import Answer
from opensenco.gate.chrome import place_tabs
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.kernel.errors import NotAllowed, NotPossible
from opensenco.pages.fields.forms import ChangeFieldForm, FillForm, NewFieldForm
from opensenco.people import queries as people
from opensenco.support.field_kinds import CHOSEN
from opensenco.support.field_roles import roles_in_words
from opensenco.support.operations import own_fields as verbs
from opensenco.support.operations.own_fields import FieldWords
from opensenco.support.operations.own_values import fill_in_fields, name_of
from opensenco.support.queries import own_fields as queries

MAKERS = {"senco": 200, "head": 200, "phase_senco": 403, "admin": 403, "teacher": 403, "ta": 403,
          "dsl": 403, "governor": 403, "parent": 403}  # fmt: skip
FILLERS = {"senco": 200, "head": 200, "phase_senco": 200, "admin": 200, "teacher": 200,
           "other_teacher": 403, "ta": 200, "dsl": 200, "governor": 403, "parent": 403}  # fmt: skip
READERS = FILLERS


@page(Action.FIELD_MAKE, logs=Logs.NOTHING, tab="school", who=MAKERS)
def field_list(request: HttpRequest, actor: Actor) -> Answer:
    """Show the school's own fields in their order, and those that are retired."""
    rows, word = queries.fields_made(actor), people.place(actor).senco_word
    return Answer(
        "fields/list.html",
        {
            "used": [row for row in rows if row.field.retired_on is None],
            "retired": [row for row in rows if row.field.retired_on is not None],
            "open_to": {row.field.pk: roles_in_words(row.open_to, word) for row in rows},
            "tabs": place_tabs(actor, "fields:list"),
            "imports": actor.can_somewhere(Action.IMPORT_PUPILS),
        },
    )


@page(Action.FIELD_MAKE, logs=Logs.NOTHING, writes=True, tab="school", who=MAKERS)
def add(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Make a field of the school's own."""
    org = people.place(actor)
    form = converse(
        request, actor, lambda **given: NewFieldForm(senco_word=org.senco_word, **given),
        act=lambda given: verbs.make_field(
            actor=actor, org=org, kind=given.pop("kind"), words=_words(given)
        ),
        then=lambda _row: reverse("fields:list"),
        said=_("The field is made. It stands on each pupil’s page from now on."),
    )  # fmt: skip
    if isinstance(form, HttpResponse):
        return form
    shown = {"form": form, "heading": _("Make a field"), "main": _("Make this field"), "row": None}
    return Answer("fields/form.html", shown)


@page(Action.FIELD_MAKE, logs=Logs.NOTHING, writes=True, tab="school", who=MAKERS)
def change(request: HttpRequest, actor: Actor, own_field: uuid.UUID) -> Answer | HttpResponse:
    """Change a field, move it among the others, retire it or bring it back."""
    row = queries.field_made(actor, own_field)
    if request.method == "POST" and (deed := request.POST.get("deed")):
        _do(request, actor, row, deed)
        return HttpResponseRedirect(reverse("fields:list"))
    form = converse(
        request, actor,
        lambda **given: ChangeFieldForm(
            senco_word=row.org.senco_word, is_list=row.kind in CHOSEN, **given
        ),
        act=lambda given: verbs.change_field(
            actor=actor, field=row, version=given.pop("version"), words=_words(given)
        ),
        then=lambda _row: reverse("fields:list"), said=_("The field is changed."),
        initial=queries.values_in_form(row),
        fresh=lambda: queries.values_in_form(queries.field_made(actor, own_field)),
    )  # fmt: skip
    if isinstance(form, HttpResponse):
        return form
    shown = {"form": form, "heading": row.name, "main": _("Save this field"), "row": row}
    return Answer("fields/form.html", shown)


def _do(request: HttpRequest, actor: Actor, row: Any, deed: str) -> None:
    """Do what a single button says; what is refused is said on the next page."""
    try:
        if deed in ("earlier", "later"):
            verbs.move_field(actor=actor, field=row, earlier=deed == "earlier")
        elif deed == "retire":
            verbs.retire_field(actor=actor, field=row)
        elif deed == "back":
            verbs.bring_field_back(actor=actor, field=row)
    except NotPossible as refused:
        messages.error(request, refused.sentence)


def _words(given: dict[str, Any]) -> FieldWords:
    return FieldWords(**{**given, "choices": given.get("choices", "").splitlines()})


@page(Action.FIELD_FILL, logs=Logs.CHILD, writes=True, tab="register", who=FILLERS)
def fill_in(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer | HttpResponse:
    """Fill in the school's own fields of a pupil: those that are open to this person."""
    row = people.pupil(actor, pupil, Action.FIELD_FILL)
    own = queries.fields_to_fill(actor, row)
    back = reverse("pupils:show", args=[row.ref])

    def values() -> dict[str, Any]:
        held = queries.in_form(queries.held_by(actor, row))
        named = {name_of(one): held[one.pk] for one, _offered in own if one.pk in held}
        return {**named, "version": queries.values_version(row)}

    made: list[FillForm] = []

    def make(**given: Any) -> FillForm:
        made.append(FillForm(own=own, **given))
        return made[-1]

    form = converse(
        request, actor, make,
        act=lambda given: fill_in_fields(
            actor=actor, pupil=row, given=made[-1].given(), version=given["version"]
        ),
        then=lambda _row: back, said=_("Saved. What it said before is kept."),
        initial=values(), fresh=values,
    )  # fmt: skip
    if isinstance(form, HttpResponse):
        return form
    shown = {"form": form, "pupil": row, "own": own, "back": back}
    return Answer("fields/pupil.html", shown, opened=[row])


@page(Action.PUPIL_VIEW, logs=Logs.CHILD, tab="register", who=READERS)
def before(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer:
    """Show all that the school's own fields ever said of a pupil, as far as this role sees it."""
    if actor.hat.role.guest:
        raise NotAllowed
    row = people.pupil(actor, pupil)
    shown = {"pupil": row, "lines": queries.before(actor, row)}
    shown["fills"] = may(actor, Action.FIELD_FILL, row)
    return Answer("fields/before.html", shown, opened=[row])
