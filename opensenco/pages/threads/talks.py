"""All threads that somebody takes part in."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.gate.answer import Answer, Listed
from opensenco.gate.page import Logs, page
from opensenco.threads import listing as talks
from opensenco.ui.listing import Listing, Pick

FOUND = "threads"
TAKES_PART = {"senco": 200, "head": 200, "phase_senco": 200, "teacher": 200, "other_teacher": 200,
              "ta": 200, "admin": 403, "dsl": 403, "governor": 403, "parent": 403,
              "professional": 403}  # fmt: skip


@page(Action.THREAD_JOIN, logs=Logs.LIST, writes=True, who=TAKES_PART)
def talk_list(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Show the threads that this person takes part in, what they have not read first."""
    address = reverse("threads:list")
    if request.method == "POST":
        # A name that was looked for never stands in an address.
        request.session[FOUND] = request.POST.get("q", "").strip()[: talks.LONGEST]
        return HttpResponseRedirect(f"{address}?found=1")
    words = request.session.get(FOUND, "") if "found" in request.GET else ""
    waiting = request.GET.get("view") == "waiting"
    new = talks.talks(actor, words, waiting=True).count()
    rows = talks.talks(actor, words, waiting=waiting)
    listing = Listing(request.GET, (), new if waiting else rows.count(), size=talks.PAGE)
    shown = talks.lines(actor, list(rows[listing.start : listing.stop]))
    found = "found=1&" if words else ""
    views = [
        Pick(_("All"), f"{address}?found=1" if words else address, current=not waiting),
        Pick(_("Waiting for you"), f"{address}?{found}view=waiting", current=waiting, count=new),
    ]
    show = {"talks": shown, "words": words, "listing": listing, "views": views, "waiting": waiting,
            "picks": picks(actor, "list"), "me": actor.person}  # fmt: skip
    return Answer("threads/list.html", show, listed=Listed(listing.total, words, bool(words)))


def picks(actor: Actor, here: str) -> list[Pick]:
    """Give the lists of messages, of questions and of what was taught, as far as one has them."""
    if not actor.can_somewhere(Action.SENCO_ASK):
        return []
    messages = [Pick(_("Messages"), reverse("threads:list"), current=here == "list")]
    return [
        *(messages if actor.can_somewhere(Action.THREAD_JOIN) else []),
        Pick(_("Questions to the SENCO"), reverse("threads:questions"), here == "questions"),
        Pick(_("Coaching, drop-ins and advice"), reverse("threads:advice"), here == "advice"),
        Pick(_("Our bank of strategies"), reverse("plans:our_bank")),
        Pick(_("Work with colleagues"), reverse("threads:colleagues"))
        if actor.can_somewhere(Action.SENCO_ANSWER)
        else Pick(_("What I asked and was shown"), reverse("threads:with_me")),
        Pick(_("What I learned"), reverse("threads:learning")),
    ]
