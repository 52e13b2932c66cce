"""What cannot be at one hour: one pupil, one adult or one room twice. Plain values, no database."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from opensenco.kernel.dates import Span
from opensenco.provision.states import ClashOf
from opensenco.provision.timetable import Hour, OpenDays

#: what is done together: the place, the provision, the group, and the promise where there is none
Key = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Use:
    """One pupil's hour: what it takes of pupil, adult and room, and on which days it holds.

    Args:
        of: the promise; `together` tells what is done together with it.
        person, room: whoever and whatever is at it; None where nobody has said.
        because: why it was set although it clashed.
    """

    together: Key
    hour: Hour
    span: Span
    of: Any
    person: Any = None
    room: Any = None
    because: str = ""

    def takes(self, kind: str) -> Any:
        """Give what of a kind is used."""
        return {
            ClashOf.PUPIL: self.of.pupil_id,
            ClashOf.PERSON: self.person.pk if self.person else None,
            ClashOf.ROOM: self.room.pk if self.room else None,
        }[ClashOf(kind)]


@dataclass(frozen=True, slots=True)
class Clash:
    """Two things at one hour that need the same pupil, adult or room.

    Args:
        span: the days on which both hold.
    """

    kind: ClashOf
    one: Use
    other: Use
    span: Span

    @property
    def thing(self) -> Any:
        """The pupil, adult or room."""
        if self.kind is ClashOf.PUPIL:
            return self.one.of.pupil
        return self.one.person if self.kind is ClashOf.PERSON else self.one.room

    @property
    def because(self) -> tuple[str, ...]:
        """Why it was done all the same, where somebody said so."""
        return tuple(dict.fromkeys(why for why in (self.one.because, self.other.because) if why))


#: nobody has said when any place is open
ALWAYS: Mapping[int, OpenDays] = MappingProxyType({})


def clashes(
    uses: Iterable[Use],
    new: frozenset[int] = frozenset(),
    days: Mapping[int, OpenDays] = ALWAYS,
) -> list[Clash]:
    """Give each pair that clashes, by weekday and time.

    Pupils of one group at one hour use its adult and its room once.

    Args:
        new: ids of the promises of which one of each pair must be; empty for every pair.
        days: on which places are open: what never meets on one of them does not clash.
    """
    found: list[Clash] = []
    taken: dict[tuple[str, Any, int], dict[Any, Use]] = defaultdict(dict)
    for use in uses:
        for kind in ClashOf:
            if (thing := use.takes(kind)) is not None:
                same = (use.together, use.hour, use.of.pk if kind is ClashOf.PUPIL else 0,
                        use.span)  # fmt: skip
                kept = taken[kind, thing, use.hour.weekday]
                if same not in kept or use.of.pk in new:
                    kept[same] = use
    for (what, _thing, _day), some in taken.items():
        found += _pairs(ClashOf(what), list(some.values()), new, days)
    order = {kind: place for place, kind in enumerate(ClashOf)}
    return sorted(found, key=lambda one: (one.one.hour, order[one.kind], one.one.of.pk))


def _pairs(
    kind: ClashOf, uses: Sequence[Use], new: frozenset[int], days: Mapping[int, OpenDays]
) -> list[Clash]:
    found: dict[Any, Clash] = {}
    for one, other in _at_once(uses):
        if kind is not ClashOf.PUPIL and one.together == other.together and one.hour == other.hour:
            continue
        if new and one.of.pk not in new and other.of.pk not in new:
            continue
        span = one.span.overlap(other.span)
        if span is None or not one.hour.meets_within(other.hour, span):
            continue
        pair = (one, other) if not new or one.of.pk in new else (other, one)
        what = (pair[0].together, pair[0].hour, pair[1].together, pair[1].hour)
        opened = days.get(one.together[0])
        if what not in found and (opened is None or opened.may_meet(one.hour, other.hour, span)):
            found[what] = Clash(kind, *pair, span)
    return list(found.values())


def _at_once(uses: Sequence[Use]) -> Iterator[tuple[Use, Use]]:
    """Give the pairs of one weekday of which the second begins before the first ends."""
    ordered = sorted(uses, key=lambda use: use.hour.starts_at)
    for place, one in enumerate(ordered):
        for after in range(place + 1, len(ordered)):
            other = ordered[after]
            if other.hour.starts_at >= one.hour.ends_at:
                break
            yield one, other
