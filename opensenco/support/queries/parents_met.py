"""How often parents were met this school year, when next and why (APD-08): worked out, never kept.

The law counts three meetings for a whole year on SEN support, fewer for a part of it. What is asked
of the record are the days on SEN support and the days on which one of the family came to a meeting.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from opensenco.access.actor import Actor
from opensenco.access.registry import visible
from opensenco.cases.calendar import own_calendar
from opensenco.kernel.dates import Span
from opensenco.law.calendar.cover import CalendarNotCovered
from opensenco.law.calendar.school import SchoolCalendar
from opensenco.law.calendar.years import AcademicYear
from opensenco.law.due import Due, State, state
from opensenco.law.timetables.parent_meetings import (
    ALL_MEETINGS,
    NEXT_MEETING,
    MeetingFacts,
    meetings,
    timetable,
)
from opensenco.meetings import queries as held
from opensenco.people.days import on_roll
from opensenco.people.models import Pupil
from opensenco.people.queries import attach_classes
from opensenco.support.models import SenStatus
from opensenco.support.queries.reading import reads_status_by
from opensenco.support.states import Status


@dataclass(frozen=True)
class ParentsMet:
    """One pupil's meetings with the parents in a school year.

    Args:
        held: how many count; required: how many the year asks for, None where the school has not
            entered its term dates of that year.
        due: the next one that is missing, or all of them where none is; with its reasons.
        planned: the day of the next meeting to which the family is invited.
        on_support: the pupil is on SEN support on a day of the school year.
    """

    pupil: Pupil
    year: AcademicYear
    held: tuple[date, ...]
    required: int | None
    due: Due | None
    state: State | None
    planned: date | None
    on_support: bool

    @property
    def late(self) -> bool:
        """Whether guidance asks for one that has not been."""
        return self.state is not None and self.state.late

    @property
    def enough(self) -> bool:
        """Whether all that the year asks for have been held."""
        return self.required is not None and len(self.held) >= self.required


def on_support(actor: Actor) -> list[ParentsMet]:
    """Give all pupils on SEN support today whose status this actor sees, what is due first.

    The same number of questions however many pupils there are.
    """
    going_on = (
        _statuses(actor)
        .filter(starts__lte=actor.today)
        .filter(Q(ends__isnull=True) | Q(ends__gte=actor.today))
    )
    rows = Pupil.objects.filter(on_roll(actor.today), pk__in=going_on.values("pupil"))
    found = list(rows.filter(in_error_at__isnull=True).order_by("sort_key", "id"))
    attach_classes(found, actor.today)
    counted = of_pupils(actor, found)
    return sorted(counted, key=_urgent)


def _urgent(one: ParentsMet) -> tuple[bool, date, str]:
    on = one.due.on if one.due is not None and not one.enough else None
    return (on is None, on or date.max, one.pupil.sort_key)


def of_pupils(actor: Actor, pupils: Sequence[Pupil]) -> list[ParentsMet]:
    """Give the meetings of some pupils this school year, in their order."""
    year = AcademicYear.of(actor.today)
    ids = [pupil.pk for pupil in pupils]
    support: dict[int, list[Span]] = {}
    rows = _statuses(actor).filter(pupil__in=ids).order_by("starts", "id")
    for pupil, starts, ends in rows.values_list("pupil_id", "starts", "ends"):
        support.setdefault(pupil, []).append(Span(starts, ends))
    days = held.days_parents_were_met(ids, year.first, year.last)
    planned = held.days_planned(ids, actor.today)
    calendars = {org: own_calendar(org, year.span) for org in {one.org_id for one in pupils}}
    return [
        _one(actor, pupil, year, support.get(pupil.pk, []), days, planned, calendars)
        for pupil in pupils
    ]


def of_pupil(actor: Actor, pupil: Pupil) -> ParentsMet | None:
    """Give one pupil's meetings; None where they are on no SEN support this school year."""
    (one,) = of_pupils(actor, [pupil])
    return one if one.on_support else None


def _statuses(actor: Actor) -> Any:
    rows = visible(actor, reads_status_by(actor), SenStatus)
    return rows.filter(code=Status.SEN_SUPPORT, in_error_at__isnull=True)


def _one(
    actor: Actor,
    pupil: Pupil,
    year: AcademicYear,
    support: Collection[Span],
    days: Mapping[int, list[date]],
    planned: Mapping[int, date],
    calendars: Mapping[int, SchoolCalendar],
) -> ParentsMet:
    met = tuple(days.get(pupil.pk, ()))
    on = any(year.span.overlap(span) for span in support)
    facts = MeetingFacts(year=year, support=tuple(support), held=met)
    try:
        counted = meetings(facts=facts, calendar=calendars[pupil.org_id])
        dues = {due.step: due for due in timetable(facts=facts, calendar=calendars[pupil.org_id])}
    except CalendarNotCovered:
        return ParentsMet(pupil, year, met, None, None, None, planned.get(pupil.pk), on)
    due = dues.get(NEXT_MEETING) or dues.get(ALL_MEETINGS)
    return ParentsMet(
        pupil, year, counted.held, counted.required, due,
        state(due, actor.today) if due else None, planned.get(pupil.pk), on,
    )  # fmt: skip
