"""Where the time of those who co-ordinate went, beside what the school sets aside (ROL-12).

Time is what `cases.time_log` knows: recorded by one tap, or told by the record, less sessions with
pupils. Set aside is what was entered as contracted hours to co-ordinate or to help with
administration, for the school days of each term. Need is who is on the register.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Membership, Organisation, Person
from opensenco.access.reach import Reach
from opensenco.access.registry import visible
from opensenco.cases import time_log
from opensenco.cases.calendar import own_calendar
from opensenco.cases.states import Work
from opensenco.cases.time_log import Spent, Totals
from opensenco.kernel.dates import ONE_DAY, Span
from opensenco.law.calendar.school import SchoolCalendar
from opensenco.law.calendar.years import AcademicYear
from opensenco.people.days import on_roll
from opensenco.people.models import Pupil
from opensenco.people.policy import on_day
from opensenco.provision.ledger import USUAL_HALVES
from opensenco.provision.minutes import DAYS_A_WEEK, school_days
from opensenco.staffing.contracted import Contracts
from opensenco.staffing.queries.hours import contracts_of
from opensenco.staffing.states import PROTECTED
from opensenco.support.queries.choosing import CODED, statuses
from opensenco.support.states import Status

#: roles that co-ordinate, where nobody has entered hours yet
CO_ORDINATORS = ("SENCO", "SENCO_LEAD", "EY_SENCO", "SENCO_SHARED", "SENCO_TRUST", "SENCO_PHASE")


@dataclass(frozen=True)
class Share:
    """Time set aside and time recorded, both in minutes, of one person or of all.

    Args:
        aside: None where nobody has entered hours.
    """

    aside: int | None
    spent: int

    @property
    def percent(self) -> int | None:
        """What was recorded of what was set aside, in whole per cent."""
        return round(100 * self.spent / self.aside) if self.aside else None


@dataclass(frozen=True)
class Term:
    """One term: its time and the need in it.

    Args:
        span: its days; `until` is its last that has come.
        weeks: of school so far, with a tenth.
        plans, support: pupils with an EHC plan and on SEN support on that last day.
    """

    number: int
    span: Span
    until: date
    weeks: float
    share: Share
    plans: int
    support: int
    lines: tuple[Spent, ...]
    people: tuple[tuple[Person, Share], ...]

    @property
    def each(self) -> int | None:
        """Minutes a week for each pupil of the register; None where there is none."""
        pupils = self.plans + self.support
        return round(self.share.spent / pupils / self.weeks) if pupils and self.weeks else None

    @property
    def totals(self) -> Totals:
        """The same time by kind of work."""
        return time_log.totals(self.lines)


@dataclass(frozen=True)
class Workload:
    """A school year of those who co-ordinate: the terms that have begun, the latest last.

    Args:
        entered: whether anybody's hours to co-ordinate are entered.
    """

    year: AcademicYear
    terms: list[Term]
    entered: bool


def workload(actor: Actor, org: Organisation) -> Workload:
    """Give the workload of this school year. Its questions do not grow with pupils or time."""
    year = AcademicYear.of(actor.today)
    calendar = own_calendar(org.pk, year.span)
    contracts = contracts_of(actor, org)
    team = _team(actor, org, contracts, year)
    spent = time_log.lines(actor, year.first, actor.today, own=False, of=list(team))
    # a session with pupils is support itself, and not the work of co-ordinating it
    spent = [one for one in spent if one.person.pk in team and one.work != Work.SESSION]
    spans = begun_terms(year, calendar, actor.today)
    entered = any(_sets_aside(contracts, who) for who in team)
    return Workload(
        year,
        [
            _term(actor, org, number, span, spent, (calendar, contracts, team))
            for number, span in enumerate(spans, 1)
        ],
        entered,
    )


def begun_terms(year: AcademicYear, calendar: SchoolCalendar, today: date) -> list[Span]:
    """Give the terms of a school year that have begun, one at least: as the school entered them,
    and by the usual months where none of those has begun.
    """
    entered = [one for one in calendar.terms if one.first in year.span and one.last is not None]
    begun = [one for one in entered if one.first <= today]
    return begun or [one for one in _usual_terms(year) if one.first <= today]


def _usual_terms(year: AcademicYear) -> list[Span]:
    firsts = [
        date(year.starts if month >= USUAL_HALVES[0][0] else year.starts + 1, month, day)
        for month, day in USUAL_HALVES[::2]
    ]
    return [Span.before(one, after) for one, after in pairwise([*firsts, year.last + ONE_DAY])]


def _sets_aside(contracts: Contracts, who: int) -> bool:
    return any(row.does in PROTECTED for row in contracts.all_of(who))


def _team(
    actor: Actor, org: Organisation, contracts: Contracts, year: AcademicYear
) -> dict[int, Person]:
    """Give who co-ordinates: whose hours say so, and who has such a role today.

    Whoever leads a part of a school is told of their own time and of nobody else's.
    """
    if actor.hat.reach(Action.STAFF_VIEW) is Reach.PART:
        return {actor.person.pk: actor.person}
    rows = visible(actor, Action.WHO_SEES, Membership).filter(
        on_day(actor.today), org=org, role__in=CO_ORDINATORS, withdrawn=False
    )
    team = {row.person_id: row.person for row in rows.select_related("person")}
    for who in contracts.people():
        if _sets_aside(contracts, who):
            team[who] = contracts.all_of(who)[0].row.who
    return team


def _term(
    actor: Actor,
    org: Organisation,
    number: int,
    span: Span,
    spent: Sequence[Spent],
    known: tuple[SchoolCalendar, Contracts, dict[int, Person]],
) -> Term:
    calendar, contracts, team = known
    until = min(span.last or actor.today, actor.today)
    held = Span(span.first, until)
    lines = tuple(one for one in spent if one.on in held)
    minutes: dict[int, int] = defaultdict(int)
    for one in lines:
        minutes[one.person.pk] += one.minutes or 0

    def days(part: Span) -> int:
        return school_days(part, calendar).days

    people = []
    for who, person in sorted(team.items(), key=lambda one: (one[1].last_name, one[0])):
        aside = contracts.minutes(who, held, days) if _sets_aside(contracts, who) else None
        if aside or minutes[who]:
            people.append((person, Share(aside, minutes[who])))
    plans, support = _register(actor, org, until)
    return Term(
        number, span, until, round(days(held) / DAYS_A_WEEK, 1), _together(people), plans, support,
        lines, tuple(people),
    )  # fmt: skip


def _together(people: Iterable[tuple[Person, Share]]) -> Share:
    shares = [share for _person, share in people]
    asides = [share.aside for share in shares if share.aside is not None]
    return Share(sum(asides) if asides else None, sum(share.spent for share in shares))


def _register(actor: Actor, org: Organisation, day: date) -> tuple[int, int]:
    """Count the pupils of the register on a day: with an EHC plan, and on SEN support."""
    rows = statuses(day).filter(
        on_roll(day, "pupil__"), org=org, code__in=CODED,
        pupil__in=visible(actor, Action.REGISTER_VIEW, Pupil).values("pk"),
    )  # fmt: skip
    codes = Counter(dict(rows.order_by("starts", "id").values_list("pupil", "code")).values())
    return codes[Status.EHC_PLAN.value], codes[Status.SEN_SUPPORT.value]
