"""Hours of timetables as they stand, with who is at them: as many questions however many there are.

A school has thousands, so that they are read as plain values, and what many of them share (a
promise, a provision, a group, an adult, a room) is read once.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from functools import lru_cache
from typing import Any

from django.db.models import BigAutoField, Q, QuerySet, UUIDField

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Person
from opensenco.access.questions import Among, Question, Told, as_text, question
from opensenco.access.registry import visible
from opensenco.kernel.dates import Span, iso_day
from opensenco.people.models import Group, GroupStaff, Pupil
from opensenco.people.policy import standing as pupil_stands
from opensenco.people.states import StaffPart
from opensenco.provision.clashes import Key, Use
from opensenco.provision.models import Allocation, Provision, Room, Slot
from opensenco.provision.timetable import Hour, overlap

RELATED = (
    "room", "person", "timetable__allocation__pupil", "timetable__allocation__person",
    "timetable__allocation__group", "timetable__allocation__provision",
)  # fmt: skip

#: of a promise, what no page of hours says
UNREAD = (
    "in_error_at", "in_error_by", "in_error_reason", "outcome", "ended_reason", "given_by",
    "told_on", "told_how", "told_words", "told_by",
)  # fmt: skip


def key_of(row: Allocation) -> Key:
    """Give what a promise is delivered together with."""
    return row.org_id, row.provision_id, row.group_id or 0, 0 if row.group_id else row.pk


def span_of(slot: Slot) -> Span | None:
    """Give the days on which an hour holds: those of its timetable within those of its promise."""
    table, promise = slot.timetable, slot.timetable.allocation
    span = overlap(Span(table.starts, table.ends), Span(promise.starts, promise.ends))
    left = promise.pupil.left_on
    if span is None or left is None:
        return span
    return None if left < span.first else span.overlap(Span(span.first, left))


def standing_slots(
    first: date, last: date | None, among: QuerySet[Slot] | None = None
) -> QuerySet[Slot]:
    """Give the hours that hold on some day of a span, as rows, of promises to pupils who stand.

    Args:
        among: what a reader may see of them; all of the open scope where it is not said.
    """
    rows = _standing(first, last, among)
    return rows.select_related(*RELATED).order_by(*_IN_A_WEEK)


def _standing(
    first: date, last: date | None, among: QuerySet[Slot] | None = None
) -> QuerySet[Slot]:
    rows = (Slot.objects.all() if among is None else among).filter(
        pupil_stands("timetable__pupil"),
        Q(timetable__ends__isnull=True) | Q(timetable__ends__gte=first),
        Q(timetable__allocation__ends__isnull=True) | Q(timetable__allocation__ends__gte=first),
        Q(timetable__allocation__pupil__left_on__isnull=True)
        | Q(timetable__allocation__pupil__left_on__gte=first),
        timetable__taken_back_at__isnull=True,
        timetable__allocation__in_error_at__isnull=True,
    )
    if last is not None:
        rows = rows.filter(timetable__starts__lte=last, timetable__allocation__starts__lte=last)
    return rows


#: Monday first, then by the clock and by register name
_IN_A_WEEK = ("weekday", "starts_at", "timetable__allocation__pupil__sort_key", "id")


@dataclass(frozen=True, slots=True)
class Held:
    """One hour of one promise: its days are those of its timetable within those of the promise.

    Args:
        person: who is named for this hour; None where it is whoever it was promised by.
        because: why it was set although it clashed.
    """

    org_id: int
    hour: Hour
    span: Span
    promise: Allocation
    person: Any = None
    room: Any = None
    because: str = ""


def held(first: date, last: date | None, *, actor: Actor, action: Action, **of: Any) -> list[Held]:
    """Give the hours that hold on some day of a span, in the order of a week: asks seven times.

    Args:
        of: whose hours alone are wanted: `pupils` by id, or by reference one `pupil` or `room`.
    """
    [narrowed] = of or [""]
    rows = _hours_seen.ask(actor, action, first, last, narrowed, **of)
    return _held(rows, _promises.ask(promises=list({row[0] for row in rows})), bare=True)


def held_at(org: int, first: date, last: date | None) -> list[Held]:
    """Give the hours of a place that hold on some day of a span, whoever may see them."""
    rows = _hours_at.ask(first, last, org=org)
    return _held(rows, _promises.ask(promises=list({row[0] for row in rows})), bare=True)


def held_of(
    promises: Sequence[Allocation], first: date, last: date | None, *, bare: bool = False
) -> list[Held]:
    """Give the hours of some promises that hold on some day of a span: asks three times.

    Args:
        bare: the promises are given all that names them too; asks three times more.
    """
    rows = _hours_of_promises.ask(first, last, promises=[one.pk for one in promises])
    return _held(rows, promises, bare=bare)


def promises_of(ids: Sequence[int]) -> list[Allocation]:
    """Give promises by their ids and in that order, with all that names them: asks five times."""
    found = {one.pk: one for one in _promises.ask(promises=ids)}
    _name(list(found.values()))
    return [found[pk] for pk in ids if pk in found]


def _held(
    rows: Sequence[tuple[Any, ...]], promises: Sequence[Allocation], *, bare: bool
) -> list[Held]:
    """Put hours together with what they are of, and with rooms and those who are named for them."""
    known = {one.pk: one for one in promises}
    rooms = _by_key(_rooms, (row[_ROOM] for row in rows))
    named = [row[_PERSON] for row in rows]
    if bare:
        named += [one.person_id for one in promises]
    people = _by_key(_people, named)
    if bare:
        _name(promises, "pupil", "provision", "group")
        for one in promises:
            one._state.fields_cache["person"] = people.get(one.person_id or 0)
    hour, days = lru_cache(maxsize=None)(_hour), lru_cache(maxsize=None)(_days)
    found = []
    for promise, org, weekday, starts, ends, week, room, person, because, left, *dates in rows:
        span = days(left, *dates)
        if span is not None and promise in known:
            at = hour(weekday, starts, ends, week)
            found.append(
                Held(org, at, span, known[promise], people.get(person), rooms.get(room), because)
            )
    return found


def named(what: str, ids: Iterable[int | None]) -> dict[int, Any]:
    """Give what names promises by its key, each read once: asks once.

    Args:
        what: `pupil`, `provision`, `group` or `person`.
    """
    return _by_key(_NAMES[what], ids)


def _name(promises: Sequence[Allocation], *names: str) -> None:
    """Give promises what names them: all of it where nothing is said."""
    for name in names or _NAMES:
        keys = [getattr(one, f"{name}_id") for one in promises]
        found = named(name, keys)
        for one, key in zip(promises, keys, strict=True):
            one._state.fields_cache[name] = found.get(key)


def _by_key(rows: Question[Any], ids: Iterable[int | None]) -> dict[int, Any]:
    return {row.pk: row for row in rows.ask(ids=list({one for one in ids if one}))}


def _hour(weekday: int, begins: str, until: str, week: str) -> Hour:
    return Hour(weekday, time.fromisoformat(begins), time.fromisoformat(until), week)


def _days(
    left: str | None, starts: str, ends: str | None, begun: str, over: str | None
) -> Span | None:
    """Give the days that a timetable and a promise share, until the pupil's last."""
    span = overlap(_span(starts, ends), _span(begun, over))
    if span is None or left is None:
        return span
    last = iso_day(left)
    return None if last < span.first else span.overlap(Span(span.first, last))


