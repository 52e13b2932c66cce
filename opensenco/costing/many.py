"""What the promises of a whole place cost: the arithmetic of `counting`, each shape of them once.

Hundreds of promises differ in nothing that their cost hangs on. So each is asked by its shape:
whose time, how long, how often, at which hours, from when to when, shared by whom. The sums are
those of the law's lines to the penny (FUND-72 to FUND-75), in whole numbers until the end; a test
holds the two together. A pupil who might be over a limit on hours, which cuts all their lines
(FUND-76), is counted by the law itself.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from opensenco.costing.counting import TEACHER, Book, Promise, Share, planned
from opensenco.costing.timed import Hour, Hours
from opensenco.kernel.dates import ONE_DAY, Span
from opensenco.kernel.money import half_up
from opensenco.law.money.costing import MINUTES_AN_HOUR, Charge


class Summed(NamedTuple):
    """What all promises to one pupil come to: the sum of the lines as they are shown, with what the
    pupil bears of what is paid for once."""

    pence: int
    missing: bool
    trimmed: bool


def together(sums: Iterable[Summed]) -> Summed:
    """Give what several pupils' promises come to."""
    sums = list(sums)
    return Summed(
        sum(one.pence for one in sums), any(one.missing for one in sums),
        any(one.trimmed for one in sums),
    )  # fmt: skip


class Counted(NamedTuple):
    """What a line costs: as it is shown, whether a rate is missing for a part, and exactly."""

    pence: int
    missing: bool
    exact: Fraction

    @classmethod
    def of(cls, exact: Fraction, missing: bool) -> "Counted":
        """Round it."""
        return cls(half_up(exact), missing, exact)


class Own(NamedTuple):
    """What one pupil's promises come to: the sum, with the lines and shares of which it is."""

    sum: Summed
    promises: Sequence[Promise]
    lines: Sequence[tuple[int, Counted]]
    shares: Sequence[Share]


def _as_one(lines: Iterable[tuple[int, Counted]]) -> list[tuple[int, Counted]]:
    """Give each promise with what goes on of it as one line, rounded once."""
    found: dict[int, Counted] = {}
    for key, part in lines:
        before = found.get(abs(key))
        both = part if before is None else Counted.of(
            before.exact + part.exact, before.missing or part.missing
        )  # fmt: skip
        found[abs(key)] = both
    return list(found.items())


class _Rated(NamedTuple):
    """A stretch of the year in which an hour of somebody costs the same; the last not counted."""

    first: int
    last: int
    pence: int | None
    weeks: int
    charge: Charge
    post: str


class _Shared(NamedTuple):
    """A stretch of the year in which as many pupils share an adult's time; the last not counted."""

    first: int
    last: int
    pupils: int
    bears: Charge | None


