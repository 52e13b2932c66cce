"""What was worked out last is given again only where nothing that it hangs on is otherwise."""

from collections import defaultdict
from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from opensenco.costing.counting import Book, Promise, Share
from opensenco.costing.kept import Kept
from opensenco.costing.many import Many, Summed
from opensenco.costing.rates import Prices, Ways
from opensenco.costing.timed import SchoolDays
from tests.domain.costing.test_counting import JO, YEAR
from tests.domain.costing.test_many import BEARS, PRICES, TURNS, WAYS, promises


def book_of(
    every: list[Promise], ways: Any, prices: Any, shut: int, bears: Any, turns: Any, once: int
) -> Book:
    fellows = defaultdict(list)
    for one in every:
        fellows[one.together].append(one)
    days = SchoolDays(YEAR, (day.weekday() != shut for day in YEAR.days()), turns)
    besides = {3: [Share("a drum", once)]}
    rates = Prices(prices, {JO: "teacher"})
    return Book(YEAR, days, Ways(ways), rates, fellows, {"a": bears}, besides)


PLACES = some.tuples(
    promises(), WAYS, PRICES, some.integers(0, 6), BEARS, TURNS, some.sampled_from([0, 12_34])
)


def sums(book: Book, every: list[Promise]) -> dict[int, Summed]:
    many, own = Many(book), defaultdict(list)
    for one in every:
        own[one.pupil].append(one)
    return {pupil: many.of_pupil(some_promises) for pupil, some_promises in own.items()}


@given(PLACES, PLACES, some.integers(0, 6))
@settings(max_examples=60)
@pytest.mark.rule("FUN-03")
def test_one_thing_that_changes_at_a_place_changes_its_costs_at_once(one: Any, other: Any, at: int):
    kept: Kept[dict[int, Summed]] = Kept()
    changed = (*one[:at], other[at], *one[at + 1 :])
    for parts in (one, one, changed, changed, one):
        # read anew each time, as a page does
        book, every = book_of(*parts), list(parts[0])
        found = kept.of("a place", (book, every), partial(sums, book, every))
        assert found == sums(book, every)


def test_what_is_the_same_is_not_worked_out_again_and_what_nobody_asks_for_is_forgotten():
    kept: Kept[int] = Kept(most=2)
    worked: list[str] = []

    def work(place: str, rows: tuple[int, ...]) -> int:
        worked.append(place)
        return len(rows)

    def ask(place: str, *rows: int) -> int:
        return kept.of(place, rows, lambda: work(place, rows))

    assert [ask("here", 1, 2), ask("here", 1, 2), ask("here", 1), ask("here", 1)] == [2, 2, 1, 1]
    assert worked == ["here", "here"]
    ask("there", 1)
    ask("here", 1)
    ask("elsewhere", 1)
    assert worked == ["here", "here", "there", "elsewhere"]
    ask("there", 1)
    assert worked[4:] == ["there"], "here was asked for later than there, and is kept"
    assert ask("here", 1, 2) == 2


def test_books_are_the_same_where_all_in_them_is():
    one = book_of([], [], [], 6, [], {}, 0)
    assert one == book_of([], [], [], 6, [], {}, 0)
    shut_on_another_day = book_of([], [], [], 5, [], {}, 0)
    in_turns = book_of([], [], [], 6, [], {YEAR.first: "a"}, 0)
    with_a_drum = book_of([], [], [], 6, [], {}, 1)
    assert one not in (shut_on_another_day, in_turns, with_a_drum)
