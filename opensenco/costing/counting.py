"""What provision costs, worked out of plain facts by the law's own arithmetic (FUND-72 to FUND-77).

A year is cut into stretches in which nothing changes: no rate, no convention, nobody in a group.
Each stretch is a line of the law's: where a timetable says when, with the sessions that its hours
make of the school's open days; else with as many of the year's weeks as it has of its school days.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from opensenco.costing.rates import Prices, Ways
from opensenco.costing.timed import Hour, Hours, SchoolDays, hours_on
from opensenco.kernel.dates import ONE_DAY, Span
from opensenco.kernel.money import half_up
from opensenco.law.money.costing import Charge, Line, kept_part, line_cost

TEACHER = "teacher"
#: said to the law where a place bears whole hours for each pupil, which asks why
BY_CONVENTION = "The place counts so, by its convention."


class Promise(NamedTuple):
    """What one pupil is promised. `together` tells those who share an adult's time.

    `post` is said where it is not the post of `who`. `timed` are its timetables, one after the
    other; on days without one it is counted by the week. A tuple, because a place has thousands.
    """

    key: int
    pupil: int
    together: Hashable
    who: int | None
    minutes: int
    times: int
    span: Span
    universal: bool = False
    post: str = ""
    provision: int = 0
    timed: tuple[Hours, ...] = ()


class Held(NamedTuple):
    """One session that one pupil had, with how many had it together."""

    key: int
    who: int
    minutes: int
    on: date
    present: int
    together: Hashable = None


@dataclass(frozen=True, slots=True)
class Cost:
    """A sum with what hinders it: `missing` no rate for a part; `trimmed` a limit cut it."""

    exact: Fraction = Fraction(0)
    missing: bool = False
    trimmed: bool = False

    @property
    def pence(self) -> int:
        """The sum as it is shown."""
        return half_up(self.exact)

    def plus(self, more: "Cost") -> "Cost":
        """Both together."""
        return Cost(
            self.exact + more.exact, self.missing or more.missing, self.trimmed or more.trimmed
        )


MISSING = Cost(missing=True)


class Share(NamedTuple):
    """What one pupil bears of something that a provision costs once: a part of it in the year."""

    what: str
    pence: int
    provision: int = 0


@dataclass(frozen=True)
class Book:
    """All that the cost of one place's year hangs on.

    Args:
        fellows: the promises that share an adult's time, by what they have together.
        bearings: who bears the cost of these together, by the day from which it is so and in the
            order of days; None as the place's convention says.
        besides: what each pupil bears of what provisions cost once, by the provision.
    """

    year: Span
    days: SchoolDays
    ways: Ways
    prices: Prices
    fellows: Mapping[Hashable, Sequence[Promise]]
    bearings: Mapping[Hashable, Sequence[tuple[date, Charge | None]]] = field(default_factory=dict)
    besides: Mapping[int, Sequence[Share]] = field(default_factory=dict)

    def bears(self, together: Hashable, day: date) -> Charge:
        """Give who bears the cost of what is given together on a day."""
        said = [how for first, how in self.bearings.get(together, ()) if first <= day]
        return (said[-1] if said else None) or self.ways.on(day).charge

    def shares(self, promises: Iterable[Promise]) -> list[Share]:
        """Give what a pupil with these promises bears of what costs once, each provision once."""
        mine = {one.provision for one in promises if not one.universal}
        return [share for key in sorted(mine) for share in self.besides.get(key, ())]

    @property
    def last(self) -> date:
        """The last day of the year."""
        assert self.year.last is not None  # noqa: S101 (a funding year has an end)
        return self.year.last


def planned(book: Book, promises: Sequence[Promise]) -> dict[int, Cost]:
    """Give what each promise to one pupil costs in the year. What is universal is not costed."""
    costed = [one for one in promises if not one.universal and one.span.overlap(book.year)]
    found = {one.key: Cost() for one in costed}
    days = _changes(book, costed)
    for first, after in zip(days, [*days[1:], book.last + ONE_DAY], strict=True):
        run = [one for one in costed if first in one.span]
        stretch = Span(first, after - ONE_DAY)
        weeks = _weeks(book, first, after - ONE_DAY)
        if run and weeks:
            for key, cost in _stretch(book, run, stretch, weeks).items():
                found[key] = found[key].plus(cost)
    return found


def _changes(book: Book, promises: Sequence[Promise]) -> list[date]:
    """The days of the year on which something begins to be otherwise, its first day with them."""
    days = {book.year.first, *book.prices.firsts, *(way.first for way in book.ways.rows)}
    for one in promises:
        days |= {first for first, _how in book.bearings.get(one.together, ())}
        for fellow in (one, *book.fellows.get(one.together, ())):
            for span in (fellow.span, *(held.span for held in fellow.timed)):
                days |= {span.first, (span.last or book.last) + ONE_DAY}
    return sorted(day for day in days if day in book.year)


def _weeks(book: Book, first: date, last: date) -> Fraction:
    """How many weeks of the convention's year a stretch has, by its part of the school days."""
    if not book.days.total:
        return Fraction(0)
    part = Fraction(book.days.between(first, last), book.days.total)
    return part * book.ways.on(first).weeks