class Many:
    """The costs of one place's promises in a year, each of them one of its `fellows`."""

    def __init__(self, book: Book) -> None:
        self._book, self._days = book, book.days.up_to
        self._end = len(self._days) - 1
        self._limits = [
            way.teacher_hours for way in book.ways.rows if way.teacher_hours is not None
        ]
        self._several = {key for key, some in book.fellows.items() if len(some) > 1}
        self._rates: dict[tuple[int | None, str], list[_Rated]] = {}
        self._sizes: dict[Hashable, list[_Shared]] = {}
        self._costs: dict[Hashable, Counted] = {}
        self._tables: dict[int, tuple[Hours, ...]] = {}
        self._alike: dict[Hashable, bool] = {}
        self._reach: dict[Span, tuple[int, int]] = {}
        #: of what one pupil has alone
        self._nobody_else = [_Shared(0, self._end, 1, None)]
        cuts = {book.year.first, *book.prices.firsts, *(way.first for way in book.ways.rows)}
        self._cuts = [*sorted(self._at(day) for day in cuts if day in book.year), self._end]

    def of_pupil(self, own: Sequence[Promise]) -> Summed:
        """Give what the promises to one pupil come to.

        What goes on otherwise from a day on has the key of the promise before it, below nought:
        both together are one line.
        """
        return self.with_lines(own).sum

    def with_lines(self, own: Sequence[Promise]) -> Own:
        """Give what the promises to one pupil come to, with the lines that it is the sum of."""
        shares = self._book.shares(own) if self._book.besides else ()
        lines, trimmed = self.lines(own)
        pence = sum(counted.pence for _key, counted in lines)
        missing = any(counted.missing for _key, counted in lines)
        beside = sum(share.pence for share in shares)
        return Own(Summed(pence + beside, missing, trimmed), own, lines, shares)

    def lines(self, own: Sequence[Promise]) -> tuple[list[tuple[int, Counted]], bool]:
        """Give what each promise to one pupil costs, by its key, and whether a limit on hours cuts
        them."""
        trimmed = False
        if self._limits and self._may_be_cut(own):
            costs = planned(self._book, own)
            trimmed = any(one.trimmed for one in costs.values())
            lines = [(key, Counted.of(one.exact, one.missing)) for key, one in costs.items()]
        else:
            lines = [(one.key, self.counted(one)) for one in own if not one.universal]
        return _as_one(lines) if any(key < 0 for key, _counted in lines) else lines, trimmed

    def counted(self, one: Promise) -> Counted:
        """Give what one promise costs, as it is and as it is shown; each shape of them once."""
        shared = one.together if one.together in self._several else None
        span = one.span
        shape = (
            one.who, one.post, one.minutes, one.times, span.first, span.last, shared,
            # by which tuple it is, kept so that no other becomes it: to compare hours is long
            id(self._tables.setdefault(id(one.timed), one.timed)),
        )  # fmt: skip
        found = self._costs.get(shape)
        if found is None:
            found = self._costs[shape] = self._counted(one)
        return found

    def _counted(self, one: Promise) -> Counted:
        """Give minutes × sessions × rate / 60 / pupils: of timetables the sessions that they make,
        of days without hours times × weeks, where weeks are a part of the days."""
        ends, held = self._between(one), []
        for table in one.timed:
            if within := self._within(ends, table):
                held.append((within, table.hours))
        held.sort(key=lambda some: some[0])
        untold = _besides(ends, [within for within, _hours in held])
        rated, shared = self._rated(one.who, one.post), self._shared(one)
        by_size: dict[int, int] = {}
        weight = one.minutes * one.times
        missing = False
        for within in untold:
            missing |= _gather(by_size, within, rated, shared, self._days, weight, by_week=True)
        for within, hours in held:
            for hour in hours:
                missing |= self._of_hour(by_size, one, hour, within)
        return Counted.of(self._divided(by_size), missing)

    def _of_hour(
        self, by_size: dict[int, int], one: Promise, hour: Hour, within: tuple[int, int]
    ) -> bool:
        """Add what one hour of a timetable costs; tell whether a rate is missing."""
        who = one.who if hour.who is None or one.post else hour.who
        rated, days = self._rated(who, one.post), self._book.days
        # days of a year to each session, as a session without hours is so many of its weeks
        weight, missing = hour.minutes * days.total, False
        if not self._differs(one, hour):
            along = days.along_every(hour)
            return _gather(by_size, within, rated, self._shared(one), along, weight)
        for turn in days.turns_of(hour):
            along, shared = days.along(hour.weekday, turn), self._at_hour(one, hour, turn)
            missing |= _gather(by_size, within, rated, shared, along, weight)
        return missing

    def _divided(self, by_size: Mapping[int, int]) -> Fraction:
        """Give pence of minutes times days, by how many bear them, as pence of hours."""
        if not by_size:
            return Fraction(0)
        above, below = _over_one(by_size)
        return Fraction(above, below * MINUTES_AN_HOUR * self._book.days.total)

    def _untold(self, one: Promise) -> Iterable[tuple[int, int]]:
        """Give the days of a promise on which no hours are set, as stretches."""
        ends = self._between(one)
        held = (self._within(ends, table) for table in one.timed)
        return _besides(ends, sorted(some for some in held if some))

    def _within(self, ends: tuple[int, int], table: Hours) -> tuple[int, int] | None:
        """Give the days of a promise on which these hours hold; None where there is none."""
        begin, end = self._ends(table.span)
        begin, end = max(ends[0], begin), min(ends[1], end)
        return (begin, end) if begin < end else None

    def _rated(self, who: int | None, post: str) -> list[_Rated]:
        """Give the stretches of the year in which an hour of somebody costs the same."""
        if (who, post) not in self._rates:
            book, found = self._book, []
            for start, stop in pairwise(self._cuts):
                day = date.fromordinal(book.year.first.toordinal() + start)
                way = book.ways.on(day)
                held = post or book.prices.post_of(who, day, way.usual_post)
                pence = book.prices.pence(who, held, way.basis, day)
                found.append(_Rated(start, stop, pence, way.weeks, way.charge, held))
            self._rates[who, post] = found
        return self._rates[who, post]

    def _shared(self, one: Promise) -> list[_Shared]:
        """Give the stretches of the year with how many pupils share an adult's time in each."""
        if one.together not in self._several and one.together not in self._book.bearings:
            return self._nobody_else
        if one.together not in self._sizes:
            fellows = [
                (*self._between(each), each.pupil) for each in self._book.fellows[one.together]
            ]
            self._sizes[one.together] = self._sized(one, fellows)
        return self._sizes[one.together]

    def _differs(self, one: Promise, hour: Hour) -> bool:
        """Tell whether others may be there at this hour than are in the group."""
        if hour.at is None or one.together not in self._several:
            return False
        key = one.together, id(one.timed)
        if key not in self._alike:
            every = self._book.fellows[one.together]
            # as mostly: while these hours hold, whoever is in the group is there
            self._alike[key] = all(each.timed in (one.timed, ()) for each in every)
        return not self._alike[key]

    def _at_hour(self, one: Promise, hour: Hour, turn: str) -> list[_Shared]:
        """Give the same of one hour: who has it too, and who has no hours of their own."""
        key = one.together, hour.weekday, turn, hour.at
        if key not in self._sizes:
            fellows = []
            for each in self._book.fellows[one.together]:
                ends = self._between(each)
                told = [table for table in each.timed if table.has(hour, turn)]
                stretches = [*self._untold(each), *(self._within(ends, table) for table in told)]
                fellows += [(*some, each.pupil) for some in stretches if some]
            self._sizes[key] = self._sized(one, fellows)
        return self._sizes[key]

    def _sized(self, one: Promise, fellows: Sequence[tuple[int, int, int]]) -> list[_Shared]:
        said = self._book.bearings.get(one.together, ())
        cuts = {0, self._end, *(day for some in fellows for day in some[:2])}
        cuts |= {self._at(first) for first, _how in said}
        return [
            _Shared(
                start, stop,
                len({who for first, last, who in fellows if first <= start < last}),
                next((how for first, how in reversed(said) if self._at(first) <= start), None),
            )
            for start, stop in pairwise(sorted(cuts))
        ]  # fmt: skip

    def _may_be_cut(self, own: Sequence[Promise]) -> bool:
        """Tell whether a teacher's hours for one pupil could come to more than a limit."""
        minutes = sum(
            max(Fraction(one.minutes * one.times), *(each.weekly_minutes for each in one.timed))
            if one.timed
            else one.minutes * one.times
            for one in own
            if any(
                rate.post == TEACHER for who in _whose(one) for rate in self._rated(who, one.post)
            )
        )
        return minutes > min(self._limits) * MINUTES_AN_HOUR

    def _between(self, one: Promise) -> tuple[int, int]:
        """Give the days of a promise within the year, counted from its first; the last not."""
        return self._ends(one.span)

    def _ends(self, span: Span) -> tuple[int, int]:
        found = self._reach.get(span)
        if found is None:
            last = self._end if span.last is None else self._at(span.last + ONE_DAY)
            found = self._reach[span] = self._at(span.first), last
        return found

    def _at(self, day: date) -> int:
        return min(max((day - self._book.year.first).days, 0), self._end)


