"""The school's classes, pupils, families, alerts, and who works with whom."""

from collections.abc import Iterable
from datetime import date

from opensenco.access.actor import Actor
from opensenco.ops.demo import drawn, terms
from opensenco.ops.demo.files import Row, rows
from opensenco.ops.demo.world import ADMINISTRATOR, SCHOOL, SENCO, World, classes
from opensenco.people.operations import groups, pupils, staff
from opensenco.people.states import GroupKind, StaffPart

#: in which year group a child comes to this school
RECEPTION = 0
NEIGHBOUR_SENCO = "priya.ramanandale"
#: the day of the year on which pupils change classes
TURN = (9, 1)


def make(world: World) -> None:
    """Make classes, pupils with their years so far, families, alerts and small groups."""
    for row in [*rows("pupils", "pupil"), *drawn.pupils()]:
        world.told[row["id"]] = row
    _add_classes(world)
    for row in world.told.values():
        if row["setting"] == SCHOOL:
            _add_pupil(world, row)
        else:
            _add_neighbour(world, row)
    _add_families(world)
    _add_alerts(world)
    _add_small_groups(world)


def joined(world: World, row: Row) -> date:
    """Give the day a pupil came: as its data says, else when its reception year began."""
    if "joined" in row:
        return world.when.base(row["joined"])
    return terms.Year(world.when.year.starts - row["year"]).terms[0][0]


def _add_classes(world: World) -> None:
    with world.acting(ADMINISTRATOR, world.begins) as actor:
        for row in classes():
            group = groups.add_group(actor=actor, org=world.school, name=row["name"])
            world.groups[row["id"]] = group
            for person, does in _adults(row):
                groups.put_staff_in_group(
                    actor=actor,
                    group=group,
                    person=world.people[person],
                    does=does,
                    starts=world.begins,
                )


def _adults(row: Row) -> Iterable[tuple[str, StaffPart]]:
    yield row["teacher"], StaffPart.TEACHES
    for assistant in row["tas"]:
        yield assistant, StaffPart.RUNS


def _add_pupil(world: World, row: Row) -> None:
    """Add a pupil on the day they came, or when the record begins, and move them up each year."""
    came = joined(world, row)
    entered = max(came, world.begins)
    year_then = row["year"] - (world.when.year.starts - terms.year_of(entered).starts)
    with world.acting(ADMINISTRATOR, entered) as actor:
        pupil = pupils.add_pupil(
            actor=actor,
            org=world.school,
            first_name=row["first_name"],
            last_name=row["last_name"],
            birth_date=world.born(row["id"]),
            upn=row.get("upn", ""),
            sex=row["sex"],
            year_group=year_then,
            part=world.places.get(row.get("part", "")),
            joined_on=came,
            home_language=row["home_language"],
            interpreter_needed=_needs_interpreter(row["id"]),
        )
        world.pupils[row["id"]] = pupil
        _put_into_class(world, actor, row["id"], year_then, entered)
    for year in range(terms.year_of(entered).starts + 1, world.when.year.starts + 1):
        _move_up(world, row, year)


def _move_up(world: World, row: Row, starts: int) -> None:
    year_group = row["year"] - (world.when.year.starts - starts)
    with world.acting(ADMINISTRATOR, date(starts, *TURN)) as actor:
        pupils.change_pupil(
            actor=actor, pupil=world.pupils[row["id"]], version=None, year_group=year_group
        )
        _put_into_class(world, actor, row["id"], year_group, date(starts, *TURN))


def _put_into_class(world: World, actor: Actor, pupil: str, year: int, starts: date) -> None:
    row = next(row for row in classes() if row["year"] == year)
    groups.put_pupil_in_group(
        actor=actor, group=world.groups[row["id"]], pupil=world.pupils[pupil], starts=starts
    )


def _needs_interpreter(pupil: str) -> bool:
    return any("interpreter" in row for row in rows("families", "contact") if row["pupil"] == pupil)


