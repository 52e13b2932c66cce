"""The demo's places and the people who work in them, made as a new installation makes them."""

from datetime import date, timedelta

from opensenco.access.actor import Actor
from opensenco.access.installation import installation_actor
from opensenco.cases.operations.everyday import enter_term_dates
from opensenco.cases.term_dates import Entry
from opensenco.law.calendar.school import DayKind
from opensenco.law.calendar.years import AcademicYear
from opensenco.ops.demo import terms
from opensenco.ops.demo.files import Row, rows
from opensenco.ops.demo.world import HEAD, SCHOOL, World
from opensenco.people.operations import places, staff

LONG_AGO = timedelta(days=1200)
YEARS = range(-3, 2)


def make(world: World) -> None:
    """Make the places, what belongs to what, the people with their roles, and the school's year."""
    opened = world.today - LONG_AGO
    actor = installation_actor(world.moment(opened))
    for row in rows("places", "place"):
        _add_place(world, actor, row)
    for row in rows("places", "place"):
        for other in row.get("belongs_to", ()):
            places.affiliate(
                actor=actor, member=world.places[row["id"]], of=world.places[other], starts=opened
            )
    for row in rows("people", "person"):
        world.people[row["id"]] = staff.add_person(
            actor=actor,
            first_name=row["first_name"],
            last_name=row["last_name"],
            email=row["email"],
        )
        _give_roles(world, actor, row, opened)
    _describe_school(world)


def _add_place(world: World, actor: Actor, row: Row) -> None:
    world.places[row["id"]] = places.add_organisation(
        actor=actor,
        kind=row["kind"],
        name=row["name"],
        parent=world.places.get(row.get("parent", "")),
        urn=row.get("urn", ""),
        phase=row.get("phase", ""),
        town=row.get("town", ""),
    )


def _give_roles(world: World, actor: Actor, row: Row, opened: date) -> None:
    for role in row["roles"]:
        since = role.get("since")
        staff.give_role(
            actor=actor,
            org=world.places[role["at"]],
            person=world.people[row["id"]],
            role=role["role"],
            part=world.places.get(role.get("part", "")),
            starts=opened if since is None else world.when.base(since),
        )


def _describe_school(world: World) -> None:
    """Let the head enter the school's own words and its years."""
    words = next(r for r in rows("places", "place") if r["id"] == SCHOOL)["safeguarding_words"]
    with world.acting(HEAD, world.begins) as actor:
        places.describe_setting(
            actor=actor,
            org=world.school,
            version=None,
            senco_word=world.school.senco_word,
            safeguarding_words=words,
        )
        for number in YEARS:
            starts = world.when.year.starts + number
            entries = [
                Entry(*row) for row in terms.Year(starts).rows() if row[2] is not DayKind.YEAR
            ]
            enter_term_dates(
                actor=actor,
                org=world.school,
                year=AcademicYear(starts),
                entries=entries,
                version=None,
            )
