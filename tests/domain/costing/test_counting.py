"""Costs by the worked examples of the field, cut where something changes, never guessed."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from opensenco.costing.counting import Book, Cost, Held, Promise, delivered, planned, summed
from opensenco.costing.rates import Price, Prices, Way, Ways
from opensenco.costing.timed import Hour, Hours, SchoolDays, Timed
from opensenco.kernel.dates import Span
from opensenco.kernel.money import half_up
from opensenco.law.money.costing import Charge
from opensenco.law.money.staff import RateBasis

FIRST, LAST = date(2026, 4, 1), date(2027, 3, 31)
YEAR = Span(FIRST, LAST)
STANDARD, FULL = RateBasis.AUTHORITY_STANDARD, RateBasis.FULL_COST
JO = 7


def price(pence: int | None, first: date = FIRST, **more: Any) -> Price:
    given: dict[str, Any] = {"post": "ta", "who": None, "basis": STANDARD, **more}
    return Price(pence=pence, first=first, **given)


def promise(key: int = 1, **more: Any) -> Promise:
    given: dict[str, Any] = {
        "pupil": key, "together": "group", "who": None, "minutes": 60, "times": 1,
        "span": Span(FIRST, None),
    }  # fmt: skip
    return Promise(key=key, **{**given, **more})


def book(*prices: Price, ways: tuple[Way, ...] = (), fellows: tuple[Promise, ...] = ()) -> Book:
    """A year of 365 school days: the parts of it are easy to tell."""
    days = SchoolDays(YEAR, (True for _day in YEAR.days()))
    return Book(YEAR, days, Ways(ways), Prices(prices, {JO: "ta"}), {"group": fellows})


def one(costs: dict[int, Cost]) -> int:
    [cost] = costs.values()
    assert not cost.missing
    return cost.pence


@pytest.mark.vector("FTV-02")
@pytest.mark.rule("FUN-03")
def test_an_hour_a_week_all_year_is_shared_by_the_group():
    assert one(planned(book(price(1720)), [promise()])) == 653_60
    four = tuple(promise(key) for key in (1, 2, 3, 4))
    assert one(planned(book(price(1720), fellows=four), four[:1])) == 163_40


@pytest.mark.vector("FTV-06")
def test_a_limit_on_teachers_hours_trims_and_says_so():
    way = Way(first=FIRST, teacher_hours=Decimal(5), usual_post="teacher")
    six = promise(times=6)
    kept = planned(book(price(4850, post="teacher"), ways=(way,)), [six])[1]
    assert (kept.pence, kept.trimmed) == (921_500, True)
    free = Way(first=FIRST, usual_post="teacher")
    assert one(planned(book(price(4850, post="teacher"), ways=(free,)), [six])) == 1_105_800


def test_sole_bears_the_whole_hour():
    four = tuple(promise(key) for key in (1, 2, 3, 4))
    way = Way(first=FIRST, charge=Charge.SOLE)
    assert one(planned(book(price(1720), ways=(way,), fellows=four), four[:1])) == 653_60


def test_a_part_of_the_year_counts_by_its_school_days_and_a_rate_from_its_day():
    half = FIRST + timedelta(days=73)  # a fifth of the year
    short = promise(span=Span(FIRST, half - timedelta(days=1)))
    assert one(planned(book(price(1000)), [short])) == 38 * 1000 // 5
    risen = planned(book(price(1000), price(2000, half)), [promise()])
    assert one(risen) == 38 * 1000 // 5 + 38 * 2000 * 4 // 5
    three_days = promise(span=Span(FIRST, FIRST + timedelta(days=2)))
    assert one(planned(book(price(1000)), [three_days])) == round(38 * 1000 * 3 / 365)


def test_who_joins_a_group_makes_it_cheaper_from_that_day():
    half = FIRST + timedelta(days=73)
    here, later = promise(1), promise(2, span=Span(half, None))
    found = planned(book(price(1000), fellows=(here, later)), [here])
    assert one(found) == 38 * 1000 // 5 + 38 * 1000 * 4 // 5 // 2


def test_one_persons_rate_counts_until_they_cost_what_their_post_does():
    half = FIRST + timedelta(days=73)
    rows = (
        price(1000, basis=FULL), price(3000, who=JO, basis=FULL), price(None, half, who=JO),
    )  # fmt: skip
    way = Way(first=FIRST, basis=FULL)
    own = promise(who=JO)
    assert one(planned(book(*rows, ways=(way,)), [own])) == 38 * 3000 // 5 + 38 * 1000 * 4 // 5


def test_without_a_rate_nothing_is_guessed_and_the_universal_is_not_costed():
    [cost] = planned(book(), [promise()]).values()
    assert cost.missing
    late = planned(book(price(1000, FIRST + timedelta(days=73))), [promise()])[1]
    assert (late.pence, late.missing) == (38 * 1000 * 4 // 5, True)
    assert planned(book(price(1000)), [promise(universal=True)]) == {}


def test_a_session_costs_by_its_day_its_adult_and_who_was_there():
    rows = book(price(1200), price(2400, FIRST + timedelta(days=10)))
    held = [Held(1, JO, 30, FIRST, 2), Held(1, JO, 30, FIRST + timedelta(days=10), 1)]
    assert one(delivered(rows, held)) == 300 + 1200


def test_the_total_is_the_sum_of_the_lines_as_shown():
    third = Cost(Fraction(100, 3))
    assert summed([third, third, third]).pence == 99


MONDAY = Hour(0, "", 45, at="nine")


def weekdays(turns: dict[date, str] | None = None, shut: tuple[date, ...] = ()) -> SchoolDays:
    opened = (day.weekday() < 5 and day not in shut for day in YEAR.days())
    return SchoolDays(YEAR, opened, turns)


def test_hours_count_the_sessions_that_they_make_and_other_days_the_week():
    held = replace(book(price(1200)), days=weekdays(shut=(date(2026, 4, 6), date(2026, 5, 4))))
    # 52 Mondays in the year less the two on which the school is shut, 45 minutes at £12
    table = Hours(Span(FIRST, None), (MONDAY,))
    timed = promise(minutes=60, times=3, timed=(table,))
    assert one(planned(held, [timed])) == 50 * 900
    assert held.days.made_of((table,), timed.span) == Timed(50, 50 * 45)
    # hours until the end of September: from then on three times 60 minutes a week
    until = timed._replace(timed=(table._replace(span=Span(FIRST, date(2026, 9, 30))),))
    rest = held.days.between(date(2026, 10, 1), LAST)
    weeks = Fraction(rest * 38, held.days.total)
    assert one(planned(held, [until])) == half_up(24 * 900 + weeks * 3 * 1200)


def test_weeks_a_and_b_make_half_as_many():
    mondays = [day for day in YEAR.days() if day.weekday() == 0]
    turns = {day: "ab"[number % 2] for number, day in enumerate(mondays)}
    held = replace(book(price(1200)), days=weekdays(turns))
    both = tuple(
        promise(key, timed=(Hours(Span(FIRST, None), (MONDAY._replace(week=week),)),))
        for key, week in enumerate(["a", "b", ""])
    )
    found = [one(planned(held, [each])) for each in both]
    assert found == [26 * 900, 26 * 900, 52 * 900]


def test_who_comes_at_another_hour_shares_no_adult_and_who_has_none_comes_whenever_it_is():
    here = Hours(Span(FIRST, None), (MONDAY,))
    later = Hours(Span(FIRST, None), (MONDAY._replace(at="ten"),))
    mine, same = promise(1, timed=(here,)), promise(2, timed=(here,))
    other, unsaid = promise(3, timed=(later,)), promise(4)
    held = replace(book(price(1200), fellows=(mine, same, other)), days=weekdays())
    assert [one(planned(held, [each])) for each in (mine, same, other)] == [
        52 * 450, 52 * 450, 52 * 900,
    ]  # fmt: skip
    with_unsaid = replace(held, fellows={"group": (mine, same, unsaid)})
    assert one(planned(with_unsaid, [mine])) == 52 * 300


def test_an_hour_that_somebody_else_gives_costs_what_they_do():
    own = MONDAY._replace(who=JO)
    timed = promise(timed=(Hours(Span(FIRST, None), (own,)),))
    held = book(price(1200), price(2400, who=JO, basis=FULL), ways=(Way(first=FIRST, basis=FULL),))
    held = replace(held, days=weekdays())
    assert one(planned(held, [timed])) == 52 * 1800


def test_a_limit_on_hours_looks_at_the_hours_of_a_week_and_not_at_how_many_weeks_there_are():
    way = Way(first=FIRST, teacher_hours=Decimal("0.75"), usual_post="teacher")
    rows = (price(1200, post="teacher"),)
    held = replace(book(*rows, ways=(way,)), days=weekdays())
    within = planned(held, [promise(timed=(Hours(Span(FIRST, None), (MONDAY,)),))])[1]
    assert (within.pence, within.trimmed) == (52 * 900, False)
    twice = (MONDAY, MONDAY._replace(weekday=1))
    over = planned(held, [promise(timed=(Hours(Span(FIRST, None), twice),))])[1]
    assert (over.pence, over.trimmed) == (52 * 900, True)
