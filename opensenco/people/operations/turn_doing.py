"""The turn of a school year is put into the record: by days, so that nothing is left to do then."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import Model, Q
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import NotPossible
from opensenco.people.models import (
    Assignment,
    Group,
    GroupPupil,
    GroupStaff,
    Pupil,
    TurnDeed,
    YearTurn,
)
from opensenco.people.operations.rolls import BATCH, ONE_DAY
from opensenco.people.operations.turning import refuse_settled
from opensenco.people.states import GroupKind, TurnState, Wrote
from opensenco.people.turning.moves import MOVING, Kind, Move
from opensenco.people.turning.plan import ClassNext, Plan, plan_of

OF_A_PUPIL = (
    "year_group", "part_id", "next_from", "next_year_group", "next_part_id", "left_on", "left_to",
)  # fmt: skip
OF_A_SPAN = ("ends", "withdrawn")
#: rows in one statement of changes: a long one costs more than several
FEW = 100


@operation(Action.YEAR_TURN, on="turn")
def turn_year(*, actor: Actor, turn: YearTurn, version: int | None, seen: str) -> Plan:
    """Put what was prepared into the record, in one transaction.

    Year groups, parts and places in classes get their days; on the first day they hold, without
    anything being done then. Leavers get their last day, and leave their groups with it. Each row
    that is written leaves a deed, by which all of it can be taken back.

    Args:
        seen: `Plan.seen` of what the person saw.

    Raises:
        NotPossible: it would now do something else than was seen, or is in the record already.
        Stale: somebody else changed what was prepared in between.
    """
    refuse_settled(turn)
    # one at a time: pupils are moved by nobody else while they are moved here
    list(YearTurn.objects.select_for_update().filter(pk=turn.pk).values_list("pk"))
    rows = Pupil.objects.select_for_update().filter(org=turn.org_id)
    list(rows.order_by("id").values_list("pk"))
    plan = plan_of(turn, actor.today)
    if plan.seen != seen:
        raise NotPossible(
            _("The record has changed since this was shown. Look at it once more, then do it.")
        )
    change(turn, version=version, state=TurnState.APPLIED, applied_at=actor.at,
           applied_by=actor.person)  # fmt: skip
    deeds = Deeds(turn)
    _Doing(actor, plan, deeds).do()
    deeds.keep()
    return plan


class Deeds:
    """What a turn did, row by row."""

    def __init__(self, turn: YearTurn) -> None:
        self._turn = turn
        self._rows: list[TurnDeed] = []

    def made(self, row: Any, *names: str) -> None:
        """Keep that a row was made."""
        self._add(row, Wrote.MADE, {}, values(row, names))

    def changed(self, row: Any, before: dict[str, Any], names: Iterable[str]) -> None:
        """Keep that a row was changed."""
        self._add(row, Wrote.CHANGED, before, values(row, names))

    def keep(self) -> None:
        """Write them all."""
        TurnDeed.objects.bulk_create(self._rows, batch_size=BATCH)

    def _add(self, row: Any, wrote: str, before: dict[str, Any], after: dict[str, Any]) -> None:
        pupil = row.pk if isinstance(row, Pupil) else getattr(row, "pupil_id", None)
        self._rows.append(
            TurnDeed(
                org_id=self._turn.org_id, turn=self._turn, pupil_id=pupil,
                thing=row._meta.label, thing_id=row.pk, wrote=wrote, before=before, after=after,
            )
        )  # fmt: skip


def values(row: Model, names: Iterable[str]) -> dict[str, Any]:
    """Give some values of a row as JSON holds them."""
    found = {}
    for name in names:
        value = getattr(row, name)
        found[name] = value.isoformat() if isinstance(value, date) else value
    return found


#: a row and what it held before, as JSON holds it
Changed = tuple[Any, dict[str, Any]]


def write_changed(rows: Sequence[Changed]) -> None:
    """Write rows of one model that were changed: of each only what is another than before.

    A statement of many fields costs by row and field, so rows that changed alike go together.
    """
    alike: dict[tuple[str, ...], list[Any]] = {}
    for row, before in rows:
        now = values(row, before)
        names = tuple(name for name in before if now[name] != before[name])
        if names:
            row.version += 1
            alike.setdefault(names, []).append(row)
    for names, some in alike.items():
        fields = [name.removesuffix("_id") for name in names]
        type(some[0])._default_manager.bulk_update(some, [*fields, "version"], batch_size=FEW)


class _Doing:
    def __init__(self, actor: Actor, plan: Plan, deeds: Deeds) -> None:
        self._actor, self._plan, self._deeds = actor, plan, deeds
        self._turn, self._first, self._eve = plan.turn, plan.turn.first_day, plan.eve
        self._classes: dict[str, Group] = {}

    def do(self) -> None:
        self._pupils()
        self._make_classes()
        self._places()
        self._staff()
        self._close()

    def _pupils(self) -> None:
        """Year groups and parts from the first day on; leavers their last day."""
        written: list[Changed] = []
        for move in self._plan.moves:
            pupil = self._plan.pupils[move.pupil]
            before = values(pupil, OF_A_PUPIL)
            if move.kind is Kind.LEAVES:
                pupil.left_on, pupil.left_to = move.leave_on, move.left_to
            elif move.kind in MOVING:
                self._move(pupil, move)
            if values(pupil, OF_A_PUPIL) != before:
                written.append((pupil, before))
                self._deeds.changed(pupil, before, OF_A_PUPIL)
        write_changed(written)

    def _move(self, pupil: Pupil, move: Move) -> None:
        now = pupil.year_on(self._plan.look), pupil.part_on(self._plan.look)
        if now == (move.after, move.part) and not _planned(pupil, self._plan.look):
            return
        pupil.year_group, pupil.part_id = now
        pupil.next_from = self._first
        pupil.next_year_group, pupil.next_part_id = move.after, move.part

    def _make_classes(self) -> None:
        for one in self._plan.classes:
            if one.group is None:
                one.group = Group(org_id=self._turn.org_id, name=one.name, kind=GroupKind.CLASS)
                one.group.save()
                self._deeds.made(one.group, "name", "ended_on")
            self._classes[one.name.casefold()] = one.group

    def _places(self) -> None:
        """Classes end on the eve where another follows; leavers leave all their groups."""
        moves = {one.pupil: one for one in self._plan.moves}
        ended: list[tuple[GroupPupil, date]] = []
        stays: set[int] = set()
        closing = {group.pk for group in self._plan.closing}
        for place in self._plan.places:
            move = moves[place.pupil_id]
            last = self._last_day(place, move, closing)
            if last is None:
                if self._plan.groups[place.group_id].kind == GroupKind.CLASS:
                    stays.add(place.pupil_id)
            elif place.ends is None or place.ends > last:
                ended.append((place, last))
        self._end_places(ended)
        self._leave_by_name(moves)
        made = [
            GroupPupil(
                org_id=self._turn.org_id, pupil=self._plan.pupils[one.pupil],
                group=self._classes[one.into.casefold()], starts=self._first,
            )
            for one in moves.values()
            if one.into and one.kind in MOVING and one.pupil not in stays
        ]  # fmt: skip
        for place in GroupPupil.objects.bulk_create(made, batch_size=BATCH):
            self._deeds.made(place, *OF_A_SPAN)

    def _last_day(self, place: GroupPupil, move: Move, closing: set[int]) -> date | None:
        """The last day in a group, None where it goes on."""
        if move.kind is Kind.LEAVES:
            return move.leave_on
        if move.kind not in MOVING:
            return None
        group = self._plan.groups[place.group_id]
        if group.kind != GroupKind.CLASS:
            return self._eve if place.group_id in closing else None
        into = self._classes.get(move.into.casefold())
        begins_later = place.starts >= self._first
        same = into is not None and into.pk == place.group_id
        goes_on = begins_later or (same and (place.ends is None or place.ends >= self._first))
        return None if goes_on else self._eve

    def _end_places(self, ended: list[tuple[Any, date]]) -> None:
        rows: list[Changed] = []
        for row, last in ended:
            before = values(row, OF_A_SPAN)
            if row.starts > last:
                row.ends, row.withdrawn = row.starts - ONE_DAY, True
            else:
                row.ends = last
            rows.append((row, before))
            self._deeds.changed(row, before, OF_A_SPAN)
        write_changed(rows)

    def _leave_by_name(self, moves: dict[int, Move]) -> None:
        """Adults who work with a leaver by name reach them until their last day."""
        leave = {pk: one.leave_on for pk, one in moves.items() if one.kind is Kind.LEAVES}
        rows: list[Changed] = []
        for row in Assignment.objects.filter(pupil__in=leave).order_by("id"):
            last = leave[row.pupil_id]
            if last is None or row.starts > last or (row.ends and row.ends <= last):
                continue
            before = values(row, ("ends",))
            row.ends = last
            rows.append((row, before))
            self._deeds.changed(row, before, ("ends",))
        write_changed(rows)

    def _staff(self) -> None:
        for one in self._plan.classes:
            if one.runs_on:
                self._staff_of(one)

    def _staff_of(self, one: ClassNext) -> None:
        self._end_places([(span, self._eve) for span in one.ended])
        for teach in one.staff:
            if teach.span is None:
                row = GroupStaff(
                    org_id=self._turn.org_id, group=one.group, person=teach.person,
                    does=teach.does, subject=teach.subject, starts=self._first,
                )  # fmt: skip
                row.save()
                self._deeds.made(row, *OF_A_SPAN)

    def _close(self) -> None:
        """Groups that end: their staff leave them with the eve."""
        for group in self._plan.closing:
            spans = GroupStaff.objects.filter(
                Q(ends__isnull=True) | Q(ends__gt=self._eve), group=group, withdrawn=False
            )
            self._end_places([(span, self._eve) for span in spans.order_by("id")])
            before = values(group, ("ended_on",))
            change(group, version=None, ended_on=self._eve)
            self._deeds.changed(group, before, ("ended_on",))


def _planned(pupil: Pupil, look: date) -> bool:
    """Whether another year group or part is planned for later: what was decided now replaces it."""
    return pupil.next_from is not None and pupil.next_from > look
