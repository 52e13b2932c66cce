"""A cycle begins, its plan is agreed, and it ends (APD-01, APD-03)."""

import uuid
from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import Max
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.cases import spine
from opensenco.concerns.operations.following import plan_was_agreed
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.law.due import Due
from opensenco.law.rule import NotInForce
from opensenco.law.timetables import cycle_review as law
from opensenco.people.models import Pupil
from opensenco.support.models import Adjustment, Cycle, HomeAction, Outcome, Review
from opensenco.support.operations.versions import attest
from opensenco.support.states import MOVES, WRITABLE, Stage
from opensenco.support.words import line, paragraph
from opensenco.ui.own_words import a_plan, the_plan

REVIEW = "cycle.review"
WRITE = "cycle.write"
ASKED_BEFORE = timedelta(days=14)


@operation(Action.PLAN_WRITE, on="pupil")
def open_cycle(
    *,
    actor: Actor,
    pupil: Pupil,
    found: str = "",
    parents_said: str = "",
    started_on: date | None = None,
    from_concern: uuid.UUID | None = None,
) -> Cycle:
    """Begin a cycle of assess, plan, do, review. It needs no status, code or diagnosis.

    Args:
        from_concern: the reference of the concern that led to it, if one did.

    Raises:
        NotPossible: a cycle is open already.
        Invalid: it starts on a day to come.
    """
    open_one = Cycle.objects.filter(pupil=pupil, in_error_at__isnull=True).exclude(
        stage=Stage.CLOSED
    )
    if open_one.exists():
        raise NotPossible(_("A plan is open already. Go on with that one."))
    day = started_on or actor.today
    if day > actor.today:
        raise Invalid("started_on", _("This is a day to come."))
    _check_after_the_last(pupil, day)
    cycle = new_cycle(actor, pupil, day)
    cycle.found = paragraph("found", found)
    cycle.parents_said = paragraph("parents_said", parents_said)
    cycle.from_concern = from_concern
    cycle.save()
    began(actor, cycle)
    return cycle


def _check_after_the_last(pupil: Pupil, day: date) -> None:
    """Refuse a cycle that begins before the last one ended: their days would overlap."""
    closed = Cycle.objects.filter(pupil=pupil, in_error_at__isnull=True)
    last = closed.aggregate(last=Max("closed_on"))["last"]
    if last is not None and day < last:
        raise Invalid("started_on", _("The last cycle ended after that. Choose a later day."))


def new_cycle(actor: Actor, pupil: Pupil, day: date) -> Cycle:
    """Give the next cycle of a pupil, not yet saved."""
    last = Cycle.objects.filter(pupil=pupil).aggregate(last=Max("number"))["last"] or 0
    return Cycle(
        org_id=pupil.org_id, pupil=pupil, number=last + 1, started_on=day, started_by=actor.person,
        written_at=actor.at, writer=actor.person,
    )  # fmt: skip


def asked(org: Organisation, number: int, kind: str) -> str:
    """Give in words what waits for a cycle: that its plan is agreed, or reviewed."""
    words = _("Agree %(plan)s") if kind == WRITE else _("Review %(plan)s")
    return words % {"plan": the_plan(org, number)}


def began(actor: Actor, cycle: Cycle) -> None:
    """Write down that a cycle began, and say whose turn it is."""
    spine.add_fact(
        actor=actor,
        pupil=cycle.pupil,
        kind="cycle.opened",
        on=cycle.started_on,
        words=_("Cycle %(number)s began") % {"number": cycle.number},
        source=cycle,
    )
    spine.open_task(
        actor=actor,
        org=cycle.pupil.org,
        kind=WRITE,
        words=asked(cycle.pupil.org, cycle.number, WRITE),
        source=cycle,
        pupil=cycle.pupil,
        role_action=Action.PLAN_WRITE,
    )


def move(cycle: Cycle, to: Stage) -> Stage:
    """Give the stage a cycle goes to, where the table of moves lets it.

    Raises:
        NotPossible: the table does not.
    """
    if to not in MOVES[Stage(cycle.stage)]:
        sentences = {
            Stage.DO: _("This plan cannot be agreed now."),
            Stage.REVIEWED: _("Agree the plan first. Then it can be reviewed."),
            Stage.CLOSED: _("This cycle is closed already."),
            Stage.PLAN: _("This plan cannot be changed any more."),
        }
        raise NotPossible(sentences.get(to, ""))
    return to


def check_stands(cycle: Cycle) -> None:
    """Refuse to go on with a plan that was made in error.

    Raises:
        NotPossible: it was.
    """
    if cycle.in_error:
        raise NotPossible(_("This plan was made in error. Begin a new one."))


