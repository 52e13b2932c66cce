"""The same numbers as a workbook's, as a school's own record on top of the tests' world.

Run as `python -m bench.workbook_rows PUPILS PROVISIONS SEED` in the environment of a copy of that
world, as the worker. Everything but the promises comes by operations.
"""

import sys
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from bench.provision_rows import keeper
from bench.workbook import CLASSES, RATES, Numbers, made_up
from opensenco.access.actor import Actor
from opensenco.access.carrying import carry
from opensenco.access.models import Organisation, Person
from opensenco.access.scope import system_scope
from opensenco.cases.operations.everyday import enter_term_dates
from opensenco.cases.term_dates import Entry
from opensenco.costing.operations import rates
from opensenco.costing.operations.top_up import record_top_up
from opensenco.law.calendar.school import DayKind
from opensenco.law.calendar.years import AcademicYear
from opensenco.people.models import Group, Pupil
from opensenco.people.operations import groups, rolls
from opensenco.people.states import GroupKind
from opensenco.provision.models import Allocation
from opensenco.provision.operations import library
from tests.cast import BY_KEY, LONG_AGO, TODAY

YEAR = AcademicYear(2026)
MONDAY, FRIDAY = date(2026, 9, 7), timedelta(days=4)
#: Mondays of weeks without school: holidays, and weeks with a bank holiday, so that 38 are whole
SHUT = frozenset({
    date(2026, 10, 26), date(2026, 12, 21), date(2026, 12, 28), date(2027, 2, 15),
    date(2027, 3, 22), date(2027, 3, 29), date(2027, 5, 3), date(2027, 5, 31),
})  # fmt: skip
WEEKS = 38
#: who has which kind of post; whoever is not named is an assistant
POSTS = {"hlta": "ta", "mentor": "other_teacher", "lunch": "admin", "bought": "dsl",
         "teacher": "teacher"}  # fmt: skip


def mondays() -> list[date]:
    """Give the first days of the 38 weeks of school."""
    every = (MONDAY + timedelta(weeks=number) for number in range(WEEKS + len(SHUT)))
    return [day for day in every if day not in SHUT]


def fill(numbers: Numbers) -> None:
    """Enter term dates, rates, pupils in classes, groups, promises and top-up."""
    actor = keeper()
    here = Organisation.objects.get(name="Larkrise Primary School")
    weeks = [Entry(day, day + FRIDAY, DayKind.TERM) for day in mondays()]
    enter_term_dates(actor=actor, org=here, year=YEAR, entries=weeks, version=None)
    rates.set_convention(
        actor=actor, org=here, first=YEAR.span.first, kind="LA_STANDARD", charge="SHARED",
        weeks=WEEKS, year="ACADEMIC", usual_post="ta", because="As the workbook counts.",
    )  # fmt: skip
    people = {post: Person.objects.get(email=BY_KEY[key].email) for post, key in POSTS.items()}
    for post, pounds in RATES.items():
        usual: dict[str, Any] = {"actor": actor, "org": here, "post": post, "first": LONG_AGO}
        rates.set_rate(**usual, kind="LA_STANDARD", pence=round(pounds * 100))
        if post in people:
            rates.set_rate(**usual, kind="LA_STANDARD", pence=None, who=people[post])
    pupils = _pupils(actor, here, numbers)
    carry(list(_promises(actor, here, numbers, pupils, people)))
    for pupil, pounds in zip(pupils, numbers.top_up, strict=True):
        if pounds:
            record_top_up(
                actor=actor, pupil=pupil, pence=pounds * 100, first=YEAR.span.first,
                last=YEAR.span.last or TODAY, source="The authority",
            )  # fmt: skip


def _pupils(actor: Actor, here: Organisation, numbers: Numbers) -> list[Pupil]:
    classes = {name: groups.add_group(actor=actor, org=here, name=name) for name in CLASSES}
    rows = [
        {"first_name": "Pupil", "last_name": f"Numbered{number:04}",
         "birth_date": date(2018, 1, 8), "joined_on": LONG_AGO}
        for number in range(len(numbers.classes))
    ]  # fmt: skip
    pupils = rolls.add_pupils(actor=actor, org=here, rows=rows)
    rolls.put_pupils_in_classes(
        actor=actor, pupils=pupils, classes=[classes[name] for name in numbers.classes],
        starts=TODAY,
    )  # fmt: skip
    return pupils


def _promises(
    actor: Actor, here: Organisation, numbers: Numbers, pupils: Sequence[Pupil],
    people: dict[str, Person],
) -> Iterator[Allocation]:  # fmt: skip
    whats = [
        library.add_provision(
            actor=actor, org=here, name=what.name, layer=3, minutes=what.minutes,
            times_a_week=what.times, group_usual=what.group,
        )
        for what in numbers.provisions
    ]  # fmt: skip
    first_days, giver = mondays(), Person.objects.get(email=BY_KEY["senco"].email)
    for number, given in enumerate(numbers.given):
        what = numbers.provisions[given.provision]
        group: Group | None = None
        if len(given.pupils) > 1:
            group = groups.add_group(
                actor=actor, org=here, name=f"Together {number}", kind=GroupKind.SUPPORT
            )
        for pupil in given.pupils:
            yield Allocation(
                org=here, pupil=pupils[pupil], provision=whats[given.provision], group=group,
                person=people.get(what.post), times_a_week=what.times, minutes=what.minutes,
                starts=first_days[given.week], given_by=giver,
                ends=first_days[given.week + what.weeks - 1] + FRIDAY,
            )  # fmt: skip


if __name__ == "__main__":
    with system_scope("entering a workbook's numbers to compare both"):
        fill(made_up(*map(int, sys.argv[1:4])))
