"""Three years of sessions at one school, loaded in bulk on top of the tests' world.

Run as `python -m bench.provision_rows PUPILS SESSIONS` in the environment of a copy of that world,
as the worker. Pupils, classes, groups and rates come by operations; promises, their hours and
sessions, of which there are hundreds of thousands, are carried in as they would be from another
installation.
"""

import random
import sys
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from bench import provision_hours, school
from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.carrying import carry
from opensenco.access.models import Organisation, Person
from opensenco.access.reach import Reach
from opensenco.access.scope import system_scope
from opensenco.costing.operations import rates
from opensenco.law.calendar.holidays import england
from opensenco.people.models import Group, Pupil
from opensenco.people.operations import groups
from opensenco.people.states import GroupKind, StaffPart
from opensenco.provision.models import Allocation, Provision, Session
from opensenco.provision.operations import library, measuring
from opensenco.provision.states import Went, WhyNot
from tests.cast import BY_KEY, LONG_AGO, TODAY

PROVISIONS, IN_A_GROUP, CORRECTED, MEASURED = 40, 6, 40, 120
#: the first day of each school year and its last day of sessions; the third runs today
YEARS = tuple((date(y, 9, 2), date(y + 1, 7, 20)) for y in (2024, 2025, 2026))
#: weeks of the calendar without sessions: half-terms, Christmas, Easter
SHUT = {44, 52, 53, 1, 7, 14, 15, 22}
#: what comes of a session, of twenty-five
WENT = (Went.DELIVERED,) * 21 + (Went.AWAY, Went.AWAY, Went.NOT_HELD, Went.CHOSE_NOT)
AT_ONCE = 20_000
GIVERS = ("ta", "teacher", "other_teacher", "senco")


def keeper() -> Actor:
    """Give an actor with the verbs of a SENCO who also keeps the rates."""
    actor = school.keeper()
    grants = {**actor.hat.grants, Action.RATES_KEEP: Reach.ALL}
    return replace(actor, hat=replace(actor.hat, grants=grants))


