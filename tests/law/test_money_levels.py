"""Levels and amounts (docs/law/funding-levels.md)."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opensenco.law.agreement.adjudication import steps_apart
from opensenco.law.money.levels import (
    MODES,
    Band,
    Mode,
    Terms,
    hour_band,
    level_amount,
    school_total,
)
from opensenco.law.rule import BadFact
from tests.law.money_pages import exact, facts, pence, rows
from tests.law.pages import Example

BANDS = (Band("1a", 9), Band("1b", 15), Band("1c", 25), Band("1d", 30))
HOURS = st.fractions(0, 30, max_denominator=60)
LEVELS = {"A": 267800, "B": 535600, "C": 937300}
COUNTED = ("points", "hours")


def terms(text: str) -> Terms:
    found: dict[str, Any] = {
        name: exact(value) if name in COUNTED else pence(value)
        for name, value in facts(text).items()
    }
    return Terms(**found)


@pytest.mark.rule("FUND-12", "FUND-13")
@pytest.mark.parametrize("example", rows("funding-levels", "Amounts"))
def test_a_scheme_sets_an_amount_in_its_own_way(example: Example) -> None:
    mode = Mode(example["mode"])
    given = terms(example["facts"])
    if not example["amount"]:
        with pytest.raises(BadFact) as refused:
            level_amount(mode=mode, terms=given)
        assert refused.value.rule == ("FUND-13" if mode is Mode.RANGE else "FUND-12")
        return
    amount = level_amount(mode=mode, terms=given)
    assert amount.pence == pence(example["amount"])
    assert (amount.basis.rule, amount.basis.convention) == ("FUND-12", example["mode"])
    assert {name for name, _ in amount.basis.numbers} == set(facts(example["facts"]))
    assert len(amount.basis.reasons) == 1


@pytest.mark.rule("FUND-12")
@pytest.mark.parametrize("mode", Mode)
def test_every_way_names_the_fact_it_lacks(mode: Mode) -> None:
    needs, _ = MODES[mode]
    for missing in needs:
        given = {name: 1 for name in needs if name != missing}
        with pytest.raises(BadFact, match=f"kind {mode} needs this") as refused:
            level_amount(mode=mode, terms=Terms(**given))
        assert refused.value.field == missing
        with pytest.raises(BadFact) as refused:
            Terms(**(given | {missing: -1}))
        assert refused.value.field == missing


@pytest.mark.rule("FUND-12", "FUND-13")
def test_an_amount_says_in_words_what_gave_it() -> None:
    said = {
        mode: str(level_amount(mode=mode, terms=given).basis.reasons[0])
        for mode, given in {
            Mode.FIXED_LEVEL: Terms(sum=350000),
            Mode.RANGE: Terms(sum=100, least=100, most=200),
            Mode.POINTS_X_UNIT: Terms(points=17, unit=Fraction("15294.12")),
            Mode.HOURS_X_RATE: Terms(hours=Fraction("2.5"), rate=2333),
            Mode.EXCESS_OVER_THRESHOLD: Terms(cost=845000, threshold=600000),
            Mode.LUMP: Terms(sum=75000),
        }.items()
    }
    assert said == {
        Mode.FIXED_LEVEL: "The level is £3,500.",
        Mode.RANGE: "£1, within the level's range from £1 to £2.",
        Mode.POINTS_X_UNIT: "17 points of £152.9412 each.",
        Mode.HOURS_X_RATE: "2.5 hours at £23.33.",
        Mode.EXCESS_OVER_THRESHOLD: "£8,450, less the threshold of £6,000.",
        Mode.LUMP: "One sum of £750.",
    }
    with pytest.raises(BadFact, match="range from £1 to £2"):
        level_amount(mode=Mode.RANGE, terms=Terms(sum=99, least=100, most=200))
    with pytest.raises(BadFact, match="ends before it begins"):
        level_amount(mode=Mode.RANGE, terms=Terms(sum=150, least=200, most=100))
    alone = Terms(sum=100, least=100, most=100)
    assert level_amount(mode=Mode.RANGE, terms=alone).pence == 100


@pytest.mark.rule("FUND-14")
@pytest.mark.parametrize("example", rows("funding-levels", "Bands of hours"))
def test_the_upper_end_of_a_band_belongs_to_it(example: Example) -> None:
    hours = exact(example["hours"])
    if example["band"]:
        assert hour_band(hours=hours, bands=BANDS) == example["band"]
    else:
        with pytest.raises(BadFact, match=r"holds 30\.5 hours"):
            hour_band(hours=hours, bands=BANDS)


@pytest.mark.rule("FUND-14")
@pytest.mark.parametrize(
    "bands",
    [
        (),
        (Band("a", 9), Band("b", 9)),
        (Band("a", 9), Band("b", 8)),
        (Band("a", 9), Band("a", 10)),
        (Band("", 9),),
        (Band("a", -1), Band("b", 9)),
        (Band("a", 5.5), Band("b", 9)),  # type: ignore[arg-type]
    ],
)
def test_bands_come_in_order(bands: tuple[Band, ...]) -> None:
    with pytest.raises(BadFact) as refused:
        hour_band(hours=3, bands=bands)
    assert refused.value.rule == "FUND-14"


@pytest.mark.rule("FUND-14")
@given(HOURS, HOURS)
def test_more_hours_never_give_a_lower_band(one: Fraction, other: Fraction) -> None:
    fewer, more = sorted((one, other))
    assert hour_band(hours=fewer, bands=BANDS) <= hour_band(hours=more, bands=BANDS)


@pytest.mark.rule("FUND-12")
@pytest.mark.parametrize("example", rows("funding-levels", "A school's total"))
def test_a_school_gets_the_sum_of_levels_and_supplement(example: Example) -> None:
    pupils = {code: int(example[code]) for code in LEVELS}
    funded = int(example["funded last year"])
    total = school_total(levels=LEVELS, pupils=pupils, supplement=401700, funded=funded)
    assert total.levels.pence == pence(example["levels"])
    assert total.supplement.pence == pence(example["supplement"])
    assert total.pence == pence(example["total"])
    assert total.levels.basis.number("pupils") == sum(pupils.values())
    assert total.supplement.basis.number("pupils") == funded
    assert [LEVELS["B"] / LEVELS["A"], LEVELS["C"] / LEVELS["A"], 401700 / LEVELS["A"]] == [
        2, 3.5, 1.5,
    ]  # fmt: skip


@pytest.mark.rule("FUND-12")
def test_a_school_s_total_needs_levels_of_the_scheme() -> None:
    with pytest.raises(BadFact, match="no level D"):
        school_total(levels=LEVELS, pupils={"E": 1, "D": 1})
    for bad in (
        {"levels": {"A": -1}, "pupils": {}},
        {"levels": LEVELS, "pupils": {"A": -1}},
        {"levels": LEVELS, "pupils": {}, "supplement": -1},
        {"levels": LEVELS, "pupils": {}, "funded": -1},
    ):
        with pytest.raises(BadFact):
            school_total(**bad)
    assert school_total(levels=LEVELS, pupils={"A": 1}).pence == 267800
    assert school_total(levels=LEVELS, pupils={"A": 1}, funded=3).pence == 267800
    assert school_total(levels=LEVELS, pupils={"A": 1}, supplement=401700).pence == 267800
    assert school_total(levels=LEVELS, pupils={}, supplement=0, funded=1).pence == 0


@pytest.mark.rule("FUND-11")
@pytest.mark.parametrize("example", rows("funding-levels", "How far levels are apart"))
def test_levels_are_apart_by_their_order(example: Example) -> None:
    levels = ("low", "medium", "high")
    steps = steps_apart(levels=levels, one=example["one"], other=example["other"])
    assert steps == int(example["steps"])
    for pair in ({"one": "top", "other": "low"}, {"one": "low", "other": "top"}):
        with pytest.raises(BadFact, match="no level top"):
            steps_apart(levels=levels, **pair)
    with pytest.raises(BadFact, match="twice"):
        steps_apart(levels=("low", "low"), one="low", other="low")
