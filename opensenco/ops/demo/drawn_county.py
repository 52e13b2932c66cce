"""The rest of each roll in the county: drawn by rates, always the same, with their families."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from opensenco.kernel.upn import check_letter
from opensenco.law.codes.sen import NEED_TYPES
from opensenco.law.rule import NotInForce
from opensenco.ops.demo.drawn import MONTHS
from opensenco.ops.demo.files import Row, table
from opensenco.ops.demo.scene import years_of
from opensenco.ops.demo.world import Desk, World

#: numbers of named pupils end well below
FIRST_SERIAL = 500
AUTHORITY = "997"
PLAN, SUPPORT, NONE = "E", "K", "N"


def pupils(world: World) -> Iterator[Row]:
    """Give the pupils that fill the classes of each setting, and the rolls without classes.

    Who they are hangs on the seed and the setting alone, so a pupil stays the same on any day.
    """
    taken = {(row["first_name"], row["last_name"]) for row in world.told.values()}
    for desk in world.desks():
        if "head" in desk.row:
            # Not for anything that must be hard to guess: it has to come out the same everywhere.
            draw = random.Random(f"{table('county/pupils')['rates']['seed']} {desk.at}")  # noqa: S311
            for number, (group, year) in enumerate(_places(world, desk)):
                yield _pupil(world, draw, desk, number, group, year, taken)


def _places(world: World, desk: Desk) -> Iterator[tuple[Row | None, int]]:
    """Give a class and a year group for each pupil who is missing from the roll."""
    named = [row for row in world.told.values() if row["setting"] == desk.at]
    for group in world.classes(desk.at):
        years = years_of(group) or [7, 8, 9, 10, 11]
        here = sum(row.get("class") == group["id"] for row in named)
        for number in range(desk.row["in_class"] - here):
            yield group, years[number % len(years)]
    if "alone" in desk.row:
        first, last = desk.row["years"]
        for number in range(desk.row["alone"] - len(named)):
            yield None, first + number % (last - first + 1)


def _pupil(
    world: World,
    draw: random.Random,
    desk: Desk,
    number: int,
    group: Row | None,
    year: int,
    taken: set[tuple[str, str]],
) -> Row:
    status = _status(world, draw, desk)
    rates, names = table("pupils")["generator"], table("county/pupils")["names"]
    boys = rates["boys_share"][{SUPPORT: "k", PLAN: "e", NONE: "none"}[status]]
    sex = "M" if draw.random() < boys else "F"
    while True:
        first = draw.choice(names["boys" if sex == "M" else "girls"])
        last = draw.choice(rates["surname_stems"]) + draw.choice(rates["surname_endings"])
        if (first, last) not in taken:
            break
    taken.add((first, last))
    row = {
        "id": f"{desk.at}-{number:03}",
        "first_name": first,
        "last_name": last,
        "sex": sex,
        "setting": desk.at,
        "year": year,
        "birth_md": f"{draw.choice(MONTHS):02}-{draw.randint(1, 28):02}",
        "upn": _upn(world, desk, number, year),
        "home_language": _language(draw, desk),
        "sen": status,
        "needs": _needs(world, draw, desk, status),
        "drawn": draw.random(),
        "family": _family(draw, desk, last),
    }
    if group is not None:
        row |= {"class": group["id"]} | ({"part": group["part"]} if "part" in group else {})
    return row


def _status(world: World, draw: random.Random, desk: Desk) -> str:
    support, plan = table("county/pupils")["rates"]["share_sen"][world.places[desk.at].phase]
    number = draw.random()
    if number < plan:
        return PLAN
    return SUPPORT if number < plan + support else NONE


def _needs(world: World, draw: random.Random, desk: Desk, status: str) -> list[Row]:
    county, rates = table("county/pupils")["rates"], table("pupils")["generator"]
    if status == NONE or (status == SUPPORT and draw.random() < county["no_need_share"]):
        return []
    special = world.places[desk.at].phase == "Special"
    of = rates["needs_k_percent" if status == SUPPORT else "needs_e_mainstream_percent"]
    of = county["needs_e_special_percent"] if special else of
    of = {code: share for code, share in of.items() if _in_force(code, world.today)}
    return [{"rank": 1, "code": draw.choices(list(of), list(of.values()))[0]}]


def _in_force(code: str, day: date) -> bool:
    """Say whether a code can stand since before this school year began."""
    try:
        NEED_TYPES.check(code, day - timedelta(days=400))
    except NotInForce:
        return False
    return code != "NSA"


def _language(draw: random.Random, desk: Desk) -> str:
    found = table("county/pupils")
    shares = found["rates"]["eal_share"]
    other = draw.choice(found["names"]["languages"])
    return other if draw.random() < shares.get(desk.at, shares["other"]) else "English"


def _upn(world: World, desk: Desk, number: int, year: int) -> str:
    """Give a unique pupil number of the county's own code; none where there are none."""
    if "estab" not in desk.row or year < 0:
        return ""
    reception = (world.when.year.starts - year) % 100
    body = f"{AUTHORITY}{desk.row['estab']}{reception:02}{FIRST_SERIAL + number:03}"
    return check_letter(body) + body


def _family(draw: random.Random, desk: Desk, last: str) -> list[dict[str, Any]]:
    """Give one or two contacts, as a school's lists have them."""
    names = table("county/pupils")["names"]
    town = names["towns"].get(desk.at, "Tarrowby")
    number = draw.randint(0, 999)
    first = draw.choice(names["parents"])
    house = f"{draw.randint(1, 60)} {draw.choice(names['streets'])}\n{town}"
    found: list[dict[str, Any]] = [{
        "name": f"{first} {last}", "relation": "Mother", "parental_responsibility": True,
        "phone": f"01632 960 {number:03}", "address": house,
        "email": f"{first}.{last}{number}@home.example".lower() if draw.random() < 0.7 else "",
    }]  # fmt: skip
    if draw.random() < 0.6:
        found.append({
            "name": f"{draw.choice(names['parents'])} {last}", "relation": "Father",
            "parental_responsibility": draw.random() < 0.9,
            "phone": f"01632 960 {(number + 7) % 1000:03}",
        })  # fmt: skip
    return found
