"""Who and what there is while the demo world is made, and acting as one of its people."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from opensenco.access.actor import Actor, Hat, hats_of
from opensenco.access.models import Organisation, Person
from opensenco.access.scope import Scope, scope
from opensenco.kernel.clock import LONDON
from opensenco.ops.demo import files, terms
from opensenco.ops.demo.files import Row
from opensenco.ops.demo.when import When
from opensenco.ops.demo_size import Size
from opensenco.people.models import Contact, Group, Pupil

SCHOOL = "SET-QSP"
#: how far back a record goes: a little less than the SENCO of the village's school
BEGINS = -870
#: the rest of the county took up these records this long ago
BEGINS_ELSEWHERE = -560


@dataclass(frozen=True)
class Desk:
    """Who acts in a setting where nobody is named.

    Args:
        sencos: whoever has the role first, then who had it before them.
        row: what the files say of the setting's roll.
    """

    at: str
    head: str
    sencos: tuple[str, ...]
    admin: str
    row: Row

    @property
    def first_year(self) -> int:
        """The year group in which most pupils come."""
        year: int = self.row.get("first_year", 0)
        return year


@dataclass
class World:
    """The world so far, each thing under the id that it has in the data files."""

    when: When
    size: Size = Size.VILLAGE
    places: dict[str, Organisation] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    pupils: dict[str, Pupil] = field(default_factory=dict)
    #: as the files describe them, with those that were drawn
    told: dict[str, Row] = field(default_factory=dict)
    contacts: dict[str, Contact] = field(default_factory=dict)
    _moments: Counter[date] = field(default_factory=Counter)
    _hats: dict[tuple[str, str | None, str | None], tuple[date, Hat]] = field(default_factory=dict)
    _desks: dict[str, Desk] = field(default_factory=dict)
    _roles: dict[str, list[Row]] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The day that the world is made for."""
        return self.when.today

    @property
    def school(self) -> Organisation:
        """The one school in depth."""
        return self.places[SCHOOL]

    @property
    def whole(self) -> bool:
        """Whether the county is made and not the village alone."""
        return self.size is Size.COUNTY

    def begins(self, at: str = SCHOOL) -> date:
        """Give the day on which a setting's record begins."""
        return self.today + timedelta(days=BEGINS if at == SCHOOL else BEGINS_ELSEWHERE)

    def rows(self, name: str, of: str) -> list[Row]:
        """Give the rows of one kind: the village's, then the rest of the county's."""
        found = files.rows(name, of)
        return [*found, *files.rows(f"county/{name}", of)] if self.whole else found

    def desk(self, at: str) -> Desk:
        """Say who acts in a setting.

        Raises:
            LookupError: nobody works there.
        """
        if not self._desks:
            for row in self.rows("places", "desk"):
                sencos = tuple(row["sencos"])
                head = row.get("head", sencos[0] if sencos else "")
                admin = row.get("admin", sencos[0] if sencos else head)
                self._desks[row["at"]] = Desk(row["at"], head, sencos, admin, row)
        return self._desks[at]

    def desks(self) -> list[Desk]:
        """Give the settings in which people work, in the order of the files."""
        self.desk(SCHOOL)
        return list(self._desks.values())

    def classes(self, at: str) -> list[Row]:
        """Give the classes of a setting, in the order of the files."""
        return [row for row in self.rows("places", "class") if row.get("setting", SCHOOL) == at]

    def roles(self, who: str) -> list[Row]:
        """Give the roles of one of the people, as the files say them."""
        if not self._roles:
            for row in self.rows("people", "person"):
                self._roles[row["id"]] = list(row["roles"])
            for row in self.rows("people", "role"):
                self._roles[row["person"]].append(row)
        return self._roles.get(who, [])

    def works(self, who: str, at: str, day: date | None = None) -> bool:
        """Say whether somebody has a role in a setting, on a day or at any time."""
        return any(role["at"] == at and _holds(self.when, role, day) for role in self.roles(who))

    def senco(self, at: str, day: date) -> str:
        """Give who co-ordinates in a setting on a day: its SENCO, else its head."""
        desk = self.desk(at)
        return next((who for who in desk.sencos if self.works(who, at, day)), desk.head)

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
    def acting(
        self, who: str, day: date, role: str | None = None, *, at: str | None = None
    ) -> Iterator[Actor]:
        """Open the scope of one of the people on a day, with the role they had then.

        Args:
            role: the code of the role, where they have several; else their first.
            at: the place in which they act, where they have roles in several.

        Raises:
            LookupError: the person had no such role on that day.
        """
        actor = Actor(self.people[who], self._hat(who, day, role, at), self.moment(day))
        with scope(actor.scope, write=True):
            yield actor

    def _hat(self, who: str, day: date, role: str | None, at: str | None) -> Hat:
        """Give the hat of a day. One found earlier still holds, unless a role of theirs ends."""
        found, known = self._hats.get((who, role, at), (date.max, None))
        if known is not None and day >= found and not self._leaves(who):
            return known
        person, org = self.people[who], self.places[at].pk if at else None
        with scope(Scope(person=person.pk)):
            worn = hats_of(person, day)
        for hat in worn:
            if role in (None, hat.role.code) and (org is None or org in hat.orgs):
                self._hats[who, role, at] = day, hat
                return hat
        raise LookupError(f"{who} had no role {role or ''} {at or ''} on {day}")

    def _leaves(self, who: str) -> bool:
        return any("left" in role for role in self.roles(who))

    def born(self, pupil: str) -> date:
        """Give the birth date of a pupil of the files."""
        row = self.told[pupil]
        return self.when.born(row["year"], row["birth_md"])

    def came(self, row: Row) -> date:
        """Give the day a pupil came: as its data says, else when the first year there began."""
        if "joined" in row:
            return self.when.base(row["joined"])
        years = max(0, row["year"] - self.desk(row["setting"]).first_year)
        return min(terms.Year(self.when.year.starts - years).terms[0][0], self.today)

    def entered(self, row: Row) -> date:
        """Give the first day of a pupil's record; of the drawn ones it began with this year."""
        begins = self.takes_up() if "drawn" in row else self.begins(row["setting"])
        return max(self.came(row), begins)

    def takes_up(self) -> date:
        """Give the day on which the rest of each roll came into the record."""
        return min(self.today, self.when.year.terms[0][0])


def _holds(when: When, role: Row, day: date | None) -> bool:
    if day is None:
        return True
    begun = "since" not in role or when.base(role["since"]) <= day
    return begun and ("left" not in role or day <= when.base(role["left"]))
