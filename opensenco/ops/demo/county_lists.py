"""Lists that a school's system wrote: one applied, one that waits with doubts, one taken back."""

import csv
import io
from collections.abc import Iterable, Iterator

from opensenco.access.actor import Actor
from opensenco.exchange.models import FileImport
from opensenco.exchange.operations.applying import apply_import
from opensenco.exchange.operations.imports import stage_file
from opensenco.exchange.operations.undoing import undo_import
from opensenco.exchange.states import ImportKind
from opensenco.kernel.upn import check_letter
from opensenco.ops.demo.files import Row
from opensenco.ops.demo.scene import school_day_before
from opensenco.ops.demo.world import World

HEADER = ("UPN", "Legal Surname", "Legal Forename", "DOB", "Sex", "Reg", "Year")
Line = tuple[str, ...]
#: how many of the roll stand in each list
MANY, FEW = 12, 6


def bring(world: World, row: Row) -> None:
    """Read a list in and take it as far as its data says."""
    # a list of this school year's classes is none of the summer before it
    day = max(school_day_before(world.today, row["ago"]), world.takes_up())
    at = row["setting"]
    with world.acting(world.senco(at, day), day, at=at) as actor:
        file = _staged(world, actor, row, LINES[row["state"]](world, at))
        if row["state"] == "read":
            return
        file = apply_import(actor=actor, file_import=file, version=None)
        if row["state"] == "undone":
            undo_import(actor=actor, file_import=file, version=None)


def _staged(world: World, actor: Actor, row: Row, lines: Iterable[Line]) -> FileImport:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([HEADER, *lines])
    return stage_file(
        actor=actor,
        org=world.places[row["setting"]],
        kind=ImportKind(row["kind"]),
        file_name=row["name"],
        content=out.getvalue().encode(),
    )


def _line(world: World, row: Row, **other: str) -> Line:
    """Give a pupil as the school's system has them, some cells otherwise."""
    names = {one["id"]: one["name"] for one in world.classes(row["setting"])}
    cells = {
        "upn": row.get("upn", ""), "last": row["last_name"], "first": row["first_name"],
        "born": f"{world.born(row['id']):%d/%m/%Y}", "sex": row["sex"],
        "class": names.get(row.get("class", ""), ""), "year": str(row["year"]),
    } | other  # fmt: skip
    return tuple(cells.values())


def _roll(world: World, at: str, number: int) -> list[Row]:
    drawn = [row for row in world.told.values() if row["setting"] == at and "drawn" in row]
    return drawn[:number]


def _new(world: World, first: str, last: str, serial: int, year: int, group: str) -> Line:
    body = f"9979900{(world.when.year.starts - year) % 100:02}{serial}"
    born = world.when.born(year, "11-12")
    return check_letter(body) + body, last, first, f"{born:%d/%m/%Y}", "F", group, str(year)


def _as_it_is(world: World, at: str) -> Iterator[Line]:
    """Give a list that says what stands, and one pupil more."""
    for row in _roll(world, at, MANY):
        yield _line(world, row)
    yield _new(world, "Isolde", "Quernhamber", 801, 7, "7E")


def _with_doubts(world: World, at: str) -> Iterator[Line]:
    """Give a list with a pupil to add, one who is perhaps somebody else, and one mistake."""
    first, second, third, *rest = _roll(world, at, FEW)
    yield _line(world, first, **{"class": "7E"}) if first["year"] == 7 else _line(world, first)
    yield _line(world, second, upn="", born="01/02/2014")
    yield _line(world, third, upn="A999999999999")
    yield _new(world, "Thora", "Sallowmereby", 802, 9, "9R")
    for row in rest:
        yield _line(world, row)


def _of_another_school(world: World, at: str) -> Iterator[Line]:
    """Give pupils who are of another school: the list was taken back."""
    yield _new(world, "Verity", "Umberthwaitely", 803, 8, "")
    yield _new(world, "Posy", "Dunshawby", 804, 8, "")


LINES = {"applied": _as_it_is, "read": _with_doubts, "undone": _of_another_school}
