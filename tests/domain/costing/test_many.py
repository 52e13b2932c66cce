"""A whole place is counted by shapes, and each pupil's sum is the law's to the penny."""

from collections import defaultdict
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from opensenco.costing.counting import Book, Promise, Share, planned, summed
from opensenco.costing.many import Many, Summed, together
from opensenco.costing.rates import Prices, Way, Ways
from opensenco.costing.timed import Hour, Hours, SchoolDays
from opensenco.kernel.dates import Span
from opensenco.law.money.costing import Charge
from opensenco.provision.states import Turn
from tests.domain.costing.test_counting import FIRST, FULL, JO, STANDARD, YEAR, book, price, promise

DAYS = some.integers(-40, 400).map(lambda days: FIRST + timedelta(days=days))
WAYS = some.lists(
    some.builds(
        Way, first=DAYS, basis=some.sampled_from([STANDARD, FULL]),
        charge=some.sampled_from(list(Charge)), weeks=some.integers(1, 53),
        teacher_hours=some.sampled_from([None, None, Decimal(1), Decimal("2.5")]),
        usual_post=some.sampled_from(["ta", "teacher"]),
    ),
    max_size=2,
)  # fmt: skip
PRICES = some.lists(
    some.builds(
        price, some.one_of(some.none(), some.integers(1, 9999)), DAYS,
        post=some.sampled_from(["ta", "teacher"]), who=some.sampled_from([None, JO]),
        basis=some.sampled_from([STANDARD, FULL]),
    ).filter(lambda row: row.pence is not None or row.who is not None),
    max_size=6,
)  # fmt: skip


HOURS = some.lists(
    some.builds(
        Hour, some.integers(0, 6), some.sampled_from(Turn.values), some.integers(1, 360),
        some.sampled_from([None, None, JO]), some.sampled_from([None, "nine", "ten"]),
    ),
    min_size=1, max_size=3,
).map(tuple)  # fmt: skip


@some.composite
def timetables(draw: some.DrawFn) -> tuple[Hours, ...]:
    """Give none to two timetables, one after the other, with or without days between."""
    day, found = draw(DAYS), []
    for number in range(draw(some.sampled_from([0, 0, 1, 2]))):
        first = day + timedelta(days=draw(some.integers(0, 20)))
        last = first + timedelta(days=draw(some.integers(0, 200)))
        goes_on = number == 1 and draw(some.booleans())
        found.append(Hours(Span(first, None if goes_on else last), draw(HOURS)))
        day = last + timedelta(days=1)
    return tuple(found)


TURNS = some.lists(some.sampled_from(["", "a", "b"]), min_size=3, max_size=3).map(
    lambda kinds: {
        day: kinds[number % 3]
        for number, day in enumerate(one for one in YEAR.days() if one.weekday() == 0)
        if kinds[number % 3]
    }
)


@some.composite
def promises(draw: some.DrawFn) -> list[Promise]:
    # a few timetables for all of them, so that pupils of a group often have the same
    found, tables = [], [(), draw(timetables()), draw(timetables())]
    for key in range(1, draw(some.integers(1, 9)) + 1):
        first = draw(DAYS)
        last = draw(some.one_of(some.none(), some.integers(0, 300)))
        shared = draw(some.sampled_from(["a", "b", None]))
        found.append(
            promise(
                key, pupil=draw(some.integers(1, 4)), together=shared or ("alone", key),
                who=draw(some.sampled_from([None, JO, JO + 1])),
                minutes=draw(some.integers(1, 360)), times=draw(some.integers(1, 25)),
                universal=draw(some.integers(0, 9)) == 0, provision=draw(some.integers(1, 9)),
                span=Span(first, None if last is None else first + timedelta(days=last)),
                timed=draw(some.sampled_from(tables)),
                post=draw(some.sampled_from(["", "", "teacher"])),
            )
        )  # fmt: skip
    return found


BEARS = some.lists(
    some.tuples(DAYS, some.sampled_from([None, *Charge])), max_size=3, unique_by=lambda row: row[0]
).map(lambda rows: sorted(rows, key=lambda row: row[0]))


@given(promises(), WAYS, PRICES, some.integers(0, 6), BEARS, TURNS)
@settings(max_examples=200)
@pytest.mark.rule("FUN-03")
def test_each_sum_is_that_of_the_laws_own_lines(
    every: list[Promise], ways: list[Way], prices: list, shut: int, bears: list, turns: dict
):
    fellows, own = defaultdict(list), defaultdict(list)
    for one in every:
        fellows[one.together].append(one)
        own[one.pupil].append(one)
    days = SchoolDays(YEAR, (day.weekday() != shut for day in YEAR.days()), turns)
    besides = {3: [Share("a drum", 12_34)]}
    rates = Prices(prices, {JO: "teacher"})
    held = Book(YEAR, days, Ways(ways), rates, fellows, {"a": bears}, besides)
    many = Many(held)
    for some_promises in own.values():
        law = summed(planned(held, some_promises).values())
        beside = 12_34 if any(p.provision == 3 and not p.universal for p in some_promises) else 0
        expected = Summed(law.pence + beside, law.missing, law.trimmed)
        assert many.of_pupil(some_promises) == expected
        assert many.of_pupil(some_promises) == expected, "asked again, the same"


def test_a_place_is_the_sum_of_its_pupils_and_says_what_hinders_any():
    whole = Many(book(price(1720), fellows=(promise(1), promise(2))))
    hour = Summed(326_80, False, False)
    assert whole.of_pupil([promise(1)]) == hour
    both = [hour, Many(book(fellows=(promise(),))).of_pupil([promise()])]
    assert together(both) == Summed(326_80, True, False)
    assert together([]) == Summed(0, False, False)
