"""Where reports begin and end: how each stands, one on its way, and its editions."""

import uuid

from django.http import HttpRequest

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases.beside import guided
from opensenco.gate.answer import Answer
from opensenco.gate.chrome import place_tabs
from opensenco.gate.page import Logs, page
from opensenco.pages.reports import show as shown
from opensenco.reports import queries

READERS = {"senco": 200, "head": 200, "governor": 200, "phase_senco": 403, "teacher": 403,
           "ta": 403, "admin": 403, "dsl": 403, "parent": 403, "family": 403}  # fmt: skip
WRITERS = {**READERS, "governor": 403}
APPROVERS = {**READERS, "senco": 403}


@page(Action.REPORT_READ, logs=Logs.NOTHING, tab="school", who=READERS)
@guided("report", several=True)
def start(request: HttpRequest, actor: Actor) -> Answer:
    """Show how each kind of report stands, and every edition."""
    return Answer(
        "reports/list.html",
        {
            "standings": queries.standings(actor),
            **shown.for_home(actor),
            "writes": actor.can_somewhere(Action.REPORT_WRITE),
            "several": len(actor.hat.orgs) > 1,
            "tabs": place_tabs(actor, "reports:list"),
        },
    )


@page(Action.REPORT_READ, logs=Logs.NOTHING, tab="school", who=READERS)
@guided("report", several=True)
def show(request: HttpRequest, actor: Actor, report: uuid.UUID) -> Answer:
    """Show a report on its way: all of it, what is missing, and whose turn it is."""
    row = queries.report(actor, report)
    show = {"page": shown.going(actor, row), "papers": queries.papers_of(actor, row),
            "answers": queries.answers(row)}  # fmt: skip
    return Answer("reports/show.html", show)


@page(Action.REPORT_READ, logs=Logs.NOTHING, tab="school", who=READERS)
def edition(request: HttpRequest, actor: Actor, report_edition: uuid.UUID) -> Answer:
    """Show an edition as it was published."""
    row = queries.edition(actor, report_edition)
    return Answer("reports/edition.html", shown.published(actor, row))
