"""Whether time that a school sets aside to co-ordinate was there, week by week (ROL-12)."""

import uuid
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation, Person
from opensenco.cases import time_log
from opensenco.cases.calendar import own_calendar
from opensenco.cases.states import Work
from opensenco.gate.rows import find
from opensenco.kernel.dates import Span
from opensenco.provision.minutes import school_days
from opensenco.provision.timetable import monday
from opensenco.staffing.contracted import Contracts
from opensenco.staffing.models import Shortfall, ShortWeeks
from opensenco.staffing.queries.hours import contracts_of
from opensenco.staffing.states import Does

#: where a place has said no number of its own
USUAL_WEEKS = 4
#: a week is short where less than nine tenths of what was set aside is on the record
ENOUGH = 0.9
WEEK, SIX_DAYS = timedelta(days=7), timedelta(days=6)
#: so many weeks of holidays are passed over
FURTHER = 8


@dataclass(frozen=True)
class WeekOf:
    """One school week of somebody who co-ordinates: minutes set aside, and on the record."""

    first: date
    aside: int
    spent: int

    @property
    def short(self) -> bool:
        """Whether clearly less was there than is set aside."""
        return self.spent < ENOUGH * self.aside


@dataclass(frozen=True)
class Short:
    """Somebody whose last weeks were all short, the latest last."""

    person: Person
    weeks: tuple[WeekOf, ...]


def weeks_of(org: int) -> int:
    """Give after how many weeks the head of a place is told; 0 for never."""
    row = ShortWeeks.objects.filter(org=org).order_by("-id").first()
    return USUAL_WEEKS if row is None else row.weeks


def shortfall(actor: Actor, ref: uuid.UUID) -> Shortfall:
    """Give what was told of a reference.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    return find(actor, Action.STAFF_KEEP, Shortfall, ref, "org", "who")


def short_now(actor: Actor, org: Organisation) -> list[Short]:
    """Give whose time to co-ordinate was short in each of the last school weeks, by surname.

    Only whole weeks of school count in which something is set aside for them. Asks as often,
    however many there are.
    """
    number = weeks_of(org.pk)
    contracts = contracts_of(actor, org)
    team = {
        who: held.row.who
        for who in contracts.people()
        if (held := contracts.on(who, actor.today)) and held.does == Does.CO_ORDINATES and held.send
    }
    if not number or not team:
        return []
    found = []
    by_person = _weeks(actor, org, contracts, team, number)
    for who, person in sorted(team.items(), key=lambda one: (one[1].last_name, one[0])):
        weeks = by_person[who][-number:]
        if len(weeks) == number and all(one.short for one in weeks):
            found.append(Short(person, tuple(weeks)))
    return found


def _weeks(
    actor: Actor, org: Organisation, contracts: Contracts, team: dict[int, Person], number: int
) -> dict[int, list[WeekOf]]:
    last = monday(actor.today)
    whole = Span(last - (number + FURTHER) * WEEK, last - timedelta(days=1))
    calendar = own_calendar(org.pk, whole)
    spent: dict[tuple[int, date], int] = defaultdict(int)
    for one in time_log.lines(actor, whole.first, whole.last or last, own=False, of=list(team)):
        if one.work != Work.SESSION:
            spent[one.person.pk, monday(one.on)] += one.minutes or 0
    found: dict[int, list[WeekOf]] = defaultdict(list)
    for place in range(number + FURTHER):
        first = whole.first + place * WEEK
        span = Span(first, first + SIX_DAYS)
        for who in team:
            aside = contracts.minutes(who, span, lambda part: school_days(part, calendar).days)
            if aside:
                found[who].append(WeekOf(first, aside, spent[who, first]))
    return found
