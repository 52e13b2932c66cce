"""The aims of the strategic plan: all of them, and one with its history."""

import uuid

from django.http import HttpRequest, HttpResponse

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases.beside import guided
from opensenco.exchange import out
from opensenco.gate.answer import Answer, Listed
from opensenco.gate.chrome import place_tabs
from opensenco.gate.page import Logs, page
from opensenco.pages.reports import aim_show as shown
from opensenco.pages.reports.views import READERS
from opensenco.reports import aims
from opensenco.reports.measures import sees_figures


@page(Action.REPORT_READ, logs=Logs.LIST, tab="school", who=READERS)
@guided("report", several=True)
def every(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Show the aims with their figures then and now; as a file too."""
    if kind := out.asked(request.GET):
        whole = shown.listed(actor, request.GET.dict(), every=out.MOST)
        return out.as_file(actor, kind, "aims", shown.table(whole.lines), wanted=whole.said)
    found = shown.listed(actor, request.GET.dict())
    return Answer(
        "reports/aims.html",
        {"shown": found, "writes": actor.can_somewhere(Action.REPORT_WRITE),
         "several": len(actor.hat.orgs) > 1, "sees": sees_figures(actor),
         "tabs": place_tabs(actor, "reports:aims")},
        listed=Listed(found.listing.total, found.said),
    )  # fmt: skip


@page(Action.REPORT_READ, logs=Logs.NOTHING, tab="school", who=READERS)
@guided("report", several=True)
def one(request: HttpRequest, actor: Actor, plan_aim: uuid.UUID) -> Answer:
    """Show one aim: figures then and now, what was noted and what shows it, how it was changed."""
    row = aims.shown(actor, plan_aim)
    (line,) = shown.lines(actor, [row])
    return Answer(
        "reports/aim.html",
        {
            "line": line, "row": row, "words": shown, "facts": shown.facts(line),
            "notes": aims.notes(actor, row), "changed": shown.changed(aims.versions(row)),
            "writes": actor.can_somewhere(Action.REPORT_WRITE) and not row.in_error,
            "late": line.going and row.look_on <= actor.today,
        },
    )  # fmt: skip
