"""Papers of reports: asked for, left alone while they are made, found again, saved."""

import uuid

from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.documents.keeping import store_of
from opensenco.documents.setting import TYPES
from opensenco.gate.answer import Answer
from opensenco.gate.page import Logs, page
from opensenco.kernel.errors import NotFound
from opensenco.pages.reports.views import READERS
from opensenco.reports import queries
from opensenco.reports.operations.papers import ask_for_paper
from opensenco.reports.papers import name_of
from opensenco.reports.states import Form, Setting


@page(Action.REPORT_READ, logs=Logs.NOTHING, writes=True, reads=False, tab="school", who=READERS)
def ask(request: HttpRequest, actor: Actor, report: uuid.UUID) -> HttpResponseRedirect:
    """Ask for a report as a file, and go to where it will be found."""
    row = queries.report(actor, report)
    form = request.POST.get("form", Form.PDF.value)
    made = ask_for_paper(actor=actor, report=row, form=form)
    return HttpResponseRedirect(reverse("reports:paper", args=[made.ref]))


@page(Action.REPORT_READ, logs=Logs.NOTHING, tab="school", who=READERS)
def paper(request: HttpRequest, actor: Actor, report_paper: uuid.UUID) -> Answer:
    """Show whether a paper is ready."""
    row = queries.paper(actor, report_paper)
    show = {
        "row": row,
        "title": queries.title_of(row.report.kind),
        "edition": queries.edition_of(row.report),
        "lost": row.lost(actor.at),
    }
    return Answer("reports/paper.html", show)


@page(Action.REPORT_READ, logs=Logs.NOTHING, tab="school", who=READERS)
def file(request: HttpRequest, actor: Actor, report_paper: uuid.UUID) -> Answer:
    """Give a paper that is ready, to be saved."""
    row = queries.paper(actor, report_paper)
    if row.state != Setting.DONE:
        raise NotFound
    document = queries.document_of(actor, row.report)
    return Answer(
        file=store_of(row.org).whole(row.digest), content_type=TYPES[row.form],
        filename=name_of(document, row.form),
    )  # fmt: skip
