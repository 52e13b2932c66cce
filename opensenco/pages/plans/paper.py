"""The plan on paper: a page made for printing, and a tagged PDF of the same facts."""

import uuid
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.documents.pdf import plan as paper
from opensenco.documents.pdf.typeset import PaperTooLongError
from opensenco.gate.answer import Answer
from opensenco.gate.page import Logs, page
from opensenco.kernel.errors import NotPossible
from opensenco.people import queries as people
from opensenco.provision import queries as provision
from opensenco.support import queries

WHO = {"senco": 200, "head": 200, "teacher": 200, "other_teacher": 403, "ta": 403, "admin": 403,
       "governor": 403, "parent": 403}  # fmt: skip


@page(Action.PLAN_PRINT, logs=Logs.CHILD, tab="register", who=WHO)
def print_plan(request: HttpRequest, actor: Actor, cycle: uuid.UUID) -> Answer:
    """Show the plan as a page that is made for printing."""
    row = queries.cycle(actor, cycle, Action.PLAN_PRINT)
    shown = {"paper": paper_of(actor, row), "cycle": row}
    return Answer("plans/print.html", shown, opened=[row.pupil])


@page(Action.PLAN_PRINT, logs=Logs.CHILD, tab="register", who=WHO)
def pdf(request: HttpRequest, actor: Actor, cycle: uuid.UUID) -> Answer:
    """Give the plan as a tagged PDF."""
    row = queries.cycle(actor, cycle, Action.PLAN_PRINT)
    try:
        content = paper.plan_pdf(paper_of(actor, row))
    except PaperTooLongError as error:
        raise NotPossible(
            _("This plan is too long for paper. Shorten its longest texts.")
        ) from error
    return Answer(
        content=content,
        content_type="application/pdf",
        filename=f"plan-{row.number}.pdf",
        opened=[row.pupil],
    )


def paper_of(actor: Actor, row: Any) -> paper.PlanPaper:
    """Gather a plan as its paper needs it."""
    pupil = row.pupil
    people.attach_classes([pupil], actor.today)
    plan = queries.plan_of(actor, row)
    support = queries.overview(actor, pupil)
    promised = provision.for_outcomes(actor, [one.row for one in plan.outcomes])
    school = people.place_of(pupil)
    return paper.PlanPaper(
        school=school.name,
        coordinator_word=school.senco_word,
        plan_name=_("SEN support plan"),
        pupil=f"{pupil.first_name} {pupil.last_name}",
        called=pupil.said,
        class_name=pupil.class_name,
        born=pupil.birth_date,
        cycle=row.number,
        started=row.started_on,
        review_by=row.review_on,
        voice=_voice(support.profile),
        needs=tuple(need.title for need in support.needs),
        found=row.found,
        outcomes=tuple(_outcome(one, promised.get(one.row.pk, [])) for one in plan.outcomes),
        strategies=tuple(support.strategies),
        parents_said=row.parents_said,
        at_home=row.at_home,
        agreed=_agreed(row),
        review=_review(row),
        version=row.agreed_version or row.version,
        printed_on=actor.today,
        printed_by=actor.person.name,
    )


def _voice(held: Any) -> paper.Voice:
    if held is None:
        return paper.Voice()
    return paper.Voice(
        good_at=held.good_at,
        matters=held.matters,
        helps=held.helps,
        hinders=held.hinders,
        said_on=held.said_on,
        said_with=held.said_with,
    )


def _agreed(row: Any) -> tuple[paper.Agreement, ...]:
    if not row.agreed_on:
        return ()
    return (paper.Agreement(who=row.agreed_with or _("Parents"), on=row.agreed_on),)


def _review(row: Any) -> paper.Review | None:
    held: date | None = row.reviewed_on
    return paper.Review(held_on=held, next_step=row.next_step) if held else None


def _outcome(one: Any, deliveries: list[Any]) -> paper.Outcome:
    return paper.Outcome(
        text=one.row.text,
        baseline=one.row.baseline,
        target=one.row.aim,
        by=one.row.by,
        measured=one.row.measure,
        provision=tuple(_promise(each) for each in deliveries),
        result=_result(one),
    )


def _promise(delivery: Any) -> paper.Provision:
    held = delivery.allocation
    return paper.Provision(
        what=delivery.name,
        who=delivery.by,
        how_often=delivery.often,
        minutes=held.minutes,
        starts=held.starts,
        until=held.ends,
    )


def _result(one: Any) -> paper.Result | None:
    if one.review is None:
        return None
    voices = ((_("Pupil"), one.review.pupil_said), (_("Parent"), one.review.parent_said),
              (_("Teacher"), one.review.teacher_said))  # fmt: skip
    return paper.Result(
        reached=one.score_words,
        latest=one.latest,
        voices=tuple(paper.Said(who=who, words=words) for who, words in voices if words),
        next_step=one.after_words,
    )