def agree(
    actor: Actor, cycle: Cycle, review_on: date | None, agreed_with: str,
    promises: Sequence[str] = (),
) -> Cycle:  # fmt: skip
    """Agree, lock and keep a plan whose words are saved. Only a missing review date can stop it."""
    check_stands(cycle)
    if cycle.pupil.left_on is not None and cycle.pupil.left_on < actor.today:
        raise NotPossible(
            _("The pupil has left. The plan stays as it is; close this cycle with a reason.")
        )
    read_before = cycle.version
    if cycle.stage == Stage.ASSESS:
        cycle.stage = move(cycle, Stage.PLAN)
    stage = move(cycle, Stage.DO)
    if review_on is None:
        raise Invalid("review_on", _("Agree a clear date for the review. Only this can stop you."))
    if review_on < actor.today:
        raise Invalid("review_on", _("The review date has passed. Choose a day to come."))
    change(
        cycle,
        version=None,
        stage=stage,
        planned_on=cycle.planned_on or actor.today,
        review_on=review_on,
        agreed_on=actor.today,
        agreed_by=actor.person,
        agreed_with=line("agreed_with", agreed_with, 300),
        agreed_version=cycle.version + 1,
        shared=True,
    )
    attest(actor, cycle, read_before, promises)
    share(cycle)
    spine.add_fact(
        actor=actor, pupil=cycle.pupil, kind="plan.agreed", on=actor.today,
        words=_("%(plan)s agreed") % {"plan": a_plan(cycle.pupil.org, cycle.number)}, source=cycle,
    )  # fmt: skip
    keep_dates(actor, cycle)
    plan_was_agreed(actor, cycle.pupil, actor.today)
    spine.settle_task(actor=actor, source=cycle, kind=WRITE)
    ask_for_review(actor, cycle, review_on)
    return cycle


def share(cycle: Cycle) -> None:
    """Let the family read what they agreed to: outcomes and reviews of a plan, what is changed for
    the pupil, and what they do at home. What is noted beside it later waits for the next agreement.
    """
    for outcome in Outcome.objects.filter(cycle=cycle, shared=False, dropped_on__isnull=True):
        change(outcome, version=None, shared=True)
    for review in Review.objects.filter(cycle=cycle, shared=False):
        change(review, version=None, shared=True)
    runs = {"pupil": cycle.pupil_id, "ended_on": None, "in_error_at": None, "shared": False}
    for row in (*Adjustment.objects.filter(**runs), *HomeAction.objects.filter(**runs)):
        change(row, version=None, shared=True)


def ask_for_review(actor: Actor, cycle: Cycle, review_on: date) -> None:
    """Let the review wait for teacher and SENCO, from a fortnight before its day on."""
    spine.open_task(
        actor=actor,
        org=cycle.pupil.org,
        kind=REVIEW,
        words=asked(cycle.pupil.org, cycle.number, REVIEW),
        source=cycle,
        pupil=cycle.pupil,
        role_action=Action.REVIEW_WRITE,
        since=max(actor.today, review_on - ASKED_BEFORE),
        due=review_on,
    )


def keep_dates(actor: Actor, cycle: Cycle) -> None:
    """Hand down what the law makes of a cycle: the day by which it is reviewed (APD-05)."""
    dues: tuple[Due, ...] = ()
    closed_unreviewed = cycle.stage == Stage.CLOSED and cycle.reviewed_on is None
    if cycle.agreed_on and not closed_unreviewed and not cycle.in_error:
        try:
            dues = law.timetable(
                facts=law.CycleFacts(
                    started=cycle.started_on, agreed=cycle.review_on, reviewed=cycle.reviewed_on
                )
            )
        except NotInForce:
            # A cycle from before the reform is kept; the rule says nothing about it.
            dues = ()
    spine.replace_due_dates(actor=actor, pupil=cycle.pupil, source=cycle, dues=dues)


@operation(Action.PLAN_WRITE, on="cycle")
def reopen_plan(*, actor: Actor, cycle: Cycle, version: int | None = None) -> Cycle:
    """Open an agreed plan again to change it. What was agreed stays in the history.

    Raises:
        NotPossible: it is not an agreed plan under way.
        Stale: somebody else changed it in between.
    """
    check_stands(cycle)
    if cycle.stage in WRITABLE:
        raise NotPossible(_("This plan is open already. Change what you need."))
    change(
        cycle,
        version=version,
        stage=move(cycle, Stage.PLAN),
        written_at=actor.at,
        writer=actor.person,
    )
    spine.add_fact(
        actor=actor, pupil=cycle.pupil, kind="plan.reopened", on=actor.today,
        words=_("%(plan)s opened again") % {"plan": a_plan(cycle.pupil.org, cycle.number)},
        source=cycle,
    )  # fmt: skip
    spine.settle_task(actor=actor, source=cycle, kind=REVIEW)
    return cycle


@operation(Action.PLAN_WRITE, on="cycle")
def close_cycle(*, actor: Actor, cycle: Cycle, reason: str, version: int | None = None) -> Cycle:
    """End a cycle without a next one: support is no longer needed, or the pupil has left.

    Raises:
        Invalid: no reason.
        NotPossible: it is closed already.
        Stale: somebody else changed it in between.
    """
    why = paragraph("reason", reason, 1_000)
    if not why:
        raise Invalid("reason", _("Say why this ends without a next cycle."))
    end(actor, cycle, why, version)
    spine.add_fact(
        actor=actor, pupil=cycle.pupil, kind="cycle.closed", on=actor.today,
        words=_("Cycle %(number)s closed") % {"number": cycle.number}, source=cycle,
    )  # fmt: skip
    return cycle


def end(actor: Actor, cycle: Cycle, reason: str, version: int | None) -> None:
    """Close a cycle and whatever waits for it."""
    check_stands(cycle)
    change(
        cycle,
        version=version,
        stage=move(cycle, Stage.CLOSED),
        closed_on=actor.today,
        closed_by=actor.person,
        closed_reason=reason,
    )
    keep_dates(actor, cycle)
    spine.settle_task(actor=actor, source=cycle)
