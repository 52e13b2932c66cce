"""Asking people about a pupil, the rounds there are, and one round side by side."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases.beside import guided
from opensenco.exchange import out
from opensenco.gate.answer import Answer, Listed
from opensenco.gate.conversation import Draftable, converse
from opensenco.gate.page import Logs, page
from opensenco.pages.asking import because, starting
from opensenco.pages.asking import show as shown
from opensenco.pages.asking.forms import AskForm, NextSchoolForm
from opensenco.participation import queries, sets
from opensenco.participation.operations.asking import ask_people
from opensenco.people import queries as people

CO_ORDINATES = {"senco": 200, "head": 200, "phase_senco": 200, "teacher": 403,
                "other_teacher": 403, "ta": 403, "admin": 403, "dsl": 403, "governor": 403,
                "parent": 403}  # fmt: skip
#: the round is about a pupil of the lower school
LOWER = {**CO_ORDINATES, "phase_senco": 403}


@page(Action.ASK_SEND, logs=Logs.LIST, tab="asking", who=CO_ORDINATES)
def round_list(request: HttpRequest, actor: Actor) -> Answer:
    """Show the rounds with what waits: one's own, all that are open, or those that are closed."""
    view, number = shown.view_of(request.GET), shown.page_of(request.GET)
    found = queries.rounds(actor, view, number)
    if kind := out.asked(request.GET):
        return out.as_file(actor, kind, "asked", shown.table(found), wanted=view)
    return Answer(
        "asking/list.html",
        shown.list_of(actor, found, view, request.GET),
        listed=Listed(len(found.rows), view),
    )


@page(Action.ASK_SEND, logs=Logs.CHILD, tab="asking", who=CO_ORDINATES)
def about(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer:
    """Show all that was asked about one pupil, open rounds first."""
    row = people.pupil(actor, pupil, Action.ASK_SEND)
    show = {"rows": queries.rounds_about(actor, row), "heads": shown.heads(), "pupil": row}
    return Answer("asking/about.html", show, opened=[row])


@page(Action.ASK_SEND, logs=Logs.CHILD, writes=True, tab="asking", who=CO_ORDINATES)
@guided("asking")
def ask(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer | HttpResponse:
    """Ask people about a pupil. Who teaches and works with them is ticked: one button asks all."""
    row = people.pupil(actor, pupil, Action.ASK_SEND)
    people.attach_classes([row], actor.today)
    source = because.source_of(actor, row, request.GET)
    start = starting.begun(actor, row, sets.offered(actor, row.org))
    there = starting.asks_next_school(request.GET, start.lines)
    form = converse(
        request,
        actor,
        lambda **given: (NextSchoolForm if there else AskForm)(
            near=start.near_choices,
            others=start.other_choices,
            sets=start.set_choices,
            contacts=start.contact_choices,
            **given,
        ),
        act=lambda given: ask_people(actor=actor, pupil=row, **start.asked(given, source)),
        then=lambda made: reverse("asking:round", args=[made.ref]),
        said=_(
            "Asked. Colleagues find it on their home page, others in their mail. You are told as "
            "answers come."
        ),
        draft=Draftable("ask", row.ref, leave_to=reverse("pupils:show", args=[row.ref])),
        initial={
            **start.initial(source),
            **(starting.to_next_school(actor, row) if there else {}),
        },
    )
    if isinstance(form, HttpResponse):
        return form
    show = {"form": form, "pupil": row, "source": source, "start": start,
            "next_school": there, "still_open": queries.still_open(actor, row)}  # fmt: skip
    return Answer("asking/new.html", show, opened=[row])


@page(Action.ASK_SEND, logs=Logs.CHILD, tab="asking", who=LOWER)
@guided("asking")
def show(request: HttpRequest, actor: Actor, ask_round: uuid.UUID) -> Answer:
    """Show a round side by side: one row for a question, one column for a person."""
    row = queries.ask_round(actor, ask_round)
    return Answer("asking/round.html", shown.one(actor, row), opened=[row.pupil])