class _Part(NamedTuple):
    """What one promise is in a stretch: by the week, or one of its hours.

    Args:
        weekly: how often in a week. sessions: how often in the stretch.
    """

    key: int
    who: int | None
    post: str
    minutes: int
    weekly: Fraction
    sessions: Fraction
    group: int
    together: Hashable


def _parts(book: Book, one: Promise, stretch: Span, weeks: Fraction) -> Iterable[_Part]:
    first = stretch.first
    fellows = [each for each in book.fellows.get(one.together, ()) if first in each.span]
    table = hours_on(one.timed, first)
    if table is None:
        pupils = {one.pupil, *(each.pupil for each in fellows)}
        weekly = Fraction(one.times)
        yield _Part(
            one.key, one.who, one.post, one.minutes, weekly, weekly * weeks, len(pupils),
            one.together,
        )  # fmt: skip
        return
    assert stretch.last is not None  # noqa: S101 (a stretch has an end)
    for hour in table.hours:
        for turn in book.days.turns_of(hour):
            times = book.days.times(hour.weekday, turn, first, stretch.last)
            pupils = {
                one.pupil,
                *(each.pupil for each in fellows if shares(each, hour, turn, first)),
            }
            # said once for the limit on hours of a week, however many turns an hour has
            weekly = hour.often if turn == book.days.turns_of(hour)[0] else Fraction(0)
            who = one.who if hour.who is None or one.post else hour.who
            yield _Part(
                one.key, who, one.post, hour.minutes, weekly, Fraction(times), len(pupils),
                one.together,
            )  # fmt: skip


def shares(fellow: Promise, hour: Hour, turn: str, day: date) -> bool:
    """Tell whether who has the same together has it at an hour as well: by their own hours that
    day, and where they have none, as one who comes whenever it is."""
    table = hours_on(fellow.timed, day)
    return table is None or hour.at is None or table.has(hour, turn)


def _stretch(book: Book, run: Sequence[Promise], stretch: Span, weeks: Fraction) -> dict[int, Cost]:
    first, lines, usual = stretch.first, [], []
    way, found = book.ways.on(first), {one.key: Cost() for one in run}
    # the law's line has a week at least: of a shorter stretch so much less of the sessions
    most = max(weeks, Fraction(1))
    for part in (part for one in run for part in _parts(book, one, stretch, weeks)):
        post = part.post or book.prices.post_of(part.who, first, way.usual_post)
        pence = book.prices.pence(part.who, post, way.basis, first)
        if pence is None:
            if part.sessions:
                found[part.key] = found[part.key].plus(MISSING)
            continue
        line = Line(
            key=str(part.key), rate=pence, minutes=part.minutes, sessions=part.sessions / most,
            weeks=most, group=part.group, charge=book.bears(part.together, first),
            why_sole=BY_CONVENTION, role=post,
        )  # fmt: skip
        usual.append(replace(line, sessions=part.weekly))
        if part.sessions:
            lines.append(line)
    limits = {} if way.teacher_hours is None else {TEACHER: way.teacher_hours}
    kept = kept_part(lines=tuple(usual), limits=limits)
    for line in lines:
        cost = line_cost(line=line, kept=kept.get(line.role, Fraction(1)))
        key = int(line.key)
        found[key] = found[key].plus(Cost(cost.cost.exact, trimmed=bool(cost.trimmed_hours)))
    return found


def delivered(book: Book, sessions: Iterable[Held]) -> dict[int, Cost]:
    """Give what the sessions that took place cost, each by the rate of its day and who was there.

    A limit on hours is one of planning and cuts nothing here. Most sessions of a promise are alike,
    so what one costs is asked of the law once.
    """
    hours: dict[tuple[int, date], int | None] = {}
    alike: dict[int, Counter[_Alike]] = defaultdict(Counter)
    for one in sessions:
        if (one.who, one.on) not in hours:
            hours[one.who, one.on] = _hour(book, one.who, one.on)
        charge = book.bears(one.together, one.on)
        alike[one.key][charge, hours[one.who, one.on], one.minutes, one.present] += 1
    costs: dict[_Alike, Cost] = {}
    found = {}
    for key, times in alike.items():
        found[key] = Cost()
        for some, number in times.items():
            if some not in costs:
                costs[some] = _held(*some)
            cost = costs[some]
            found[key] = found[key].plus(replace(cost, exact=cost.exact * number))
    return found


#: who bears it, pence for an hour, minutes, and how many were there
_Alike = tuple[Charge, int | None, int, int]


def _hour(book: Book, who: int, on: date) -> int | None:
    """Give what an hour of somebody costs on a day."""
    way = book.ways.on(on)
    post = book.prices.post_of(who, on, way.usual_post)
    return book.prices.pence(who, post, way.basis, on)


def _held(charge: Charge, pence: int | None, minutes: int, present: int) -> Cost:
    if pence is None:
        return MISSING
    line = Line(
        key="held", rate=pence, minutes=minutes, sessions=1, weeks=1, charge=charge,
        group=max(present, 1), why_sole=BY_CONVENTION,
    )  # fmt: skip
    return Cost(line_cost(line=line).cost.exact)


def summed(costs: Iterable[Cost]) -> Cost:
    """Give the total: the sum of the lines as they are shown (FUND-72)."""
    total = Cost()
    for one in costs:
        total = total.plus(replace(one, exact=Fraction(one.pence)))
    return total
