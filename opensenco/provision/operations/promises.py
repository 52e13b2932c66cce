"""What is promised to a pupil begins, ends, and goes on into the next cycle (APD-03, APD-04)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Membership, Person
from opensenco.cases import spine
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotFound, NotPossible
from opensenco.people.models import Assignment, Group, GroupPupil, GroupStaff, Pupil
from opensenco.people.policy import on_day
from opensenco.provision.models import Allocation, Provision
from opensenco.provision.operations.library import (
    MOST_GROUP,
    MOST_MINUTES,
    MOST_TIMES,
    check_number,
)
from opensenco.support.models import Cycle, Outcome
from opensenco.support.operations import reviews
from opensenco.support.words import line, paragraph


@dataclass(frozen=True)
class Given:
    """What is promised.

    Args:
        provision: an item of the library; without one, `what` says it in words.
        person: a colleague who delivers it; `delivered_by` names anybody else.
        times, minutes: a week, and each; both or neither, for a change that happens all the time.
        group: the group that gets it together.
    """

    provision: Provision | None = None
    what: str = ""
    person: Person | None = None
    delivered_by: str = ""
    times: int | None = None
    minutes: int | None = None
    group: Group | None = None
    group_size: int = 1


@operation(Action.PROVISION_ALLOCATE, on="pupil")
def allocate(
    *,
    actor: Actor,
    pupil: Pupil,
    given: Given,
    starts: date,
    ends: date | None = None,
    outcome: Outcome | None = None,
) -> Allocation:
    """Promise a provision to a pupil, towards an outcome. Who delivers it sees the pupil from then.

    Raises:
        Invalid: nothing said, numbers or days that cannot be, an adult who has no role here.
        NotFound: an outcome of another pupil.
        NotPossible: the pupil gets this in the same group already.
    """
    if outcome is not None and outcome.pupil_id != pupil.pk:
        raise NotFound
    _check(actor, pupil, given, starts, ends)
    values: dict[str, Any] = {
        "what": line("what", given.what, 160) or (given.provision.name if given.provision else ""),
        "person": given.person,
        "delivered_by": line("delivered_by", given.delivered_by, 160),
        "times": given.times,
        "minutes": given.minutes,
        "group": given.group,
        "group_size": given.group_size,
        "starts": starts,
        "ends": ends,
        "provision": given.provision,
    }
    row = Allocation(
        org_id=pupil.org_id, pupil=pupil, outcome=outcome, root=outcome.root if outcome else None,
        **values,
    )  # fmt: skip
    _let_them_meet(row)
    row.save()
    spine.add_fact(
        actor=actor, pupil=pupil, kind="provision.given", on=starts, source=row,
        words=_("%(what)s began") % {"what": in_words(row)}, reader=Action.PROVISION_VIEW,
    )  # fmt: skip
    return row


@operation(Action.PROVISION_ALLOCATE, on="allocation")
def end_allocation(
    *,
    actor: Actor,
    allocation: Allocation,
    ends: date,
    reason: str,
    version: int | None = None,
) -> Allocation:
    """End a promise on a day, with the reason. What was delivered stays on the record.

    Raises:
        Invalid: no reason, or a day before it began.
        NotPossible: it has ended already, or was made in error.
        Stale: somebody else changed it in between.
    """
    if allocation.in_error or (allocation.ends and allocation.ends < actor.today):
        raise NotPossible(_("This has ended already."))
    if ends < allocation.starts:
        raise Invalid("ends", _("It began later than this. Choose a later day."))
    why = paragraph("reason", reason, 1_000)
    if not why:
        raise Invalid("reason", _("Say why it ends."))
    change(allocation, version=version, ends=ends, ended_reason=why)
    for tie in (allocation.membership, allocation.assignment):
        if tie is not None:
            change(tie, version=None, ends=max(ends, tie.starts))
    spine.add_fact(
        actor=actor, pupil=allocation.pupil, kind="provision.ended", on=ends, source=allocation,
        words=_("%(what)s ended") % {"what": allocation.what}, reader=Action.PROVISION_VIEW,
    )  # fmt: skip
    return allocation


@operation(Action.RECORD_INVALIDATE, on="allocation")
def mark_in_error(
    *, actor: Actor, allocation: Allocation, reason: str, version: int | None = None
) -> Allocation:
    """Mark a promise as made in error. Sessions that were logged for it stay in the ledger.

    Raises:
        Invalid: no reason.
        NotPossible: it is marked already.
        Stale: somebody else changed it in between.
    """
    why = paragraph("reason", reason, 1_000)
    if len(why.split()) < 2:
        raise Invalid("reason", _("Say in a few words what was wrong."))
    if allocation.in_error:
        raise NotPossible(_("This is marked as an error already."))
    change(
        allocation,
        version=version,
        in_error_at=actor.at,
        in_error_by=actor.person,
        in_error_reason=why,
    )
    for tie in (allocation.membership, allocation.assignment):
        if tie is not None:
            change(tie, version=None, ends=max(actor.today, tie.starts))
    spine.withdraw_facts(
        actor=actor, pupil=allocation.pupil, source=allocation,
        words=_("A promise was marked as made in error"), reader=Action.PROVISION_VIEW,
    )  # fmt: skip
    return allocation


@operation(Action.PLAN_WRITE, on="cycle")
def start_next_cycle(
    *,
    actor: Actor,
    cycle: Cycle,
    keep: Sequence[Allocation] = (),
    version: int | None = None,
) -> Cycle:
    """Close a reviewed cycle, begin the next, and let the chosen promises go on in it.

    A promise that still runs goes on as it is; one that has ended is made again from today. What is
    not chosen ends today.

    Args:
        keep: promises of the cycle's outcomes.

    Raises:
        NotPossible: the cycle has not been reviewed.
        Stale: somebody else changed the plan in between.
    """
    following = reviews.start_next_cycle(actor=actor, cycle=cycle, version=version)
    now = {
        row.root: row for row in Outcome.objects.filter(cycle=following, in_error_at__isnull=True)
    }
    kept = {row.pk for row in keep}
    for row in _of_cycle(cycle):
        runs = row.ends is None or row.ends >= actor.today
        if row.pk in kept and not runs:
            _again(actor, row, now.get(row.root) if row.root else None)
        elif row.pk not in kept and runs:
            end_allocation(
                actor=actor,
                allocation=row,
                ends=max(actor.today, row.starts),
                reason=_("Not carried on at the review of cycle %(number)s")
                % {"number": cycle.number},
            )
    return following


def in_words(row: Allocation) -> str:
    """Give a promise in words: "Language group, 3 × 20 minutes a week"."""
    if not row.times:
        return row.what
    return _("%(what)s, %(times)s × %(minutes)s minutes a week") % {
        "what": row.what,
        "times": row.times,
        "minutes": row.minutes,
    }


def _of_cycle(cycle: Cycle) -> list[Allocation]:
    roots = Outcome.objects.filter(cycle=cycle).values("root")
    return list(
        Allocation.objects.filter(pupil_id=cycle.pupil_id, root__in=roots, in_error_at__isnull=True)
        .select_related("pupil", "provision", "person", "group", "membership", "assignment")
        .order_by("id")
    )


def _again(actor: Actor, row: Allocation, outcome: Outcome | None) -> None:
    allocate(
        actor=actor,
        pupil=row.pupil,
        outcome=outcome,
        starts=actor.today,
        given=Given(
            provision=row.provision, what=row.what, person=row.person,
            delivered_by=row.delivered_by, times=row.times, minutes=row.minutes,
            group=row.group, group_size=row.group_size,
        ),
    )  # fmt: skip


def _check(actor: Actor, pupil: Pupil, given: Given, starts: date, ends: date | None) -> None:
    if not given.what.strip() and given.provision is None:
        raise Invalid("what", _("Choose from the library, or say what you will do."))
    if given.provision is not None and given.provision.retired_on:
        raise Invalid("provision", _("This is no longer in the library. Choose another."))
    if (given.times is None) != (given.minutes is None):
        missing = "times" if given.times is None else "minutes"
        raise Invalid(missing, _("Say how many times a week, and how many minutes each time."))
    check_number("times", given.times, MOST_TIMES)
    check_number("minutes", given.minutes, MOST_MINUTES)
    check_number("group_size", given.group_size, MOST_GROUP)
    if ends is not None and ends < starts:
        raise Invalid("ends", _("The last day must be the first day or later."))
    if given.person is not None:
        _check_works_here(pupil, given.person, starts)
    if given.group is not None:
        _check_group(pupil, given.group, starts)


def _check_works_here(pupil: Pupil, person: Person, day: date) -> None:
    here = Membership.objects.filter(on_day(day), org_id=pupil.org_id, person=person)
    if not here.exists():
        raise Invalid("person", _("This person has no role here on the first day."))


def _check_group(pupil: Pupil, group: Group, starts: date) -> None:
    if group.ended_on is not None:
        raise Invalid("group", _("This group has ended. Choose another."))
    same = Allocation.objects.filter(
        on_day(starts), pupil=pupil, group=group, in_error_at__isnull=True
    )
    if same.exists():
        raise NotPossible(
            _("This pupil gets something in this group already. End that first, or choose another.")
        )


def _let_them_meet(row: Allocation) -> None:
    """Let whoever delivers it see the pupil: in the group, or by name, for as long as it runs."""
    if row.group is not None:
        inside = GroupPupil.objects.filter(
            on_day(row.starts), group=row.group, pupil_id=row.pupil_id
        )
        if not inside.exists():
            row.membership = GroupPupil(
                org_id=row.org_id, group=row.group, pupil_id=row.pupil_id,
                starts=row.starts, ends=row.ends,
            )  # fmt: skip
            row.membership.save()
    if row.person is not None and not _meets_already(row):
        row.assignment = Assignment(
            org_id=row.org_id, pupil_id=row.pupil_id, person=row.person,
            starts=row.starts, ends=row.ends,
        )  # fmt: skip
        row.assignment.save()


def _meets_already(row: Allocation) -> bool:
    by_name = Assignment.objects.filter(
        on_day(row.starts), pupil_id=row.pupil_id, person=row.person
    )
    groups = GroupStaff.objects.filter(on_day(row.starts), person=row.person).values("group")
    in_group = GroupPupil.objects.filter(
        on_day(row.starts), pupil_id=row.pupil_id, group__in=groups
    )
    return by_name.exists() or in_group.exists()
