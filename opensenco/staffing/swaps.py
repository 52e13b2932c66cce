"""Who can stand in for whom, least harm first: plain times and numbers, no rows, no clock.

Harm is counted in this order, and a name never counts: children for whom what is lost is tied to a
row of section F of their EHC plan, for the authority owes that to this child by law (s.42 CFA 2014)
and what is lost of it has to be made good; children with an EHC plan, whose section F may name it
although nobody has tied it; how often the worst off has missed it this term; how many
children lose it; how many minutes of children are lost.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import time

Times = tuple[time, time]
MIDNIGHT = time(0)


@dataclass(frozen=True, slots=True, order=True)
class Harm:
    """What is lost; less is better, the first that differs decides.

    Args:
        owed: children to whom it is owed by section F. plans: those with an EHC plan.
        missed: how often the one who missed most has missed it. children: how many.
        minutes: of all of them together.
    """

    owed: int = 0
    plans: int = 0
    missed: int = 0
    children: int = 0
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class Need:
    """One session that an adult gives: when, to whom, and what its loss would be.

    Args:
        knows: adults who have given it to these children before, or work with them.
        times: None where no hour is set.
    """

    key: Hashable
    adult: int | None
    times: Times | None
    harm: Harm
    knows: frozenset[int] = frozenset()

    def meets(self, times: Times | None) -> bool:
        """Tell whether it is at the same time; what follows at once does not meet."""
        if self.times is None or times is None:
            return False
        return self.times[0] < times[1] and times[0] < self.times[1]


@dataclass(frozen=True, slots=True)
class Adult:
    """Somebody who can stand in: when they are away today, and what they give themselves."""

    pk: int
    away: tuple[Times, ...] = ()
    gives: tuple[Need, ...] = ()

    @property
    def load(self) -> int:
        """Minutes that they give today."""
        return sum(_length(one.times) for one in self.gives if one.times)


@dataclass(frozen=True, slots=True)
class Step:
    """What becomes of one session.

    Args:
        adult: who takes it; None where it is not held.
        leaves: what of their own that adult cannot give then; it is not held.
        knows: whether that adult knows these children.
    """

    need: Need
    adult: int | None = None
    leaves: tuple[Need, ...] = ()
    knows: bool = False

    @property
    def lost(self) -> tuple[Need, ...]:
        """What is not held because of it."""
        return self.leaves if self.adult is not None else (self.need,)


@dataclass(frozen=True)
class Solution:
    """What can be done about all sessions of a day together."""

    steps: tuple[Step, ...]

    @property
    def lost(self) -> tuple[Need, ...]:
        """What is not held."""
        return tuple(need for step in self.steps for need in step.lost)

    @property
    def harm(self) -> Harm:
        """What that comes to."""
        return together(need.harm for need in self.lost)


@dataclass
class _Taken:
    """What adults have taken on while one solution is worked out."""

    times: dict[int, list[Times]] = field(default_factory=dict)
    left: set[Hashable] = field(default_factory=set)

    def is_free(self, adult: Adult, times: Times) -> bool:
        """Tell whether an adult is there and has taken on nothing else then."""
        there = (*adult.away, *self.times.get(adult.pk, ()))
        return not any(one[0] < times[1] and times[0] < one[1] for one in there)


def together(harms: Iterable[Harm]) -> Harm:
    """Add harms up; of what was missed the worst counts."""
    found = Harm()
    for one in harms:
        found = Harm(
            found.owed + one.owed, found.plans + one.plans, max(found.missed, one.missed),
            found.children + one.children, found.minutes + one.minutes,
        )  # fmt: skip
    return found


def ranked(needs: Iterable[Need]) -> list[Need]:
    """Give sessions by what their loss would be, the worst first; then by time."""

    def worst_first(one: Need) -> tuple[object, ...]:
        return negative(one.harm), one.times or (MIDNIGHT, MIDNIGHT), str(one.key)

    return sorted(needs, key=worst_first)


def solutions(needs: Sequence[Need], adults: Sequence[Adult]) -> list[Solution]:
    """Give what can be done, least harm first: moving adults, free ones alone, nobody at all.

    Each that comes to the same as a better one is left out. Sessions without an hour are none of
    it: they can be given at another time.
    """
    timed = [one for one in needs if one.times is not None]
    if not timed:
        return []
    found: list[Solution] = []
    for moves, takes in ((True, True), (False, True), (False, False)):
        one = _worked_out(timed, adults if takes else (), moves=moves)
        if not any(_same(one, other) for other in found):
            found.append(one)
    return sorted(found, key=lambda one: (one.harm, sum(bool(s.leaves) for s in one.steps)))


def choices(need: Need, adults: Sequence[Adult]) -> list[Step]:
    """Give what can be done about one session, least harm first."""
    if need.times is None:
        steps = [Step(need, one.pk, (), one.pk in need.knows) for one in adults]
    else:
        free = _Taken()
        steps = [
            Step(need, one.pk, _left(one, need), one.pk in need.knows)
            for one in adults
            if free.is_free(one, need.times)
        ]
    load = {one.pk: one.load for one in adults}
    found = sorted(steps, key=lambda step: (_of(step), not step.knows, load[step.adult or 0]))
    return [*found, Step(need)]


def _worked_out(needs: Sequence[Need], adults: Sequence[Adult], *, moves: bool) -> Solution:
    taken, steps = _Taken(), {}
    for need in ranked(needs):
        if need.key in taken.left or need.times is None:
            continue
        step = _best(need, adults, taken, moves=moves)
        steps[need.key] = step
        if step.adult is not None:
            taken.times.setdefault(step.adult, []).append(need.times)
            taken.left |= {one.key for one in step.leaves}
    ordered = sorted(steps.values(), key=lambda one: (one.need.times or (), str(one.need.key)))
    return Solution(tuple(ordered))


def _best(need: Need, adults: Sequence[Adult], taken: _Taken, *, moves: bool) -> Step:
    there = [one for one in adults if need.times and taken.is_free(one, need.times)]
    steps = [
        Step(
            need, one.pk, tuple(n for n in _left(one, need) if n.key not in taken.left),
            one.pk in need.knows,
        )
        for one in there
    ]  # fmt: skip
    if not moves:
        steps = [step for step in steps if not step.leaves]
    # nobody is moved where what they leave would be as great a loss
    steps = [step for step in steps if _of(step) < need.harm]
    load = {one.pk: one.load for one in there}
    steps.sort(key=lambda step: (_of(step), not step.knows, load[step.adult or 0], step.adult))
    return steps[0] if steps else Step(need)


def _of(step: Step) -> Harm:
    return together(need.harm for need in step.lost)


def _left(adult: Adult, need: Need) -> tuple[Need, ...]:
    return tuple(one for one in adult.gives if one.meets(need.times))


def _same(one: Solution, other: Solution) -> bool:
    mine, theirs = ({(s.need.key, s.adult) for s in each.steps} for each in (one, other))
    return mine == theirs


def _length(times: Times) -> int:
    return (times[1].hour - times[0].hour) * 60 + times[1].minute - times[0].minute


def negative(harm: Harm) -> tuple[int, ...]:
    """Give what sorts the greatest loss first."""
    return (-harm.owed, -harm.plans, -harm.missed, -harm.children, -harm.minutes)
