"""The plan on paper: a page to print, and a tagged PDF. Both show the same facts."""

import uuid
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.documents.pdf import plan as pdf_plan
from opensenco.gate.answer import Answer
from opensenco.gate.page import Logs, page
from opensenco.pages.plans import show
from opensenco.pages.plans.views import REVIEWERS
from opensenco.support import queries
from opensenco.support.queries.sources import Note, Sources, sources_of
from opensenco.support.states import Stage
from opensenco.ui import words

WHO = {**REVIEWERS, "dsl": 403}


@page(Action.PLAN_PRINT, logs=Logs.CHILD, tab="register", who=WHO)
def printed(request: HttpRequest, actor: Actor, cycle: uuid.UUID) -> Answer:
    """Show a plan as it goes on paper, A4 first."""
    row = queries.cycle(actor, cycle, Action.PLAN_PRINT)
    shown = show.plan_page(actor, row)
    return Answer(
        "plans/paper.html",
        {"paper": paper_of(actor, shown), "cycle": row, "pupil": row.pupil},
        opened=[row.pupil],
    )


@page(Action.PLAN_PRINT, logs=Logs.CHILD, tab="register", who=WHO)
def pdf(request: HttpRequest, actor: Actor, cycle: uuid.UUID) -> Answer:
    """Give a plan as a tagged PDF."""
    row = queries.cycle(actor, cycle, Action.PLAN_PRINT)
    paper = paper_of(actor, show.plan_page(actor, row))
    return Answer(
        content=pdf_plan.plan_pdf(paper),
        content_type="application/pdf",
        # never a child's name in the name of a file
        filename=f"plan-cycle-{row.number}.pdf",
        opened=[row.pupil],
    )


def paper_of(actor: Actor, shown: show.PlanPage) -> pdf_plan.PlanPaper:
    """Give the facts of a plan as they go on paper. Statuses and codes stay with the staff."""
    cycle, pupil = shown.plan.cycle, shown.pupil
    sources = sources_of(actor, shown.plan, paper=True)
    return pdf_plan.PlanPaper(
        school=pupil.org.name,
        coordinator_word=pupil.org.senco_word,
        plan_name=shown.naming.name,
        pupil=pupil.name,
        called=pupil.said,
        class_name=shown.class_name,
        born=pupil.birth_date,
        cycle=cycle.number,
        started=cycle.started_on,
        review_by=cycle.review_on,
        voice=_voice(shown.profile),
        needs=tuple(need.title for need in queries.needs_of(actor, pupil)),
        found=sources.marked("found", cycle.found),
        outcomes=tuple(_outcome(shown, one, sources) for one in shown.plan.outcomes),
        strategies=(
            *queries.strategies_of(actor, pupil)[:3],
            *(f"{one.barrier}: {one.words}" for one in shown.beside.running),
        ),
        parents_said=sources.marked("parents_said", cycle.parents_said),
        at_home="\n".join(
            text
            for text in (
                sources.marked("at_home", cycle.at_home),
                *(one.words for one in shown.beside.running_at_home),
            )
            if text
        ),
        agreed=_agreed(cycle),
        review=_review(cycle),
        sources=tuple(_source(note) for note in sources.notes),
        version=cycle.version,
        printed_on=actor.today,
        printed_by=actor.person.name,
    )


def _voice(profile: Any) -> pdf_plan.Voice:
    if profile is None:
        return pdf_plan.Voice()
    return pdf_plan.Voice(
        told_us=profile.own_words,
        good_at=profile.good_at,
        matters=profile.matters,
        helps=profile.helps,
        hinders=profile.hinders,
        said_on=profile.said_on,
        said_with=profile.said_with,
    )


def _source(note: Note) -> str:
    """Name the source of a sentence, without its number: the list has that."""
    when = f", {words.day(note.row.said_on)}" if note.row.said_on else ""
    changed = " " + _("The words have changed since.") if note.changed else ""
    return f"{note.words}{when}.{changed}"


def _outcome(shown: show.PlanPage, one: Any, sources: Sources) -> pdf_plan.Outcome:
    row, key = one.row, f"outcome-{one.place}"
    return pdf_plan.Outcome(
        text=sources.marked(f"{key}-text", row.text),
        baseline=sources.marked(f"{key}-baseline", row.baseline),
        target=sources.marked(f"{key}-aim", row.aim),
        by=row.by,
        measured=row.measure,
        provision=tuple(_promise(part) for part in shown.provided.get(row.pk, [])),
        evidence=tuple(f"{each.words} ({each.told})" for each in sources.shows(row)),
        result=_result(one) if one.review and one.review.score is not None else None,
    )


def _promise(part: Any) -> pdf_plan.Provision:
    row = part.allocation
    return pdf_plan.Provision(
        what=part.name,
        who=row.person.name if row.person else "",
        how_often=ngettext("%(num)s time a week", "%(num)s times a week", row.times_a_week)
        % {"num": row.times_a_week},
        minutes=row.minutes,
        group=row.group.name if row.group else "",
        starts=row.starts,
        until=row.ends,
    )


def _result(one: Any) -> pdf_plan.Result:
    row = one.review
    said = (
        (_("Pupil"), row.pupil_said),
        (_("Parents or carers"), row.parent_said),
        (_("Teacher"), row.teacher_said),
    )
    return pdf_plan.Result(
        reached=one.score_words,
        latest=row.latest,
        voices=tuple(pdf_plan.Said(who=who, words=text) for who, text in said if text),
        next_step=one.after_words,
    )


def _agreed(cycle: Any) -> tuple[pdf_plan.Agreement, ...]:
    if cycle.agreed_on is None:
        return ()
    who = cycle.agreed_with or cycle.agreed_by.name
    return (pdf_plan.Agreement(who=who, on=cycle.agreed_on),)


def _review(cycle: Any) -> pdf_plan.Review | None:
    if cycle.stage not in (Stage.REVIEWED, Stage.CLOSED) or cycle.reviewed_on is None:
        return None
    return pdf_plan.Review(held_on=cycle.reviewed_on, next_step=cycle.next_step)
