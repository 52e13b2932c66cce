"""What can be said of the gains of some children: counts, the median, an honest interval."""

from decimal import Decimal
from fractions import Fraction
from itertools import product
from statistics import median as known_median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opensenco.provision.spread import FEWEST, SURE, interval, median, spread

GAINS = st.lists(st.decimals(-500, 500, places=2), max_size=40)


@given(GAINS)
def test_counts_add_up_and_the_order_of_children_does_not_matter(gains):
    found = spread(gains)
    assert found.gained + found.same + found.lost == found.number == len(gains)
    assert found == spread(reversed(gains))
    if gains:
        assert median(sorted(gains)) == known_median(gains)


@given(GAINS)
def test_the_interval_holds_the_middle_and_stays_within_what_was_found(gains):
    found = spread(gains)
    assert (found.interval is None) == (len(gains) < FEWEST) == (found.median is None)
    if found.interval is not None and found.median is not None:
        assert min(gains) <= found.interval.low <= found.median <= found.interval.high <= max(gains)
        assert found.interval.sure >= SURE


@given(GAINS, st.decimals(-100, 100, places=2))
def test_a_gain_that_all_have_more_moves_everything_by_that(gains, more):
    one, other = spread(gains), spread(gain + more for gain in gains)
    if one.interval is not None and other.interval is not None:
        assert other.interval.low - one.interval.low == more
        assert other.interval.high - one.interval.high == more
        assert other.interval.sure == one.interval.sure


@pytest.mark.parametrize("number", [6, 7, 8, 9, 10, 11])
def test_how_sure_it_is_is_counted_out_over_every_way_children_can_fall(number):
    """Each child falls above or below the true median alike: all ways are tried."""
    found = interval([Decimal(place) for place in range(number)])
    assert found is not None
    place = int(found.low)
    holds = sum(place < sum(below) < number - place for below in product((0, 1), repeat=number))
    assert Fraction(holds, 2**number) == found.sure


@pytest.mark.parametrize(("number", "place"), [(6, 0), (8, 0), (9, 1), (12, 2), (20, 5), (50, 17)])
def test_it_is_the_one_that_tables_of_the_sign_test_give(number, place):
    found = interval([Decimal(one) for one in range(number)])
    assert found is not None
    assert (found.low, found.high) == (place, number - 1 - place)
