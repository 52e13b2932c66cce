"""What was seen at set times is counted, and its shares make a hundred."""

from hypothesis import given
from hypothesis import strategies as st

from opensenco.concerns.tally import tally

LOOKS = st.lists(st.one_of(st.none(), st.integers(0, 3)), max_size=60)


def test_shares_are_of_the_looks_at_which_something_was_noted():
    counted = tally(["On task", "Off task"], [0, 0, 1, None, 0])
    assert [(one.words, one.count, one.percent, one.longest) for one in counted.lines] == [
        ("On task", 3, 75, 2),
        ("Off task", 1, 25, 1),
    ]
    assert (counted.looks, counted.noted, counted.few) == (5, 4, True)


@given(LOOKS)
def test_whole_shares_add_up_to_a_hundred_and_counts_to_what_was_noted(samples):
    counted = tally(["a", "b", "c", "d"], samples)
    assert sum(one.count for one in counted.lines) == counted.noted <= counted.looks
    assert sum(one.percent for one in counted.lines) == (100 if counted.noted else 0)
    assert all(one.longest <= one.count for one in counted.lines)
