"""Hours of staff, the SENCO's time, supervision; somebody away, with a stand-in and without."""

from datetime import date, timedelta

from opensenco.access.actor import Actor
from opensenco.cases.operations.time_log import record_time
from opensenco.ops.demo import terms
from opensenco.ops.demo.files import Row
from opensenco.ops.demo.world import SCHOOL, World
from opensenco.staffing.operations import cover, hours, shortfall, supervision
from opensenco.staffing.queries.supervision import sessions_of
from opensenco.staffing.queries.today import board

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
    for row in world.rows("staffing", "later"):
        _later(world, row)
    # what a worker would have told the head by then
    with world.acting(world.desk(SCHOOL).head, world.today, "HEAD", at=SCHOOL) as actor:
        shortfall.set_short_weeks(actor=actor, org=world.school, weeks=2)
        shortfall.follow_shortfall(actor=actor, org=world.school)


def _supervise(world: World, row: Row) -> None:
    on = world.when.snapped(row["at"], "school")
    who = world.people[row["who"]]
    with world.acting(world.senco(SCHOOL, on), on, at=SCHOOL) as actor:
        watched = next(iter(sessions_of(actor, world.school, who)), None)
        supervision.write_supervision(
            actor=actor, org=world.school, who=who, on=on, words=row["words"].strip(),
            next_on=world.when.base(row["next"]), watched=watched.batch if watched else None,
        )  # fmt: skip


def _away(world: World, row: Row) -> None:
    """Mark somebody as away on the next two school days: what least harm says is done on the first;
    on the second nobody is free, and what is not held is said beforehand."""
    first = _next_school_day(world.today)
    second = first and _next_school_day(first + timedelta(days=1))
    for day, free in ((first, True), (second, False)):
        if day and _can_be(world, day):
            with world.acting(world.senco(SCHOOL, world.today), world.today, at=SCHOOL) as actor:
                _arrange(actor, world, row, day, free=free)


def _later(world: World, row: Row) -> None:
    """Mark somebody as away on the third school day; what becomes of it is still to be chosen."""
    day: date | None = world.today - timedelta(days=1)
    for _number in range(3):
        day = day and _next_school_day(day + timedelta(days=1))
    if day and _can_be(world, day):
        with world.acting(world.senco(SCHOOL, world.today), world.today, at=SCHOOL) as actor:
            who = world.people[row["who"]]
            cover.mark_away(actor=actor, org=world.school, who=who, on=day)


def _can_be(world: World, day: date) -> bool:
    """Tell whether somebody can be marked as away; in holidays school is too far away for that."""
    return day <= world.today + cover.AHEAD


def _arrange(actor: Actor, world: World, row: Row, day: date, *, free: bool) -> None:
    absence = cover.mark_away(actor=actor, org=world.school, who=world.people[row["who"]], on=day)
    found = board(actor, world.school, day)
    for one in found.lost:
        step = next((s for s in found.choices(one) if s.adult and not s.leaves), None)
        if one.session.hour and (step or not free):
            at = one.session.hour
            adult = found.here[step.adult] if free and step and step.adult else None
            said = cover.Arranged(absence, one.session.promises, at.starts_at, at.ends_at, adult)
            cover.arrange(actor=actor, absences=[absence], sessions=[said], note=row["note"])
            return


def _id(known: dict[str, str | None], row: Row) -> str:
    return known.get(row["who"]) or str(row["who"])


def _next_school_day(today: date) -> date | None:
    days = (today + timedelta(days=ahead) for ahead in range(AHEAD + 1))
    return next((day for day in days if terms.is_school_day(day)), None)
