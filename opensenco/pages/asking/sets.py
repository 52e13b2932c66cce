"""The sets of questions of a place: seeing, changing, making and putting them away; reminders."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.gate.answer import Answer
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.kernel.errors import NotFound
from opensenco.kernel.refs import short
from opensenco.pages.asking.acts import at_once
from opensenco.pages.asking.forms import RemindersForm
from opensenco.pages.asking.setform import SetForm
from opensenco.participation import sets
from opensenco.participation.operations import sets as writing
from opensenco.participation.silence import Rule
from opensenco.participation.states import AskedOf
from opensenco.people import staffing
from opensenco.ui.listing import Pick

EDITS = {"senco": 200, "head": 200, "phase_senco": 403, "teacher": 403, "other_teacher": 403,
         "ta": 403, "admin": 403, "dsl": 403, "governor": 403, "parent": 403}  # fmt: skip


def place_of(request: HttpRequest, actor: Actor) -> Any:
    """Give the place that an address asks for, else the first of this hat's by name."""
    places = staffing.places(actor)
    asked = request.GET.get("place", "")
    return next((one for one in places if short(one.ref) == asked), places[0])


@page(Action.QUESTIONS_EDIT, logs=Logs.NOTHING, tab="asking", who=EDITS)
def set_list(request: HttpRequest, actor: Actor) -> Answer:
    """Show the sets of questions of a place: shipped ones, changed ones, its own."""
    place, places = place_of(request, actor), staffing.places(actor)
    lines = sets.sets_of(actor, place, Action.QUESTIONS_EDIT)
    address = reverse("asking:sets")
    picks = [Pick(p.name, f"{address}?place={short(p.ref)}", p.pk == place.pk) for p in places]
    return Answer(
        "asking/sets.html",
        {
            "lines": [one for one in lines if not one.put_away],
            "away": [one for one in lines if one.put_away],
            "picks": picks if len(places) > 1 else [],
            "at": f"?place={short(place.ref)}" if len(places) > 1 else "",
            "rule": sets.chasing_of(place)[0],
            "asked_of": dict(AskedOf.choices),
        },
    )


@page(Action.QUESTIONS_EDIT, logs=Logs.NOTHING, writes=True, tab="asking", who=EDITS)
def own(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Make a set of one's own."""
    return _written(request, actor, place_of(request, actor), None)


@page(Action.QUESTIONS_EDIT, logs=Logs.NOTHING, writes=True, tab="asking", who=EDITS)
def starter(request: HttpRequest, actor: Actor, starter: str) -> Answer | HttpResponse:
    """See a shipped set, and change it: from then on it is the place's own."""
    place = place_of(request, actor)
    line = sets.of_key(sets.sets_of(actor, place, Action.QUESTIONS_EDIT), starter)
    if line.held is not None and request.method == "GET":
        return HttpResponseRedirect(reverse("asking:set", args=[line.held.ref]))
    return _written(request, actor, place, line)


@page(Action.QUESTIONS_EDIT, logs=Logs.NOTHING, writes=True, tab="asking", who=EDITS)
def edit(request: HttpRequest, actor: Actor, question_set: uuid.UUID) -> Answer | HttpResponse:
    """See a set of the place, its earlier versions, and change it."""
    row = sets.question_set(actor, question_set)
    lines = sets.sets_of(actor, row.org, Action.QUESTIONS_EDIT)
    line = next((one for one in lines if one.held is not None and one.held.pk == row.pk), None)
    if line is None:
        raise NotFound
    return _written(request, actor, row.org, line)


def _written(
    request: HttpRequest, actor: Actor, place: Any, line: sets.SetLine | None
) -> Answer | HttpResponse:
    held = line.held if line else None
    form = converse(
        request,
        actor,
        lambda **given: SetForm(words=line.words if line else None, **given),
        act=lambda given: writing.write_questions(
            actor=actor, org=place, question_set=held,
            version=given["version"] if held else None,
            words=given["words"], starter=line.starter if line else "",
        ),
        then=lambda made: reverse("asking:set", args=[made.ref]),
        said=_("Kept. What was asked before keeps the words it was asked in."),
        initial={"version": held.version if held else 0},
        fresh=lambda: {"version": sets.question_set(actor, held.ref).version if held else 0},
    )  # fmt: skip
    if isinstance(form, HttpResponse):
        return form
    versions = sets.versions_of(actor, held) if held else []
    return Answer("asking/set.html", {"form": form, "line": line, "versions": versions})


@page(Action.QUESTIONS_EDIT, logs=Logs.NOTHING, writes=True, reads=False, tab="asking", who=EDITS)
def away(request: HttpRequest, actor: Actor, question_set: uuid.UUID) -> HttpResponse:
    """Put a set away, or take it out again."""
    row = sets.question_set(actor, question_set)
    hide = not row.put_away
    said = _("Put away. It is not offered any more.") if hide else _("It is offered again.")
    return at_once(
        request,
        lambda: writing.put_questions_away(actor=actor, question_set=row, version=None, away=hide),
        said,
        reverse("asking:sets"),
    )


@page(Action.QUESTIONS_EDIT, logs=Logs.NOTHING, writes=True, tab="asking", who=EDITS)
def reminders(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Say when people are reminded automatically, and when it is handed back."""
    place = place_of(request, actor)
    rule, version = sets.chasing_of(place)
    form = converse(
        request,
        actor,
        RemindersForm,
        act=lambda given: writing.set_chasing(
            actor=actor, org=place, version=given.pop("version"), rule=Rule(**given)
        ),
        then=lambda _row: reverse("asking:sets"),
        said=_("Kept. It counts from today on."),
        initial={"version": version, **vars(rule)},
        fresh=lambda: {"version": sets.chasing_of(place)[1], **vars(sets.chasing_of(place)[0])},
    )
    if isinstance(form, HttpResponse):
        return form
    return Answer("asking/reminders.html", {"form": form, "place": place})
