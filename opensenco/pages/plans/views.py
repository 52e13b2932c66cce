"""The journey round a plan."""

import uuid

from django.http import HttpRequest

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.gate.answer import Answer
from opensenco.gate.page import Logs, page
from opensenco.people import queries

WHO = {"senco": 200, "teacher": 200, "other_teacher": 403, "ta": 403, "governor": 403}


@page(Action.PLAN_VIEW, logs=Logs.CHILD, who=WHO, tab="register")
def status(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer:
    """Show a pupil's status."""
    row = queries.pupil(actor, pupil, Action.PLAN_VIEW)
    return Answer("plans/plan.html", {"pupil": row}, opened=[row])


@page(Action.PLAN_VIEW, logs=Logs.CHILD, who=WHO, tab="register")
def plan(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer:
    """Show a pupil's plan."""
    row = queries.pupil(actor, pupil, Action.PLAN_VIEW)
    return Answer("plans/plan.html", {"pupil": row}, opened=[row])
