"""Which hand-overs a move outside the turn of a year asks for: to another class, part or school.

Read from the days of classes and from how the record stood before, as `offering` reads a turn; so
it is asked of both: who gives, and whoever co-ordinates where the pupil has come.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Membership, Person
from opensenco.access.questions import question
from opensenco.access.registry import visible
from opensenco.audit.history import as_of, end_of
from opensenco.handover.states import Kind
from opensenco.people.days import on_roll
from opensenco.people.models import GroupPupil, GroupStaff, Pupil, YearTurn
from opensenco.people.policy import on_day
from opensenco.people.queries import attach_classes
from opensenco.people.states import GroupKind, StaffPart, TurnState
from opensenco.support.models import SenStatus
from opensenco.support.queries.choosing import CODED

#: a move is asked about for so long after it, and so long before where its day is known
AFTER, AHEAD = timedelta(days=42), timedelta(days=42)
#: between the last day in one class and the first in the next, holidays included
GAP = timedelta(days=21)
OF_A_PHASE = "SENCO_PHASE"


@dataclass(frozen=True)
class Move:
    """One pupil who goes from one colleague to another on a day."""

    kind: Kind
    giver: Person
    taker: Person
    pupil: Pupil
    on: date


@dataclass(frozen=True)
class Moves:
    """What moves of these weeks ask for; a turn of the year asks for its own.

    Args:
        nobody: pupils in a class that nobody teaches. leave: pupils who go to another school.
    """

    moves: list[Move]
    nobody: list[Pupil]
    leave: list[Pupil]


def lately(actor: Actor) -> Moves:
    """Give what moves of these weeks ask of this person: one question where nobody moved."""
    pupils = _pupils.ask(actor)
    if not pupils:
        return Moves([], [], [])
    turned = set(
        YearTurn.objects.filter(org__in=actor.hat.orgs, state=TurnState.APPLIED).values_list(
            "first_day", "leave_on"
        )
    )
    attach_classes(pupils, actor.today)
    here = {one.pk: one for one in pupils}
    goes = {day for both in turned for day in both}
    leave = [one for one in pupils if one.left_on is not None and one.left_on not in goes]
    moves, nobody = _between_classes(actor, here, {first for first, _last in turned})
    recent = any(actor.today - AFTER <= first <= actor.today for first, _last in turned)
    came = [] if recent else _between_parts(actor, here)
    goes_on = [one for one in here.values() if one.next_from not in {first for first, _ in turned}]
    return Moves([*moves, *came, *_to_come(actor, goes_on)], nobody, leave)


@question
def _pupils(actor: Actor) -> QuerySet[Pupil]:
    coded = SenStatus.objects.filter(
        on_day(actor.today), pupil=OuterRef("pk"), code__in=CODED, in_error_at__isnull=True
    )
    near = Q(left_on__range=(actor.today - AFTER, actor.today + AHEAD))
    rows = visible(actor, Action.HANDOVER_KEEP, Pupil).filter(on_roll(actor.today) | near)
    # who neither changed class nor had a word of theirs changed has moved nowhere
    inside = GroupPupil.objects.filter(
        pupil__org__in=actor.hat.orgs, group__kind=GroupKind.CLASS, withdrawn=False
    )
    into = inside.filter(starts__range=(actor.today - AFTER, actor.today + AHEAD))
    out_of = inside.filter(ends__range=(actor.today - AFTER - GAP, actor.today + AHEAD))
    history: Any = Pupil.history
    changed = history.filter(history_date__gt=end_of(actor.today - AFTER), history_type="~")
    return (
        rows.filter(
            # each asked once, and not again for every pupil
            near
            | Q(pk__in=into.values("pupil")) & Q(pk__in=out_of.values("pupil"))
            | Q(pk__in=changed.values("id"))
            | Q(next_from__gt=actor.today, next_from__lte=actor.today + AHEAD)
        )
        .filter(Exists(coded) | near & Exists(_had_been(actor)))
        .select_related("org").order_by("sort_key", "id")
    )  # fmt: skip


def _had_been(actor: Actor) -> QuerySet[SenStatus]:
    """Give the status that ended with a pupil's leaving."""
    return SenStatus.objects.filter(
        pupil=OuterRef("pk"), code__in=CODED, in_error_at__isnull=True,
        ends__gte=actor.today - AFTER,
    )  # fmt: skip


