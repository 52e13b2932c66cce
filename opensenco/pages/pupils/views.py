"""The journey round a pupil: found from any page, opened, and opened with a reason."""

import uuid

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases.operations.everyday import open_out_of_duty
from opensenco.exchange import out
from opensenco.gate.answer import Answer, Listed
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.pages.pupils import lists
from opensenco.pages.pupils.forms import ReasonForm
from opensenco.pages.pupils.show import page_of
from opensenco.people import queries

#: where the words that were looked for wait; a child's name never stands in an address
FIND = "find"


@page(
    Action.PUPIL_FIND,
    logs=Logs.LIST,
    writes=True,
    who={"senco": 200, "head": 200, "teacher": 200, "ta": 200, "admin": 200, "governor": 403},
)
def find_pupil(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Find pupils by part of a name, from the box on any page."""
    if request.method == "POST":
        request.session[FIND] = request.POST.get("q", "").strip()[:100]
        return HttpResponseRedirect(reverse("pupils:find"))
    words = request.session.get(FIND, "")
    rows, count = queries.found(actor, words) if words else ([], 0)
    if kind := out.asked(request.GET):
        return out.as_file(actor, kind, "pupils", lists.found(rows), wanted=words, search=True)
    return Answer(
        "pupils/find.html",
        {
            "words": words,
            "rows": rows,
            "count": count,
            "papers": actor.can_somewhere(Action.DOCUMENT_VIEW),
            "contacts": actor.can_somewhere(Action.CONTACT_LOG),
        },
        listed=Listed(count, words, search=True),
    )  # fmt: skip


@page(
    Action.PUPIL_VIEW,
    logs=Logs.CHILD,
    who={"senco": 200, "head": 200, "teacher": 200, "other_teacher": 403, "ta": 200,
         "admin": 200, "governor": 403, "parent": 200},
)  # fmt: skip
def show(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer:
    """Show a pupil: what this person may see of them, the child first."""
    row = queries.pupil(actor, pupil)
    shown = page_of(actor, row, all_facts="all" in request.GET)
    return Answer("pupils/show.html", {"page": shown}, opened=[row])


@page(
    Action.OUT_OF_DUTY_OPEN,
    logs=Logs.NOTHING,
    writes=True,
    who={"senco": 403, "teacher": 200, "other_teacher": 200, "ta": 200, "admin": 403},
)
def out_of_duty(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer | HttpResponse:
    """Ask a colleague why they open this record; the record opens until the day ends."""
    row = queries.pupil(actor, pupil, Action.OUT_OF_DUTY_OPEN)
    form = converse(
        request,
        actor,
        ReasonForm,
        act=lambda given: open_out_of_duty(actor=actor, pupil=row, reason=given["reason"]),
        then=lambda _done: reverse("pupils:show", args=[row.ref]),
        said=_("Open until the end of today. The SENCO has been told."),
    )
    if isinstance(form, HttpResponse):
        return form
    return Answer("pupils/out_of_duty.html", {"form": form})