def _add_neighbour(world: World, row: Row) -> None:
    """Add a pupil of the school next door, whom nobody here may ever see."""
    with world.acting(NEIGHBOUR_SENCO, world.begins) as actor:
        world.pupils[row["id"]] = pupils.add_pupil(
            actor=actor,
            org=world.places[row["setting"]],
            first_name=row["first_name"],
            last_name=row["last_name"],
            birth_date=world.born(row["id"]),
            upn=row["upn"],
            sex=row["sex"],
            year_group=row["year"],
            home_language=row["home_language"],
        )


def _add_families(world: World) -> None:
    for row in rows("families", "contact"):
        came = max(world.begins, joined(world, world.told[row["pupil"]]))
        if row.get("sign_in"):
            _give_a_way_in(world, row, came)
        with world.acting(ADMINISTRATOR, came) as actor:
            world.contacts[row["id"]] = pupils.add_contact(
                actor=actor,
                pupil=world.pupils[row["pupil"]],
                name=f"{row['first_name']} {row['last_name']}",
                relation=row["relation"],
                phone=row.get("phone", ""),
                email=row.get("email", ""),
                language=", ".join(row.get("languages", ())),
                interpreter_needed="interpreter" in row,
                parental_responsibility=row["parental_responsibility"],
                barred=row.get("barred", False),
                restriction=row.get("restriction", ""),
                person=world.people.get(row["id"]),
            )


def _add_alerts(world: World) -> None:
    for row in rows("health", "alert"):
        came = max(world.begins, joined(world, world.told[row["pupil"]]))
        with world.acting(SENCO, came) as actor:
            pupils.add_health_alert(
                actor=actor,
                pupil=world.pupils[row["pupil"]],
                alert=row["alert"],
                what_to_do=row["what_to_do"],
            )
    for row in rows("health", "care"):
        starts = world.when.base(row["since"])
        came = max(world.begins, starts, joined(world, world.told[row["pupil"]]))
        with world.acting(SENCO, came) as actor:
            pupils.record_care_status(
                actor=actor, pupil=world.pupils[row["pupil"]], kind=row["kind"], starts=starts
            )


def _add_small_groups(world: World) -> None:
    for row in rows("places", "group"):
        since = _no_earlier(world, row)
        with world.acting(SENCO, since) as actor:
            group = groups.add_group(
                actor=actor, org=world.school, name=row["name"], kind=GroupKind.SUPPORT
            )
            world.groups[row["name"]] = group
            for key, does in (("runs", StaffPart.RUNS), ("teaches", StaffPart.TEACHES)):
                if key in row:
                    groups.put_staff_in_group(
                        actor=actor,
                        group=group,
                        person=world.people[row[key]],
                        does=does,
                        starts=since,
                    )
            for pupil in row["pupils"]:
                groups.put_pupil_in_group(
                    actor=actor, group=group, pupil=world.pupils[pupil], starts=since
                )
    for row in rows("places", "assigned"):
        since = _no_earlier(world, row)
        with world.acting(SENCO, since) as actor:
            for pupil in row["pupils"]:
                groups.assign_staff(
                    actor=actor,
                    pupil=world.pupils[pupil],
                    person=world.people[row["person"]],
                    starts=since,
                )


def _no_earlier(world: World, row: Row) -> date:
    """Give since when, but not before all of its pupils were at the school."""
    came = [joined(world, world.told[pupil]) for pupil in row["pupils"]]
    return max(world.begins, world.when.base(row["since"]), *came)


def _give_a_way_in(world: World, row: Row, day: date) -> None:
    """Let the SENCO give a parent a way of signing in."""
    with world.acting(SENCO, day) as actor:
        person = staff.add_person(
            actor=actor,
            first_name=row["first_name"],
            last_name=row["last_name"],
            email=row["email"],
        )
        staff.give_role(actor=actor, org=world.school, person=person, role="PARENT", starts=day)
    world.people[row["id"]] = person