def fill(pupils: int, sessions: int) -> None:
    """Make the pupils with what they were promised in three years, and so many sessions."""
    actor = keeper()
    here = Organisation.objects.get(name="Larkrise Primary School")
    school.fill(pupils, pupils // 5)
    people = [Person.objects.get(email=BY_KEY[key].email) for key in GIVERS]
    made = list(Pupil.objects.filter(org=here, first_name__startswith="Given").order_by("id"))
    whats = [
        library.add_provision(
            actor=actor, org=here, name=f"Provision {n:02}", layer=2 if n < PROVISIONS // 2 else 3,
            minutes=20, times_a_week=2, weeks=38, group_usual=IN_A_GROUP,
        )
        for n in range(PROVISIONS)
    ]  # fmt: skip
    together = [
        groups.add_group(actor=actor, org=here, name=f"Group {n:03}", kind=GroupKind.SUPPORT)
        for n in range(-(-len(made) // IN_A_GROUP))
    ]
    for number, group in enumerate(together):
        groups.put_staff_in_group(
            actor=actor, group=group, person=people[number % len(people)], does=StaffPart.RUNS,
            starts=TODAY,
        )  # fmt: skip
    for post, pence in (("ta", 17_20), ("teacher", 48_50)):
        rates.set_rate(
            actor=actor, org=here, post=post, kind="LA_STANDARD", pence=pence, first=LONG_AGO
        )
    given = carry(list(_promises(here, made, whats, together, people)))
    _log(given, people, sessions)
    _measured(actor, given)
    provision_hours.fill(actor, here, given)


def _promises(
    here: Organisation, pupils: Sequence[Pupil], whats: Sequence[Provision],
    together: Sequence[Group], people: Sequence[Person],
) -> Iterator[Allocation]:  # fmt: skip
    """Give each pupil two promises a year: one in a group, one alone; every twelfth a heavy one."""
    half = PROVISIONS // 2
    for year, (first, last) in enumerate(YEARS):
        for number, pupil in enumerate(pupils):
            group = number // IN_A_GROUP
            usual = {"org": here, "pupil": pupil, "starts": first, "ends": last,
                     "given_by": people[-1]}  # fmt: skip
            yield Allocation(
                **usual, provision=whats[(group + year) % half], group=together[group],
                times_a_week=2, minutes=20,
            )  # fmt: skip
            alone = {"times_a_week": 1 + (number % 3 == 0), "minutes": 30 if number % 12 else 360}
            yield Allocation(
                **{**usual, "starts": first + timedelta(days=number % 5)}, **alone,
                provision=whats[half + (number * 7 + year) % half],
                person=people[number % len(people)],
            )  # fmt: skip


def _log(given: Sequence[Allocation], people: Sequence[Person], most: int) -> None:
    """Log so many sessions, of each promise alike many; some are corrected after."""
    days = {first: _days(first, min(last, TODAY)) for first, last in YEARS}
    held = [(row, _held(row, days)) for row in given]
    share = most / sum(len(own) for _row, own in held)
    rows: list[Session] = []
    for row in _sessions(held, share, people):
        rows.append(row)
        if len(rows) == AT_ONCE:
            _written(rows)
            rows = []
    _written(rows)


def _held(row: Allocation, days: Mapping[date, Sequence[date]]) -> Sequence[date]:
    """Give the days on which the sessions of a promise are held."""
    *_earlier, own = (some for first, some in days.items() if first <= row.starts)
    return [on for on in own[:: max(1, 5 // row.times_a_week)] if on >= row.starts]


def _written(rows: Sequence[Session]) -> None:
    carry([_corrected(one) for one in carry(rows)[::CORRECTED]])


def _sessions(
    held: Iterable[tuple[Allocation, Sequence[date]]], share: float, people: Sequence[Person]
) -> Iterator[Session]:
    """Give a share of the sessions; those of one group and day have a batch and a fate."""
    chance = random.Random("sessions")  # noqa: S311 (nobody's secret)
    batches: dict[tuple[int, date], tuple[uuid.UUID, Went]] = {}
    for number, (row, days) in enumerate(held):
        who = people[(row.group_id or number) % len(people)]
        for on in days:
            if chance.random() > share:
                continue
            key = (row.group_id or -row.pk, on)
            batch, went = batches.setdefault(key, (uuid.uuid4(), chance.choice(WENT)))
            if row.group_id and went is not Went.NOT_HELD:
                went = chance.choice(WENT[:-2])
            yield Session(
                org_id=row.org_id, pupil_id=row.pupil_id, allocation_id=row.pk,
                group_id=row.group_id, on=on, went=went, batch=batch, person_id=who.pk,
                minutes=row.minutes if went is Went.DELIVERED else 0,
                reason=WhyNot.STAFF_ABSENT if went is Went.NOT_HELD else "",
                at=datetime.combine(on, time(15), tzinfo=UTC),
            )  # fmt: skip


def _days(first: date, last: date) -> list[date]:
    """Give the days of a school year on which sessions are held."""
    every = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [
        day for day in every
        if england().is_working_day(day) and day.isocalendar().week not in SHUT
    ]  # fmt: skip


def _corrected(row: Session) -> Session:
    return Session(
        org_id=row.org_id, pupil_id=row.pupil_id, allocation_id=row.allocation_id, on=row.on,
        group_id=row.group_id, went=Went.AWAY, minutes=0, batch=row.batch, person_id=row.person_id,
        corrects=row, at=row.at + timedelta(hours=1),
    )  # fmt: skip


def _measured(actor: Actor, given: Sequence[Allocation]) -> None:
    """Measure some who have one provision at entry and exit."""
    what = given[0].provision
    measuring.set_scale(
        actor=actor, provision=what, name="Steps retold of six", lowest=Decimal(0),
        highest=Decimal(60),
    )  # fmt: skip
    since = YEARS[-1][0]
    mine = [row for row in given if row.provision_id == what.pk and row.starts >= since]
    for number, row in enumerate(mine[:MEASURED]):
        for score, days in ((10, 0), (12 + number % 9, 60)):
            measuring.record_point(
                actor=actor, allocation=row, score=Decimal(score),
                on=row.starts + timedelta(days=days), source="Story told again",
            )  # fmt: skip


if __name__ == "__main__":
    with system_scope("filling three years of sessions to measure them"):
        fill(int(sys.argv[1]), int(sys.argv[2]))
