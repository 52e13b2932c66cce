"""What of the school's provision has gone quiet: two questions, and one for each place."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from operator import attrgetter
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.questions import question
from opensenco.access.registry import visible
from opensenco.cases.calendar import AROUND, calendar_of
from opensenco.kernel.dates import ONE_DAY, Span
from opensenco.law.calendar.cover import CalendarNotCovered
from opensenco.law.calendar.school import SchoolCalendar
from opensenco.people.policy import on_day
from opensenco.people.policy import standing as pupil_stands
from opensenco.provision.clashes import Key as Key
from opensenco.provision.models import Allocation, Provision, Session
from opensenco.provision.queries.hours import key_of as key_of
from opensenco.provision.queries.standing import standing_sessions
from opensenco.provision.queries.timed import OpenIn, periods_of
from opensenco.provision.quiet import Quiet, gone_quiet, quiet_since
from opensenco.provision.states import Went
from opensenco.provision.timetable import Period


@dataclass(frozen=True)
class Silent:
    """One provision, for the pupils of a group or for one alone, of which nothing is heard.

    Args:
        allocations: what is promised, the longest kept first.
        heard: the day of its last session; None where there was none yet.
    """

    allocations: Sequence[Allocation]
    heard: date | None
    quiet: Quiet

    @property
    def first(self) -> Allocation:
        """The promise by which it is addressed."""
        return self.allocations[0]

    @property
    def name(self) -> str:
        """What it is called: the provision, with its group where that is called otherwise."""
        what, group = self.first.provision.name, self.first.group
        if group is None or group.name.casefold() == what.casefold():
            return str(what)
        return f"{what}, {group.name}"

    @property
    def people(self) -> str:
        """Who delivers it, each once; empty while nobody is found."""
        return ", ".join(
            dict.fromkeys(str(one.person.name) for one in self.allocations if one.person)
        )


def quiet_now(actor: Actor) -> list[Silent]:
    """Give what has gone quiet of all that this actor sees, the longest first."""
    return _silent_of(_heard_of_all.ask(actor), actor.today)


@question
def _heard_of_all(actor: Actor) -> QuerySet[Any]:
    return _running(visible(actor, Action.PROVISION_VIEW, Allocation), actor.today)


def quiet_of(actor: Actor, row: Provision) -> list[Silent]:
    """Give what has gone quiet of one provision, the longest first."""
    rows = visible(actor, Action.PROVISION_VIEW, Allocation).filter(provision=row)
    return silent(rows, actor.today)


def quiet_with(actor: Actor, row: Allocation) -> Silent | None:
    """Give that what is done together with one promise has gone quiet; None where it has not."""
    rows = visible(actor, Action.PROVISION_VIEW, Allocation).filter(provision=row.provision_id)
    alone = rows.filter(pk=row.pk) if row.group_id is None else rows.filter(group=row.group_id)
    return next((one for one in silent(alone, actor.today) if row in one.allocations), None)


def silent(rows: QuerySet[Allocation], today: date) -> list[Silent]:
    """Give what of these promises has gone quiet so long that it is raised, the longest first."""
    return _silent_of(_running(rows, today), today)


def _running(rows: QuerySet[Allocation], today: date) -> QuerySet[Any]:
    """Give what runs today of these promises, with the day of which something was heard last."""
    ledger = standing_sessions(Session.objects.filter(allocation=OuterRef("pk")))
    last = ledger.exclude(went=Went.MISTAKE).order_by("-on").values("on")[:1]
    return (
        rows.filter(pupil_stands(), on_day(today), in_error_at__isnull=True)
        .annotate(heard=Subquery(last))
        .select_related("provision", "group", "person", "pupil", "org")
        .order_by("starts", "id")
    )


def _silent_of(running: Iterable[Any], today: date) -> list[Silent]:
    together: dict[Key, list[Allocation]] = {}
    for row in running:
        together.setdefault(key_of(row), []).append(row)
    places = {key[0] for key in together}
    calendars = {org: calendar_of(org, today).calendar for org in sorted(places)}
    timed = periods_of([row for some in together.values() for row in some])
    opened = OpenIn(calendars, timed)
    found = [
        one
        for some in together.values()
        if (
            one := _silent(
                some,
                today,
                calendars,
                partial(_due, some, timed, opened, calendars[some[0].org_id]),
            )
        )
    ]
    return sorted(found, key=lambda one: (-one.quiet.days, one.name, one.first.pk))


def _silent(
    rows: Sequence[Allocation],
    today: date,
    calendars: Mapping[int, SchoolCalendar],
    due: Callable[[date, date], tuple[bool, date | None]],
) -> Silent | None:
    days: Iterable[date | None] = map(attrgetter("heard"), rows)
    heard = max((day for day in days if day), default=None)
    begun = min(row.starts for row in rows) - ONE_DAY
    # what was quiet for more than a year is quiet; the calendar is not asked for more
    last = max(heard or begun, today - AROUND)
    calendar = calendars[rows[0].org_id]
    try:
        said, day = due(last, today)
        quiet = (
            quiet_since(day, today=today, calendar=calendar)
            if said
            else gone_quiet(
                heard=last, times_a_week=max(row.times_a_week for row in rows), today=today,
                calendar=calendar,
            )
        )  # fmt: skip
    except CalendarNotCovered:
        # beyond the bank holidays that are known nobody can say which day is a school day
        return None
    return Silent(rows, heard, quiet) if quiet and quiet.raised else None


def _due(
    rows: Sequence[Allocation],
    timed: Mapping[int, Sequence[Period]],
    opened: OpenIn,
    calendar: SchoolCalendar,
    heard: date,
    today: date,
) -> tuple[bool, date | None]:
    """Tell whether a timetable says today when it is, and the first day after one that it says.

    What was due by the week before its first day, and is not heard of, is due still.
    """
    found: list[date] = []
    said = False
    for row in rows:
        for one in timed.get(row.pk, ()):
            if today in one.span:
                said = True
                first = max(heard + ONE_DAY, one.span.first)
                before = gone_quiet(
                    heard=heard, times_a_week=row.times_a_week, today=one.span.first - ONE_DAY,
                    calendar=calendar,
                )  # fmt: skip
                found += [before.due] if before else []
                found += opened.days(row, one, Span(first, today)) if first <= today else ()
    return said, min(found, default=None)
