"""What can be said about a plan by plain rules, beside the page on which it is written.

Nothing here stops anybody: only a missing review date does, and that is said where it is agreed.
"""

from collections.abc import Collection
from dataclasses import dataclass

from opensenco.support.models import Profile
from opensenco.support.queries.plans import Plan, PlanOutcome
from opensenco.support.wording import Remark, remarks, rules, structural
from opensenco.ui import words

WEEK = 7


@dataclass(frozen=True)
class Checked:
    """A remark with the place it is about.

    Args:
        outcome: the number of the outcome, 0 for the plan as a whole.
        part: the part of the page: "text", "baseline", "provision", "review_on", ….
    """

    remark: Remark
    outcome: int
    part: str


def check_plan(
    plan: Plan, profile: Profile | None, provided: Collection[int], strategies: int
) -> list[Checked]:
    """Give the remarks on a plan in the order of its page.

    Args:
        provided: the keys of outcomes for which something is provided.
        strategies: how many lines a class teacher is shown.
    """
    found = [
        Checked(one, outcome.place, part)
        for outcome in plan.outcomes
        for one, part in _of_outcome(outcome, outcome.row.pk in provided)
    ]
    return [*found, *_of_plan(plan, profile, strategies)]


def _of_outcome(outcome: PlanOutcome, is_provided: bool) -> list[tuple[Remark, str]]:
    row = outcome.row
    by = words.day(row.by) if row.by else ""
    whole = ". ".join(part for part in (row.text, row.aim, row.measure, by) if part)
    # these two have a field of their own
    fields = {"no-measure": ("measure", row.measure), "no-date": ("by", by)}
    wording = [one for one in remarks("outcome", row.text, whole)
               if not fields.get(one.rule, ("", ""))[1]]  # fmt: skip
    structure = structural(
        [
            ("outcome-without-baseline", not row.baseline),
            ("outcome-without-provision", not is_provided),
        ]
    )
    parts = {"outcome-without-baseline": "baseline", "outcome-without-provision": "provision"}
    return [
        *((one, fields.get(one.rule, ("text", ""))[0]) for one in wording),
        *((one, parts[one.rule]) for one in structure),
    ]


def _of_plan(plan: Plan, profile: Profile | None, strategies: int) -> list[Checked]:
    cycle, limits = plan.cycle, rules().limits
    weeks = (cycle.review_on - cycle.started_on).days / WEEK if cycle.review_on else 0
    parts = {
        "too-many-outcomes": len(plan.outcomes) > limits["too-many-outcomes"],
        "no-pupil-voice": profile is None or not profile.own_words,
        "no-strength": profile is None or not profile.good_at,
        "no-parent-voice": not cycle.parents_said,
        "too-many-strategies": strategies > limits["too-many-strategies"],
        "no-review-date": cycle.review_on is None,
        "review-too-far": weeks > limits["review-too-far"],
    }
    places = {
        "too-many-outcomes": "outcomes",
        "no-pupil-voice": "profile",
        "no-strength": "profile",
        "too-many-strategies": "profile",
        "no-parent-voice": "parents_said",
        "no-review-date": "review_on",
        "review-too-far": "review_on",
    }
    return [Checked(one, 0, places[one.rule]) for one in structural(parts.items())]
