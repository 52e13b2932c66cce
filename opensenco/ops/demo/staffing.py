"""Hours of staff, the SENCO's time, supervision, and somebody away for whom a colleague stands in.

Assistants' promises that have no hours yet get some, so that the roster and a day have something to
show; promises that have a timetable keep it.
"""

from collections import defaultdict
from datetime import date, time, timedelta

from opensenco.access.actor import Actor
from opensenco.cases.operations.time_log import record_time
from opensenco.ops.demo import terms
from opensenco.ops.demo.files import Row
from opensenco.ops.demo.world import SCHOOL, World
from opensenco.people.policy import on_day
from opensenco.provision.clashes import Key
from opensenco.provision.models import Allocation, Timetable
from opensenco.provision.operations.timetables import At, set_timetable
from opensenco.provision.queries.hours import key_of
from opensenco.provision.states import Layer
from opensenco.provision.timetable import Hour
from opensenco.staffing.operations import cover, hours, supervision
from opensenco.staffing.queries.today import board

#: when assistants give what has no hour, on which days from the one on which somebody is away
STARTS = (time(9, 15), time(10, 40), time(13, 30))
DAYS = (0, 2, 4)
#: minutes from when one assistant begins until the next does
APART = 20
WEEKDAYS = 5
AHEAD = 14


def make(world: World) -> None:
    """Enter hours in the head's name; the rest is the SENCO's."""
    known: dict[str, str | None] = {
        "senco": world.senco(SCHOOL, world.today), "admin": world.desk(SCHOOL).admin,
    }  # fmt: skip
    for row in world.rows("staffing", "hours"):
        on = world.when.base(row["at"])
        with world.acting(world.desk(SCHOOL).head, on, "HEAD", at=SCHOOL) as actor:
            hours.set_hours(
                actor=actor, org=world.school, who=world.people[_id(known, row)],
                post=row["post"], does=row["does"], week=row["week"], send=row["send"], first=on,
            )  # fmt: skip
    for row in world.rows("staffing", "time"):
        on = world.when.snapped(row["at"], "school")
        with world.acting(world.senco(SCHOOL, on), on, at=SCHOOL) as actor:
            record_time(
                actor=actor, org=world.school, work=row["work"], minutes=row["minutes"], on=on
            )
    for row in world.rows("staffing", "supervision"):
        _supervise(world, row)
    for row in world.rows("staffing", "away"):
        _away(world, row)


def _supervise(world: World, row: Row) -> None:
    on = world.when.snapped(row["at"], "school")
    with world.acting(world.senco(SCHOOL, on), on, at=SCHOOL) as actor:
        supervision.write_supervision(
            actor=actor, org=world.school, who=world.people[row["who"]], on=on,
            words=row["words"].strip(), next_on=world.when.base(row["next"]),
        )  # fmt: skip


def _away(world: World, row: Row) -> None:
    """Mark somebody as away on the next school day; what least harm says is done."""
    day = _next_school_day(world.today)
    if day is None:
        return
    with world.acting(world.senco(SCHOOL, world.today), world.today, at=SCHOOL) as actor:
        for place, who in enumerate(_assistants(world)):
            _give_hours(actor, world, who, day, place)
        absence = cover.mark_away(
            actor=actor, org=world.school, who=world.people[row["who"]], on=day
        )
        found = board(actor, world.school, day)
        for one in found.lost:
            step = next((s for s in found.choices(one) if s.adult and not s.leaves), None)
            if step and step.adult and one.session.hour:
                at, adult = one.session.hour, found.here[step.adult]
                taken = cover.Arranged(
                    absence, one.session.promises, at.starts_at, at.ends_at, adult
                )
                cover.arrange(actor=actor, absences=[absence], sessions=[taken], note=row["note"])
                return


def _id(known: dict[str, str | None], row: Row) -> str:
    return known.get(row["who"]) or str(row["who"])


def _assistants(world: World) -> list[str]:
    rows = world.rows("staffing", "hours")
    return list(dict.fromkeys(str(row["who"]) for row in rows if row["does"] == "supports"))


def _give_hours(actor: Actor, world: World, who: str, day: date, place: int) -> None:
    """Give hours to what one assistant gives and has none for: three things at most."""
    rows = Allocation.objects.filter(
        on_day(day), org=world.school, person=world.people[who], in_error_at__isnull=True,
        provision__layer__gt=Layer.UNIVERSAL, starts__lte=world.today, pupil__left_on__isnull=True,
    )  # fmt: skip
    timed = Timetable.objects.filter(taken_back_at__isnull=True)
    rows = rows.exclude(pk__in=timed.values("allocation")).select_related(
        "pupil__org", "provision", "group", "person"
    )
    together: dict[Key, list[Allocation]] = defaultdict(list)
    for row in rows.order_by("provision__name", "pupil__sort_key", "id"):
        together[key_of(row)].append(row)
    for start, parts in zip(STARTS, list(together.values()), strict=False):
        first = start.hour * 60 + start.minute + APART * place
        last = first + min(parts[0].minutes, 40)
        hour = [time(at // 60, at % 60) for at in (first, last)]
        times = min(parts[0].times_a_week, len(DAYS))
        set_timetable(
            actor=actor, allocations=parts, starts=world.today,
            hours=[
                At(Hour((day.weekday() + ahead) % WEEKDAYS, hour[0], hour[1]))
                for ahead in DAYS[:times]
            ],
            because="Agreed with the class teacher.",
        )  # fmt: skip


def _next_school_day(today: date) -> date | None:
    days = (today + timedelta(days=ahead) for ahead in range(AHEAD + 1))
    return next((day for day in days if terms.is_school_day(day)), None)
