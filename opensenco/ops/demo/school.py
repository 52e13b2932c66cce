"""The school's classes, pupils, families, alerts, and who works with whom."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from opensenco.access.actor import Actor
from opensenco.ops.demo import drawn, drawn_county, terms
from opensenco.ops.demo.files import Row
from opensenco.ops.demo.scene import class_of
from opensenco.ops.demo.world import World
from opensenco.people.operations import groups, pupils, rolls, staff
from opensenco.people.states import GroupKind, StaffPart

#: the day of the year on which pupils change classes
TURN = (9, 1)


def make(world: World) -> None:
    """Make classes, pupils with their years so far, families, alerts and small groups."""
    follows = {row["pupil"]: row["story"] for row in world.rows("pupils", "follows")}
    for row in [*world.rows("pupils", "pupil"), *drawn.pupils()]:
        story = {"story": follows[row["id"]]} if row["id"] in follows else {}
        world.told[row["id"]] = {**row, **story}
    if world.whole:
        world.told.update({row["id"]: row for row in list(drawn_county.pupils(world))})
    for desk in world.desks():
        if "head" in desk.row:
            _add_classes(world, desk.at)
        _add_pupils(world, desk.at)
    _add_families(world)
    _add_drawn_families(world)
    _add_alerts(world)
    _add_small_groups(world)


def _add_classes(world: World, at: str) -> None:
    day = world.begins(at)
    with world.acting(world.senco(at, day), day, at=at) as actor:
        for row in world.classes(at):
            part = world.places.get(row.get("part", ""))
            group = groups.add_group(actor=actor, org=world.places[at], name=row["name"], part=part)
            world.groups[row["id"]] = group
            for person, does in _adults(row):
                groups.put_staff_in_group(
                    actor=actor, group=group, person=world.people[person], does=does, starts=day
                )


def _adults(row: Row) -> Iterable[tuple[str, StaffPart]]:
    yield row["teacher"], StaffPart.TEACHES
    for assistant in row["tas"]:
        yield assistant, StaffPart.RUNS


def _add_pupils(world: World, at: str) -> None:
    """Add the pupils of a setting on the day they came, or when its record begins.

    Where nobody leads the setting they are no more than names that nobody elsewhere may see.
    """
    there = [row for row in world.told.values() if row["setting"] == at]
    led = "head" in world.desk(at).row
    days: dict[date, list[Row]] = defaultdict(list)
    for row in there:
        days[world.entered(row) if led else world.begins(at)].append(row)
    for day, rows in sorted(days.items()):
        with world.acting(_who_adds(world, at, day), day, at=at) as actor:
            add(world, actor, at, rows, day, led=led)
    if led:
        for year in range(terms.year_of(world.begins(at)).starts + 1, world.when.year.starts + 1):
            _move_up(world, at, [r for r in there if world.entered(r) < date(year, *TURN)], year)


def add(
    world: World, actor: Actor, at: str, rows: Sequence[Row], day: date, *, led: bool = True
) -> None:
    """Add pupils to a setting as they were on a day, and to their classes from then on."""
    made = rolls.add_pupils(
        actor=actor,
        org=world.places[at],
        rows=[_values(world, row, year_on(world, row, day) if led else row["year"], led=led)
              for row in rows],
    )  # fmt: skip
    world.pupils.update({row["id"]: pupil for row, pupil in zip(rows, made, strict=True)})
    if led:
        _put_into_classes(world, actor, [(row, year_on(world, row, day)) for row in rows], day)


def year_on(world: World, row: Row, day: date) -> int:
    """Give the year group that a pupil was in on a day."""
    year: int = row["year"] - (world.when.year.starts - terms.year_of(day).starts)
    return max(year, -3)


def _values(world: World, row: Row, year: int, *, led: bool) -> dict[str, Any]:
    return {
        "first_name": row["first_name"],
        "last_name": row["last_name"],
        "birth_date": world.born(row["id"]),
        "upn": row.get("upn", ""),
        "sex": row["sex"],
        "year_group": year,
        "part": world.places.get(row.get("part", "")) if led else None,
        "joined_on": world.came(row) if led else None,
        "home_language": row["home_language"],
        "interpreter_needed": _needs_interpreter(world, row["id"]),
    }


def _who_adds(world: World, at: str, day: date) -> str:
    desk = world.desk(at)
    return desk.admin if world.works(desk.admin, at, day) else world.senco(at, day)


def _move_up(world: World, at: str, rows: Sequence[Row], starts: int) -> None:
    if not rows:
        return
    day = date(starts, *TURN)
    years = [year_on(world, row, day) for row in rows]
    with world.acting(_who_adds(world, at, day), day, at=at) as actor:
        rolls.change_pupils(
            actor=actor,
            pupils=[world.pupils[row["id"]] for row in rows],
            values=[{"year_group": year} for year in years],
        )
        _put_into_classes(world, actor, list(zip(rows, years, strict=True)), day)


def _put_into_classes(
    world: World, actor: Actor, placed: Sequence[tuple[Row, int]], starts: date
) -> None:
    """Put each pupil into the class of a year, where it is another than the one they are in."""
    goes = []
    for row, year in placed:
        found = class_of(world, row, year)
        before = class_of(world, row, year - 1) if starts > world.entered(row) else None
        if found is not None and (before is None or before["id"] != found["id"]):
            goes.append((world.pupils[row["id"]], world.groups[found["id"]]))
    if goes:
        rolls.put_pupils_in_classes(
            actor=actor,
            pupils=[pupil for pupil, _group in goes],
            classes=[group for _pupil, group in goes],
            starts=starts,
        )


def _needs_interpreter(world: World, pupil: str) -> bool:
    family = (row for row in world.rows("families", "contact") if row["pupil"] == pupil)
    return any("interpreter" in row for row in family)


def _add_families(world: World) -> None:
    for row in world.rows("families", "contact"):
        at = world.told[row["pupil"]]["setting"]
        came = world.entered(world.told[row["pupil"]])
        if row.get("sign_in"):
            _give_a_way_in(world, row, came, at)
        with world.acting(_who_adds(world, at, came), came, at=at) as actor:
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


def _add_drawn_families(world: World) -> None:
    """Add the families of the drawn pupils, as a school's list brings them."""
    day = world.takes_up()
    for desk in world.desks():
        rows = [
            (world.pupils[row["id"]], contact)
            for row in world.told.values()
            if row["setting"] == desk.at
            for contact in row.get("family", ())
        ]
        if rows:
            with world.acting(_who_adds(world, desk.at, day), day, at=desk.at) as actor:
                rolls.add_contacts(
                    actor=actor,
                    pupils=[pupil for pupil, _contact in rows],
                    values=[contact for _pupil, contact in rows],
                )


