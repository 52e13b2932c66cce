"""When and where what was promised takes place (APD-03, APD-12): set, changed from a day, ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Membership, Person
from opensenco.access.roles import BY_CODE
from opensenco.cases import spine
from opensenco.gate.operation import operation
from opensenco.gate.rows import change, refuse_stale
from opensenco.kernel.dates import ONE_DAY, Span
from opensenco.kernel.errors import Invalid, NotFound, NotPossible
from opensenco.people.models import Pupil
from opensenco.provision.clashes import Clash, Use, clashes
from opensenco.provision.models import (
    MOST_MINUTES,
    MOST_TIMES,
    Allocation,
    Provision,
    Room,
    Slot,
    Timetable,
    WeekTurn,
)
from opensenco.provision.operations import giving, reaching
from opensenco.provision.operations.named import named_for
from opensenco.provision.operations.telling import check_stands
from opensenco.provision.operations.terms import AHEAD, BEFORE
from opensenco.provision.queries.expected import days_ahead
from opensenco.provision.queries.hours import held_at, key_of, runs, uses, who
from opensenco.provision.states import Turn
from opensenco.provision.timetable import Hour, overlap
from opensenco.support.models import Outcome
from opensenco.support.words import paragraph

EARLIEST, LATEST = time(6), time(22)


@dataclass(frozen=True)
class At:
    """One hour as it is set: when, where, and by whom where not by who was promised to."""

    hour: Hour
    room: Room | None = None
    person: Person | None = None


class Clashing(Invalid):
    """Something else is at the same hour, and nobody said why it is done all the same.

    Args:
        found: what clashes, the new one first.
    """

    def __init__(self, found: Sequence[Clash]) -> None:
        words = ngettext(
            "%(num)s thing is at the same hour. Choose another time, or say why it is done all "
            "the same.",
            "%(num)s things are at the same hour. Choose other times, or say why it is done all "
            "the same.",
            len(found),
        ) % {"num": len(found)}
        super().__init__("because", words)
        self.found = tuple(found)


@operation(Action.PROVISION_ALLOCATE, on="allocations")
def set_timetable(
    *,
    actor: Actor,
    allocations: Sequence[Allocation],
    hours: Sequence[At],
    starts: date,
    ends: date | None = None,
    because: str = "",
) -> list[Timetable]:
    """Say when and where promises take place from a day on, in place of what was said before.

    What was said before ends the day before; one that had not begun by then is taken back. Those
    named for an hour reach the pupils for its days.

    Args:
        allocations: of one place; each gets all of the hours, from its own first day at the
            earliest.
        ends: the last day, counted; None for as long as the promise.
        because: why it is done although something else is at one of these hours.

    Raises:
        Invalid: no hour, hours that cannot be or meet each other, days outside the promise.
        Clashing: a pupil, an adult or a room has something else then, and no reason is given.
        NotPossible: something given in error.
        NotFound: a room or a promise of another place.
        Stale: somebody else changed a promise in between.
    """
    why = paragraph("because", because, 1_000)
    _check_hours([one.hour for one in hours])
    _check_place(allocations, hours)
    _check_people(allocations[0].org_id, hours, starts)
    _check_turns(allocations[0].org_id, hours)
    for row in allocations:
        check_stands(row)
    spans = {row.pk: _span(actor, row, starts, ends) for row in allocations}
    refuse_stale(allocations)
    found = clashes_with(allocations, hours, starts, ends)
    if found and not why:
        raise Clashing(found)
    _stop(actor, allocations, starts)
    made = []
    for row in allocations:
        table = Timetable(
            org_id=row.org_id, pupil_id=row.pupil_id, allocation=row, starts=spans[row.pk].first,
            ends=ends, because=why if found else "", person=actor.person, at=actor.at,
        )  # fmt: skip
        table.save()
        made.append(table)
    Slot.objects.bulk_create(_slot(table, one) for table in made for one in hours)
    reaching.reach(named_for(allocations))
    _tell(actor, allocations, hours)
    return made


@operation(Action.PROVISION_ALLOCATE, on="pupils")
def give_at(
    *,
    actor: Actor,
    pupils: list[Pupil],
    provision: Provision,
    terms: giving.Terms,
    hours: Sequence[At],
    outcome: Outcome | None = None,
    because: str = "",
) -> list[Allocation]:
    """Give a provision and say at once when it is; both or neither.

    Raises:
        Invalid, NotPossible, NotFound: as for `giving.allocate`.
        Clashing: as for `set_timetable`.
    """
    made = giving.allocate(
        actor=actor, pupils=pupils, provision=provision, terms=terms, outcome=outcome
    )
    set_timetable(actor=actor, allocations=made, hours=hours, starts=terms.starts, because=because)
    return made


@operation(Action.PROVISION_ALLOCATE, on="allocations")
def end_timetable(
    *, actor: Actor, allocations: Sequence[Allocation], ends: date
) -> list[Timetable]:
    """Let the hours of promises end on a day, its last; they are promised by the week again.

    Raises:
        Invalid: nothing is timetabled on that day.
        Stale: somebody else changed a promise in between.
    """
    refuse_stale(allocations)
    stopped = _stop(actor, allocations, ends + ONE_DAY)
    if not stopped:
        raise Invalid("ends", _("Nothing is timetabled after this day. Choose an earlier day."))
    return stopped


def clashes_with(
    allocations: Sequence[Allocation], hours: Sequence[At], starts: date, ends: date | None
) -> list[Clash]:
    """Give what else is at the hours that promises are to have."""
    ids = frozenset(row.pk for row in allocations)
    others = held_at(allocations[0].org_id, starts, ends)
    there = uses([one for one in others if one.promise.pk not in ids], Span(starts, ends))
    staff = runs(row.group_id for row in allocations)
    new = []
    for row in allocations:
        span = overlap(Span(starts, ends), Span(row.starts, row.ends))
        if span is not None:
            new += [
                Use(
                    key_of(row), one.hour, span, row, room=one.room,
                    person=who(one.person, row, staff, span.first),
                )
                for one in hours
            ]  # fmt: skip
    days = days_ahead([allocations[0].org_id], starts)
    return clashes([*there, *new], ids, days)


def _stop(actor: Actor, allocations: Sequence[Allocation], day: date) -> list[Timetable]:
    """End what is timetabled the day before a day, and take back what begins on it or later."""
    rows = Timetable.objects.filter(allocation__in=allocations, taken_back_at__isnull=True)
    stopped, before = [], named_for(allocations)
    for row in rows.exclude(ends__lt=day).order_by("id"):
        if row.starts >= day:
            stopped.append(change(row, version=None, taken_back_at=actor.at))
        else:
            stopped.append(change(row, version=None, ends=day - ONE_DAY))
    if stopped and before:
        reaching.follow_named(before, named_for(allocations), day - ONE_DAY)
    return stopped


def _slot(table: Timetable, one: At) -> Slot:
    return Slot(
        org_id=table.org_id, timetable=table, weekday=one.hour.weekday, week=one.hour.week,
        starts_at=one.hour.starts_at, ends_at=one.hour.ends_at, minutes=one.hour.minutes,
        room=one.room, person=one.person,
    )  # fmt: skip


def _span(actor: Actor, row: Allocation, starts: date, ends: date | None) -> Span:
    if not actor.today - BEFORE <= starts <= actor.today + AHEAD:
        raise Invalid("starts", _("Choose a first day within a year of today. Check the year."))
    if ends is not None and ends < starts:
        raise Invalid("ends", _("The last day must be the first day or later."))
    if row.ends is not None and row.ends < starts:
        raise Invalid(
            "starts", _("What was promised has ended by then. Choose an earlier first day.")
        )
    if ends is not None and ends < row.starts:
        raise Invalid("ends", _("What was promised begins after this. Choose a later last day."))
    return Span(max(starts, row.starts), ends)


def _check_hours(hours: Sequence[Hour]) -> None:
    if not hours:
        raise Invalid("hours", _("Say at least one day and time."))
    if len(hours) > MOST_TIMES:
        raise Invalid("hours", _("Say at most %(most)s times a week.") % {"most": MOST_TIMES})
    for place, hour in enumerate(hours):
        check_hour(hour)
        if any(hour.meets(other) for other in hours[:place]):
            raise Invalid("hours", _("Two of these times are at the same hour. Change one."))


def check_hour(hour: Hour, field: str = "hours") -> None:
    """Refuse an hour that cannot be.

    Raises:
        Invalid: it ends before it begins, is in the night, or takes longer than a session can.
    """
    if hour.ends_at <= hour.starts_at:
        raise Invalid(field, _("It must end later than it begins. Write times like 13:30."))
    if hour.starts_at < EARLIEST or hour.ends_at > LATEST:
        raise Invalid(field, _("Choose a time between 06:00 and 22:00, written like 13:30."))
    if hour.minutes > MOST_MINUTES:
        raise Invalid(
            field, _("A session takes at most %(most)s minutes.") % {"most": MOST_MINUTES}
        )


def _check_turns(org_id: int, hours: Sequence[At]) -> None:
    if not any(one.hour.week for one in hours):
        return
    last = WeekTurn.objects.filter(org=org_id).order_by("-monday", "-id").first()
    if last is None or not last.takes_turns:
        raise Invalid("hours", _("Say first which Monday begins week A, or choose every week."))


def _check_place(allocations: Sequence[Allocation], hours: Sequence[At]) -> None:
    places = {row.org_id for row in allocations}
    places |= {one.room.org_id for one in hours if one.room}
    if len(places) != 1:
        raise NotFound
    if any(one.room and one.room.ended_on for one in hours):
        raise NotPossible(_("One of these rooms is no longer used. Choose another."))
    if any(one.hour.week not in Turn.values for one in hours):
        raise Invalid("hours", _("Choose every week, week A or week B."))


def _check_people(org_id: int, hours: Sequence[At], starts: date) -> None:
    """Refuse an hour of somebody who does not work at the place then, or is nobody's colleague."""
    named = {one.person.pk for one in hours if one.person}
    if not named:
        return
    staff = [code for code, role in BY_CODE.items() if not role.guest]
    here = Membership.objects.filter(
        Q(ends__isnull=True) | Q(ends__gte=starts),
        org=org_id, person__in=named, withdrawn=False, role__in=staff,
    )  # fmt: skip
    if named - set(here.values_list("person", flat=True)):
        raise Invalid("hours", _("Somebody named for an hour does not work here then."))


def _tell(actor: Actor, allocations: Sequence[Allocation], hours: Sequence[At]) -> None:
    """Tell those who are named for an hour, and are not whom it was promised to, once."""
    known = {row.person_id for row in allocations} | {actor.person.pk}
    named = {one.person.pk: one.person for one in hours if one.person}
    row = allocations[0]
    for pk, person in named.items():
        if pk not in known:
            spine.tell(
                actor=actor, org=row.pupil.org, person=person, source=row,
                words=_("You are in the timetable of what pupils are given"),
                pupil=row.pupil if len(allocations) == 1 else None,
            )  # fmt: skip
