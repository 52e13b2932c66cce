"""Who goes where when the school year turns. Pure: what the record says goes in, moves come out.

A person's decision comes before what is proposed, and a doubt is told rather than guessed away.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from opensenco.people.turning.names import moved_up, years_named

#: below this share of its class a year is no part of it but an exception in it
SHARE = 4
HIGHEST_OF_ALL, LOWEST_OF_ALL = 14, -3


class Kind(StrEnum):
    """What becomes of a pupil."""

    UP = "up"
    STAYS = "stays"
    YEAR = "year"
    LEAVES = "leaves"
    #: has left or will have by their own last day: nothing is done
    GONE = "gone"
    #: comes on or after the first day: nothing is done
    JOINS = "joins"
    #: is in the year group of the new school year already
    ALREADY = "already"


class Doubt(StrEnum):
    """What somebody should look at before the year turns."""

    NO_YEAR = "no year"
    NO_CLASS = "no class"
    ABOVE = "above"
    AHEAD = "ahead"


MOVING = frozenset({Kind.UP, Kind.STAYS, Kind.YEAR, Kind.ALREADY})


@dataclass(frozen=True, slots=True)
class ClassNow:
    """A class that runs. `part` is the id of its part of the setting."""

    pk: int
    name: str
    part: int | None = None


@dataclass(frozen=True, slots=True)
class Own:
    """What a person decided of one pupil. `goes` is one of `Goes`, empty where only the class."""

    goes: str
    year_group: int | None = None
    into: str = ""
    part: int | None = None
    leave_on: date | None = None
    left_to: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """A pupil as the record has them on the eve of the new year.

    Args:
        by_age: the year group of the new school year by age alone.
        now: the class on the eve, by id. later: a class that begins on the first day or after it.
        moved: the new year has begun, and somebody gave them its year group since.
    """

    pupil: int
    year: int | None
    by_age: int
    part: int | None = None
    joined_on: date | None = None
    left_on: date | None = None
    now: int | None = None
    later: int | None = None
    own: Own | None = None
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """What becomes of one pupil. `into` is the name of the class; empty where there is none."""

    pupil: int
    kind: Kind
    before: int | None
    after: int | None
    now: int | None
    into: str
    part: int | None
    leave_on: date | None = None
    left_to: str = ""
    doubts: tuple[Doubt, ...] = ()
    decided: bool = False


Key = tuple[int, int | None]


@dataclass(frozen=True, slots=True)
class Way:
    """Where the pupils of one class and year go; `into` empty where nobody has said and none is
    proposed."""

    group: int
    year: int | None
    pupils: int
    into: str
    decided: bool


@dataclass(frozen=True)
class Rules:
    """What holds for everybody.

    Args:
        highest: pupils of this year group leave, and those above it.
        ways: what people decided, by class and year.
    """

    first_day: date
    leave_on: date
    highest: int | None
    ways: Mapping[Key, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Proposal:
    """Everybody's move and every class's way. Each pupil is in `moves` once."""

    moves: tuple[Move, ...]
    ways: tuple[Way, ...]


def propose(rules: Rules, classes: Sequence[ClassNow], pupils: Sequence[Standing]) -> Proposal:
    """Say where everybody goes."""
    return _Proposing(rules, classes, pupils).proposal()


class _Proposing:
    def __init__(
        self, rules: Rules, classes: Sequence[ClassNow], pupils: Sequence[Standing]
    ) -> None:
        self.rules, self.pupils = rules, pupils
        self.classes = {one.pk: one for one in classes}
        self.names = [one.name for one in classes]
        by_name = {one.name.casefold(): one for one in classes}
        self.named: Mapping[str, ClassNow] = by_name
        #: how many of each year are in each class now, without those who come or have gone
        self.inside: dict[int, Counter[int | None]] = {}
        self.parts: dict[int, set[int | None]] = {}
        for one in pupils:
            if one.now is not None and self._here(one):
                self.inside.setdefault(one.now, Counter())[one.year] += 1
            if one.year is not None and self._here(one):
                self.parts.setdefault(one.year, set()).add(one.part)
        self.mainly = {
            pk: max(years, key=lambda year: (years[year], -(year if year is not None else 99)))
            for pk, years in self.inside.items()
        }
        self.into = {
            (pk, year): self._into(pk, year) for pk, years in self.inside.items() for year in years
        }

    def proposal(self) -> Proposal:
        moves = tuple(self._move(one) for one in self.pupils)
        going: Counter[Key] = Counter()
        for one in moves:
            if one.now is not None and one.kind in (Kind.UP, Kind.ALREADY):
                going[one.now, one.before] += 1
        ways = tuple(
            Way(pk, year, count, self.into[pk, year], (pk, year) in self.rules.ways)
            for (pk, year), count in sorted(
                going.items(), key=lambda one: (self.classes[one[0][0]].name, one[0][1] or -9)
            )
        )
        return Proposal(moves, ways)

    def _here(self, one: Standing) -> bool:
        return not self._joins(one) and (one.left_on is None or one.left_on >= self.rules.leave_on)

    def _joins(self, one: Standing) -> bool:
        return one.joined_on is not None and one.joined_on >= self.rules.first_day

    def _move(self, one: Standing) -> Move:
        if self._joins(one):
            name = self._name(one.later) if one.later else ""
            return self._made(one, Kind.JOINS, one.year, name, () if name else (Doubt.NO_CLASS,))
        if one.left_on is not None and one.left_on < self.rules.first_day:
            return self._made(one, Kind.GONE, one.year, "", ())
        if one.own is not None and one.own.goes:
            return self._as_decided(one, one.own)
        top = self.rules.highest
        if one.year is not None and top is not None and one.year >= top:
            doubts = (Doubt.ABOVE,) if one.year > top else ()
            return self._leaves(one, self.rules.leave_on, "", doubts)
        if one.year is None:
            name = self._kept_or(one, (one.now, None))
            return self._made(one, Kind.STAYS, None, name, (Doubt.NO_YEAR, *self._lacks(name)))
        if one.moved:
            name = self._name(one.later) or self._name(one.now)
            return self._made(one, Kind.ALREADY, one.year, name, self._lacks(name))
        return self._up(one, one.year)

    def _up(self, one: Standing, year: int) -> Move:
        after = year + 1
        if after > HIGHEST_OF_ALL:
            return self._leaves(one, self.rules.leave_on, "", (Doubt.ABOVE,))
        name = self._kept_or(one, (one.now, year))
        doubts = self._lacks(name)
        if after > one.by_age:
            doubts = (Doubt.AHEAD, *doubts)
        return self._made(one, Kind.UP, after, name, doubts)

    def _as_decided(self, one: Standing, own: Own) -> Move:
        if own.goes == "leaves":
            return self._leaves(one, own.leave_on or self.rules.leave_on, own.left_to, ())
        if own.goes == "stays":
            kind, after = Kind.STAYS, one.year
            name = own.into or self._name(one.later) or self._name(one.now)
        elif own.goes == "year":
            kind, after = Kind.YEAR, own.year_group
            name = own.into or self._name(one.later)
        else:
            kind, after = Kind.UP, one.year if one.year is None else one.year + 1
            name = self._kept_or(one, (one.now, one.year))
            if after is not None and after > HIGHEST_OF_ALL:
                return self._made(
                    one, Kind.STAYS, one.year, name, (Doubt.ABOVE, *self._lacks(name))
                )
        doubts = () if after is not None else (Doubt.NO_YEAR,)
        return self._made(one, kind, after, name, (*doubts, *self._lacks(name)))

    def _leaves(self, one: Standing, on: date, to: str, doubts: tuple[Doubt, ...]) -> Move:
        return Move(
            one.pupil, Kind.LEAVES, one.year, None, one.now, "", one.part, on, to, doubts,
            one.own is not None,
        )  # fmt: skip

    def _made(
        self, one: Standing, kind: Kind, after: int | None, name: str, doubts: tuple[Doubt, ...]
    ) -> Move:
        part = self._part(one, after, name) if kind in MOVING else one.part
        return Move(
            one.pupil, kind, one.year, after, one.now, name, part, None, "", doubts,
            one.own is not None,
        )  # fmt: skip

    def _part(self, one: Standing, after: int | None, name: str) -> int | None:
        """The part that was decided, the class's, or the one that all of the year are in now."""
        if one.own is not None and one.own.part is not None:
            return one.own.part
        known = self.named.get(name.casefold())
        if known is not None and known.part is not None:
            return known.part
        theirs = self.parts.get(after, set()) if after is not None else set()
        return next(iter(theirs)) if len(theirs) == 1 and after != one.year else one.part

    def _lacks(self, name: str) -> tuple[Doubt, ...]:
        return () if name else (Doubt.NO_CLASS,)

    def _name(self, pk: int | None) -> str:
        return self.classes[pk].name if pk in self.classes else ""

    def _kept_or(self, one: Standing, key: tuple[int | None, int | None]) -> str:
        """A class that was decided for this pupil, or begins for them then; else their class's."""
        if one.own is not None and one.own.into:
            return one.own.into
        if one.later is not None:
            return self._name(one.later)
        pk, year = key
        return self.into.get((pk, year), "") if pk is not None else ""

    def _into(self, pk: int, year: int | None) -> str:
        if (pk, year) in self.rules.ways:
            return self.rules.ways[pk, year]
        own = self.classes[pk].name
        if year is None or self._goes_on_inside(pk, year):
            return own
        main = self.mainly[pk]
        if year != main and main is not None and years_named(own) == [main]:
            # taught out of their year: they go with their class, while it goes on
            top = self.rules.highest
            return own if top is not None and main >= top else self._into(pk, main)
        numbered = moved_up(own, year, self.names)
        if numbered.casefold() in self.named:
            return numbered
        following = [one for one, main in self.mainly.items() if main == year + 1]
        beside = [one for one, main in self.mainly.items() if main == year]
        if len(following) == 1 and beside == [pk]:
            return self.classes[following[0]].name
        # a class that moves up as it is, where no other could take it
        return numbered or (own if not following and not years_named(own) else "")

    def _goes_on_inside(self, pk: int, year: int) -> bool:
        """Whether the next year of this class is taught in it as well."""
        said = years_named(self.classes[pk].name)
        if said:
            return len(said) > 1 and year + 1 in said
        years = self.inside[pk]
        return years[year + 1] * SHARE >= sum(years.values()) and years[year + 1] > 0
