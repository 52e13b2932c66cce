"""Recording a concern from any page, the list of concerns, and one concern."""

import uuid

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases.beside import guided
from opensenco.concerns import queries, safeguarding
from opensenco.concerns.operations.raising import raise_concern
from opensenco.exchange import out
from opensenco.gate.answer import Answer, Listed
from opensenco.gate.conversation import Draftable, converse
from opensenco.gate.page import Logs, page
from opensenco.pages.concerns import show as shown
from opensenco.pages.concerns.forms import ConcernForm
from opensenco.people import queries as people

CHOOSE = "concern_about"
STAFF = {"senco": 200, "head": 200, "phase_senco": 200, "teacher": 200, "other_teacher": 200,
         "ta": 200, "admin": 200, "dsl": 200, "governor": 403, "parent": 403}  # fmt: skip
#: Idris' concern is the class teacher's; who decides about concerns reads it as well
READERS = {"senco": 200, "head": 200, "phase_senco": 200, "teacher": 200, "other_teacher": 403,
           "ta": 403, "admin": 403, "dsl": 403, "governor": 403, "parent": 403}  # fmt: skip


@page(Action.CONCERN_VIEW, logs=Logs.LIST, tab="concerns", who=STAFF)
def concern_list(request: HttpRequest, actor: Actor) -> Answer:
    """Show concerns with whose turn it is: yours, all that are open, or those that ended."""
    view, number = shown.view_of(request.GET), shown.page_of(request.GET)
    if kind := out.asked(request.GET):
        every = queries.concerns(actor, view, size=out.MOST)
        return out.as_file(actor, kind, "concerns", shown.table(every), wanted=view)
    found = queries.concerns(actor, view, number)
    passed = safeguarding.passed_on_by(actor)
    return Answer(
        "concerns/list.html",
        shown.list_of(found, view, request.GET)
        | {
            "passed_on": len(passed),
            "view": view,
            "decides": actor.can_somewhere(Action.CONCERN_TRIAGE),
            "refers": actor.can_somewhere(Action.PLAN_WRITE),
            "observes": actor.can_somewhere(Action.OBSERVATION_VIEW),
        },
        listed=Listed(len(found.rows), view),
    )


@page(Action.CONCERN_RAISE, logs=Logs.LIST, writes=True, tab="concerns", who=STAFF)
def choose_pupil(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Choose the pupil whom a new concern is about: one's own pupils first, any other by name."""
    if request.method == "POST":
        # A name that was looked for never stands in an address.
        request.session[CHOOSE] = request.POST.get("q", "").strip()[:100]
        return HttpResponseRedirect(reverse("concerns:choose"))
    words = request.session.pop(CHOOSE, "")
    rows, count = people.found(actor, words) if words else ([], 0)
    mine = people.pupils_taught(actor) if not words else []
    return Answer(
        "concerns/choose.html",
        {"words": words, "rows": rows or mine[: shown.MOST_OWN], "count": count, "own": not words},
        listed=Listed(count or len(mine), words, search=bool(words)),
    )


@page(Action.CONCERN_RAISE, logs=Logs.CHILD, writes=True, tab="concerns", who=STAFF)
@guided("concern")
def raise_one(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer | HttpResponse:
    """Record a concern in four answers, under the school's own words on safeguarding."""
    row = people.pupil(actor, pupil, Action.CONCERN_RAISE)
    people.attach_classes([row], actor.today)
    form = converse(
        request,
        actor,
        ConcernForm,
        act=lambda given: raise_concern(actor=actor, pupil=row, **given),
        then=lambda made: reverse("concerns:show", args=[made.ref]),
        said=_("Your concern is recorded. You will be told what happens."),
        draft=Draftable("concern", row.ref, leave_to="/"),
        initial=shown.from_signs(actor, row) if "signs" in request.GET else None,
    )
    if isinstance(form, HttpResponse):
        return form
    return Answer(
        "concerns/new.html",
        {"form": form, "pupil": row, "own_words": safeguarding.words_of_the_school(row.org)},
        opened=[row],
    )


@page(Action.CONCERN_VIEW, logs=Logs.CHILD, tab="concerns", who=READERS)
@guided("concern")
def show(request: HttpRequest, actor: Actor, concern: uuid.UUID) -> Answer:
    """Show one concern: what was noticed, whose turn it is, what was decided and why."""
    row = queries.concern(actor, concern)
    return Answer("concerns/show.html", shown.one(actor, row), opened=[row.pupil])
