"""Where a story stands while it is told: its child, and the rows that the next step needs."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from opensenco.concerns.models import Concern
from opensenco.ops.demo import terms
from opensenco.ops.demo.files import Row, rows
from opensenco.ops.demo.world import World, classes
from opensenco.people.models import Pupil
from opensenco.provision.models import Allocation
from opensenco.support.models import Cycle, SenStatus


@dataclass
class Scene:
    """One child's story so far.

    Args:
        child: the pupil's id in the files.
        entered: the first day of the child's record at this school.
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

    def teacher(self, day: date) -> str:
        """Give the class teacher of that day, by the year the child was in."""
        year = self.world.told[self.child]["year"]
        then = year - (self.world.when.year.starts - terms.year_of(day).starts)
        teacher: str = next(row["teacher"] for row in classes() if row["year"] == then)
        return teacher

    def family(self) -> str:
        """Name those of the family who are to be told, as a plan says who agreed to it."""
        names = [
            f"{row['first_name']} {row['last_name']}"
            for row in rows("families", "contact")
            if row["pupil"] == self.child and not row.get("barred")
        ]
        return ", ".join([*names, self.pupil.said]) if names else self.pupil.said


def school_day_after(day: date, days: int) -> date:
    """Give the school day so many school days after a day; the day itself is not counted."""
    while days:
        day += timedelta(days=1)
        days -= terms.is_school_day(day)
    return day


def next_school_day(day: date) -> date:
    """Give the first school day on or after a day."""
    return school_day_after(day - timedelta(days=1), 1)
