"""One page for a plan and its review: read, written, agreed, reviewed."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.gate.answer import Answer
from opensenco.gate.conversation import Draftable, converse
from opensenco.gate.page import Logs, page
from opensenco.pages.plans import planform, reviewform, show
from opensenco.pages.plans.planform import PlanForm
from opensenco.pages.plans.reviewform import ReviewForm
from opensenco.support import queries
from opensenco.support.operations import plans, reviews

READERS = {"senco": 200, "head": 200, "phase_senco": 200, "teacher": 200, "other_teacher": 403,
           "ta": 403, "admin": 403, "dsl": 200, "governor": 403, "parent": 200}  # fmt: skip
WRITERS = {"senco": 200, "head": 200, "phase_senco": 200, "teacher": 403, "other_teacher": 403,
           "ta": 403, "admin": 403, "dsl": 403, "governor": 403, "parent": 403}  # fmt: skip
REVIEWERS = {**WRITERS, "teacher": 200}


@page(Action.PLAN_VIEW, logs=Logs.CHILD, tab="register", who=READERS)
def plan(request: HttpRequest, actor: Actor, cycle: uuid.UUID) -> Answer:
    """Show a plan: to write in, to review, or to read, by its stage and one's rights."""
    row = queries.cycle(actor, cycle)
    shown = show.plan_page(actor, row)
    form: Any = None
    if shown.edits:
        form = _written(request, actor, row, shown)
    elif shown.reviews:
        form = _reviewed(request, actor, row, shown)
    return _answer(shown, form)


@page(Action.PLAN_WRITE, logs=Logs.CHILD, writes=True, tab="register", who=WRITERS)
def write(request: HttpRequest, actor: Actor, cycle: uuid.UUID) -> Answer | HttpResponse:
    """Save the words of a plan, or save and agree it."""
    row = queries.cycle(actor, cycle, Action.PLAN_WRITE)
    shown = show.plan_page(actor, row)
    form = _written(request, actor, row, shown)
    if isinstance(form, HttpResponse):
        return form
    return _answer(shown, form)


@page(Action.REVIEW_WRITE, logs=Logs.CHILD, writes=True, tab="register", who=REVIEWERS)
def review(request: HttpRequest, actor: Actor, cycle: uuid.UUID) -> Answer | HttpResponse:
    """Save what is known for a review, or hold it."""
    row = queries.cycle(actor, cycle, Action.REVIEW_WRITE)
    shown = show.plan_page(actor, row)
    form = _reviewed(request, actor, row, shown)
    if isinstance(form, HttpResponse):
        return form
    return _answer(shown, form)


def _answer(shown: show.PlanPage, form: Any) -> Answer:
    # what was typed stays on the page, even where the plan was locked in the meantime
    mode = "write" if isinstance(form, PlanForm) else "review" if form is not None else ""
    return Answer(
        "plans/plan.html",
        {"page": shown, "form": form, "mode": mode, "scores": reviewform.SCORES},
        opened=[shown.pupil],
    )


def _written(
    request: HttpRequest, actor: Actor, row: Any, shown: show.PlanPage
) -> PlanForm | HttpResponse:
    made: list[PlanForm] = []
    agreeing = "agree" in request.POST

    def make(**given: Any) -> PlanForm:
        made.append(PlanForm.of(shown.plan, shown.needs, **given))
        return made[-1]

    def act(given: dict[str, Any]) -> Any:
        words = made[-1].words(given)
        asked = {"actor": actor, "cycle": row, "version": given["version"], "words": words}
        if not agreeing:
            return plans.write_plan(**asked)
        return plans.agree_plan(
            **asked, review_on=given["review_on"], agreed_with=given["agreed_with"],
            promises=show.promises_of(shown),
        )  # fmt: skip

    return converse(
        request,
        actor,
        make,
        act=act,
        then=lambda _row: reverse("plans:plan", args=[row.ref]),
        said=_("Agreed and locked. The review waits for its day.") if agreeing else _("Saved."),
        draft=Draftable("plan", row.ref, leave_to=reverse("pupils:show", args=[row.pupil.ref])),
        initial=planform.values_of(shown.plan),
        fresh=lambda: planform.values_of(queries.plan_of(actor, queries.cycle(actor, row.ref))),
    )


def _reviewed(
    request: HttpRequest, actor: Actor, row: Any, shown: show.PlanPage
) -> ReviewForm | HttpResponse:
    made: list[ReviewForm] = []
    holding = "hold" in request.POST

    def make(**given: Any) -> ReviewForm:
        made.append(ReviewForm.of(shown.plan, **given))
        return made[-1]

    def act(given: dict[str, Any]) -> Any:
        asked = {"actor": actor, "cycle": row, "version": given["version"],
                 "results": made[-1].results(given), "next_step": given["next_step"]}  # fmt: skip
        if not holding:
            return reviews.write_review(**asked)
        return reviews.review_cycle(**asked, held_on=given["held_on"])

    return converse(
        request,
        actor,
        make,
        act=act,
        then=lambda _row: reverse("plans:plan", args=[row.ref]),
        said=_("The review is held. Start the next cycle when you are ready.")
        if holding
        else _("Saved for the review."),
        draft=Draftable("review", row.ref, leave_to=reverse("pupils:show", args=[row.pupil.ref])),
        initial=reviewform.values_of(shown.plan, actor.today),
        fresh=lambda: reviewform.values_of(
            queries.plan_of(actor, queries.cycle(actor, row.ref)), actor.today
        ),
    )
