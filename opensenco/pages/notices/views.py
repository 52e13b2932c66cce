"""What one has been told, and what reaches one by mail."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.gate.answer import Answer, Listed
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.notices import operations, queries
from opensenco.notices.whats_new import NEWEST
from opensenco.pages.notices import forms, show
from opensenco.ui.listing import Listing

TOLD = {"senco": 200, "head": 200, "phase_senco": 200, "teacher": 200, "other_teacher": 200,
        "ta": 200, "admin": 200, "dsl": 200, "governor": 403, "parent": 403,
        "professional": 403, "shared_senco": 200, "family": 200, "authority": 200}  # fmt: skip
EVERYBODY = {"senco": 200, "head": 200, "teacher": 200, "ta": 200, "admin": 200, "governor": 200,
             "parent": 200, "family": 200, "authority": 200}  # fmt: skip


@page(Action.TASK_VIEW, logs=Logs.LIST, who=TOLD)
def notice_list(request: HttpRequest, actor: Actor) -> Answer:
    """Show what this person has been told: not read first, then by day, of one pupil or of all."""
    about = show.ref_of(request.GET.get("pupil", ""))
    pupils = [(str(one.ref), one.name) for one in queries.pupils_told_of(actor)]
    form = forms.AboutForm(initial={"pupil": str(about or "")}, pupils=pupils)
    rows = queries.notices(actor, about)
    listing = Listing(request.GET.dict(), [], rows.count())
    lines = queries.lines(rows, listing.start, listing.stop)
    shown = {
        "form": form,
        "filters": bool(pupils),
        "about": str(about or ""),
        "parts": show.by_day(lines),
        "unread": [line for line in lines if line.read_at is None],
        "listing": listing,
        "bad": queries.own_address_back(actor),
    }
    return Answer("notices/list.html", shown, listed=Listed(listing.total, "notices"))


@page(Action.TASK_DO, logs=Logs.NOTHING, writes=True, reads=False, who=TOLD)
def read(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Mark one notice as read, or all that stood on the page."""
    texts = request.POST.getlist("shown" if "all" in request.POST else "notice")
    refs = [ref for text in texts if (ref := show.ref_of(text))]
    if chosen := queries.chosen(actor, refs):
        operations.read_notices(actor=actor, notices=chosen)
    about = show.ref_of(request.POST.get("pupil", ""))
    return HttpResponseRedirect(reverse("notices:list") + (f"?pupil={about}" if about else ""))


@page(Action.SIGNED_IN, logs=Logs.NOTHING, writes=True, who=EVERYBODY)
def choice(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Choose what reaches me by mail, and when."""
    form = converse(
        request,
        actor,
        lambda **given: forms.ChoiceForm(safeguards=show.safeguards(actor), **given),
        act=lambda given: operations.choose_mail(actor=actor, **show.given(actor, given)),
        then=lambda _rows: reverse("notices:choice"),
        said=_("Saved. From now on this is what reaches you."),
        initial=show.choice_of(actor),
    )
    if isinstance(form, HttpResponse):
        return form
    return Answer(
        "notices/choice.html",
        {
            "form": form,
            "email": actor.person.email,
            "leaves": show.mail_leaves(),
            "bad": queries.own_address_back(actor),
        },
    )


@page(Action.SIGNED_IN, logs=Logs.NOTHING, writes=True, once=False, who=EVERYBODY)
def whats_new(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Show what is new in OpenSENCO, and take it as read where that is said."""
    if request.method == "POST":
        operations.read_whats_new(actor=actor, number=NEWEST)
        return HttpResponseRedirect(reverse("notices:whats_new"))
    read = queries.whats_new_read(actor)
    return Answer(
        "notices/whats_new.html", {"entries": show.news(actor), "read": read, "newest": NEWEST}
    )
