"""Keeping the card of an EHC plan: begun, put right, reviewed, amended, ended, taken back."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases import spine
from opensenco.cases.models import Fact
from opensenco.ehc import checking as check
from opensenco.ehc.dates import keep_dates
from opensenco.ehc.models import EhcPlan
from opensenco.ehc.states import Decided
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.people.models import Pupil
from opensenco.support.words import paragraph

MADE, REVIEWED, AMENDED, ENDED = "ehc.made", "ehc.reviewed", "ehc.amended", "ehc.ended"
#: the days of a card that stand on the timeline, each with its kind
TOLD = {"made_on": MADE, "reviewed_on": REVIEWED, "amended_on": AMENDED}


@operation(Action.EHC_KEEP, on="pupil")
def begin_card(*, actor: Actor, pupil: Pupil, given: Mapping[str, Any]) -> EhcPlan:
    """Keep a card of a pupil's EHC plan, with the days that the law counts from.

    Args:
        given: values by the names of `checking.OF_CARD`.

    Raises:
        Invalid: see `checking.card`.
        NotPossible: there is a card already.
    """
    if EhcPlan.objects.filter(
        pupil=pupil, ended_on__isnull=True, in_error_at__isnull=True
    ).exists():
        raise NotPossible(_("There is a card of this plan already. Put that one right."))
    values = check.card(actor, pupil, given)
    check.days(actor, pupil, values)
    row = EhcPlan(org_id=pupil.org_id, pupil=pupil, by=actor.person, at=actor.at, **values)
    row.save()
    for name in TOLD:
        if values[name] is not None:
            _tell(actor, row, name)
    keep_dates(actor, row)
    return row


@operation(Action.EHC_KEEP, on="plan")
def put_card_right(
    *, actor: Actor, plan: EhcPlan, given: Mapping[str, Any], version: int | None
) -> EhcPlan:
    """Complete a card or put it right; what stood before stays in its history.

    Raises:
        Invalid: see `checking.card`.
        NotPossible: it was made in error.
        Stale: somebody else changed it in between.
    """
    _need_writable(plan)
    before = check.values_of(plan, *TOLD)
    values = check.card(actor, plan.pupil, given)
    if values["reviewed_on"] is None:
        values["decided"] = ""
    if not values["move_kind"]:
        values["named_on"] = None
    check.days(actor, plan.pupil, {**check.values_of(plan), **values})
    change(plan, version=version, **values)
    for name in TOLD:
        if values[name] != before[name]:
            _tell(actor, plan, name, corrects=before[name] is not None)
    keep_dates(actor, plan)
    return plan


@operation(Action.EHC_KEEP, on="plan")
def plan_review(
    *, actor: Actor, plan: EhcPlan, version: int | None, meeting_on: date | None,
    papers_on: date | None = None, reported_on: date | None = None,
) -> EhcPlan:  # fmt: skip
    """Say when the next review is met for, and when its papers and its report went out.

    Raises:
        Invalid: days that cannot be.
        NotPossible: the card was made in error, or the plan has ended.
        Stale: somebody else changed it in between.
    """
    _need_writable(plan)
    values = {"meeting_on": meeting_on, "papers_on": papers_on, "reported_on": reported_on}
    if meeting_on is None and (papers_on or reported_on):
        raise Invalid("meeting_on", _("Enter the day of the meeting too."))
    check.days(actor, plan.pupil, {**check.values_of(plan), **values})
    change(plan, version=version, **values)
    keep_dates(actor, plan)
    return plan


@operation(Action.EHC_KEEP, on="plan")
def finish_review(
    *, actor: Actor, plan: EhcPlan, version: int | None, on: date, decided: str
) -> EhcPlan:
    """Record what the authority decided after a review; the next twelve months start that day.

    Raises:
        Invalid: a day that cannot be, or no decision.
        NotPossible: the card was made in error, or the plan has ended.
        Stale: somebody else changed it in between.
    """
    _need_writable(plan)
    if decided not in Decided.values:
        raise Invalid("decided", _("Choose what the authority decided."))
    begins = plan.reviewed_on or plan.made_on
    if on <= begins:
        raise Invalid("on", _("Choose a day after the last review."))
    if plan.meeting_on and on < plan.meeting_on:
        raise Invalid("on", _("The authority decides after the meeting. Check both days."))
    values = {"reviewed_on": on, "decided": decided, **dict.fromkeys(check.OF_REVIEW)}
    _check_past(actor, "on", on)
    change(plan, version=version, **values)
    _tell(actor, plan, "reviewed_on")
    keep_dates(actor, plan)
    return plan


@operation(Action.EHC_KEEP, on="plan")
def amend_plan(
    *, actor: Actor, plan: EhcPlan, version: int | None, on: date, names_place: bool = False
) -> EhcPlan:
    """Record that a final amended plan came.

    Args:
        names_place: it names the next school or college, so the move between phases is settled.

    Raises:
        Invalid: a day that cannot be.
        NotPossible: the card was made in error, or the plan has ended.
        Stale: somebody else changed it in between.
    """
    _need_writable(plan)
    _check_past(actor, "on", on)
    if on < (plan.amended_on or plan.made_on):
        raise Invalid("on", _("Choose a day after the plan that this one replaces."))
    if names_place and not plan.move_kind:
        raise Invalid("names_place", _("No move between phases is on the card. Add it first."))
    values: dict[str, Any] = {"amended_on": on}
    if names_place:
        values["named_on"] = on
    change(plan, version=version, **values)
    _tell(actor, plan, "amended_on")
    keep_dates(actor, plan)
    return plan


@operation(Action.EHC_KEEP, on="plan")
def end_plan(*, actor: Actor, plan: EhcPlan, version: int | None, on: date, reason: str) -> EhcPlan:
    """Record that the authority ceased to keep the plan, or that another school keeps it now.

    Raises:
        Invalid: a day that cannot be, or no reason.
        NotPossible: the card was made in error, or the plan has ended.
        Stale: somebody else changed it in between.
    """
    _need_writable(plan)
    why = paragraph("reason", reason, 1_000)
    if not why:
        raise Invalid("reason", _("Say in a sentence why the plan ended."))
    _check_past(actor, "on", on)
    if on < max(filter(None, (plan.made_on, plan.reviewed_on, plan.amended_on))):
        raise Invalid("on", _("This is before another day on the card. Check both days."))
    change(plan, version=version, ended_on=on, end_reason=why)
    spine.add_fact(
        actor=actor, pupil=plan.pupil, kind=ENDED, on=on, words=_("The EHC plan ended"),
        source=plan,
    )  # fmt: skip
    keep_dates(actor, plan)
    return plan


@operation(Action.RECORD_INVALIDATE, on="plan")
def card_in_error(*, actor: Actor, plan: EhcPlan, version: int | None, reason: str) -> EhcPlan:
    """Mark a card as made in error. What it asked for is asked no more.

    Raises:
        Invalid: no reason.
        NotPossible: it is marked already.
        Stale: somebody else changed it in between.
    """
    why = check.reason(reason)
    if plan.in_error:
        raise NotPossible(_("This is marked as an error already."))
    change(
        plan, version=version, in_error_at=actor.at, in_error_by=actor.person, in_error_reason=why
    )
    keep_dates(actor, plan)
    spine.withdraw_facts(
        actor=actor, pupil=plan.pupil, source=plan,
        words=_("The card of an EHC plan was made in error"),
    )  # fmt: skip
    return plan


def _need_writable(plan: EhcPlan) -> None:
    if plan.in_error:
        raise NotPossible(_("This card is marked as made in error. It stays as it was."))
    if plan.ended_on is not None:
        raise NotPossible(_("This plan has ended. Its card stays as it was."))


def _check_past(actor: Actor, field: str, day: date) -> None:
    if day > actor.today:
        raise Invalid(field, _("This is a day to come. Enter it once it has happened."))


def _tell(actor: Actor, plan: EhcPlan, name: str, *, corrects: bool = False) -> None:
    """Put a day of the card on the timeline, or put the newest one of its kind right."""
    day, kind = getattr(plan, name), TOLD[name]
    rows = Fact.objects.filter(source_ref=plan.ref, kind=kind).order_by("-id")
    stood = rows.first() if corrects else None
    words = _words(plan, name) if day else _("A day of the EHC plan was entered in error")
    spine.add_fact(
        actor=actor, pupil=plan.pupil, kind=kind, on=day or actor.today, words=words, source=plan,
        corrects=stood,
    )  # fmt: skip


def _words(plan: EhcPlan, name: str) -> str:
    if name == "made_on":
        return _("EHC plan made by %(authority)s") % {"authority": plan.authority}
    if name == "amended_on":
        return _("Final amended EHC plan")
    said = {
        Decided.KEEP: _("Annual review finished: the plan is kept"),
        Decided.AMEND: _("Annual review finished: the plan is to be amended"),
        Decided.CEASE: _("Annual review finished: the authority ceases to keep the plan"),
    }
    return said.get(Decided(plan.decided)) or "" if plan.decided else _("Annual review finished")