def _between_classes(
    actor: Actor, pupils: dict[int, Pupil], firsts: set[date]
) -> tuple[list[Move], list[Pupil]]:
    since, until = actor.today - AFTER, actor.today + AHEAD
    rows = GroupPupil.objects.filter(
        Q(starts__range=(since, until)) | Q(ends__range=(since - GAP, until)),
        pupil__in=pupils, group__kind=GroupKind.CLASS, withdrawn=False,
    )  # fmt: skip
    held: dict[int, list[GroupPupil]] = {}
    for row in rows.select_related("group").order_by("starts", "id"):
        held.setdefault(row.pupil_id, []).append(row)
    pairs = [pair for each in held.values() for pair in _steps(each, since, firsts)]
    taught = _teaching({row.group_id for pair in pairs for row in pair})
    moves, nobody = [], []
    for old, new in pairs:
        assert old.ends is not None  # noqa: S101 (see _steps)
        gave, takes = _on(taught, old, old.ends), _on(taught, new, new.starts)
        pupil = pupils[new.pupil_id]
        if gave and not takes:
            nobody.append(pupil)
        elif gave and not {one.pk for one in gave} & {one.pk for one in takes}:
            moves.append(Move(Kind.CLASS, gave[0], takes[0], pupil, new.starts))
    return moves, nobody


def _steps(
    rows: list[GroupPupil], since: date, firsts: set[date]
) -> Iterable[tuple[GroupPupil, GroupPupil]]:
    """Give the steps from one class into the next that no turn of a year made."""
    for new in rows:
        if new.starts < since or new.starts in firsts:
            continue
        before = [
            old for old in rows
            if old.group_id != new.group_id and old.ends is not None
            and timedelta() <= new.starts - old.ends <= GAP
        ]  # fmt: skip
        if before:
            yield before[-1], new


def _teaching(groups: set[int]) -> dict[int, list[GroupStaff]]:
    staff = GroupStaff.objects.filter(group__in=groups, does=StaffPart.TEACHES, withdrawn=False)
    found: dict[int, list[GroupStaff]] = {}
    for row in staff.select_related("person").order_by("starts", "id"):
        found.setdefault(row.group_id, []).append(row)
    return found


def _on(taught: dict[int, list[GroupStaff]], row: GroupPupil, day: date) -> list[Person]:
    return [
        one.person for one in taught.get(row.group_id, [])
        if one.starts <= day and (one.ends is None or one.ends >= day)
    ]  # fmt: skip


def _between_parts(actor: Actor, pupils: dict[int, Pupil]) -> list[Move]:
    """Give who came into another part of the school: another phase, unit or resourced place."""
    day = actor.today - AFTER
    stood = {one.pk: _part(one, day) for one in as_of(Pupil, day).filter(id__in=pupils)}
    came = [
        one for one in pupils.values()
        if stood.get(one.pk) and one.part_on(actor.today) not in (None, stood[one.pk])
    ]  # fmt: skip
    seniors = _seniors(actor) if came else {}
    moves = []
    for pupil in came:
        gives, takes = seniors.get(stood[pupil.pk]), seniors.get(pupil.part_on(actor.today))
        if gives and takes and gives != takes:
            moves.append(Move(Kind.PHASE, gives, takes, pupil, actor.today))
    return moves


def _to_come(actor: Actor, pupils: list[Pupil]) -> list[Move]:
    """Give who is planned to come into another part of the school in the weeks ahead."""
    ahead = [
        (one, one.next_from) for one in pupils
        if one.next_from is not None and actor.today < one.next_from <= actor.today + AHEAD
        and one.next_part_id not in (None, one.part_id)
    ]  # fmt: skip
    seniors = _seniors(actor) if ahead else {}
    moves = []
    for pupil, on in ahead:
        gives, takes = seniors.get(pupil.part_id), seniors.get(pupil.next_part_id)
        if gives and takes and gives != takes:
            moves.append(Move(Kind.PHASE, gives, takes, pupil, on))
    return moves


def _part(row: Pupil, day: date) -> int | None:
    turned = row.next_from is not None and row.next_from <= day
    return row.next_part_id if turned else row.part_id


def _seniors(actor: Actor) -> dict[int | None, Person]:
    """Give who co-ordinates each part of these schools."""
    rows = Membership.objects.filter(
        on_day(actor.today), org__in=actor.hat.orgs, role=OF_A_PHASE, withdrawn=False,
        part__isnull=False, person__is_active=True,
    )  # fmt: skip
    return {row.part_id: row.person for row in rows.select_related("person").order_by("-id")}
