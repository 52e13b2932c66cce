"""Who can see what: at our place, and about one pupil."""

import uuid

from django.http import HttpRequest

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.exchange import out
from opensenco.gate.answer import Answer
from opensenco.gate.chrome import place_tabs
from opensenco.gate.page import Logs, page
from opensenco.pages.school import lists, show
from opensenco.people import queries
from opensenco.people import who_sees as sight
from opensenco.support.field_roles import roles_in_words
from opensenco.support.queries import own_fields

STAFF = {"senco": 200, "head": 200, "phase_senco": 200, "teacher": 200, "ta": 200, "admin": 200,
         "dsl": 200, "governor": 200, "parent": 403, "professional": 403, "family": 200,
         "authority": 200}  # fmt: skip


@page(Action.WHO_SEES, logs=Logs.NOTHING, tab="school", who=STAFF)
def who_sees(request: HttpRequest, actor: Actor) -> Answer:
    """Show to all staff who is in which role today and what each role sees."""
    return Answer(
        "school/who_sees.html",
        {
            "places": sight.at_places(actor),
            "own": [
                (row.field, roles_in_words(row.open_to, row.field.org.senco_word))
                for row in own_fields.fields_open(actor)
            ],
            "tabs": place_tabs(actor, "school:who_sees"),
        },
    )


@page(Action.WHO_SEES, logs=Logs.CHILD, tab="register",
      who={"senco": 200, "head": 200, "phase_senco": 200, "teacher": 200, "other_teacher": 403,
           "ta": 200, "admin": 200, "dsl": 200, "governor": 403, "parent": 403})  # fmt: skip
def who_sees_pupil(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer:
    """Show who can see what about one pupil, to those who may open the pupil."""
    row = queries.pupil(actor, pupil)
    seers = sight.about_pupil(actor, row)
    if kind := out.asked(request.GET):
        return out.as_file(actor, kind, "who-sees", lists.seers(seers), opened=[row])
    return Answer(
        "school/who_sees_pupil.html",
        {"pupil": row, "seers": seers, "columns": show.seer_columns()},
        opened=[row],
    )
