"""What is asked of oneself: the inbox, answering, saying that one cannot."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.documents.operations.answers import answer_with_papers
from opensenco.gate.answer import Answer, Listed
from opensenco.gate.conversation import Draftable, converse
from opensenco.gate.page import Logs, page
from opensenco.pages.asking import show as shown
from opensenco.pages.asking.answerform import AnswerForm
from opensenco.pages.asking.forms import DeclineForm
from opensenco.pages.asking.handing import beside, handed
from opensenco.participation import queries
from opensenco.participation.operations.answering import decline_round

STAFF = {"senco": 200, "head": 200, "phase_senco": 200, "teacher": 200, "other_teacher": 200,
         "ta": 200, "admin": 200, "dsl": 200, "governor": 403, "parent": 403}  # fmt: skip
#: one teacher was asked about a pupil of the lower school; who asks about her sees what was said
SEEN = {"senco": 200, "head": 200, "phase_senco": 403, "teacher": 200, "other_teacher": 403,
        "ta": 403, "admin": 403, "dsl": 403, "governor": 403, "parent": 403}  # fmt: skip
OWN = {**SEEN, "senco": 403, "head": 403, "phase_senco": 403}


@page(Action.ASK_ANSWER, logs=Logs.LIST, tab="asking", who=STAFF)
def inbox(request: HttpRequest, actor: Actor) -> Answer:
    """Show all that is asked of one, the soonest first, and what one has answered."""
    found = queries.inbox(actor)
    count = len(found.waiting) + len(found.done)
    return Answer("asking/inbox.html", shown.inbox(actor, found), listed=Listed(count, "asked"))


@page(Action.TASK_VIEW, logs=Logs.CHILD, writes=True, tab="asking", who=SEEN)
def answer(request: HttpRequest, actor: Actor, asked: uuid.UUID) -> Answer | HttpResponse:
    """Answer what one is asked; or read it, where it is closed or somebody else's."""
    row = queries.asked(actor, asked)
    show = shown.asked(actor, row)
    if not queries.answers_here(actor, row):
        return Answer("asking/answered.html", show, opened=[row.pupil])
    form = converse(
        request,
        actor,
        lambda **given: AnswerForm(words=show["words"], merges=show["merges"], **given),
        act=lambda given: beside(
            lambda: answer_with_papers(
                actor=actor,
                asked=row,
                version=given["version"],
                answers=given["answers"],
                papers=handed(given["papers"]),
            )
        ),
        then=lambda _row: reverse("asking:answer", args=[row.ref]),
        said=_("Thank you. Your answer has been sent."),
        draft=Draftable("answer", row.ref, leave_to=reverse("asking:inbox")),
        initial={"version": row.version, "answers": row.answers},
        fresh=lambda: shown.held(queries.asked(actor, asked)),
    )
    if isinstance(form, HttpResponse):
        return form
    return Answer("asking/answer.html", {**show, "form": form}, opened=[row.pupil])


@page(Action.ASK_ANSWER, logs=Logs.CHILD, writes=True, tab="asking", who=OWN)
def decline(request: HttpRequest, actor: Actor, asked: uuid.UUID) -> Answer | HttpResponse:
    """Say that one cannot answer, and why."""
    row = queries.asked(actor, asked, Action.ASK_ANSWER)
    form = converse(
        request,
        actor,
        DeclineForm,
        act=lambda given: decline_round(actor=actor, asked=row, **given),
        then=lambda _row: reverse("asking:inbox"),
        said=_("Whoever asked has been told."),
        initial={"version": row.version},
        fresh=lambda: {"version": queries.asked(actor, asked).version},
    )
    if isinstance(form, HttpResponse):
        return form
    show = {"form": form, "pupil": row.pupil, "heading": _("You cannot answer"),
            "main": _("Say that I cannot answer"),
            "back": reverse("asking:answer", args=[row.ref])}  # fmt: skip
    return Answer("asking/step.html", show, opened=[row.pupil])
