"""The contact log of a pupil and of the place, and one contact."""

import uuid

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import may
from opensenco.cases import contact_log as log
from opensenco.cases.beside import guided
from opensenco.cases.operations.contact_log import say_followed_up
from opensenco.exchange import out
from opensenco.gate.answer import Answer, Listed
from opensenco.gate.page import Logs, page
from opensenco.kernel.errors import NotAllowed
from opensenco.pages.contacts import show as shown
from opensenco.people import queries as people

READERS = {"senco": 200, "head": 200, "phase_senco": 200, "teacher": 200, "other_teacher": 403,
           "ta": 403, "admin": 200, "dsl": 200, "governor": 403, "parent": 403}  # fmt: skip
PLACE = {**READERS, "other_teacher": 200}


@page(Action.CONTACT_VIEW, logs=Logs.LIST, tab="home", who=PLACE)
def of_place(request: HttpRequest, actor: Actor) -> Answer:
    """Show who was in touch with families, of all pupils whose families one may know of."""
    if kind := out.asked(request.GET):
        every = shown.listed(actor, request.GET.dict(), every=out.MOST)
        return out.as_file(actor, kind, "contact-log", shown.table(every.rows), wanted=every.said)
    found = shown.listed(actor, request.GET.dict())
    return Answer(
        "contacts/list.html",
        {"shown": found, "words": shown, "writes": actor.can_somewhere(Action.CONTACT_LOG)},
        listed=Listed(found.listing.total, found.said),
    )


@page(Action.CONTACT_VIEW, logs=Logs.CHILD, tab="register", who=READERS)
@guided("contact")
def of_pupil(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer:
    """Show who was in touch about one pupil."""
    row = people.pupil(actor, pupil, Action.CONTACT_VIEW)
    if kind := out.asked(request.GET):
        every = shown.listed(actor, request.GET.dict(), pupil=row, every=out.MOST)
        return out.as_file(actor, kind, "contact-log", shown.table(every.rows), opened=[row])
    found = shown.listed(actor, request.GET.dict(), pupil=row)
    writes = actor.can_somewhere(Action.CONTACT_LOG) and may(actor, Action.CONTACT_LOG, row)
    return Answer(
        "contacts/pupil.html",
        {"pupil": row, "shown": found, "words": shown, "writes": writes},
        opened=[row],
    )


@page(Action.CONTACT_VIEW, logs=Logs.CHILD, writes=True, tab="register", who=READERS)
def show(request: HttpRequest, actor: Actor, logged_contact: uuid.UUID) -> Answer | HttpResponse:
    """Show one contact with what was said before it was put right; say that it is followed up."""
    row = log.logged(actor, logged_contact)
    writes = may(actor, Action.CONTACT_LOG, row)
    if request.method == "POST":
        if log.waits(row):
            if not writes:
                raise NotAllowed
            say_followed_up(actor=actor, logged=row)
        return HttpResponseRedirect(reverse("contacts:show", args=[row.ref]))
    return Answer(
        "contacts/show.html",
        {"row": row, "pupil": row.pupil, "words": shown, "writes": writes,
         "waits": log.waits(row), "versions": log.versions_of(row)},
        opened=[row.pupil], wanted=str(row.ref),
    )  # fmt: skip
