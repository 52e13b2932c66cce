"""A better form of what a remark is about, with what the record knows and gaps for what it lacks.

It is never put into the plan by itself: whoever writes takes it and fills the gaps.
"""

from opensenco.kernel.words import mark, say, sentence
from opensenco.plainwords.plan import Found, OutcomeText, PlanText, ProvisionText
from opensenco.plainwords.structure import counted

#: remarks that a whole outcome, written out, answers
OF_OUTCOMES = ("outcome-", "no-number", "no-measure", "no-date", "will-try", "support-only",
               "baseline-vague", "aim-vague", "measure-vague", "regular", "access-to")  # fmt: skip
OF_PROVISION = ("passive-", "staff-to", "needs-to-be", "regular", "frequent", "access-to", "small-",
                "adult-", "some-", "support-only", "as-", "where-", "ongoing", "occasional",
                "encourage", "monitor", "high-level", "will-try", "key-staff")  # fmt: skip
OUTCOME = mark("By {day}, {pupil} will {what}, from {begins} to {ends}: {measure}.")
PROVISION = mark("{who} {what} for {minutes} minutes, {times} times a week, until {day}.")


def offer_for(plan: PlanText, one: Found) -> str:
    """Give the better form for a remark, or nothing where a skeleton helps nobody."""
    rule, place = one.remark.rule, one.place
    if place.kind == "outcome" and rule.startswith(OF_OUTCOMES):
        row = next((row for row in plan.outcomes if row.key == place.key), None)
        return _outcome(plan, row) if row and rule != "outcome-without-provision" else ""
    if place.kind in ("provision", "adjustment") and rule.startswith(OF_PROVISION):
        given = next((row for row in plan.provision if row.key == place.key), None)
        return _provision(plan, given) if given else ""
    return ""


def _outcome(plan: PlanText, row: OutcomeText) -> str:
    day = row.by or plan.review_on
    return str(
        sentence(
            OUTCOME,
            day=say(day) if day else "…",
            pupil="…",
            what="…",
            begins=row.baseline.strip() if counted(row.baseline) else "…",
            ends=row.aim.strip() if counted(row.aim) else "…",
            measure=row.measure.strip().rstrip(".") if counted(row.measure) else "…",
        )
    )


def _provision(plan: PlanText, row: ProvisionText) -> str:
    return str(
        sentence(
            PROVISION,
            who=row.who.strip() or "…",
            what="…",
            minutes=row.minutes or "…",
            times=row.times_a_week or "…",
            day=say(plan.review_on) if plan.review_on else "…",
        )
    )
