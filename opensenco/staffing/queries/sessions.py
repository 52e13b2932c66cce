"""What is planned on the days of a week: by the hours of timetables, and without an hour."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import BigAutoField, Q, QuerySet

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.access.questions import Told, question
from opensenco.access.reach import Reach
from opensenco.access.registry import visible
from opensenco.kernel.dates import Span
from opensenco.provision.clashes import Key, Use
from opensenco.provision.models import Allocation
from opensenco.provision.queries.expected import days_of_places, name_of
from opensenco.provision.queries.hours import UNREAD, held_of, key_of, runs, standing_slots, uses
from opensenco.provision.states import Layer, Turn
from opensenco.provision.timetable import Hour, monday

SIX_DAYS = timedelta(days=6)


@dataclass(frozen=True)
class Planned:
    """One session: what pupils have together, when, where and from whom.

    Args:
        hour: None where no hour is set, and it is given some time of the week.
        promises: of its pupils, in the order of the register.
    """

    key: Key
    hour: Hour | None
    promises: tuple[Allocation, ...]
    person: Any = None
    room: Any = None

    @property
    def name(self) -> str:
        """What it is called: the provision, with its group where that is called otherwise."""
        return name_of(self.promises[0])

    @property
    def names(self) -> str:
        """The first names of its pupils."""
        return ", ".join(str(one.pupil.said) for one in self.promises)

    @property
    def address(self) -> str:
        """Its name in a form: the promise that stands first, and when it begins."""
        at = f"{self.hour.starts_at:%H%M}" if self.hour else ""
        return f"{self.promises[0].ref.hex}{at}"

    @property
    def times(self) -> int:
        """How often it takes place in two weeks: twice, or once where weeks take turns."""
        if self.hour is None:
            return 2 * max(one.times_a_week for one in self.promises)
        return 2 if self.hour.week == Turn.EVERY else 1

    @property
    def minutes(self) -> int:
        """How long one is."""
        if self.hour is not None:
            return self.hour.minutes
        return max(one.minutes for one in self.promises)

    @property
    def a_week(self) -> int:
        """Minutes of an adult in a week; of weeks that take turns, the half."""
        return self.times * self.minutes // 2


def planned(actor: Actor, org: Organisation, week: date) -> list[Planned]:
    """Give what is planned in the week of a day, of pupils one may know of. Asks at most six times.

    What every pupil gets in lessons is left out: it is nobody's session.
    """
    within = _week_of(week)
    promises = _promised.ask(actor, within.first, within.last, org=org.pk)
    return _planned(promises, org, week)


def planned_on(actor: Actor, org: Organisation, day: date) -> list[Planned]:
    """Give the same of one day: what has an hour on it, and what has none that week."""
    within = _week_of(day)
    promises = _promised_on.ask(actor, within.first, within.last, day.weekday(), org=org.pk)
    return [
        one for one in _planned(promises, org, day)
        if one.hour is None or one.hour.weekday == day.weekday()
    ]  # fmt: skip


def planned_beyond(actor: Actor, org: Organisation, week: date) -> list[Planned]:
    """Give what is planned of pupils whom one does not reach: of it only whose time it takes is for
    this actor. Asks as often as `planned`; nothing where one reaches the whole place.
    """
    if actor.hat.reach(Action.PROVISION_VIEW) is Reach.ALL:
        return []
    within = _week_of(week)
    seen = visible(actor, Action.PROVISION_VIEW, Allocation)
    rows = Allocation.objects.filter(org=org).exclude(pk__in=seen.values("pk"))
    return _planned(list(_given(rows, within.first, within.last)), org, week)


def _week_of(day: date) -> Span:
    first = monday(day)
    return Span(first, first + SIX_DAYS)


@question
def _promised(actor: Actor, first: date, last: date) -> QuerySet[Allocation]:
    rows = visible(actor, Action.PROVISION_VIEW, Allocation)
    return _given(rows.filter(org=Told("org", BigAutoField())), first, last)


@question
def _promised_on(actor: Actor, first: date, last: date, weekday: int) -> QuerySet[Allocation]:
    rows = visible(actor, Action.PROVISION_VIEW, Allocation)
    hours = standing_slots(first, last).order_by()
    # gathered once each, and not asked for each promise
    on_it = hours.filter(weekday=weekday).values("timetable__allocation")
    rows = rows.filter(Q(pk__in=on_it) | ~Q(pk__in=hours.values("timetable__allocation")))
    return _given(rows.filter(org=Told("org", BigAutoField())), first, last)


def _given(rows: QuerySet[Allocation], first: date, last: date | None) -> QuerySet[Allocation]:
    running = rows.filter(
        Q(ends__isnull=True) | Q(ends__gte=first), starts__lte=last, in_error_at__isnull=True,
        provision__layer__gt=Layer.UNIVERSAL,
    )  # fmt: skip
    return running.defer(*UNREAD).order_by()


def _planned(promises: Sequence[Allocation], org: Organisation, week: date) -> list[Planned]:
    within = _week_of(week)
    taken = uses(held_of(promises, within.first, within.last, bare=True), within)
    timed = {use.of.pk for use in taken}
    loose = [row for row in promises if row.pk not in timed and week in Span(row.starts, row.ends)]
    loose.sort(key=lambda row: (row.provision.name, row.pupil.sort_key, row.pk))
    turn = ""
    if any(use.hour.week for use in taken):
        turn = days_of_places([org.pk], within)[org.pk].turn_of(within.first)
    held = [use for use in taken if use.hour.week in (Turn.EVERY, turn)]
    return [*_timed(held), *_loose(loose, week)]


def _timed(found: Iterable[Use]) -> list[Planned]:
    together: dict[tuple[Any, ...], list[Use]] = defaultdict(list)
    for use in found:
        together[use.together, use.hour, use.person.pk if use.person else 0].append(use)
    rows = [
        Planned(
            key[0], key[1], tuple(_in_order(use.of for use in parts)), parts[0].person,
            next((use.room for use in parts if use.room), None),
        )
        for key, parts in together.items()
    ]  # fmt: skip
    return sorted(rows, key=lambda one: (one.hour is None, one.hour, one.name, one.address))


def _loose(rows: list[Allocation], day: date) -> list[Planned]:
    staff = runs(row.group_id for row in rows)
    together: dict[Key, list[Allocation]] = defaultdict(list)
    for row in rows:
        together[key_of(row)].append(row)
    found = []
    for key, parts in together.items():
        named = next((row.person for row in parts if row.person), None)
        found.append(Planned(key, None, tuple(parts), named or staff.on(parts[0].group_id, day)))
    return found


def _in_order(rows: Iterable[Allocation]) -> list[Allocation]:
    unique = {row.pk: row for row in rows}
    return sorted(unique.values(), key=lambda row: (row.pupil.sort_key, row.pk))