def _whose(one: Promise) -> set[int | None]:
    """Give whose time a promise can take: of who is named, and for single hours."""
    named = {hour.who for table in one.timed for hour in table.hours if hour.who is not None}
    return {one.who} if one.post else {one.who, *named}


def _besides(ends: tuple[int, int], held: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Give what of a stretch lies beside others, which come in the order of time."""
    first, last = ends
    left = []
    for begin, end in held:
        left.append((first, begin))
        first = end
    return [*left, (first, last)]


def _gather(
    by_size: dict[int, int], within: tuple[int, int], rated: Iterable[_Rated],
    shared: Iterable[_Shared], days: Sequence[int], weight: int, *, by_week: bool = False,
) -> bool:  # fmt: skip
    """Add by how many bear it the days of a stretch times weight and pence, and times weeks where
    no hours are set.

    Returns:
        whether a rate is missing for some of these days.
    """
    missing = False
    for rate in rated:
        first, last = max(within[0], rate.first), min(within[1], rate.last)
        if first >= last:
            continue
        for start, stop, size, bears in shared:
            begin, end = max(first, start), min(last, stop)
            open_days = days[end] - days[begin] if begin < end else 0
            if not open_days:
                continue
            if rate.pence is None:
                missing = True
                continue
            by = 1 if (bears or rate.charge) is Charge.SOLE else size
            weeks = rate.weeks if by_week else 1
            by_size[by] = by_size.get(by, 0) + open_days * weight * weeks * rate.pence
    return missing


def _over_one(by_size: Mapping[int, int]) -> tuple[int, int]:
    """Add up parts that so many bear, as one fraction in whole numbers."""
    above, below = 0, 1
    for size, sum_of in by_size.items():
        above, below = above * size + sum_of * below, below * size
    return above, below
