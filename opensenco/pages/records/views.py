"""The records of a pupil at a glance."""

import uuid

from django.http import HttpRequest

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.exchange import out
from opensenco.gate.answer import Answer
from opensenco.gate.page import Logs, page
from opensenco.pages.records import lists
from opensenco.pages.records.show import glance
from opensenco.people import queries


@page(
    Action.ASSESSMENT_VIEW,
    logs=Logs.CHILD,
    tab="register",
    who={"senco": 200, "head": 200, "phase_senco": 200, "teacher": 200, "other_teacher": 403,
         "ta": 200, "dsl": 200, "admin": 200, "governor": 403, "parent": 403},
)  # fmt: skip
def show(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer:
    """Show attendance, results and behaviour beside status and plans: what changed when."""
    row = queries.pupil(actor, pupil, Action.ASSESSMENT_VIEW)
    shown = glance(actor, row, request.GET)
    if kind := out.asked(request.GET):
        return out.as_file(actor, kind, "records", lists.everything(shown), opened=[row])
    return Answer("records/show.html", {"page": shown, "pupil": row}, opened=[row])
