"""Which adults have not read what helps the pupils they work with: a whole place at a look."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Person
from opensenco.access.registry import visible
from opensenco.kernel.clock import london_date
from opensenco.people.days import on_roll
from opensenco.people.models import Pupil
from opensenco.support.models import Profile, ProfileRead, Strategy
from opensenco.support.queries.having_read import (
    is_of,
    newest_reads,
    reminders,
    staff_with,
    versions,
)

PAGE = 50


@dataclass(frozen=True)
class Waiting:
    """A pupil whose page an adult has not read as it stands.

    Args:
        read_on: when they read it in other words. reminded_on: and have not read it since.
    """

    pupil: Pupil
    read_on: date | None
    reminded_on: date | None


@dataclass(frozen=True)
class Outstanding:
    """One adult, and the pupils whose page they have not read, by surname.

    Args:
        of: how many pupils with such a page they work with.
    """

    person: Person
    of: int
    pupils: list[Waiting] = field(default_factory=list)

    @property
    def to_remind(self) -> list[Pupil]:
        """The pupils of whom they have not been reminded yet."""
        return [one.pupil for one in self.pupils if one.reminded_on is None]

    @property
    def reminded_on(self) -> date | None:
        """When they were reminded last."""
        days = [one.reminded_on for one in self.pupils if one.reminded_on]
        return max(days, default=None)


def outstanding(actor: Actor) -> list[Outstanding]:
    """Give the adults who have something to read, with the most first.

    The number of questions asked of the database does not grow with pupils or adults.
    """
    pupils = _with_a_page(actor)
    ids = [pupil.pk for pupil in pupils]
    if not ids:
        return []
    now, works_with = versions(ids), staff_with(pupils, actor.today)
    read = newest_reads(ids)
    told = {
        (pupil, person): at
        for pupil, person, at in reminders(ids).values_list("pupil_id", "person_id", "at")
    }
    found: dict[int, Outstanding] = {}
    for person, of_person in _by_person(pupils, works_with):
        waiting = []
        for pupil in of_person:
            key = (pupil.pk, person.pk)
            if not is_of(read.get(key), now.get(pupil.pk)):
                waiting.append(Waiting(pupil, _day(read.get(key)), _day_of(told.get(key))))
        if waiting:
            found[person.pk] = Outstanding(person, len(of_person), waiting)
    return sorted(found.values(), key=_most_first)


def _most_first(one: Outstanding) -> tuple[int, str, int]:
    return -len(one.pupils), one.person.last_name, one.person.pk


def _with_a_page(actor: Actor) -> list[Pupil]:
    """Give the pupils on roll, within reach, of whom something is written; by surname."""
    strategies = Strategy.objects.filter(ended_on__isnull=True).values("pupil")
    written = Q(pk__in=Profile.objects.values("pupil")) | Q(pk__in=strategies)
    rows = visible(actor, Action.ASK_SEND, Pupil).filter(on_roll(actor.today), written)
    return list(rows.order_by("sort_key", "id"))


def _by_person(
    pupils: Sequence[Pupil], works_with: dict[int, list[Person]]
) -> Iterable[tuple[Person, list[Pupil]]]:
    found: dict[Person, list[Pupil]] = {}
    for pupil in pupils:
        for person in works_with.get(pupil.pk, []):
            found.setdefault(person, []).append(pupil)
    return found.items()


def _day(read: ProfileRead | None) -> date | None:
    return london_date(read.at) if read else None


def _day_of(at: datetime | None) -> date | None:
    return london_date(at) if at else None
