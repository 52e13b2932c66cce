"""One's own meetings by week, parents met in a year, a pupil's meetings, and one meeting."""

import uuid

from django.http import HttpRequest
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.reach import Reach
from opensenco.access.registry import may
from opensenco.cases.beside import guided
from opensenco.gate.answer import Answer, Listed
from opensenco.gate.page import Logs, page
from opensenco.meetings import queries
from opensenco.pages.meetings import show as shown
from opensenco.pages.meetings.who import LIST, OWN, PUPIL, SEE
from opensenco.people import queries as people
from opensenco.support.queries import parents_met
from opensenco.ui.listing import Column


@page(Action.MEETING_ANSWER, logs=Logs.LIST, tab="meetings", who=OWN)
def mine(request: HttpRequest, actor: Actor) -> Answer:
    """Show one's own meetings of a week, and the days that wait for one's choice."""
    week = shown.week(actor, request.GET)
    week["plans"] = actor.can_somewhere(Action.MEETING_PLAN)
    week["plans_here"] = actor.hat.reach(Action.MEETING_PLAN) is Reach.ALL
    return Answer("meetings/mine.html", week, listed=Listed(week["count"], "week"))


@page(Action.MEETING_PLAN, logs=Logs.LIST, tab="meetings", who=LIST)
def parents(request: HttpRequest, actor: Actor) -> Answer:
    """Show how often the parents of each pupil on SEN support were met this school year."""
    lines = shown.met_lines(actor)
    heads = [Column(_("Pupil")), Column(_("Met this year"), num=True), Column(_("Next due")),
             Column(_("Planned")), Column(_("Plan"), hidden=True)]  # fmt: skip
    return Answer(
        "meetings/parents.html", {"lines": lines, "heads": heads}, listed=Listed(len(lines))
    )


@page(Action.MEETING_VIEW, logs=Logs.CHILD, tab="meetings", who=PUPIL)
def of_pupil(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer:
    """Show the meetings about a pupil, and how often the parents were met."""
    row = people.pupil(actor, pupil, Action.MEETING_VIEW)
    people.attach_classes([row], actor.today)
    show = {
        "pupil": row,
        "meetings": queries.of_pupil(actor, row),
        "met": shown.met_line(actor, parents_met.of_pupil(actor, row)),
        "when": shown.when,
        "plans": may(actor, Action.MEETING_PLAN, row),
    }
    return Answer("meetings/of_pupil.html", show, opened=[row])


@page(Action.MEETING_VIEW, logs=Logs.CHILD, tab="meetings", who=SEE)
@guided("meeting")
def show(request: HttpRequest, actor: Actor, meeting: uuid.UUID) -> Answer:
    """Show one meeting: when, who, what for, what was agreed, and who does what."""
    row = queries.meeting(actor, meeting)
    return Answer("meetings/show.html", shown.one(actor, row), **shown.seen(row))
