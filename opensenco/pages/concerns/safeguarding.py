"""Marking something for the safeguarding lead, and that lead's own pages."""

import uuid

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.concerns import safeguarding
from opensenco.concerns.operations.safeguarding import note_for_safeguarding, take_note_in_hand
from opensenco.gate import drafts, held
from opensenco.gate.answer import Answer, Listed
from opensenco.gate.conversation import Draftable, converse
from opensenco.gate.page import Logs, page
from opensenco.pages.concerns import show as shown
from opensenco.pages.concerns.forms import SafeguardingForm
from opensenco.pages.concerns.views import STAFF
from opensenco.people import queries as people

LEAD = {"dsl": 200, "senco": 403, "head": 403, "phase_senco": 403, "teacher": 403,
        "other_teacher": 403, "ta": 403, "admin": 403, "governor": 403, "parent": 403}  # fmt: skip


@page(Action.SAFEGUARDING_NOTE, logs=Logs.CHILD, writes=True, tab="concerns", who=STAFF)
def write(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer | HttpResponse:
    """Mark something for the safeguarding lead, who alone reads it."""
    row = people.pupil(actor, pupil, Action.SAFEGUARDING_NOTE)
    people.attach_classes([row], actor.today)
    form = converse(
        request,
        actor,
        SafeguardingForm,
        act=lambda given: note_for_safeguarding(actor=actor, pupil=row, **given),
        then=lambda _note: reverse("concerns:passed_on"),
        said=_("Passed to the safeguarding lead. Nobody else can read it."),
        draft=Draftable("safeguarding", row.ref, leave_to="/"),
    )
    if isinstance(form, HttpResponse):
        return form
    show = {
        "form": form,
        "pupil": row,
        "own_words": safeguarding.words_of_the_school(row.org),
        "leads": safeguarding.leads_for(row, actor.today),
    }
    return Answer("concerns/safeguarding.html", show, opened=[row])


@page(
    Action.SAFEGUARDING_NOTE, logs=Logs.NOTHING, writes=True, reads=False, tab="concerns", who=STAFF
)
def move(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> HttpResponse:
    """Take what was begun as a concern to the page for the safeguarding lead; nothing is sent."""
    row = people.pupil(actor, pupil, Action.SAFEGUARDING_NOTE)
    drafts.save(actor, "safeguarding", row.ref, {"words": [shown.one_text(request.POST)]})
    drafts.drop(actor, "concern", row.ref)
    held.let_go(request)
    return HttpResponseRedirect(reverse("concerns:safeguarding", args=[row.ref]))


@page(Action.SAFEGUARDING_NOTE, logs=Logs.LIST, tab="concerns", who=STAFF)
def passed_on(request: HttpRequest, actor: Actor) -> Answer:
    """Show what one has passed to the safeguarding lead oneself: when, and when it was read."""
    rows = safeguarding.passed_on_by(actor)
    return Answer(
        "concerns/passed_on.html",
        {"rows": rows, "heads": shown.heads_of_passed_on()},
        listed=Listed(len(rows)),
    )


@page(Action.SAFEGUARDING_VIEW, logs=Logs.LIST, tab="notes", who=LEAD)
def notes(request: HttpRequest, actor: Actor) -> Answer:
    """Show the lead what is marked for them, what nobody has in hand first."""
    rows = safeguarding.notes(actor)
    return Answer("concerns/notes.html", {"rows": rows}, listed=Listed(len(rows)))


@page(Action.SAFEGUARDING_VIEW, logs=Logs.CHILD, writes=True, tab="notes", who=LEAD)
def note(request: HttpRequest, actor: Actor, safeguarding_note: uuid.UUID) -> Answer | HttpResponse:
    """Show the lead one note; they say that they have it in hand."""
    row = safeguarding.note(actor, safeguarding_note)
    taken = safeguarding.in_hand(row)
    mine = any(one.person_id == actor.person.pk for one in taken)
    if request.method == "POST":
        if not mine:
            take_note_in_hand(actor=actor, note=row)
        return HttpResponseRedirect(reverse("concerns:note", args=[row.ref]))
    show = {"note": row, "pupil": row.pupil, "taken": taken, "mine": mine}
    return Answer("concerns/note.html", show, opened=[row.pupil])
