"""Letters that were sent: of the place, of a pupil, and the proof of one."""

import uuid

from django.http import HttpRequest

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import may
from opensenco.exchange import out
from opensenco.gate.answer import Answer, Listed
from opensenco.gate.page import Logs, page
from opensenco.letters import queries
from opensenco.pages.letters import show as shown
from opensenco.pages.letters.views import WRITERS
from opensenco.people import queries as people

#: the letter of the tests' world was about a pupil of the other part
ELSEWHERE = {**WRITERS, "phase_senco": 403}


@page(Action.LETTER_WRITE, logs=Logs.LIST, tab="home", who=WRITERS)
def of_place(request: HttpRequest, actor: Actor) -> Answer:
    """Show the letters that were sent."""
    if kind := out.asked(request.GET):
        every = shown.sent(actor, request.GET.dict(), every=out.MOST)
        return out.as_file(actor, kind, "letters-sent", shown.table(every.rows))
    found = shown.sent(actor, request.GET.dict())
    return Answer(
        "letters/sent.html", {"shown": found, "pupil": None},
        listed=Listed(found.listing.total, "letters sent"),
    )  # fmt: skip


@page(Action.LETTER_WRITE, logs=Logs.CHILD, tab="register", who=WRITERS)
def of_pupil(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer:
    """Show the letters about one pupil that were sent."""
    row = people.pupil(actor, pupil, Action.LETTER_WRITE)
    if kind := out.asked(request.GET):
        every = shown.sent(actor, request.GET.dict(), pupil=row, every=out.MOST)
        return out.as_file(actor, kind, "letters-sent", shown.table(every.rows), opened=[row])
    found = shown.sent(actor, request.GET.dict(), pupil=row)
    return Answer("letters/sent.html", {"shown": found, "pupil": row}, opened=[row])


@page(Action.LETTER_WRITE, logs=Logs.CHILD, tab="register", who=ELSEWHERE)
def proof(request: HttpRequest, actor: Actor, sent_letter: uuid.UUID) -> Answer:
    """Show the proof of one letter: to whom, when, how, which version, the exact text."""
    row = queries.sent_letter(actor, sent_letter)
    pupil = row.pupil.stands
    opens = actor.can_somewhere(Action.DOCUMENT_VIEW) and may(
        actor, Action.DOCUMENT_VIEW, row.document
    )
    return Answer(
        "letters/proof.html", {"row": row, "pupil": pupil, "opens": opens}, opened=[pupil],
        wanted=str(row.ref),
    )  # fmt: skip