def _span(first: str, last: str | None) -> Span:
    return Span(iso_day(first), iso_day(last) if last else None)


#: of one hour; the places of two of them, for `_held`
_COLUMNS = (
    "timetable__allocation", "org_id", "weekday", "begins", "until", "week", "room_id",
    "person_id", "timetable__because", "left", "first", "last", "promised", "over",
)  # fmt: skip
#: days and times of an hour, which thousands share: said as text
_TEXTS = {
    "begins": as_text("starts_at"), "until": as_text("ends_at"),
    "left": as_text("timetable__allocation__pupil__left_on"),
    "first": as_text("timetable__starts"), "last": as_text("timetable__ends"),
    "promised": as_text("timetable__allocation__starts"),
    "over": as_text("timetable__allocation__ends"),
}  # fmt: skip
_ROOM, _PERSON = _COLUMNS.index("room_id"), _COLUMNS.index("person_id")


_NARROWED: Mapping[str, Q] = {
    "": Q(),
    "pupils": Q(Among("timetable__pupil", "pupils")),
    "pupil": Q(timetable__pupil__ref=Told("pupil", UUIDField())),
    "room": Q(room__ref=Told("room", UUIDField())),
}


def _said(rows: Any) -> QuerySet[Any, Any]:
    found: QuerySet[Any, Any] = rows.annotate(**_TEXTS).order_by(*_IN_A_WEEK)
    return found.values_list(*_COLUMNS)


