"""The thread of a pupil, and one message put right."""

import uuid
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.concerns import safeguarding
from opensenco.gate.answer import Answer
from opensenco.gate.conversation import Draftable, converse
from opensenco.gate.page import Logs, page
from opensenco.kernel.errors import NotAllowed
from opensenco.pages.threads.forms import CorrectForm, ErrorForm, MessageForm
from opensenco.people import queries as people
from opensenco.threads import queries
from opensenco.threads.operations import writing

WORKS_WITH = {"senco": 200, "head": 200, "phase_senco": 200, "teacher": 200, "other_teacher": 403,
              "ta": 200, "admin": 403, "dsl": 403, "governor": 403, "parent": 403,
              "professional": 403}  # fmt: skip
#: the message about Idris is his teacher's
WRITER = {**WORKS_WITH, "senco": 403, "head": 403, "phase_senco": 403, "ta": 403}
MENDS = {**WORKS_WITH, "ta": 403}


@page(Action.THREAD_JOIN, logs=Logs.CHILD, writes=True, who=WORKS_WITH)
def show(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer | HttpResponse:
    """Show the messages about a pupil, oldest first, and write one. Seeing them is reading them."""
    row = people.pupil(actor, pupil, Action.THREAD_JOIN)
    people.attach_classes([row], actor.today)
    form = converse(
        request,
        actor,
        MessageForm,
        act=lambda given: writing.write_message(actor=actor, pupil=row, **given),
        then=lambda _made: _thread_of(row),
        said=_("Sent. Those who work with this pupil are told."),
        draft=Draftable("message", row.ref, leave_to=reverse("pupils:show", args=[row.ref])),
    )
    if isinstance(form, HttpResponse):
        return form
    found = queries.thread(actor, row, whole="all" in request.GET)
    seen = partial(writing.read_messages, actor=actor, messages=found.unread)
    show = {"form": form, "pupil": row, "thread": found, "me": actor.person,
            "adults": people.adults_of(row, actor.today),
            "own_words": safeguarding.words_of_the_school(row.org)}  # fmt: skip
    # a message that is refused comes back to a page whose messages were read when it was opened
    new = found.unread and request.method == "GET"
    return Answer("threads/show.html", show, opened=[row], seal=seen if new else None)


@page(Action.THREAD_MEND, logs=Logs.CHILD, writes=True, who=WRITER)
def correct(request: HttpRequest, actor: Actor, message: uuid.UUID) -> Answer | HttpResponse:
    """Put one's own message in other words."""
    row = queries.message(actor, message)
    if row.writer_id != actor.person.pk:
        raise NotAllowed
    form = converse(
        request,
        actor,
        CorrectForm,
        act=lambda given: writing.correct_message(actor=actor, message=row, **given),
        then=lambda _made: _thread_of(row.pupil),
        said=_("Corrected."),
        initial=_held(row),
        fresh=lambda: _held(queries.message(actor, message)),
    )
    if isinstance(form, HttpResponse):
        return form
    return _step(row, form, _("Correct your message"), _("Save the correction"))


@page(Action.THREAD_MEND, logs=Logs.CHILD, writes=True, who=MENDS)
def in_error(request: HttpRequest, actor: Actor, message: uuid.UUID) -> Answer | HttpResponse:
    """Mark a message as made in error, with a reason."""
    row = queries.message(actor, message)
    form = converse(
        request,
        actor,
        ErrorForm,
        act=lambda given: writing.mark_message_in_error(actor=actor, message=row, **given),
        then=lambda _made: _thread_of(row.pupil),
        said=_("Marked as made in error. The history keeps it."),
        initial={"version": row.version},
        fresh=lambda: {"version": queries.message(actor, message).version},
    )
    if isinstance(form, HttpResponse):
        return form
    return _step(row, form, _("This message was made in error"), _("Mark it so"))


def _step(row: Any, form: Any, heading: str, main: str) -> Answer:
    show = {"form": form, "message": row, "pupil": row.pupil, "heading": heading, "main": main}
    return Answer("threads/step.html", show, opened=[row.pupil])


def _held(row: Any) -> dict[str, Any]:
    return {"version": row.version, "words": row.words}


def _thread_of(pupil: Any) -> str:
    return reverse("threads:show", args=[pupil.ref])
