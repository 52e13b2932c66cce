"""Which timetables promises have in a year, and which weeks take turns: read for costs."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet

from opensenco.access.questions import Among, as_text, question
from opensenco.cases.calendar import own_calendar
from opensenco.costing.counting import Promise
from opensenco.costing.timed import Hour, Hours
from opensenco.kernel.dates import Span, iso_day
from opensenco.provision.models import Slot
from opensenco.provision.queries.expected import turns_said
from opensenco.provision.timetable import open_days


def with_hours(org_id: int, year: Span, promises: Iterable[Promise]) -> list[Promise]:
    """Give promises with the hours of their timetables. Asks once, however many."""
    promises = list(promises)
    return with_said(promises, _of_some.ask(
        org_id, year.first, year.last, promises=[one.key for one in promises]
    ))  # fmt: skip


def hours_said(org_id: int, year: Span) -> list[Any]:
    """Give all hours that a place said for days of a year, as `with_said` takes them. Asks once."""
    return _of_place.ask(org_id, year.first, year.last)


def with_said(promises: list[Promise], rows: Iterable[Sequence[Any]]) -> list[Promise]:
    """Give promises with those of these hours that are theirs."""
    timed = _timed(rows, promises)
    if not timed:
        return promises
    # the last of a promise: to replace it by its name takes thrice as long, thousands of times
    return [Promise(*one[:-1], timed[one.key]) if one.key in timed else one for one in promises]


def _timed(
    rows: Iterable[Sequence[Any]], promises: Iterable[Promise]
) -> dict[int, tuple[Hours, ...]]:
    """Put hours together by promise, in the order of time; who has the same hours has one tuple."""
    tables: dict[int, dict[tuple[str, str, int], list[Any]]] = {}
    for promise, table, first, last, hour in _said(rows, promises):
        held = tables.setdefault(promise, {})
        held.setdefault((first, last or "", table), []).append(hour)
    alike: dict[Any, tuple[Hours, ...]] = {}
    found = {}
    for promise, held in tables.items():
        # most have one timetable
        inside = sorted(held.items()) if len(held) > 1 else held.items()
        said = tuple((first, last, tuple(sorted(hours))) for (first, last, _table), hours in inside)
        timed = alike.get(said)
        if timed is None:
            timed = alike[said] = tuple(map(_hours, said))
        found[promise] = timed
    return found


def _said(
    rows: Iterable[Sequence[Any]], promises: Iterable[Promise]
) -> Iterator[tuple[int, int, str, str | None, tuple[Any, ...]]]:
    """Give all of each hour that a cost can hang on, as what sorts: nobody and nowhere are nought.

    Of what nobody shares, it does not matter at what time of the day and where it is.
    """
    # by promise whose it is, of what is shared
    whose = {one.key: (one.who or 0) if _shared(one) else None for one in promises}
    for promise, table, first, last, weekday, week, minutes, begins, ends, room, person in rows:
        if promise in whose:
            who = whose[promise]
            at = () if who is None else (begins, ends, room or 0, person or who)
            yield promise, table, first, last, (weekday, week, minutes, person or 0, at)


def _shared(one: Promise) -> bool:
    return one.together != ("alone", one.key)


def _hours(said: tuple[str, str, tuple[Any, ...]]) -> Hours:
    first, last, hours = said
    span = Span(iso_day(first), iso_day(last) if last else None)
    return Hours(span, tuple(
        Hour(weekday, week, minutes, person or None, at or None)
        for weekday, week, minutes, person, at in hours
    ))  # fmt: skip


def turns_of(org_id: int, year: Span, promises: Iterable[Promise]) -> Mapping[date, str]:
    """Give which weeks of a year are A and B, by their Mondays.

    Asks only where an hour is in one of them.
    """
    turning = any(
        hour.week for one in promises for table in one.timed for hour in table.hours
    )  # fmt: skip
    if not turning:
        return {}
    said = turns_said([org_id]).get(org_id, [])
    reach = min([year.first, *(one.monday for one in said)])
    return open_days(year, own_calendar(org_id, Span(reach, year.last)), said).turns


def _slots(org_id: int, first: date, last: date) -> QuerySet[Slot]:
    rows = Slot.objects.filter(
        org=org_id, timetable__taken_back_at__isnull=True, timetable__starts__lte=last
    ).exclude(timetable__ends__lt=first)
    return rows.order_by().annotate(
        first_day=as_text("timetable__starts"), last_day=as_text("timetable__ends"),
        begins=as_text("starts_at"), until=as_text("ends_at"),
    )  # fmt: skip


#: days and times are read as text: what is alike is read once, and only compared
_COLUMNS = ("timetable__allocation", "timetable", "first_day", "last_day", "weekday", "week",
            "minutes", "begins", "until", "room", "person")  # fmt: skip


@question
def _of_place(org_id: int, first: date, last: date) -> QuerySet[Any, Any]:
    return _slots(org_id, first, last).values_list(*_COLUMNS)


@question
def _of_some(org_id: int, first: date, last: date) -> QuerySet[Any, Any]:
    rows = _slots(org_id, first, last).filter(Among("timetable__allocation", "promises"))
    return rows.values_list(*_COLUMNS)