@question
def _hours_seen(
    actor: Actor, action: Action, first: date, last: date | None, of: str
) -> QuerySet[Any, Any]:
    rows = _standing(first, last, visible(actor, action, Slot)).filter(_NARROWED[of])
    return _said(rows)


@question
def _hours_at(first: date, last: date | None) -> QuerySet[Any, Any]:
    rows = _standing(first, last).filter(org=Told("org", BigAutoField()))
    return _said(rows)


@question
def _hours_of_promises(first: date, last: date | None) -> QuerySet[Any, Any]:
    rows = _standing(first, last).filter(Among("timetable__allocation", "promises"))
    return _said(rows)


@question
def _promises() -> QuerySet[Allocation]:
    return Allocation.objects.filter(Among("pk", "promises")).defer(*UNREAD).order_by()


@question
def _pupils() -> QuerySet[Pupil]:
    # what names a child, and no more: of a school's week there are a thousand
    return (
        Pupil.objects.filter(Among("pk", "ids"))
        .only(
            "ref", "org_id", "version", "first_name", "last_name", "known_as", "year_group",
            "part_id", "left_on", "sort_key",
        )
        .order_by()
    )  # fmt: skip


@question
def _provisions() -> QuerySet[Provision]:
    return Provision.objects.filter(Among("pk", "ids")).order_by()


@question
def _groups() -> QuerySet[Group]:
    return Group.objects.filter(Among("pk", "ids")).order_by()


@question
def _people() -> QuerySet[Person]:
    return Person.objects.filter(Among("pk", "ids")).order_by()


_NAMES: Mapping[str, Question[Any]] = {
    "pupil": _pupils, "provision": _provisions, "group": _groups, "person": _people,
}  # fmt: skip


@question
def _rooms() -> QuerySet[Room]:
    return Room.objects.filter(Among("pk", "ids")).order_by()


@dataclass(frozen=True)
class Runs:
    """Who runs each group, and on which days."""

    of: Mapping[int, Sequence[tuple[Span, Any]]]

    def on(self, group: int | None, day: date) -> Any:
        """Give who runs a group on a day; None where nobody does."""
        here = self.of.get(group or 0, ())
        return next((person for span, person in here if day in span), None)


def runs(groups: Iterable[int | None]) -> Runs:
    """Give who runs some groups; asks once, and not where there is no group."""
    wanted = {group for group in groups if group}
    found: dict[int, list[tuple[Span, Any]]] = defaultdict(list)
    for row in _running.ask(groups=list(wanted)) if wanted else ():
        if row.ends is None or row.ends >= row.starts:
            found[row.group_id].append((Span(row.starts, row.ends), row.person))
    return Runs(found)


@question
def _running() -> QuerySet[GroupStaff]:
    rows = GroupStaff.objects.filter(Among("group", "groups"), does=StaffPart.RUNS)
    return rows.select_related("person").order_by("starts", "id")


def uses(hours: Iterable[Held], within: Span) -> list[Use]:
    """Give what hours take of pupils, adults and rooms in a span; asks once at most."""
    hours = list(hours)
    staff = runs({one.promise.group_id for one in hours})
    shared = lru_cache(maxsize=None)(within.overlap)
    found = []
    for one in hours:
        span = shared(one.span)
        if span is not None:
            person = who(one.person, one.promise, staff, span.first)
            found.append(
                Use(
                    key_of(one.promise), one.hour, span, one.promise, person=person, room=one.room,
                    because=one.because,
                )
            )  # fmt: skip
    return found


def who(person: Any, promise: Allocation, staff: Runs, day: date) -> Any:
    """Give who is at an hour: named for it, else for the promise, else whoever runs the group."""
    return person or promise.person or staff.on(promise.group_id, day)
