"""Small numbers in published tables (docs/law/suppression.md)."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opensenco.law.agreement.suppression import (
    LEAST_SHOWN,
    TOTAL,
    Cell,
    Suppressed,
    hide_in_list,
    hide_in_table,
)
from opensenco.law.rule import BadFact
from tests.law.money_pages import rows
from tests.law.pages import Example

SMALL = st.integers(0, 9)


def counts(text: str) -> list[int]:
    return [int(count) for count in text.split()]


@pytest.mark.rule("FUND-124")
@pytest.mark.parametrize("example", rows("suppression", "One row"))
def test_small_counts_of_a_row_are_hidden(example: Example) -> None:
    given_ = counts(example["counts"])
    assert " ".join(hide_in_list(counts=given_).row(0, len(given_))) == example["shown"]


@pytest.mark.rule("FUND-124")
@pytest.mark.parametrize("example", rows("suppression", "A table"))
def test_small_counts_of_a_table_are_hidden(example: Example) -> None:
    table = [counts(line) for line in example["rows"].split(" / ")]
    hidden = hide_in_table(rows=table)
    places = [*range(len(table)), TOTAL]
    shown = " / ".join(" ".join(hidden.row(at, len(table[0]))) for at in places)
    assert shown == example["shown"]


def could_be(hidden: Suppressed, most: int) -> dict[Cell, set[int]]:
    """For each hidden cell every number that it could be, found by trying all.

    The cells that are no totals are tried with each number up to `most`; a hidden one is at least
    1. What is left is compared with the totals that are shown.
    """
    inner = [cell for cell in hidden.shown if TOTAL not in cell]
    totals = [cell for cell in hidden.shown if TOTAL in cell]
    ranges = [
        range(1, most + 1) if (count := hidden.shown[cell]) is None else (count,) for cell in inner
    ]
    found: dict[Cell, set[int]] = {
        cell: set() for cell, count in hidden.shown.items() if count is None
    }
    for tried in product(*ranges):
        world = dict(zip(inner, tried, strict=True))
        for at, to in totals:
            world[at, to] = sum(
                world[row, column]
                for row, column in inner
                if at in (row, TOTAL) and to in (column, TOTAL)
            )
        if all(count in (None, world[cell]) for cell, count in hidden.shown.items()):
            if any(world[cell] < 1 for cell in found):
                continue
            for cell in found:
                found[cell].add(world[cell])
    return found


def assert_safe(hidden: Suppressed, given_: dict[Cell, int], least: int) -> None:
    """Nothing small is shown, what is shown is true, and no hidden cell can be worked out."""
    for cell, count in hidden.shown.items():
        assert count is None or count == given_.get(cell, count)
        assert count is None or not 0 < count < least
    most = max(given_.values()) + 1
    for cell, values in could_be(hidden, most).items():
        assert len(values) > 1, f"{cell} can only be {values}"


@pytest.mark.rule("FUND-124")
@given(st.lists(SMALL, min_size=1, max_size=4), st.integers(2, 6))
def test_no_count_of_a_row_can_be_worked_out(row: list[int], least: int) -> None:
    hidden = hide_in_list(counts=row, least=least)
    assert_safe(hidden, {(0, at): count for at, count in enumerate(row)}, least)


def test_every_small_row_is_safe() -> None:
    for row in product(range(7), repeat=3):
        hidden = hide_in_list(counts=row)
        assert_safe(hidden, {(0, at): count for at, count in enumerate(row)}, LEAST_SHOWN)


@pytest.mark.rule("FUND-124")
@given(
    st.integers(1, 2).flatmap(
        lambda width: st.lists(
            st.lists(st.integers(0, 4), min_size=width, max_size=width), min_size=1, max_size=3
        )
    )
)
def test_no_count_of_a_table_can_be_worked_out(table: list[list[int]]) -> None:
    hidden = hide_in_table(rows=table, least=3)
    cells = {(at, to): count for at, row in enumerate(table) for to, count in enumerate(row)}
    assert_safe(hidden, cells, 3)


def test_every_table_of_two_by_two_is_safe() -> None:
    for a, b, c, d in product((0, 1, 2, 4), repeat=4):
        hidden = hide_in_table(rows=[[a, b], [c, d]], least=3)
        assert_safe(hidden, {(0, 0): a, (0, 1): b, (1, 0): c, (1, 1): d}, 3)


@pytest.mark.rule("FUND-124")
@given(st.lists(st.lists(SMALL, min_size=3, max_size=3), min_size=2, max_size=4))
def test_what_is_hidden_is_small_or_protects(table: list[list[int]]) -> None:
    hidden = hide_in_table(rows=table)
    blank = {cell for cell, count in hidden.shown.items() if count is None}
    assert blank == hidden.small | hidden.others
    assert not hidden.small & hidden.others
    assert hidden.rule == "FUND-124"
    if not hidden.small:
        assert not hidden.others


@pytest.mark.rule("FUND-124")
def test_the_cheapest_cells_protect() -> None:
    hidden = hide_in_list(counts=[14, 11, 9, 3])
    assert [hidden.small, hidden.others] == [{(0, 3)}, {(0, 2)}]
    own = hide_in_list(counts=[14, 11, 9, 3], least=3)
    assert own.small == own.others == frozenset()
    border = hide_in_list(counts=[14, 11, 9, 3], least=4)
    assert border.small == {(0, 3)}
    two = hide_in_list(counts=[1, 20], least=2)
    assert two.small == {(0, 0)}


@pytest.mark.rule("FUND-124")
def test_what_is_no_table_is_refused() -> None:
    for refusal in (
        lambda: hide_in_list(counts=[]),
        lambda: hide_in_list(counts=[-1]),
        lambda: hide_in_list(counts=[5], least=1),
        lambda: hide_in_table(rows=[[1, 2], [3]]),
        lambda: hide_in_table(rows=[[], []]),
    ):
        with pytest.raises(BadFact) as refused:
            refusal()
        assert refused.value.rule == "FUND-124"
    assert hide_in_table(rows=[]).shown == {(TOTAL, TOTAL): 0}
