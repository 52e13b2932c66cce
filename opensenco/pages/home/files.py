"""The lists of the home pages as files: what waits, dates, how to teach these pupils, classes."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases import explain, queries
from opensenco.cases.dues import dues
from opensenco.exchange import out
from opensenco.exchange.out import Cell, Kind, Table
from opensenco.gate.answer import Answer
from opensenco.gate.page import Logs, page
from opensenco.law.strength import Strength
from opensenco.people import queries as people
from opensenco.support.queries.classes import class_sheet

TASKED = {"senco": 200, "head": 200, "phase_senco": 200, "teacher": 200, "other_teacher": 200,
          "ta": 200, "admin": 200, "dsl": 200, "governor": 403, "parent": 403,
          "professional": 403, "shared_senco": 200, "family": 200, "authority": 200}  # fmt: skip
STAFF = {"senco": 200, "head": 200, "phase_senco": 200, "teacher": 200, "other_teacher": 200,
         "ta": 200, "admin": 200, "dsl": 200, "governor": 403, "parent": 403,
         "professional": 403, "shared_senco": 200, "family": 403}  # fmt: skip


@page(Action.TASK_VIEW, logs=Logs.LIST, tab="home", who=TASKED)
def waiting(request: HttpRequest, actor: Actor) -> Answer:
    """Give what waits for this person and for whom they wait, the longest first."""
    found = queries.tasks_for(actor, out.MOST)
    heads = [
        _("Whose turn"), _("Pupil"), _("Class"), _("School"), _("What waits"), _("Since"),
        _("Days"), _("Due"),
    ]  # fmt: skip
    rows: list[tuple[Cell, ...]] = [
        (
            _("Yours") if one.yours else one.who, one.name, one.class_name, one.place, one.words,
            one.since, one.days, one.due,
        )
        for one in (*found.yours, *found.theirs)
    ]  # fmt: skip
    return _file(request, actor, "whose-turn", Table(_("Whose turn is it"), heads, rows))


@page(Action.TASK_VIEW, logs=Logs.LIST, tab="home", who=TASKED)
def dates(request: HttpRequest, actor: Actor) -> Answer:
    """Give every date of the law that is not done, soonest first."""
    strengths = {
        Strength.MUST: _("must"),
        Strength.SHOULD: _("should"),
        Strength.GRANT: _("grant condition"),
        Strength.PRACTICE: _("practice"),
        Strength.PROPOSED: _("proposed, not law"),
    }
    heads = [
        _("Day"), _("What is due"), _("Pupil"), _("Class"), _("School"), _("How strong"),
        _("Days late"),
    ]  # fmt: skip
    rows: list[tuple[Cell, ...]] = [
        (
            one.due.on, explain.title(one.due, one.org), one.name, one.class_name, one.place,
            strengths[one.due.strength], one.state.days if one.state.late else None,
        )
        for one in dues(actor, most=out.MOST)[0]
    ]  # fmt: skip
    return _file(request, actor, "dates", Table(_("Dates"), heads, rows))


@page(Action.PUPIL_FIND, logs=Logs.LIST, tab="home", who=STAFF)
def teaching(request: HttpRequest, actor: Actor) -> Answer:
    """Give the class sheet: how to teach the pupils in front of one."""
    heads = [
        _("Pupil"), _("Class"), _("What helps"), _("What helps, second"), _("What helps, third"),
        _("Avoid"),
    ]  # fmt: skip
    rows: list[tuple[Cell, ...]] = [
        (card.pupil.register_name, card.class_name, *_three(card.strategies), card.avoid)
        for card in class_sheet(actor)
    ]
    return _file(request, actor, "class-sheet", Table(_("How to teach these pupils"), heads, rows))


@page(Action.PUPIL_FIND, logs=Logs.LIST, tab="home", who=STAFF)
def classes(request: HttpRequest, actor: Actor) -> Answer:
    """Give the pupils of one's own classes and groups."""
    rows = [
        (group.name, pupil.register_name)
        for group in people.pupils_by_class(actor)
        for pupil in group.pupils
    ]
    return _file(
        request, actor, "classes", Table(_("Your classes"), [_("Class"), _("Pupil")], rows)
    )


def _three(lines: list[str]) -> list[str]:
    return [*lines, "", "", ""][:3]


def _file(request: HttpRequest, actor: Actor, name: str, table: Table) -> Answer:
    return out.as_file(actor, out.asked(request.GET) or Kind.CSV, name, table, wanted=name)
