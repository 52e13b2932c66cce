"""What a place changes so that disabled pupils take part: recorded, decided, looked at, ended."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.audit.acting import acting
from opensenco.cases import spine
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.law.timetables.accessibility_plan import PlanFacts, timetable
from opensenco.people.models import Pupil
from opensenco.support.models import AccessDecision, AccessPlanApproval, Adjustment
from opensenco.support.models.access import LINE, LONG
from opensenco.support.states import Decided, ForWhom
from opensenco.support.words import line, paragraph

MOST_WORDS = 2_000
#: the fields of a decision, as its form gives them
FIELDS = ("aim", "barrier", "words", "decided", "decided_on", "decided_by", "why", "in_plan",
          "who", "by", "cost", "starts")  # fmt: skip


@operation(Action.REPORT_WRITE, on="org")
def record_access(
    *, actor: Actor, org: Organisation, for_whom: str, given: Mapping[str, Any], group: str = ""
) -> AccessDecision:
    """Record what is changed for everybody or for a group, or was asked for and refused.

    Raises:
        Invalid: a field that says nothing, or a decision without who, when and why.
    """
    if for_whom not in (ForWhom.ALL, ForWhom.GROUP):
        raise Invalid("for_whom", _("Choose one of the answers shown."))
    who = line("group", group, LINE) if for_whom == ForWhom.GROUP else ""
    if for_whom == ForWhom.GROUP and not who:
        raise Invalid("group", _("Say which group, without names."))
    row = AccessDecision(org=org, for_whom=for_whom, group=who, **_checked(actor, given))
    row.save()
    return row


@operation(Action.PLAN_WRITE, on="pupil")
def record_access_of_pupil(
    *, actor: Actor, pupil: Pupil, given: Mapping[str, Any], adjustment: Adjustment | None = None
) -> AccessDecision:
    """Record what was decided for one pupil, with the reason; also a refusal.

    Raises:
        Invalid: see `record_access`, or an adjustment of another pupil.
    """
    if adjustment is not None and adjustment.pupil_id != pupil.pk:
        raise Invalid("adjustment", _("Choose one of the answers shown."))
    fields = _checked(actor, {**given, "in_plan": False})
    row = AccessDecision(
        org_id=pupil.org_id, pupil=pupil, adjustment=adjustment, for_whom=ForWhom.PUPIL, **fields
    )
    row.save()
    _tell_timeline(actor, row)
    return row


@operation(Action.REPORT_WRITE, on="decision")
def change_access(
    *, actor: Actor, decision: AccessDecision, given: Mapping[str, Any], version: int | None
) -> AccessDecision:
    """Change a decision, or decide what was open. The history keeps what stood before.

    Raises:
        Invalid: see `record_access`.
        NotPossible: it was recorded in error.
        Stale: somebody else changed it in between.
    """
    _refuse_error(decision)
    before = decision.decided
    fields = _checked(actor, given)
    if decision.pupil_id is not None:
        fields["in_plan"] = False
    change(decision, version=version, **fields)
    if decision.pupil_id is not None and decision.decided != before:
        _tell_timeline(actor, decision)
    return decision


@operation(Action.REPORT_WRITE, on="decision")
def say_whether_access_helps(
    *, actor: Actor, decision: AccessDecision, helped: str, helped_words: str,
    ended_on: date | None, ended_reason: str, version: int | None,
) -> AccessDecision:  # fmt: skip
    """Say whether a change helps, and end it where it is over.

    Raises:
        Invalid: it is not in place, or it ends without a reason or before it began.
        Stale: somebody else changed it in between.
    """
    _refuse_error(decision)
    if decision.starts is None:
        raise NotPossible(_("This is not in place yet. Say since when first."))
    reason = line("ended_reason", ended_reason, LONG)
    if ended_on is not None and not (decision.starts <= ended_on <= actor.today):
        raise Invalid("ended_on", _("Give a day after it began, and not after today."))
    if ended_on is not None and not reason:
        raise Invalid("ended_reason", _("Say why it ended."))
    return change(
        decision, version=version, helped=helped,
        helped_words=paragraph("helped_words", helped_words, MOST_WORDS),
        helped_on=actor.today if helped else None, helped_by=actor.person if helped else None,
        ended_on=ended_on, ended_reason=reason if ended_on else "",
    )  # fmt: skip


@operation(Action.REPORT_WRITE, on="decision")
def access_in_error(
    *, actor: Actor, decision: AccessDecision, reason: str, version: int | None
) -> AccessDecision:
    """Mark a decision as recorded in error; the history keeps it.

    Raises:
        Invalid: no reason.
        NotPossible: it is marked already.
        Stale: somebody else changed it in between.
    """
    _mark(actor, decision, reason, version)
    if decision.pupil is not None:
        spine.withdraw_facts(
            actor=actor, pupil=decision.pupil, source=decision,
            words=_("A decision on an adjustment was recorded in error"),
        )  # fmt: skip
    return decision


@operation(Action.REPORT_WRITE, on="org")
def record_plan_approval(
    *, actor: Actor, org: Organisation, approved_on: date, approved_by: str, where: str = ""
) -> AccessPlanApproval:
    """Record that the accessibility plan was approved or reviewed: three years run from that day.

    Raises:
        Invalid: no name, or a day that is still to come or before the law.
    """
    return plan_approved(actor, org, approved_on, approved_by, where)


def plan_approved(
    actor: Actor, org: Organisation, approved_on: date, approved_by: str, where: str = ""
) -> AccessPlanApproval:
    """Keep the day of an approval, inside an operation that has checked the right to it.

    Raises:
        Invalid: see `record_plan_approval`.
    """
    acting()
    who = line("approved_by", approved_by, LINE)
    if not who:
        raise Invalid("approved_by", _("Say who approved it, for example the governing body."))
    if approved_on > actor.today:
        raise Invalid("approved_on", _("This day is still to come."))
    if approved_on.year < 2011:
        raise Invalid("approved_on", _("This is too long ago. Check the year."))
    row = AccessPlanApproval(
        org=org, approved_on=approved_on, approved_by=who, where=line("where", where, LONG),
        person=actor.person,
    )  # fmt: skip
    row.save()
    _keep_due(actor, org)
    return row


@operation(Action.REPORT_WRITE, on="approval")
def approval_in_error(
    *, actor: Actor, approval: AccessPlanApproval, reason: str, version: int | None
) -> AccessPlanApproval:
    """Mark an approval as recorded in error; the one before counts again.

    Raises:
        Invalid: no reason.
        NotPossible: it is marked already.
        Stale: somebody else changed it in between.
    """
    _mark(actor, approval, reason, version)
    _keep_due(actor, approval.org)
    return approval


def _keep_due(actor: Actor, org: Organisation) -> None:
    """Keep when the plan is reviewed again: of the newest approval alone."""
    rows = AccessPlanApproval.objects.filter(org=org)
    standing = rows.filter(in_error_at__isnull=True).order_by("-approved_on", "-id").first()
    for row in rows.order_by("id"):
        dues = timetable(facts=PlanFacts(approved=row.approved_on)) if row == standing else ()
        spine.replace_due_dates(
            actor=actor, pupil=None, source=row, dues=dues, reader=Action.PLAN_WRITE
        )


def _checked(actor: Actor, given: Mapping[str, Any]) -> dict[str, Any]:
    """Give the fields of a decision as they are kept."""
    kept = {name: given.get(name) for name in FIELDS}
    kept["in_plan"], kept["cost"] = bool(kept["in_plan"]), kept["cost"] or ""
    kept["barrier"] = line("barrier", given["barrier"], LONG)
    kept["words"] = paragraph("words", given["words"], MOST_WORDS)
    kept["why"] = paragraph("why", given.get("why", ""), MOST_WORDS)
    kept["who"] = line("who", given.get("who", ""), LINE)
    kept["decided_by"] = line("decided_by", given.get("decided_by", ""), LINE)
    for name, sentence in (("barrier", _("Say what is in the way.")),
                           ("words", _("Say what is changed, or was asked for."))):  # fmt: skip
        if not kept[name]:
            raise Invalid(name, sentence)
    if kept["decided"] == Decided.OPEN:
        return {**kept, "decided_on": None, "decided_by": "", "starts": None}
    _refuse_undecided(actor, kept)
    if kept["decided"] == Decided.REFUSED:
        kept |= {"starts": None, "in_plan": False, "by": None}
    return kept


def _refuse_undecided(actor: Actor, kept: Mapping[str, Any]) -> None:
    if kept["decided_on"] is None or kept["decided_on"] > actor.today:
        raise Invalid("decided_on", _("Give the day on which it was decided, today or before."))
    if not kept["decided_by"]:
        raise Invalid("decided_by", _("Say who decided it."))
    if kept["decided"] == Decided.REFUSED and len(kept["why"].split()) < 3:
        raise Invalid("why", _("Say in a sentence why it was refused."))
    if kept["starts"] is not None and kept["starts"] > actor.today:
        raise Invalid("starts", _("This day is still to come. Say by when it will be in place."))


def _refuse_error(row: AccessDecision) -> None:
    if row.in_error:
        raise NotPossible(_("This is marked as an error already."))


def _mark(
    actor: Actor, row: AccessDecision | AccessPlanApproval, reason: str, version: int | None
) -> None:
    why = paragraph("reason", reason, MOST_WORDS)
    if len(why.split()) < 2:
        raise Invalid("reason", _("Say in a few words what was wrong."))
    if row.in_error:
        raise NotPossible(_("This is marked as an error already."))
    change(
        row, version=version, in_error_at=actor.at, in_error_by=actor.person, in_error_reason=why
    )


def _tell_timeline(actor: Actor, row: AccessDecision) -> None:
    if row.pupil is None or row.decided == Decided.OPEN:
        return
    words = {
        Decided.AGREED.value: _("An adjustment was agreed, with the reason"),
        Decided.REFUSED.value: _("An adjustment was refused, with the reason"),
    }[row.decided]
    spine.add_fact(
        actor=actor, pupil=row.pupil, kind="adjustment.decided", on=row.decided_on or actor.today,
        words=words, source=row,
    )  # fmt: skip
