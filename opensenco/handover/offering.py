"""Which hand-overs a turn of the school year, or a move outside it, asks for until they are begun.

Nothing is kept of it: it is read from the classes of before and after, so it is never out of date.
Whoever begins a hand-over of a pupil to their next adult has done what was asked.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Exists, OuterRef

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Membership, Person
from opensenco.access.registry import visible
from opensenco.handover.arriving import Arrival, arriving
from opensenco.handover.models import HandOverPupil
from opensenco.handover.moving import OF_A_PHASE, lately
from opensenco.handover.states import Kind
from opensenco.kernel.refs import short
from opensenco.people.days import on_roll
from opensenco.people.models import GroupPupil, GroupStaff, Pupil, YearTurn
from opensenco.people.policy import on_day
from opensenco.people.queries import attach_classes
from opensenco.people.states import GroupKind, StaffPart, TurnState
from opensenco.support.models import SenStatus
from opensenco.support.queries.choosing import CODED

#: a turn is prepared in the months before its first day; who has not met by Christmas has met
MONTHS = range(6, 13)
NEAR = timedelta(days=120)
#: a hand-over begun so long before the first day is one of this turn
BEFORE = timedelta(days=200)
#: the same of a move in the middle of a year
BEFORE_A_MOVE = timedelta(days=84)


@dataclass(frozen=True)
class Offer:
    """Pupils who go from one colleague to another with a turn of the year."""

    kind: Kind
    giver: Person
    taker: Person
    pupils: list[Pupil] = field(compare=False)

    @property
    def key(self) -> str:
        """By which a form names it: what kind, from whom, to whom."""
        return "-".join((self.kind.value, short(self.giver.ref), short(self.taker.ref)))


@dataclass(frozen=True)
class Offered:
    """What a turn asks for.

    Args:
        first_day: of the new year; None where no turn is near.
        offers: hand-overs that nobody has begun, by who gives and who takes.
        nobody: pupils whose next teacher nobody has named.
        leave: pupils who leave the school with the turn.
        arriving: colleagues who hand over to one's part, and have given nothing yet.
    """

    first_day: date | None
    offers: list[Offer]
    nobody: list[Pupil]
    leave: list[Pupil]
    arriving: list[Arrival] = field(default_factory=list)

    @property
    def any(self) -> bool:
        """Whether anything is asked for."""
        return bool(self.offers or self.nobody or self.leave or self.arriving)


NOTHING = Offered(None, [], [], [])


def offered(actor: Actor) -> Offered:
    """Give which hand-overs a turn of the year and moves of these weeks ask of this person."""
    if not actor.can_somewhere(Action.HANDOVER_KEEP):
        return NOTHING
    turn, moved = _turn(actor), lately(actor)
    found = {one: one for one in turn.offers}
    pupils = [one.pupil for one in moved.moves]
    begun = _begun_since([one.pk for one in pupils], actor.today - BEFORE_A_MOVE)
    for one in moved.moves:
        _add(found, begun, Offer(one.kind, one.giver, one.taker, [one.pupil]))
    nobody = [*turn.nobody, *(one for one in moved.nobody if one not in turn.nobody)]
    leave = [*turn.leave, *(one for one in moved.leave if one not in turn.leave)]
    comes = arriving(actor, NEAR, BEFORE)
    return Offered(turn.first_day, sorted(found.values(), key=_order), nobody, leave, comes)


def _turn(actor: Actor) -> Offered:
    if actor.today.month not in MONTHS:
        return NOTHING
    turns = YearTurn.objects.filter(
        org__in=actor.hat.orgs, state=TurnState.APPLIED,
        first_day__range=(actor.today - NEAR, actor.today + NEAR),
    )  # fmt: skip
    turn = turns.order_by("-first_day", "id").first()
    return _of(actor, turn) if turn is not None else NOTHING


def _of(actor: Actor, turn: YearTurn) -> Offered:
    pupils = _pupils(actor, turn)
    ids = [one.pk for one in pupils]
    before, after = _teachers(ids, turn.leave_on), _teachers(ids, turn.first_day)
    seniors = _seniors(turn) if any(_changes(one, turn) for one in pupils) else {}
    begun = _begun(ids, turn)
    found: dict[Offer, Offer] = {}
    nobody, leave = [], []
    for pupil in pupils:
        if pupil.left_on is not None and pupil.left_on < turn.first_day:
            leave.append(pupil)
            continue
        old, new = before.get(pupil.pk, []), after.get(pupil.pk)
        if new is None or not new:
            nobody += [pupil] if old else []
        elif old and not {one.pk for one in old} & {one.pk for one in new}:
            _add(found, begun, Offer(Kind.CLASS, old[0], new[0], [pupil]))
        if _changes(pupil, turn):
            gives = seniors.get(pupil.part_on(turn.leave_on))
            takes = seniors.get(pupil.part_on(turn.first_day))
            if gives and takes and gives != takes:
                _add(found, begun, Offer(Kind.PHASE, gives, takes, [pupil]))
    return Offered(turn.first_day, sorted(found.values(), key=_order), nobody, leave)


def _order(one: Offer) -> tuple[str, str, str, str]:
    return (one.kind.value, one.giver.last_name, one.taker.last_name, one.key)


def _add(found: dict[Offer, Offer], begun: Collection[tuple[int, int]], one: Offer) -> None:
    """Put a pupil to the others who go the same way, unless their hand-over is begun."""
    if (one.pupils[0].pk, one.taker.pk) in begun:
        return
    if one in found:
        there = found[one].pupils
        there.extend(pupil for pupil in one.pupils if pupil not in there)
    else:
        found[one] = one


def _changes(pupil: Pupil, turn: YearTurn) -> bool:
    """Tell whether a pupil comes into another part of the school: another phase."""
    return pupil.part_on(turn.leave_on) != pupil.part_on(turn.first_day)


def _pupils(actor: Actor, turn: YearTurn) -> list[Pupil]:
    coded = SenStatus.objects.filter(
        on_day(actor.today), pupil=OuterRef("pk"), code__in=CODED, in_error_at__isnull=True
    )
    rows = visible(actor, Action.HANDOVER_KEEP, Pupil).filter(
        on_roll(turn.leave_on), Exists(coded), org=turn.org_id
    )
    found = list(rows.select_related("org").order_by("sort_key", "id"))
    attach_classes(found, turn.leave_on)
    return found


def _teachers(ids: Iterable[int], day: date) -> dict[int, list[Person]]:
    """Give who teaches the classes of pupils on a day; a pupil in no class is left out."""
    inside = GroupPupil.objects.filter(on_day(day), pupil__in=ids, group__kind=GroupKind.CLASS)
    classes = dict(inside.order_by("id").values_list("pupil", "group"))
    staff = GroupStaff.objects.filter(
        on_day(day), group__in=set(classes.values()), does=StaffPart.TEACHES
    )
    taught: dict[int, list[Person]] = {}
    for row in staff.select_related("person").order_by("starts", "id"):
        taught.setdefault(row.group_id, []).append(row.person)
    return {pupil: taught.get(group, []) for pupil, group in classes.items()}


def _seniors(turn: YearTurn) -> dict[int | None, Person]:
    """Give who co-ordinates each part of the school."""
    rows = Membership.objects.filter(
        on_day(turn.leave_on), org=turn.org_id, role=OF_A_PHASE, withdrawn=False,
        part__isnull=False, person__is_active=True,
    )  # fmt: skip
    return {row.part_id: row.person for row in rows.select_related("person").order_by("-id")}


def _begun(ids: Iterable[int], turn: YearTurn) -> set[tuple[int, int]]:
    """Give which pupils somebody has begun to hand over, and to whom; one left out counts."""
    return _begun_since(ids, turn.first_day - BEFORE)


def _begun_since(ids: Iterable[int], day: date) -> set[tuple[int, int]]:
    rows = HandOverPupil.objects.filter(
        pupil__in=ids, hand_over__in_error_at__isnull=True, hand_over__begun_at__date__gte=day
    )
    return set(rows.values_list("pupil", "hand_over__taker"))
