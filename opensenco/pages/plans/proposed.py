"""A plan laid out as the proposed Individual Support Plan: the same facts, nothing typed again.

It is proposed and not law; a place turns it on of its own will, where it names its plans.
"""

import uuid
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases import explain
from opensenco.documents.pdf.proposed import ProposedPaper, Section, proposed_pdf
from opensenco.gate.answer import Answer
from opensenco.gate.page import Logs, page
from opensenco.kernel.errors import NotFound
from opensenco.law.due import Due
from opensenco.law.rule import NotInForce
from opensenco.law.timetables import support_plan_proposed as law
from opensenco.pages.plans import show
from opensenco.provision.states import Layer
from opensenco.support import queries
from opensenco.ui import words

WHO = {"senco": 404, "head": 404, "phase_senco": 404, "teacher": 404, "other_teacher": 403,
       "ta": 403, "admin": 403, "dsl": 403, "governor": 403, "parent": 403}  # fmt: skip


@page(Action.PLAN_PRINT, logs=Logs.CHILD, tab="register", who=WHO)
def shown(request: HttpRequest, actor: Actor, cycle: uuid.UUID) -> Answer:
    """Show a plan in the proposed order, where each part says from where it is filled."""
    row, paper, dues = _gathered(actor, cycle)
    return Answer(
        "plans/proposed.html",
        {"paper": paper, "cycle": row, "pupil": row.pupil,
         "dues": [(due, explain.why(due, actor)) for due in dues]},
        opened=[row.pupil],
    )  # fmt: skip


@page(Action.PLAN_PRINT, logs=Logs.CHILD, tab="register", who=WHO)
def pdf(request: HttpRequest, actor: Actor, cycle: uuid.UUID) -> Answer:
    """Give a plan in the proposed order as a tagged PDF."""
    row, paper, _dues = _gathered(actor, cycle)
    return Answer(
        content=proposed_pdf(paper),
        content_type="application/pdf",
        # never a child's name in the name of a file
        filename=f"proposed-plan-cycle-{row.number}.pdf",
        opened=[row.pupil],
    )


def _gathered(actor: Actor, ref: uuid.UUID) -> tuple[Any, ProposedPaper, tuple[Due, ...]]:
    row = queries.cycle(actor, ref, Action.PLAN_PRINT)
    here = show.plan_page(actor, row)
    if not here.naming.proposed:
        raise NotFound
    try:
        dues = law.timetable(facts=law.ProposedFacts(begun=row.started_on, made=row.agreed_on))
    except NotInForce:
        dues = ()
    return row, paper_of(actor, here), dues


def paper_of(actor: Actor, here: show.PlanPage) -> ProposedPaper:
    """Lay the facts of a plan out in the proposed order."""
    cycle, pupil = here.plan.cycle, here.pupil
    return ProposedPaper(
        school=pupil.org.name,
        pupil=pupil.name,
        class_name=here.class_name,
        plan_name=_("Individual Support Plan (proposed)"),
        layer=_layer(here),
        made_on=cycle.agreed_on,
        review_by=cycle.review_on,
        sections=tuple(one for one in _sections(actor, here) if one.text or one.lines),
        notice=_("Proposed, not law. The school lays its plan out so of its own will."),
        cycle=cycle.number,
        version=cycle.version,
        printed_on=actor.today,
        printed_by=actor.person.name,
    )


def _layer(here: show.PlanPage) -> str:
    layers = [part.allocation.provision.layer for found in here.provided.values() for part in found]
    return str(Layer(max(layers)).label) if layers else ""


def _sections(actor: Actor, here: show.PlanPage) -> list[Section]:
    cycle, profile, name = here.plan.cycle, here.profile, here.pupil.said
    from_profile, from_plan = _("From the profile"), _("From the plan")
    needs = [need.title for need in queries.needs_of(actor, here.pupil)]
    home = [cycle.at_home, *(one.words for one in here.beside.running_at_home)]
    return [
        Section(label=_("In %(name)s’s own words") % {"name": name}, source=from_profile,
                text=profile.own_words if profile else ""),
        Section(label=_("Strengths and interests"), source=from_profile,
                text=profile.good_at if profile else ""),
        Section(label=_("What matters"), source=from_profile,
                text=profile.matters if profile else ""),
        Section(label=_("Needs"), lines=tuple(needs), source=_("From the ranked needs")),
        Section(label=_("What was found"), text=cycle.found, source=from_plan),
        Section(label=_("Barriers and day-to-day adjustments"), source=_("From the adjustments"),
                lines=tuple(_adjusted(one) for one in here.beside.running)),
        Section(label=_("What every adult does"), source=from_profile,
                lines=tuple(queries.strategies_of(actor, here.pupil))),
        Section(label=_("Outcomes"), source=from_plan,
                lines=tuple(_outcome(one) for one in here.plan.outcomes)),
        Section(label=_("Support that is given: who, how often"), source=_("From the provision"),
                lines=tuple(show.promises_of(here))),
        Section(label=_("What the parents say"), text=cycle.parents_said, source=from_plan),
        Section(label=_("What happens at home"), source=from_plan,
                lines=tuple(words for words in home if words)),
        Section(label=_("Agreed"), source=from_plan, text=_agreed(cycle)),
    ]  # fmt: skip


def _adjusted(one: Any) -> str:
    done = f"{one.barrier}: {one.words}"
    helps = one.get_helped_display() if one.helped else ""
    return ". ".join(part.rstrip(".") for part in (done, one.who, helps) if part) + "."


def _outcome(one: Any) -> str:
    row = one.row
    parts = [
        row.text,
        _("Begins at %(where)s") % {"where": row.baseline} if row.baseline else "",
        _("Aim: %(aim)s") % {"aim": row.aim} if row.aim else "",
        _("By %(day)s") % {"day": words.day(row.by)} if row.by else "",
        _("Measured by: %(how)s") % {"how": row.measure} if row.measure else "",
        row.who,
    ]
    return ". ".join(part.rstrip(".") for part in parts if part) + "."


def _agreed(cycle: Any) -> str:
    if cycle.agreed_on is None:
        return ""
    who = cycle.agreed_with or cycle.agreed_by.name
    return _("%(day)s: %(who)s") % {"day": words.day(cycle.agreed_on), "who": who}
