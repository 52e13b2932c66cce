"""Where working time went: what people record by one tap, and what the record knows already.

What the record knows is never stored a second time. An app says once, when it is loaded, where its
part of the record tells of time (`derive_from`); it is asked each time somebody reads. So nothing
can be counted twice: a thing that its person timed by hand is left out of what was derived.
"""

import uuid
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Protocol

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Person
from opensenco.access.registry import visible
from opensenco.cases.models import TimeEntry
from opensenco.cases.states import MOST_MINUTES, Work
from opensenco.gate.rows import find
from opensenco.kernel.errors import Invalid
from opensenco.people.models import Pupil

MOST_WORDS = 200
#: how far back one is asked how long something took
HINTED = timedelta(days=14)
MOST_HINTS, MOST_AGAIN = 5, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """Time that the record knows of.

    Args:
        minutes: None where it is known that something was done, and not for how long.
        pupils: whom it was for; several where a group had it together.
        source_ref: the record it comes from; counts once for each person.
    """

    person: Person
    on: date
    work: Work
    minutes: int | None
    pupils: tuple[Pupil, ...]
    source_label: str
    source_ref: uuid.UUID
    words: str = ""
    entry: TimeEntry | None = None

    @property
    def said(self) -> str:
        """Whom it was for, in words; empty where it was for nobody in particular."""
        return ", ".join(one.name for one in self.pupils)

    @property
    def work_words(self) -> str:
        """The kind of work in words."""
        return str(self.work.label)


#: people by their id; None for everybody
People = Collection[int] | None


class Source(Protocol):
    """What tells of time in one part of the record, between two days, both included."""

    def __call__(
        self, actor: Actor, first: date, last: date, *, own: bool, of: People = None
    ) -> Iterable[Spent]:
        """Give one's own time, also of unknown length; or what was timed and one may see.

        Args:
            of: the people, by id, whose time is asked for; None for everybody's.
        """


_sources: dict[str, Source] = {}


def derive_from(name: str, source: Source) -> None:
    """Say where an app's part of the record tells of time."""
    _sources[name] = source


def lines(
    actor: Actor, first: date, last: date, *, own: bool = True, of: People = None
) -> list[Spent]:
    """Give all time between two days, newest first: recorded by hand, and derived.

    Args:
        own: one's own; else what one may see of everybody.
        of: the people, by id, whose time is asked for.
    """
    told = _recorded(actor, first, last, own=own, of=of)
    known = [one for one in _derived(actor, first, last, own=own, of=of) if one.minutes]
    return sorted([*told, *known], key=lambda one: one.on, reverse=True)


def hints(actor: Actor) -> list[Spent]:
    """Give what one did lately of which nobody said how long it took, the newest first."""
    found = [
        one
        for one in _derived(actor, actor.today - HINTED, actor.today, own=True)
        if one.minutes is None
    ]
    return sorted(found, key=lambda one: one.on, reverse=True)


def again(actor: Actor) -> list[tuple[Pupil | None, Work]]:
    """Give what one recorded time for lately, each pair of pupil and work once, newest first."""
    rows = visible(actor, Action.TIME_LOG, TimeEntry).filter(in_error_at__isnull=True)
    recent = rows.select_related("pupil").order_by("-at", "-id")[:40]
    pairs = {(row.pupil_id, row.work): row.pupil for row in recent}
    return [(pupil, Work(work)) for (_id, work), pupil in pairs.items()][:MOST_AGAIN]


def _derived(actor: Actor, first: date, last: date, *, own: bool, of: People = None) -> list[Spent]:
    timed = set(
        TimeEntry.objects.filter(source_ref__isnull=False, in_error_at__isnull=True).values_list(
            "person_id", "source_ref"
        )
    )
    return [
        one
        for source in _sources.values()
        for one in source(actor, first, last, own=own, of=of)
        if (one.person.pk, one.source_ref) not in timed
    ]


def _recorded(
    actor: Actor, first: date, last: date, *, own: bool, of: People = None
) -> list[Spent]:
    verb = Action.TIME_LOG if own else Action.TIME_VIEW
    rows = visible(actor, verb, TimeEntry).filter(on__range=(first, last), in_error_at__isnull=True)
    if of is not None:
        rows = rows.filter(person__in=of)
    return [
        Spent(
            person=row.person, on=row.on, work=Work(row.work), minutes=row.minutes,
            pupils=(row.pupil,) if row.pupil else (), source_label=TimeEntry._meta.label,
            source_ref=row.ref, words=row.words, entry=row,
        )
        for row in rows.select_related("pupil", "person").order_by("-on", "-at", "-id")
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Totals:
    """Where time went between two days.

    Each of the lists adds up to `minutes`: the time of a group is shared among its pupils.

    Args:
        by_pupil: the pupil, or None for work for nobody in particular; the most first.
    """

    minutes: int
    by_work: list[tuple[Work, int]]
    by_pupil: list[tuple[Pupil | None, int]]
    by_person: list[tuple[Person, int]]


def totals(found: Iterable[Spent]) -> Totals:
    """Add up lines of time."""
    work: dict[Work, int] = defaultdict(int)
    pupil: dict[int, int] = defaultdict(int)
    person: dict[int, int] = defaultdict(int)
    pupils: dict[int, Pupil | None] = {0: None}
    people: dict[int, Person] = {}
    for one in found:
        minutes = one.minutes or 0
        work[one.work] += minutes
        person[one.person.pk] += minutes
        people[one.person.pk] = one.person
        for whose, part in shared(minutes, one.pupils):
            key = whose.pk if whose else 0
            pupil[key] += part
            pupils[key] = whose
    return Totals(
        sum(work.values()),
        _ranked(work, lambda key: key),
        _ranked(pupil, lambda key: pupils[key]),
        _ranked(person, lambda key: people[key]),
    )


def _ranked(sums: dict[Any, int], thing: Callable[[Any], Any]) -> list[tuple[Any, int]]:
    ranked = sorted(sums.items(), key=lambda one: (-one[1], str(one[0])))
    return [(thing(key), minutes) for key, minutes in ranked if minutes]


def shared(minutes: int, pupils: Sequence[Pupil]) -> list[tuple[Pupil | None, int]]:
    """Share minutes among pupils so that they add up again; odd ones go to the first."""
    if not pupils:
        return [(None, minutes)]
    each, odd = divmod(minutes, len(pupils))
    return [(one, each + (place < odd)) for place, one in enumerate(pupils)]


def entry(actor: Actor, ref: uuid.UUID) -> TimeEntry:
    """Give one's own entry of a reference.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    return find(actor, Action.TIME_LOG, TimeEntry, ref, "pupil", "person")


def checked(
    actor: Actor, *, on: date, work: str, minutes: int | None, words: str
) -> dict[str, Any]:
    """Give an entry's values as they are stored.

    Raises:
        Invalid: one of them cannot be.
    """
    if minutes is None or not 1 <= minutes <= MOST_MINUTES:
        raise Invalid("minutes", _("Give the minutes as a number from 1 to 600."))
    if work not in Work.values:
        raise Invalid("work", _("Choose one of the kinds of work shown."))
    if on > actor.today:
        raise Invalid("on", _("This is a day to come. Record the time once it is spent."))
    if on < actor.today - timedelta(days=366):
        raise Invalid("on", _("This is more than a year ago. Check the day."))
    plain = " ".join(words.split())
    if len(plain) > MOST_WORDS:
        raise Invalid("words", _("Shorten this to %(most)s characters.") % {"most": MOST_WORDS})
    return {"on": on, "work": work, "minutes": minutes, "words": plain}
