"""Where a story stands while it is told: its child, and the rows that the next step needs."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta

from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.concerns.models import Concern
from opensenco.ops.demo import terms
from opensenco.ops.demo.files import Row
from opensenco.ops.demo.world import World
from opensenco.people.models import Pupil
from opensenco.provision.models import Allocation
from opensenco.support.models import Cycle, SenStatus


@dataclass
class Scene:
    """One child's story so far.

    Args:
        child: the pupil's id in the files.
        entered: the first day of the child's record at this setting.
    """

    world: World
    child: str
    entered: date
    status: SenStatus | None = None
    concern: Concern | None = None
    cycle: Cycle | None = None
    #: what was given, with what the story says of its sessions
    given: list[tuple[Allocation, Row]] = field(default_factory=list)

    @property
    def pupil(self) -> Pupil:
        """The child's row."""
        return self.world.pupils[self.child]

    @property
    def at(self) -> str:
        """The setting in which the story plays."""
        setting: str = self.world.told[self.child]["setting"]
        return setting

    @property
    def org(self) -> Organisation:
        """The same as a row."""
        return self.world.places[self.at]

    @property
    def running(self) -> Cycle:
        """The child's cycle.

        Raises:
            LookupError: a step comes before any cycle was opened.
        """
        if self.cycle is None:
            raise LookupError(f"no cycle was opened for {self.child}")
        return self.cycle

    @property
    def born(self) -> date:
        """The child's birth date."""
        return self.world.born(self.child)

    @contextmanager
    def co_ordinating(self, day: date) -> Iterator[Actor]:
        """Act as whoever co-ordinated in the child's setting on a day."""
        with self.world.acting(self.world.senco(self.at, day), day, at=self.at) as actor:
            yield actor

    @contextmanager
    def acting(self, who: str, day: date) -> Iterator[Actor]:
        """Act as somebody of the setting; as its SENCO where they had no role there then."""
        known = self.world.works(who, self.at, day)
        with self.world.acting(
            who if known else self.world.senco(self.at, day), day, at=self.at
        ) as actor:
            yield actor

    def teacher(self, day: date) -> str:
        """Give the class teacher of that day, by the year the child was in; else the SENCO."""
        row = self.world.told[self.child]
        then = row["year"] - (self.world.when.year.starts - terms.year_of(day).starts)
        found = class_of(self.world, row, then)
        teacher: str = found["teacher"] if found else self.world.senco(self.at, day)
        return teacher

    def family(self) -> str:
        """Name those of the family who are to be told, as a plan says who agreed to it."""
        names = [
            f"{row['first_name']} {row['last_name']}"
            for row in self.world.rows("families", "contact")
            if row["pupil"] == self.child and not row.get("barred")
        ]
        return ", ".join([*names, self.pupil.said]) if names else self.pupil.said


def class_of(world: World, row: Row, year: int) -> Row | None:
    """Give the class of a pupil in a year group: the one that is told of, or the year's."""
    there = world.classes(row["setting"])
    if year == row["year"] and "class" in row:
        return next((one for one in there if one["id"] == row["class"]), None)
    return next((one for one in there if year in years_of(one)), None)


def years_of(row: Row) -> list[int]:
    """Give the year groups of a class."""
    years: list[int] = row["years"] if "years" in row else [row["year"]]
    return years


def school_day_after(day: date, days: int) -> date:
    """Give the school day so many school days after a day; the day itself is not counted."""
    while days:
        day += timedelta(days=1)
        days -= terms.is_school_day(day)
    return day


def school_day_before(day: date, days: int) -> date:
    """Give the school day so many school days before a day; the day itself is not counted."""
    while days:
        day -= timedelta(days=1)
        days -= terms.is_school_day(day)
    return day


def next_school_day(day: date) -> date:
    """Give the first school day on or after a day."""
    return school_day_after(day - timedelta(days=1), 1)
