"""Observations: of the place, of a pupil, one, and one as it goes on paper."""

import uuid

from django.http import HttpRequest, HttpResponse

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import may
from opensenco.cases.beside import guided
from opensenco.concerns import observations
from opensenco.exchange import out
from opensenco.gate.answer import Answer, Listed
from opensenco.gate.page import Logs, page
from opensenco.pages.observing import show as shown
from opensenco.people import queries as people

#: Idris' observation is his teacher's; his assistant reads what they saw themselves
READERS = {"senco": 200, "head": 200, "phase_senco": 200, "teacher": 200, "other_teacher": 403,
           "ta": 403, "admin": 403, "dsl": 403, "governor": 403, "parent": 403}  # fmt: skip
PLACE = {**READERS, "other_teacher": 200, "ta": 200}


@page(Action.OBSERVATION_VIEW, logs=Logs.LIST, tab="concerns", who=PLACE)
def of_place(request: HttpRequest, actor: Actor) -> Answer:
    """Show what was seen of all pupils whose observations one may read."""
    if kind := out.asked(request.GET):
        every = shown.listed(actor, request.GET.dict(), every=out.MOST)
        return out.as_file(actor, kind, "observations", shown.table(every.rows), wanted=every.said)
    found = shown.listed(actor, request.GET.dict())
    return Answer(
        "observing/list.html",
        {"shown": found, "words": shown, "writes": actor.can_somewhere(Action.OBSERVE)},
        listed=Listed(found.listing.total, found.said),
    )


@page(Action.OBSERVATION_VIEW, logs=Logs.CHILD, tab="register", who={**READERS, "ta": 200})
def of_pupil(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer:
    """Show what was seen of one pupil; to who reads no others', what they saw themselves."""
    row = people.pupil(actor, pupil)
    if kind := out.asked(request.GET):
        every = shown.listed(actor, request.GET.dict(), pupil=row, every=out.MOST)
        return out.as_file(actor, kind, "observations", shown.table(every.rows), opened=[row])
    found = shown.listed(actor, request.GET.dict(), pupil=row)
    writes = actor.can_somewhere(Action.OBSERVE) and may(actor, Action.OBSERVE, row)
    return Answer(
        "observing/pupil.html",
        {"pupil": row, "shown": found, "words": shown, "writes": writes},
        opened=[row],
    )


@page(Action.OBSERVATION_VIEW, logs=Logs.CHILD, tab="concerns", who=READERS)
@guided("observation")
def show(request: HttpRequest, actor: Actor, observation: uuid.UUID) -> Answer | HttpResponse:
    """Show one observation: when, where, what was seen, and what of the plan was seen."""
    row = observations.observation(actor, observation)
    return Answer("observing/show.html", shown.one(actor, row), opened=[row.pupil],
                  wanted=str(row.ref))  # fmt: skip
