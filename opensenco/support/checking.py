"""A plan of the record as the rules about words read it, looked over beside its page.

Nothing here stops anybody: only a missing review date does, and that is said where it is agreed.
"""

from collections.abc import Iterable, Sequence

from opensenco.plainwords.checking import check
from opensenco.plainwords.plan import Checked, OutcomeText, PlanText, ProvisionText
from opensenco.support.models import Profile
from opensenco.support.queries.plans import Plan, PlanOutcome
from opensenco.support.words import lines


def check_plan(
    plan: Plan,
    profile: Profile | None,
    provision: Iterable[ProvisionText] = (),
    strategies: Sequence[str] = (),
    needs: Sequence[str] = (),
    at_home: Sequence[str] = (),
) -> Checked:
    """Give the remarks on a plan in the order of its page.

    Args:
        provision: what is done, with the places of outcomes ("1") that it serves.
        strategies: the lines a class teacher is shown.
        needs: the names of the pupil's needs, the greatest first.
        at_home: what the family does, beside what the plan itself says of it.
    """
    return check(text_of(plan, profile, provision, strategies, needs, at_home))


def text_of(
    plan: Plan,
    profile: Profile | None,
    provision: Iterable[ProvisionText],
    strategies: Sequence[str],
    needs: Sequence[str],
    at_home: Sequence[str],
) -> PlanText:
    """Give a plan as the rules read it. What pupil and parents said is never looked over."""
    cycle = plan.cycle
    return PlanText(
        outcomes=tuple(_outcome(one) for one in plan.outcomes),
        provision=tuple(provision),
        needs=tuple(needs),
        strategies=tuple(strategies),
        at_home=(*lines(cycle.at_home), *at_home),
        found=cycle.found,
        starts=cycle.started_on,
        review_on=cycle.review_on,
        parents_said=bool(cycle.parents_said),
        pupil_said=bool(profile and profile.own_words),
        strengths=bool(profile and profile.good_at),
    )


def _outcome(one: PlanOutcome) -> OutcomeText:
    row, before = one.row, one.before
    return OutcomeText(
        key=str(one.place),
        text=row.text,
        baseline=row.baseline,
        aim=row.aim,
        measure=row.measure,
        by=row.by,
        who=row.who,
        before=before.text if before else "",
        baseline_before=before.baseline if before else "",
    )
