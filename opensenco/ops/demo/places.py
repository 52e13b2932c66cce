"""The demo's places and the people who work in them, made as a new installation makes them."""

from datetime import date, timedelta

from opensenco.access.actor import Actor
from opensenco.access.installation import installation_actor
from opensenco.cases.operations.everyday import enter_term_dates
from opensenco.cases.term_dates import Entry
from opensenco.law.calendar.school import DayKind
from opensenco.law.calendar.years import AcademicYear
from opensenco.ops.demo import terms
from opensenco.ops.demo.files import Row
from opensenco.ops.demo.world import SCHOOL, World
from opensenco.people.operations import places, staff

LONG_AGO = timedelta(days=1200)
YEARS = range(-3, 2)
#: who enters the days that the settings of the authority may start from
AUTHORITY, OFFICER = "LA-FAL", "miriam.ashkenholt"


def make(world: World) -> None:
    """Make the places, what belongs to what, the people with their roles, and the school's year."""
    opened = world.today - LONG_AGO
    actor = installation_actor(world.moment(opened))
    for row in world.rows("places", "place"):
        _add_place(world, actor, row)
    for row in world.rows("places", "place"):
        for other in row.get("belongs_to", ()):
            places.affiliate(
                actor=actor, member=world.places[row["id"]], of=world.places[other], starts=opened
            )
    for row in world.rows("people", "person"):
        world.people[row["id"]] = staff.add_person(
            actor=actor,
            first_name=row["first_name"],
            last_name=row["last_name"],
            email=row["email"],
        )
        _give_roles(world, actor, row["id"], opened)
    _describe_school(world)
    _enter_years(world)


def _add_place(world: World, actor: Actor, row: Row) -> None:
    world.places[row["id"]] = places.add_organisation(
        actor=actor,
        kind=row["kind"],
        name=row["name"],
        parent=world.places.get(row.get("parent", "")),
        urn=row.get("urn", ""),
        phase=row.get("phase", ""),
        town=row.get("town", ""),
        la_code=row.get("la_code", ""),
        ofsted_urn=row.get("ofsted_urn", ""),
    )


def _give_roles(world: World, actor: Actor, who: str, opened: date) -> None:
    for role in world.roles(who):
        since, left = role.get("since"), role.get("left")
        staff.give_role(
            actor=actor,
            org=world.places[role["at"]],
            person=world.people[who],
            role=role["role"],
            part=world.places.get(role.get("part", "")),
            starts=opened if since is None else world.when.base(since),
            ends=None if left is None else world.when.base(left),
        )


def _describe_school(world: World) -> None:
    """Let the head enter the school's own words."""
    words = next(r for r in world.rows("places", "place") if r["id"] == SCHOOL)
    with world.acting(world.desk(SCHOOL).head, world.begins(), at=SCHOOL) as actor:
        places.describe_setting(
            actor=actor,
            org=world.school,
            version=None,
            senco_word=world.school.senco_word,
            safeguarding_words=words["safeguarding_words"],
        )


def _enter_years(world: World) -> None:
    """Enter the years of the settings that have a roll, and of the authority."""
    for desk in world.desks():
        if "head" not in desk.row:
            continue
        day = world.begins(desk.at)
        first = max(YEARS[0], terms.year_of(day).starts - world.when.year.starts)
        with world.acting(desk.head, day, at=desk.at) as actor:
            for number in range(first, YEARS[-1] + 1):
                _enter_year(world, actor, desk.at, number)
    if world.whole:
        with world.acting(OFFICER, world.begins(), at=AUTHORITY) as actor:
            for number in (0, 1):
                _enter_year(world, actor, AUTHORITY, number)


def _enter_year(world: World, actor: Actor, at: str, number: int) -> None:
    starts = world.when.year.starts + number
    rows = terms.Year(starts).rows()
    entries = [Entry(*row) for row in rows if row[2] is not DayKind.YEAR]
    enter_term_dates(
        actor=actor, org=world.places[at], year=AcademicYear(starts), entries=entries, version=None
    )