def _add_alerts(world: World) -> None:
    for row in world.rows("health", "alert"):
        at = world.told[row["pupil"]]["setting"]
        came = world.entered(world.told[row["pupil"]])
        with world.acting(world.senco(at, came), came, at=at) as actor:
            pupils.add_health_alert(
                actor=actor,
                pupil=world.pupils[row["pupil"]],
                alert=row["alert"],
                what_to_do=row["what_to_do"],
            )
    for row in world.rows("health", "care"):
        at = world.told[row["pupil"]]["setting"]
        starts = world.when.base(row["since"])
        came = max(starts, world.entered(world.told[row["pupil"]]))
        with world.acting(world.senco(at, came), came, at=at) as actor:
            pupils.record_care_status(
                actor=actor, pupil=world.pupils[row["pupil"]], kind=row["kind"], starts=starts
            )


def _add_small_groups(world: World) -> None:
    for row in world.rows("places", "group"):
        since, at = _no_earlier(world, row), _where(world, row)
        with world.acting(world.senco(at, since), since, at=at) as actor:
            group = groups.add_group(
                actor=actor, org=world.places[at], name=row["name"], kind=GroupKind.SUPPORT
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
    for row in world.rows("places", "assigned"):
        since, at = _no_earlier(world, row), _where(world, row)
        with world.acting(world.senco(at, since), since, at=at) as actor:
            for pupil in row["pupils"]:
                groups.assign_staff(
                    actor=actor,
                    pupil=world.pupils[pupil],
                    person=world.people[row["person"]],
                    starts=since,
                )


def _no_earlier(world: World, row: Row) -> date:
    """Give since when, but not before all of its pupils were at the school."""
    came = [world.entered(world.told[pupil]) for pupil in row["pupils"]]
    return max(world.when.base(row["since"]), *came)


def _where(world: World, row: Row) -> str:
    setting: str = world.told[row["pupils"][0]]["setting"]
    return setting


def _give_a_way_in(world: World, row: Row, day: date, at: str) -> None:
    """Let the SENCO give a parent a way of signing in."""
    with world.acting(world.senco(at, day), day, at=at) as actor:
        person = staff.add_person(
            actor=actor,
            first_name=row["first_name"],
            last_name=row["last_name"],
            email=row["email"],
        )
        staff.give_role(actor=actor, org=world.places[at], person=person, role="PARENT", starts=day)
    world.people[row["id"]] = person
