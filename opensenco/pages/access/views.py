"""Adjustments across the place, those in pupils' plans, and the accessibility plan."""

import uuid

from django.http import HttpRequest, HttpResponse

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases.beside import guided
from opensenco.documents import on_paper
from opensenco.exchange import out
from opensenco.gate.answer import Answer, Listed
from opensenco.gate.chrome import place_tabs
from opensenco.gate.page import Logs, page
from opensenco.law.rules import get
from opensenco.pages.access import show
from opensenco.people import queries as people
from opensenco.support.queries import access as queries
from opensenco.ui.listing import Listing

READERS = {"senco": 200, "head": 200, "governor": 200, "phase_senco": 403, "teacher": 403,
           "ta": 403, "admin": 403, "dsl": 403, "parent": 403, "family": 403}  # fmt: skip
PLANNERS = {"senco": 200, "head": 200, "phase_senco": 200, "teacher": 403, "ta": 403,
            "admin": 403, "governor": 403, "parent": 403}  # fmt: skip


@page(Action.REPORT_READ, logs=Logs.LIST, tab="school", who=READERS)
@guided("adjustment", several=True)
def register(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Show what is changed for disabled pupils, and what was refused, with the reasons."""
    if kind := out.asked(request.GET):
        every = show.listed(actor, request.GET.dict(), every=out.MOST)
        return out.as_file(actor, kind, "adjustments", show.table(every.rows), wanted=every.said)
    found = show.listed(actor, request.GET.dict())
    return Answer(
        "access/list.html",
        {"shown": found, "words": show, "writes": actor.can_somewhere(Action.REPORT_WRITE),
         "tabs": place_tabs(actor, "access:list")},
        listed=Listed(found.listing.total, found.said),
    )  # fmt: skip


@page(Action.PLAN_WRITE, logs=Logs.LIST, tab="school", who=PLANNERS)
@guided("adjustment", several=True)
def in_plans(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Show the adjustments that run in pupils' plans, and who decided on them."""
    rows = queries.in_plans(actor)
    if kind := out.asked(request.GET):
        every = queries.page_of_plans(rows, request.GET.get("sort", ""), 0, out.MOST)
        return out.as_file(actor, kind, "adjustments-in-plans", show.table_of_plans(every))
    listing = Listing(request.GET.dict(), show.heads_of_plans(), rows.count())
    shown = queries.page_of_plans(rows, listing.sort, listing.start, listing.stop)
    return Answer(
        "access/in_plans.html",
        {"rows": shown, "listing": listing, "words": show,
         "tabs": place_tabs(actor, "access:in_plans")},
        listed=Listed(listing.total, "adjustments in plans"),
    )  # fmt: skip


@page(Action.REPORT_READ, logs=Logs.NOTHING, tab="school", who=READERS)
@guided("adjustment", several=True)
def plan(request: HttpRequest, actor: Actor) -> Answer:
    """Show the accessibility plan: its three aims, when it is reviewed; as PDF too."""
    return _plan(request, actor)


@page(Action.REPORT_READ, logs=Logs.NOTHING, tab="school", who=READERS)
@guided("adjustment", several=True)
def plan_of(request: HttpRequest, actor: Actor, access_plan_approval: uuid.UUID) -> Answer:
    """Show the plan from a day on which it was approved: a due date leads there."""
    queries.approval(actor, access_plan_approval, Action.REPORT_READ)
    return _plan(request, actor)


def _plan(request: HttpRequest, actor: Actor) -> Answer:
    approvals = queries.approvals(actor)
    due = queries.next_review(approvals)
    answer = Answer(
        "access/plan.html",
        {
            "aims": queries.plan_actions(actor),
            "approvals": approvals,
            "due": due,
            "late": queries.late,
            "rule": get("SCH-07"),
            "words": show,
            "writes": actor.can_somewhere(Action.REPORT_WRITE),
            "today": actor.today,
            "tabs": place_tabs(actor, "access:plan"),
        },
    )
    if on_paper.asked(request):
        name = people.place(actor).name if len(actor.hat.orgs) == 1 else ""
        return on_paper.as_paper(answer, name="accessibility-plan", today=actor.today, place=name)
    return answer
