"""Nobody can be picked out of a table, also not by somebody who subtracts."""

from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opensenco.kernel.small_numbers import Guarded, guard, possible

UNDER = Guarded(None, small=True)
ALSO = Guarded(None)


def told(*values: int) -> tuple[Guarded, ...]:
    return tuple(Guarded(value) for value in values)


def test_counts_from_five_on_and_none_at_all_are_told():
    assert guard((5, 0, 12)).tables == (told(5, 0, 12),)
    assert guard((5, 0, 12)).total == 17


def test_one_small_count_takes_the_total_with_it():
    found = guard((12, 3))
    assert found.tables == ((*told(12), UNDER),)
    assert found.total is None


def test_several_small_counts_leave_the_total_where_it_tells_nothing():
    found = guard((12, 3, 2))
    assert found.total == 17
    assert possible(found.tables, found.total, 0) == (1, 2, 3, 4)


def test_a_second_table_of_the_same_people_does_not_give_the_small_one_away():
    # 12 + ? in one way and 15 in another would say 3
    found = guard((12, 3), (9, 6))
    assert found.total is None
    assert found.tables[0][1] == UNDER
    assert ALSO in (*found.tables[0], *found.tables[1])


def test_what_does_not_count_the_same_people_is_refused():
    with pytest.raises(ValueError, match="same people"):
        guard((5,), (6,))
    with pytest.raises(ValueError, match="negative"):
        guard((-1, 6), (5,))


def split(total: int, cuts: list[int]) -> tuple[int, ...]:
    """Cut a number of people into parts."""
    places = sorted(min(cut, total) for cut in cuts)
    ends = [0, *places, total]
    return tuple(b - a for a, b in pairwise(ends))


@given(
    total=st.integers(0, 30),
    cuts=st.lists(st.lists(st.integers(0, 30), min_size=1, max_size=3), min_size=1, max_size=2),
)
def test_trying_every_world_that_fits_never_finds_a_small_number(
    total: int, cuts: list[list[int]]
) -> None:
    tables = [split(total, one) for one in cuts]
    found = guard(*tables)
    for table, shown in zip(tables, found.tables, strict=True):
        for count, one in zip(table, shown, strict=True):
            assert one.value in (None, count)
            assert one.small == (count in range(1, 5))
    totals = [totals_of(shown) for shown in found.tables]
    common = set.intersection(*totals) & ({found.total} if found.total is not None else common_all)
    assert total in common
    for number, shown in enumerate(found.tables):
        if UNDER in shown:
            fits = {
                value
                for value in range(1, 5)
                if common & {value + rest for rest in totals_of(shown, without_one=True)}
            }
            assert fits == set(possible(found.tables, found.total, number))
            assert len(fits) > 1


MOST = 60
common_all = set(range(4 * MOST))


def totals_of(shown: tuple[Guarded, ...], *, without_one: bool = False) -> set[int]:
    """Try every number behind each hidden one."""
    rest = list(shown)
    if without_one:
        rest.remove(UNDER)
    choices = [
        [one.value] if one.value is not None else range(1, 5) if one.small else range(5, MOST)
        for one in rest
    ]
    if sum(len(one) > 4 for one in choices) > 1:
        # two endless ones: their sum is endless too
        choices = [one for one in choices if len(one) <= 4] + [range(10, 2 * MOST)]
    return {sum(world) for world in product(*choices)}
