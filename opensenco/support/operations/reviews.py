"""A plan is reviewed: one score and three voices for each outcome, and what comes next (APD-05)."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases import spine, statements
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotFound, NotPossible
from opensenco.support.models import Cycle, Outcome, Review
from opensenco.support.operations.cycles import (
    REVIEW,
    began,
    check_stands,
    end,
    keep_dates,
    move,
    new_cycle,
)
from opensenco.support.operations.plans import OutcomeWords, add, standing_outcomes
from opensenco.support.states import After, Score, Stage
from opensenco.support.words import differing, line, paragraph


@dataclass(frozen=True)
class Result:
    """What the review found of one outcome.

    Args:
        field: how the names of the fields begin in which it was typed, for refusals.
    """

    outcome: uuid.UUID
    score: int | None = None
    latest: str = ""
    pupil_said: str = ""
    parent_said: str = ""
    teacher_said: str = ""
    after: str = ""
    field: str = ""


@operation(Action.REVIEW_WRITE, on="cycle")
def write_review(
    *,
    actor: Actor,
    cycle: Cycle,
    results: Sequence[Result],
    next_step: str = "",
    version: int | None = None,
) -> Cycle:
    """Save what is known for a review before it is held. Nothing has to be complete.

    Raises:
        NotPossible: the plan is not agreed, or the cycle is closed.
        Stale: somebody else changed the plan in between.
    """
    _check_under_way(cycle)
    _save(actor, cycle, results, next_step, version)
    return cycle


@operation(Action.REVIEW_WRITE, on="cycle")
def review_cycle(
    *,
    actor: Actor,
    cycle: Cycle,
    results: Sequence[Result],
    held_on: date | None = None,
    next_step: str = "",
    version: int | None = None,
) -> Cycle:
    """Hold the review: each outcome has a score and a way on.

    Args:
        held_on: the day it was held; today where nothing else is said.

    Raises:
        Invalid: an outcome without a score or a way on, or a day that cannot be.
        NotPossible: the plan is not agreed, or has been reviewed.
        Stale: somebody else changed the plan in between.
    """
    check_stands(cycle)
    stage = move(cycle, Stage.REVIEWED)
    day = held_on or actor.today
    if day > actor.today or day < cycle.started_on:
        raise Invalid("held_on", _("Give the day it was held, after the cycle began."))
    _save(actor, cycle, results, next_step, version)
    _check_complete(cycle, {result.outcome: result.field for result in results})
    change(cycle, version=None, stage=stage, reviewed_on=day, reviewed_by=actor.person)
    spine.add_fact(
        actor=actor, pupil=cycle.pupil, kind="cycle.reviewed", on=day,
        words=_("Cycle %(number)s reviewed") % {"number": cycle.number}, source=cycle,
    )  # fmt: skip
    keep_dates(actor, cycle)
    spine.settle_task(actor=actor, source=cycle, kind=REVIEW)
    return cycle


@operation(Action.PLAN_WRITE, on="cycle")
def start_next_cycle(*, actor: Actor, cycle: Cycle, version: int | None = None) -> Cycle:
    """Close a reviewed cycle and begin the next with all that goes on. Nothing is typed again.

    What is carried over or changed comes along with where the pupil is now as its beginning, and
    with its day where that is still to come; what the family said and does comes along; what the
    review found is what the next cycle begins with. A sentence that goes on keeps its source.

    Raises:
        NotPossible: the cycle has not been reviewed.
        Stale: somebody else changed the plan in between.
    """
    if cycle.stage != Stage.REVIEWED:
        raise NotPossible(_("Review this cycle first. Then start the next."))
    end(actor, cycle, "", version)
    following = new_cycle(actor, cycle.pupil, actor.today)
    following.previous = cycle
    following.from_concern = cycle.from_concern
    following.found = found_so_far(cycle)
    following.parents_said = "\n".join(_voices(cycle, "parent_said"))
    following.at_home = cycle.at_home
    following.save()
    going_on = [After.CARRY, After.CHANGE]
    for row in Review.objects.filter(cycle=cycle, after__in=going_on).order_by("outcome__number"):
        _carry(row, following)
    said = {"parents_said": following.parents_said, "at_home": following.at_home}
    statements.carry(pupil=cycle.pupil, host=cycle, to=following, texts=said)
    began(actor, following)
    if any(True for _row in standing_outcomes(following)):
        following.stage, following.planned_on = Stage.PLAN, actor.today
        following.save(update_fields=["stage", "planned_on"])
    return following


def found_so_far(cycle: Cycle) -> str:
    """Give what a review found, one line an outcome, as the next assessment begins with it."""
    lines = []
    for row in _reviews(cycle):
        score = Score(row.score).label if row.score is not None else _("not scored")
        where = f" ({row.latest})" if row.latest else ""
        lines.append(f"{row.outcome.text.rstrip('.')}: {score}{where}.")
    if cycle.next_step:
        lines.append(cycle.next_step)
    return "\n".join(lines)


def _reviews(cycle: Cycle) -> list[Review]:
    return list(
        Review.objects.filter(
            cycle=cycle, outcome__dropped_on__isnull=True, outcome__in_error_at__isnull=True
        )
        .select_related("outcome")
        .order_by("outcome__number")
    )


def _voices(cycle: Cycle, part: str) -> list[str]:
    said = [str(getattr(row, part)) for row in _reviews(cycle)]
    return list(dict.fromkeys(words for words in said if words))


def _carry(review: Review, following: Cycle) -> None:
    before = review.outcome
    row = add(
        following,
        OutcomeWords(
            text=before.text,
            baseline=review.latest or before.baseline,
            aim=before.aim,
            by=_still_to_come(before.by, following.started_on),
            measure=before.measure,
            who=before.who,
            need=before.need,
        ),
        carried=before,
    )
    texts = {part: str(getattr(row, part)) for part in ("text", "baseline", "aim")}
    statements.carry(pupil=following.pupil, host=before, to=row, texts=texts)


def _still_to_come(day: date | None, begins: date) -> date | None:
    """Give the day of an outcome where the next cycle can keep it: a day gone by is asked anew."""
    return day if day is not None and day >= begins else None


def _check_under_way(cycle: Cycle) -> None:
    check_stands(cycle)
    if cycle.stage not in (Stage.DO, Stage.REVIEWED):
        raise NotPossible(_("Agree the plan first. Then it can be reviewed."))


def _save(
    actor: Actor, cycle: Cycle, results: Sequence[Result], next_step: str, version: int | None
) -> None:
    change(
        cycle,
        version=version,
        next_step=paragraph("next_step", next_step),
        written_at=actor.at,
        writer=actor.person,
    )
    outcomes = {row.ref: row for row in standing_outcomes(cycle)}
    for number, result in enumerate(results, start=1):
        if result.outcome not in outcomes:
            raise NotFound
        part = result.field or f"result_{number}_"
        _put(cycle, outcomes[result.outcome], result, part)


def _put(cycle: Cycle, outcome: Outcome, result: Result, part: str) -> None:
    values = _values(result, part)
    row = Review.objects.filter(outcome=outcome).first()
    if row is None:
        Review(
            org_id=cycle.org_id, pupil_id=cycle.pupil_id, cycle=cycle, outcome=outcome,
            shared=cycle.shared, **values,
        ).save()  # fmt: skip
        return
    differs = differing(row, values.items())
    if differs:
        change(row, version=None, **differs)


def _values(result: Result, part: str) -> dict[str, Any]:
    if result.score is not None and result.score not in Score.values:
        raise Invalid(f"{part}score", _("Choose one of the five."))
    if result.after and result.after not in After.values:
        raise Invalid(f"{part}after", _("Choose carry over, met or change."))
    return {
        "score": result.score,
        "latest": line(f"{part}latest", result.latest),
        "pupil_said": paragraph(f"{part}pupil_said", result.pupil_said, 2_000),
        "parent_said": paragraph(f"{part}parent_said", result.parent_said, 2_000),
        "teacher_said": paragraph(f"{part}teacher_said", result.teacher_said, 2_000),
        "after": result.after,
    }


def _check_complete(cycle: Cycle, fields: Mapping[uuid.UUID, str]) -> None:
    found = {row.outcome_id: row for row in _reviews(cycle)}
    for number, outcome in enumerate(standing_outcomes(cycle), start=1):
        row = found.get(outcome.pk)
        field = fields.get(outcome.ref) or f"result_{number}_"
        if row is None or row.score is None:
            raise Invalid(
                f"{field}score",
                _("Say how far outcome %(number)s was reached.") % {"number": number},
            )
        if not row.after:
            raise Invalid(
                f"{field}after",
                _("Say what comes next for outcome %(number)s.") % {"number": number},
            )
