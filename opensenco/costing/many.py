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
        missing, exact = False, Fraction(0)
        for first, last in self._untold(one):
            by_size, none = self._by_size(
                (first, last), self._rated(one.who, one.post), self._shared(one), self._days
            )
            exact += self._by_week(one, by_size)
            missing = missing or none
        for table in one.timed:
            if within := self._within(one, table):
                for hour in table.hours:
                    some, none = self._of_hour(one, hour, within)
                    exact += some
                    missing = missing or none
        return Counted.of(exact, missing)

    def _by_size(
        self, within: tuple[int, int], rated: Sequence[_Rated], shared: Sequence[_Shared],
        days: Sequence[int], *, timed: bool = False,
    ) -> tuple[dict[int, int], bool]:  # fmt: skip
        """Give by how many bear it the days times pence, and times weeks where no hours are set;
        and whether a rate is missing."""
        by_size: dict[int, int] = {}
        missing = False
        for rate in rated:
            for start, stop, size, bears in shared:
                begin = max(within[0], rate.first, start)
                end = min(within[1], rate.last, stop)
                open_days = days[end] - days[begin] if begin < end else 0
                if not open_days:
                    continue
                if rate.pence is None:
                    missing = True
                    continue
                by = 1 if (bears or rate.charge) is Charge.SOLE else size
                weight = 1 if timed else rate.weeks
                by_size[by] = by_size.get(by, 0) + open_days * weight * rate.pence
        return by_size, missing

    def _by_week(self, one: Promise, by_size: Mapping[int, int]) -> Fraction:
        """Give minutes × times × weeks × rate / 60 / pupils, where weeks are a part of the days."""
        if not by_size:
            return Fraction(0)
        above, below = _over_one(by_size)
        return Fraction(above * one.minutes * one.times, below * MINUTES_AN_HOUR * self._days[-1])

    def _of_hour(self, one: Promise, hour: Hour, within: tuple[int, int]) -> tuple[Fraction, bool]:
        """Give minutes × sessions × rate / 60 / pupils of one hour of a timetable."""
        who = one.who if hour.who is None or one.post else hour.who
        rated, missing, exact = self._rated(who, one.post), False, Fraction(0)
        for turn in self._book.days.turns_of(hour):
            along = self._book.days.along(hour.weekday, turn)
            by_size, none = self._by_size(
                within, rated, self._at_hour(one, hour, turn), along, timed=True
            )
            missing = missing or none
            if by_size:
                above, below = _over_one(by_size)
                exact += Fraction(above * hour.minutes, below * MINUTES_AN_HOUR)
        return exact, missing

    def _untold(self, one: Promise) -> Iterable[tuple[int, int]]:
        """Give the days of a promise on which no hours are set, as stretches."""
        first, last = self._between(one)
        for table in sorted(one.timed, key=lambda table: table.span.first):
            if within := self._within(one, table):
                yield first, within[0]
                first = within[1]
        yield first, last

    def _within(self, one: Promise, table: Hours) -> tuple[int, int] | None:
        """Give the days of a promise on which these hours hold; None where there is none."""
        first, last = self._between(one)
        begin, end = self._ends(table.span)
        begin, end = max(first, begin), min(last, end)
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
        if one.together not in self._sizes:
            fellows = [
                (*self._between(each), each.pupil) for each in self._book.fellows[one.together]
            ]
            self._sizes[one.together] = self._sized(one, fellows)
        return self._sizes[one.together]

    def _at_hour(self, one: Promise, hour: Hour, turn: str) -> list[_Shared]:
        """Give the same of one hour: who has it too, and who has no hours of their own."""
        if hour.at is None or one.together not in self._several:
            return self._shared(one)
        key = one.together, hour.weekday, turn, hour.at
        if key not in self._sizes:
            fellows, every = [], self._book.fellows[one.together]
            if all(each.timed in (one.timed, ()) for each in every):
                # as mostly: while these hours hold, whoever is in the group is there
                return self._sizes.setdefault(key, self._shared(one))
            for each in every:
                told = [table for table in each.timed if table.has(hour, turn)]
                stretches = [*self._untold(each), *(self._within(each, table) for table in told)]
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
        last = self._end if span.last is None else self._at(span.last + ONE_DAY)
        return self._at(span.first), last

    def _at(self, day: date) -> int:
        return min(max((day - self._book.year.first).days, 0), self._end)


def _whose(one: Promise) -> set[int | None]:
    """Give whose time a promise can take: of who is named, and for single hours."""
    named = {hour.who for table in one.timed for hour in table.hours if hour.who is not None}
    return {one.who} if one.post else {one.who, *named}


def _over_one(by_size: Mapping[int, int]) -> tuple[int, int]:
    """Add up parts that so many bear, as one fraction in whole numbers."""
    above, below = 0, 1
    for size, sum_of in by_size.items():
        above, below = above * size + sum_of * below, below * size
    return above, below
