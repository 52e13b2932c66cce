"""Giving a provision to pupils, and ending it (APD-03); telling the parents of it (IDN-15)."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Person
from opensenco.cases import spine, spine_many
from opensenco.cases.spine_many import Told
from opensenco.concerns.operations.following import given_until
from opensenco.gate.operation import operation
from opensenco.gate.rows import change, change_alike, change_each
from opensenco.kernel.errors import Invalid, NotFound
from opensenco.people.models import Pupil
from opensenco.provision.models import Allocation, Provision
from opensenco.provision.operations import exits, following, quiet, reaching, telling
from opensenco.provision.operations.terms import AHEAD, check_belongs, check_new, check_terms
from opensenco.provision.operations.terms import Promise as Promise
from opensenco.provision.operations.terms import Terms as Terms
from opensenco.support.models import Outcome
from opensenco.support.operations.status import Telling
from opensenco.support.states import Told as HowTold
from opensenco.support.states import words_of
from opensenco.support.words import paragraph

#: rows in one statement; more would pass the number of parameters that databases take
BATCH = 500


@operation(Action.PROVISION_ALLOCATE, on="pupils")
def allocate(
    *,
    actor: Actor,
    pupils: list[Pupil],
    provision: Provision,
    terms: Terms,
    outcome: Outcome | None = None,
    told: Telling | None = None,
    notify: bool = True,
) -> list[Allocation]:
    """Give a provision to one pupil or to several at once, on the same terms.

    In a group, pupils who are not in it join it for these days; who delivers it alone is assigned
    to them by name for these days: both then see what helps the pupil, and nobody else does.

    Args:
        outcome: what it is for; only with one pupil, whose outcome it is.
        told: where the parents have been told already.
        notify: tell who delivers it; False where the caller does so once for several calls
            (`tell_who_delivers`).

    Raises:
        Invalid: no pupil, dates or numbers that cannot be, a pupil who has it already.
        NotPossible: the provision is out of the library.
        NotFound: outcome, group or provision are not of these pupils or their school.
    """
    promise = Promise(provision, terms, outcome, told)
    return _give(actor, pupils, [promise] * len(pupils), notify=notify)


@operation(Action.PROVISION_ALLOCATE, on="pupils")
def allocate_each(
    *, actor: Actor, pupils: Sequence[Pupil], promises: Sequence[Promise], notify: bool = True
) -> list[Allocation]:
    """Give many pupils what each is given, as `allocate` does, in a few statements.

    Args:
        pupils: one for each promise, in the same order; a pupil may stand there more than once.

    Raises:
        Invalid, NotPossible, NotFound: as for `allocate`; then nobody is given anything.
    """
    return _give(actor, pupils, promises, notify=notify)


def _give(
    actor: Actor, pupils: Sequence[Pupil], promises: Sequence[Promise], *, notify: bool
) -> list[Allocation]:
    together: dict[int, tuple[Promise, list[Pupil]]] = {}
    for pupil, promise in zip(pupils, promises, strict=True):
        together.setdefault(id(promise), (promise, []))[1].append(pupil)
    for promise, some in together.values():
        check_terms(actor, promise.provision, promise.terms)
        check_belongs(some, promise)
    check_new(pupils, promises)
    made = Allocation.objects.bulk_create(
        [_row(actor, *one) for one in zip(pupils, promises, strict=True)], batch_size=BATCH
    )
    reaching.reach(made)
    following.take_over(actor, made)
    _write_down(actor, made)
    if notify:
        tell_who_delivers(actor, made)
    return made


def tell_who_delivers(actor: Actor, made: Iterable[Allocation]) -> None:
    """Tell each person once that pupils were added to what they deliver."""
    by_person: dict[Person, list[Allocation]] = {}
    for row in made:
        if row.person is not None and row.person.pk != actor.person.pk:
            by_person.setdefault(row.person, []).append(row)
    for person, rows in by_person.items():
        pupils = len({row.pupil_id for row in rows})
        words = ngettext(
            "A pupil was added to what you deliver",
            "%(num)s pupils were added to what you deliver",
            pupils,
        ) % {"num": pupils}
        spine.tell(
            actor=actor, org=rows[0].pupil.org, words=words, person=person, source=rows[0],
            pupil=rows[0].pupil if pupils == 1 else None,
        )  # fmt: skip


def _row(actor: Actor, pupil: Pupil, promise: Promise) -> Allocation:
    terms, told = promise.terms, promise.told
    return Allocation(
        org_id=pupil.org_id, pupil=pupil, provision=promise.provision, outcome=promise.outcome,
        group=terms.group, person=terms.person, times_a_week=terms.times_a_week,
        minutes=terms.minutes, starts=terms.starts, ends=terms.ends, given_by=actor.person,
        **(telling.values(actor, told) if told else {}),
    )  # fmt: skip


@operation(Action.PROVISION_ALLOCATE, on="allocation")
def end_allocation(
    *,
    actor: Actor,
    allocation: Allocation,
    ends: date,
    reason: str = "",
    version: int | None = None,
) -> Allocation:
    """End what a pupil gets on a day, which is the last one. What was delivered stays.

    Raises:
        Invalid: a day before it began or too far ahead; no reason where it ends before what
            was agreed.
        NotPossible: it was made in error.
        Stale: somebody else changed it in between.
    """
    why = paragraph("reason", reason, 1_000)
    _check_end(actor, allocation, ends, why)
    before = allocation.ends
    change(allocation, version=version, ends=ends, ended_reason=why)
    _write_end(actor, [(allocation, before)])
    return allocation


@operation(Action.PROVISION_ALLOCATE, on="allocations")
def end_each(
    *, actor: Actor, allocations: Sequence[Allocation], ends: Sequence[date], reason: str
) -> list[Allocation]:
    """End what many pupils get, each on its own day, as `end_allocation` does.

    Args:
        ends: for each promise, in the same order, its last day.

    Raises:
        Invalid, NotPossible: as for `end_allocation`.
        Stale: somebody else changed one of them since it was read.
    """
    why = paragraph("reason", reason, 1_000)
    moved = [(row, row.ends) for row in allocations]
    for row, last in zip(allocations, ends, strict=True):
        _check_end(actor, row, last, why)
        row.ends, row.ended_reason = last, why
    change_each(allocations, "ends", "ended_reason")
    _write_end(actor, moved)
    return list(allocations)


def _check_end(actor: Actor, allocation: Allocation, ends: date, why: str) -> None:
    telling.check_stands(allocation)
    if ends < allocation.starts:
        raise Invalid("ends", _("It began after this day. Choose a later day."))
    if ends > actor.today + AHEAD:
        raise Invalid("ends", _("Choose a day within the next two years."))
    earlier = allocation.ends is None or ends < allocation.ends
    if earlier and not why:
        raise Invalid("reason", _("Say in a few words why it ends."))


def _write_end(actor: Actor, moved: Sequence[tuple[Allocation, date | None]]) -> None:
    """Write down what ended; each with the last day that it had before."""
    reaching.follow(moved)
    given_until(actor, {one.ref: one.ends for one, _before in moved if one.ends})
    quiet.heard_of(actor, [one for one, _before in moved])
    exits.follow(actor, [one for one, _before in moved])
    spine_many.add_facts(
        actor=actor,
        kind="provision.ended",
        facts=[
            Told(one, one.ends, _("%(provision)s ends") % {"provision": one.provision.name})
            for one, _before in moved
            if one.ends
        ],
        reader=Action.PROVISION_VIEW,
    )


@operation(Action.PROVISION_ALLOCATE, on="allocation")
def tell_parents(
    *,
    actor: Actor,
    allocation: Allocation,
    told: Telling,
    version: int | None = None,
    also: Sequence[Allocation] = (),
) -> Allocation:
    """Record that the parents were told of what their child is given, with the proof (IDN-15).

    Args:
        also: what else of the same pupil they were told of in the same talk.

    Raises:
        NotFound: one of `also` is another pupil's.
        Invalid: a day to come, or no way of telling.
        NotPossible: it was made in error.
        Stale: somebody else changed it in between.
    """
    if any(one.pupil_id != allocation.pupil_id for one in also):
        raise NotFound
    for one in also:
        _told(actor, one, None, told)
    _told(actor, allocation, version, told)
    return allocation


def _told(actor: Actor, allocation: Allocation, version: int | None, told: Telling) -> None:
    telling.check_stands(allocation)
    change(allocation, version=version, **telling.values(actor, told))
    spine.add_fact(
        actor=actor,
        pupil=allocation.pupil,
        kind="parents.told",
        on=told.on,
        words=_("Parents told of %(provision)s: %(how)s")
        % {"provision": allocation.provision.name, "how": words_of(HowTold, told.how).lower()},
        source=allocation,
        reader=Action.PROVISION_VIEW,
    )
    telling.ask(actor, [allocation])


@operation(Action.RECORD_INVALIDATE, on="allocation")
def mark_in_error(
    *, actor: Actor, allocation: Allocation, reason: str, version: int | None = None
) -> Allocation:
    """Mark what a pupil was given as made in error. Sessions logged for it count no more.

    Raises:
        Invalid: no reason.
        NotPossible: it is marked already.
        Stale: somebody else changed it in between.
    """
    why = _why_wrong(reason)
    telling.check_stands(allocation)
    change(
        allocation, version=version, in_error_at=actor.at, in_error_by=actor.person,
        in_error_reason=why,
    )  # fmt: skip
    _withdraw(actor, [allocation])
    return allocation


@operation(Action.RECORD_INVALIDATE, on="allocations")
def mark_each_in_error(
    *, actor: Actor, allocations: Sequence[Allocation], reason: str
) -> list[Allocation]:
    """Mark what many pupils were given as made in error, as `mark_in_error` does.

    Raises:
        Invalid: no reason.
        NotPossible: one of them is marked already.
        Stale: somebody else changed one of them since it was read.
    """
    why = _why_wrong(reason)
    for row in allocations:
        telling.check_stands(row)
    change_alike(allocations, in_error_at=actor.at, in_error_by=actor.person, in_error_reason=why)
    _withdraw(actor, allocations)
    return list(allocations)


def _why_wrong(reason: str) -> str:
    why = paragraph("reason", reason, 1_000)
    if len(why.split()) < 2:
        raise Invalid("reason", _("Say in a few words what was wrong."))
    return why


def _withdraw(actor: Actor, allocations: Sequence[Allocation]) -> None:
    reaching.withdraw(allocations, actor.today)
    quiet.heard_of(actor, allocations)
    exits.follow(actor, allocations)
    telling.ask(actor, allocations)
    spine_many.withdraw_facts(
        actor=actor,
        sources=allocations,
        words=_("A provision was marked as given in error"),
        reader=Action.PROVISION_VIEW,
    )


def _write_down(actor: Actor, made: Sequence[Allocation]) -> None:
    spine_many.add_facts(
        actor=actor,
        kind="provision.given",
        facts=[Told(row, row.starts, _begins(row)) for row in made],
        reader=Action.PROVISION_VIEW,
    )
    telling.ask(actor, made)


def _begins(row: Allocation) -> str:
    return _("%(provision)s begins: %(times)s × %(minutes)s minutes a week") % {
        "provision": row.provision.name,
        "times": row.times_a_week,
        "minutes": row.minutes,
    }
