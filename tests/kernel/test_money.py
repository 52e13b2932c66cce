"""Pence."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opensenco.kernel.errors import Invalid
from opensenco.kernel.money import half_up, pounds, write


@pytest.mark.parametrize(
    ("text", "pence"),
    [
        ("12.34", 1234),
        ("£5,000", 500000),
        (" £1,234.5 ", 123450),
        ("0.07", 7),
        ("-£3", -300),
        ("£-3", -300),
        ("1 000", 100000),
    ],
)
def test_a_written_amount_becomes_pence(text: str, pence: int) -> None:
    assert pounds(text) == pence


@pytest.mark.parametrize(
    "text", ["", "£", "12.345", "1,00", "12p", "1e3", "--3", "-£-3", "٣", "9" * 21, "nan"]
)
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        pounds(text, "cost")
    assert refused.value.field == "cost"


@pytest.mark.parametrize(
    ("pence", "text"),
    [(500000, "£5,000"), (8640, "£86.40"), (0, "£0"), (5, "£0.05"), (-8640, "-£86.40")],
)
def test_an_amount_is_written_as_people_write_it(pence: int, text: str) -> None:
    assert write(pence) == text


@given(st.integers(-(10**11), 10**11))
def test_what_is_written_can_be_read(pence: int) -> None:
    assert pounds(write(pence)) == pence


@pytest.mark.parametrize(
    ("exact", "pence"),
    [
        (Decimal("0.5"), 1),
        (Decimal("1.49"), 1),
        (Decimal("2.5"), 3),
        (Decimal("-2.5"), -3),
        (Fraction(1, 2), 1),
        (Fraction(-1, 2), -1),
        (Fraction(7, 3), 2),
        (4, 4),
    ],
)
def test_half_a_penny_goes_up(exact: Decimal | Fraction | int, pence: int) -> None:
    assert half_up(exact) == pence


@given(st.integers(-(10**9), 10**9), st.sampled_from([1, 2, 4, 5, 8, 10, 25, 100]))
def test_decimals_and_fractions_round_alike(top: int, below: int) -> None:
    assert half_up(Fraction(top, below)) == half_up(Decimal(top) / Decimal(below))
