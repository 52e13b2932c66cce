"""Who and what there is while the demo world is made, and acting as one of its people."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from opensenco.access.actor import Actor, Hat, chosen, hats_of
from opensenco.access.models import Organisation, Person
from opensenco.access.scope import Scope, scope
from opensenco.kernel.clock import LONDON
from opensenco.ops.demo.files import Row, rows
from opensenco.ops.demo.when import When
from opensenco.people.models import Contact, Group, Pupil

SCHOOL = "SET-QSP"
SENCO = "hannah.lythgarth-marr"
HEAD = "sunita.bhogalwar"
ADMINISTRATOR = "carol.haverigge"
#: how far back the school's record goes: a little less than its SENCO
BEGINS = -870


@dataclass
class World:
    """The world so far, each thing under the id that it has in the data files."""

    when: When
    places: dict[str, Organisation] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    pupils: dict[str, Pupil] = field(default_factory=dict)
    #: as the files describe them, with those that were drawn
    told: dict[str, Row] = field(default_factory=dict)
    contacts: dict[str, Contact] = field(default_factory=dict)
    _moments: Counter[date] = field(default_factory=Counter)
    _hats: dict[tuple[str, str | None], tuple[date, Hat]] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The day that the world is made for."""
        return self.when.today

    @property
    def begins(self) -> date:
        """The day on which the school's record begins."""
        return self.today + timedelta(days=BEGINS)

    @property
    def school(self) -> Organisation:
        """The one school in depth."""
        return self.places[SCHOOL]

    def moment(self, day: date) -> datetime:
        """Give the next moment of a working day: each thing that happens on it has its own.

        What happens today happened just after midnight: never later than it is now.
        """
        number = self._moments[day]
        self._moments[day] += 1
        opens = time(0, 1) if day == self.today else time(8, 40)
        step = timedelta(seconds=1) if day == self.today else timedelta(minutes=4)
        at = datetime.combine(day, opens, LONDON) + min(number, 120) * step
        return (at + timedelta(seconds=max(0, number - 120))).astimezone(UTC)

    @contextmanager
    def acting(self, who: str, day: date, role: str | None = None) -> Iterator[Actor]:
        """Open the scope of one of the people on a day, with the role they had then.

        Args:
            role: the code of the role, where they have several; else their first.

        Raises:
            LookupError: the person had no such role on that day.
        """
        actor = Actor(self.people[who], self._hat(who, day, role), self.moment(day))
        with scope(actor.scope, write=True):
            yield actor

    def _hat(self, who: str, day: date, role: str | None) -> Hat:
        """Give the hat of a day. No role of the demo ends, so one found earlier still holds."""
        found, hat = self._hats.get((who, role), (date.max, None))
        if hat is not None and day >= found:
            return hat
        person = self.people[who]
        with scope(Scope(person=person.pk)):
            worn = [hat for hat in hats_of(person, day) if role in (None, hat.role.code)]
        hat = chosen(worn, None)
        if hat is None:
            raise LookupError(f"{who} had no role {role or ''} on {day}")
        self._hats[who, role] = day, hat
        return hat

    def born(self, pupil: str) -> date:
        """Give the birth date of a pupil of the files."""
        row = self.told[pupil]
        return self.when.born(row["year"], row["birth_md"])


def classes() -> list[Row]:
    """Give the school's classes, youngest first."""
    return rows("places", "class")
