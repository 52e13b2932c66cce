"""Papers are looked for by the words in them: among a pupil's, or among all that one may open."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.documents import searching
from opensenco.gate.answer import Answer, Listed
from opensenco.gate.page import Logs, page
from opensenco.kernel.text import never_typed
from opensenco.pages.documents import show as shown
from opensenco.pages.documents.views import READERS
from opensenco.people import queries as people
from opensenco.ui.listing import Listing

#: where the words wait: what is looked for in papers about children never stands in an address
WORDS = "papers"
SIZE = 20
SEARCHERS = {**READERS, "other_teacher": 200}


@page(Action.DOCUMENT_VIEW, logs=Logs.LIST, writes=True, tab="register", who=SEARCHERS)
def everywhere(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Look for words in all papers that one may open."""
    if request.method == "POST":
        return _asked(request, reverse("documents:search"))
    show = _found(request, actor, None)
    listed = Listed(show["listing"].total, show["words"], search=True)
    return Answer("documents/search.html", show, listed=listed)


@page(Action.DOCUMENT_VIEW, logs=Logs.CHILD, writes=True, tab="register", who=READERS)
def of_pupil(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer | HttpResponse:
    """Look for words in the papers of a pupil."""
    row = people.pupil(actor, pupil, Action.DOCUMENT_VIEW)
    if request.method == "POST":
        return _asked(request, reverse("documents:search_in", args=[row.ref]))
    return Answer("documents/search.html", _found(request, actor, row), opened=[row])


def _asked(request: HttpRequest, then: str) -> HttpResponse:
    typed = "".join(c for c in request.POST.get("q", "") if not never_typed(c))
    request.session[WORDS] = typed.strip()[: searching.LONGEST]
    return HttpResponseRedirect(then)


def _found(request: HttpRequest, actor: Actor, pupil: Any) -> dict[str, Any]:
    """Give what was found, a page of it, in the same number of questions however much."""
    said = request.session.get(WORDS, "")
    rows = searching.found(actor, said, pupil)
    listing = Listing(request.GET, [], rows.count(), size=SIZE)
    return {
        "words": said,
        "pupil": pupil,
        "hits": searching.hits(rows, said, listing.start, listing.stop) if listing.total else [],
        "listing": listing,
        "unread": searching.waiting(actor, pupil),
        "say": shown,
        "passed": not pupil and actor.can_somewhere(Action.DOCUMENT_CONFIDENTIAL),
        "here": reverse("documents:search_in", args=[pupil.ref])
        if pupil
        else reverse("documents:search"),
    }
