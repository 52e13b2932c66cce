"""The school's own wordings: copied from a shipped letter, written new, changed, put away."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.gate.answer import Answer
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.letters import queries
from opensenco.letters.operations import templates
from opensenco.letters.operations.templates import Words
from opensenco.letters.starter import fields
from opensenco.pages.letters.forms import WordingForm
from opensenco.people import queries as people

WORDERS = {"senco": 200, "head": 200, "phase_senco": 403, "teacher": 403, "other_teacher": 403,
           "ta": 403, "admin": 200, "dsl": 403, "governor": 403, "parent": 403}  # fmt: skip
PARTS = ("name", "use_when", "subject", "standard", "easy_read")


@page(Action.LETTER_TEMPLATES, logs=Logs.NOTHING, writes=True, tab="home", who=WORDERS)
def add(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Write a wording of the school's own, from a shipped letter or new."""
    key = request.GET.get("from", "")
    begun = queries.of_starter(queries.starter(key)) if key else None
    form = converse(
        request,
        actor,
        WordingForm,
        act=lambda given: templates.add_template(
            actor=actor, org=people.place(actor), words=_words(given), starter=key
        ),
        then=lambda _made: reverse("letters:start"),
        said=_("The letter is yours now. Letters from now on use it."),
        initial={"version": 0, **({n: getattr(begun, n) for n in PARTS} if begun else {})},
    )
    if isinstance(form, HttpResponse):
        return form
    show = {"form": form, "fields": fields().values(), "begun": begun, "row": None}
    return Answer("letters/wording.html", show)


@page(Action.LETTER_TEMPLATES, logs=Logs.NOTHING, writes=True, tab="home", who=WORDERS)
def change(request: HttpRequest, actor: Actor, letter_template: uuid.UUID) -> Answer | HttpResponse:
    """Change a wording of the school's own, or put it away."""
    row = queries.template(actor, letter_template)
    form = converse(
        request,
        actor,
        WordingForm,
        act=lambda given: _changed(actor, row, given, away="away" in request.POST),
        then=lambda _made: reverse("letters:start"),
        said=_("Kept. Letters that were sent keep the words they had."),
        initial=_stands(row),
        fresh=lambda: _stands(queries.template(actor, letter_template)),
    )
    if isinstance(form, HttpResponse):
        return form
    show = {"form": form, "fields": fields().values(), "begun": None, "row": row}
    return Answer("letters/wording.html", show)


def _changed(actor: Actor, row: Any, given: dict[str, Any], *, away: bool) -> Any:
    if away:
        return templates.put_template_away(actor=actor, template=row, version=given["version"])
    return templates.change_template(
        actor=actor, template=row, words=_words(given), version=given["version"]
    )


def _words(given: dict[str, Any]) -> Words:
    return Words(**{name: given[name] for name in PARTS})


def _stands(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in (*PARTS, "version")}
