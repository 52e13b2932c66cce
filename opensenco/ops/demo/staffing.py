"""Hours of staff, the SENCO's time, supervision, and somebody away for whom another stands in."""

from datetime import date, timedelta

from opensenco.cases.operations.time_log import record_time
from opensenco.ops.demo import terms
from opensenco.ops.demo.files import Row
from opensenco.ops.demo.world import SCHOOL, World
from opensenco.staffing.operations import cover, hours, supervision
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


def _next_school_day(today: date) -> date | None:
    days = (today + timedelta(days=ahead) for ahead in range(AHEAD + 1))
    return next((day for day in days if terms.is_school_day(day)), None)
