"""What cannot be at one hour, found by weekday and time, and the same as pair by pair."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as some

from opensenco.kernel.dates import Span
from opensenco.provision.clashes import Use, clashes
from opensenco.provision.states import ClashOf, Turn
from opensenco.provision.timetable import Hour
from tests.domain.provision.test_timetable import OPEN, hours, spans

#: the half-term of the autumn
OVER = date(2026, 10, 30)
HALF_TERM = Span(date(2026, 10, 26), OVER)


@dataclass(frozen=True)
class Promise:
    pk: int
    pupil_id: int


@dataclass(frozen=True)
class Person:
    pk: int


@some.composite
def uses(draw) -> Use:
    pk = draw(some.integers(1, 6))
    group = draw(some.integers(0, 2))
    adult = draw(some.none() | some.builds(Person, some.integers(1, 3)))
    # few weekdays, so that some meet
    hour = draw(
        hours().map(lambda one: Hour(one.weekday % 2, one.starts_at, one.ends_at, one.week))
    )
    key = (1, 1, group, 0 if group else pk)
    return Use(key, hour, draw(spans()), Promise(pk, pk % 4), person=adult)


def meeting(every: list[Use], new: frozenset[int]) -> set[tuple[object, ...]]:
    found: set[tuple[object, ...]] = set()
    for one, other in combinations(every, 2):
        span = one.span.overlap(other.span)
        if not one.hour.meets_within(other.hour, span):
            continue
        if new and not {one.of.pk, other.of.pk} & new:
            continue
        apart = one.together != other.together or one.hour != other.hour
        # the same promise at the same hour on the same days is one use
        same = (one.of, one.together, one.hour, one.span) == (
            other.of, other.together, other.hour, other.span
        )  # fmt: skip
        if one.of.pupil_id == other.of.pupil_id and not same:
            found.add((ClashOf.PUPIL, one.of.pupil_id, one.hour.weekday))
        if one.person and one.person == other.person and apart:
            found.add((ClashOf.PERSON, one.person.pk, one.hour.weekday))
    return found


@given(some.lists(uses(), max_size=14), some.frozensets(some.integers(1, 6), max_size=1))
def test_whatever_meets_is_found_once_and_nothing_else(every, new):
    found = clashes(every, new)
    told = {(one.kind, one.one.takes(one.kind), one.one.hour.weekday) for one in found}
    assert told == meeting(every, new)
    assert all(one.one.hour.meets_within(one.other.hour, one.span) for one in found)
    assert not new or all(one.one.of.pk in new for one in found)


def at_ten(pk: int, weekday: int, span: Span, week: str = Turn.EVERY) -> Use:
    hour = Hour(weekday, time(10), time(10, 30), week)
    return Use((1, pk, 0, pk), hour, span, Promise(pk, 1))


def found_on(one: Use, other: Use) -> int:
    return len(clashes([one, other], days={1: OPEN}))


def test_hours_that_share_no_open_day_do_not_clash():
    term = Span(date(2026, 9, 7), OVER)
    after = Span(HALF_TERM.first, date(2026, 12, 1))
    # both hold in the half-term alone, when nobody is at school
    assert len(clashes([at_ten(1, 0, term), at_ten(2, 0, after)])) == 1
    assert found_on(at_ten(1, 0, term), at_ten(2, 0, after)) == 0
    longer = Span(term.first, OVER + timedelta(days=3))
    assert found_on(at_ten(1, 0, longer), at_ten(2, 0, after)) == 1
    # one week, and it is the other's turn
    week = Span(date(2026, 9, 7), date(2026, 9, 11))
    turn = OPEN.turn_of(week.first)
    other = Turn.A if turn == Turn.B else Turn.B
    assert found_on(at_ten(1, 0, week, turn), at_ten(2, 0, week)) == 1
    assert found_on(at_ten(1, 0, week, other), at_ten(2, 0, week)) == 0


def test_where_nobody_knows_the_days_hours_clash():
    endless = Span(HALF_TERM.first)
    beyond = Span(HALF_TERM.first, date(2027, 7, 30))
    for span in (endless, beyond):
        assert found_on(at_ten(1, 0, span), at_ten(2, 0, span)) == 1
    elsewhere = {2: OPEN}
    assert len(clashes([at_ten(1, 0, HALF_TERM), at_ten(2, 0, HALF_TERM)], days=elsewhere)) == 1
