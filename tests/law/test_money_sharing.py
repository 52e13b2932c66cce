"""Sharing money (docs/law/sharing-money.md)."""

import re
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from opensenco.law.money.apportion import in_proportion, to_the_penny
from opensenco.law.money.benchmarks import middle, per_pupil, per_thousand, percent
from opensenco.law.money.formula import Family, Formula, Run, shared
from opensenco.law.money.oversubscription import GIVES, Bid, Strategy, decide
from opensenco.law.rule import BadFact
from tests.law.money_pages import named_pence, pence, rows
from tests.law.pages import Example, examples

WEIGHTS: dict[str, Any] = {"NOR": Fraction(1, 2), "FSM6": Decimal("0.3"), "LPA": Fraction(1, 5)}
POT = 60_000_000
ONE_COUNT = {"count": 1}
BIDS = tuple(
    Bid(key=key, pence=asked, rank=rank, points=points)
    for rank, (key, asked, points) in enumerate(
        [
            ("K", 500000, 19), ("L", 500000, 17), ("M", 350000, 16), ("N", 350000, 14),
            ("P", 200000, 13), ("Q", 200000, 13), ("R", 200000, 10),
        ],
        start=1,
    )
)  # fmt: skip


PARTS = st.builds(Fraction, st.integers(0, 500), st.integers(1, 60))


# --- apportioning ------------------------------------------------------------------------------


@pytest.mark.rule("FUND-78")
@given(st.dictionaries(st.sampled_from("abcdefgh"), PARTS, min_size=1), st.integers(0, 10**7))
def test_shares_add_up_whatever_the_weights(weights: dict[str, Fraction], total: int) -> None:
    assume(sum(weights.values()))
    exact = in_proportion(total=total, weights=weights)
    whole = to_the_penny(exact=exact, total=total)
    assert sum(whole.values()) == total
    assert all(abs(whole[key] - exact[key]) < 1 for key in weights)
    assert all(whole[a] <= whole[b] + 1 for a in weights for b in weights if exact[a] <= exact[b])
    back = dict(reversed(exact.items()))
    assert to_the_penny(exact=back, total=total) == whole


@pytest.mark.rule("FUND-78")
def test_the_last_pence_go_to_those_who_lost_most() -> None:
    thirds = dict.fromkeys(("c", "a", "b"), Fraction(1, 3))
    assert to_the_penny(exact=thirds, total=1) == {"c": 0, "a": 1, "b": 0}
    uneven = {1: Fraction(3, 2), 2: Fraction(9, 5), 3: Fraction(17, 10)}
    assert to_the_penny(exact=uneven, total=5) == {1: 1, 2: 2, 3: 2}
    assert to_the_penny(exact={"a": Fraction(5)}, total=5) == {"a": 5}
    with pytest.raises(ValueError, match="do not add up"):
        to_the_penny(exact=thirds, total=2)
    with pytest.raises(ValueError, match="do not add up"):
        to_the_penny(exact=thirds, total=0)
    with pytest.raises(BadFact, match="share to go by"):
        in_proportion(total=5, weights={"a": Fraction(0)})
    with pytest.raises(BadFact, match="less than nought"):
        in_proportion(total=5, weights={"a": Fraction(-1), "b": Fraction(2)})
    assert in_proportion(total=4, weights={"a": Fraction(0), "b": Fraction(2)}) == {"a": 0, "b": 4}


# --- the formula -------------------------------------------------------------------------------


def families() -> dict[str, Family]:
    return {
        row["family"]: Family(counts={name: int(row[name]) for name in WEIGHTS})
        for row in examples("sharing-money", "A pot by formula")
    }


@pytest.mark.rule("FUND-78", "FUND-112")
@pytest.mark.vector("FTV-11")
@pytest.mark.parametrize("example", rows("sharing-money", "A pot by formula"))
def test_a_pot_is_shared_by_weighted_counts(example: Example) -> None:
    run = shared(pot=POT, formula=Formula(weights=WEIGHTS), families=families())
    name = example["family"]
    assert run.pence[name] == pence(example["result"])
    assert f"{float(run.exact[name] / 100):.4f}" == example["exact"]
    rate = per_pupil(pence=run.pence[name], pupils=int(example["NOR"]))
    assert rate.pence == pence(example["per pupil"])
    lump = shared(pot=POT, formula=Formula(weights=WEIGHTS, lump=500000), families=families())
    assert lump.pence[name] == pence(example["with a lump of 5,000"])
    assert sum(run.pence.values()) == sum(lump.pence.values()) == POT
    assert (run.held, lump.held) == ((), ())
    assert (run.basis.number("pot"), lump.basis.number("lump")) == (POT, 500000)
    assert run.basis.number("level") == 1
    assert str(run.basis.reasons[0]) == "£600,000 shared between 4 families."


def limited(example: Example) -> Run:
    limits = {part.split()[0]: part.split()[1:] for part in example["limits"].split(", ") if part}
    among = {}
    for name, count in re.findall(r"(\w) (\d+)", example["counts"]):
        held = [None if text == "." else pence(text) for text in limits.get(name, "...")]
        among[name] = Family(
            counts={"count": int(count)}, floor=held[0], ceiling=held[1], last_year=held[2]
        )
    formula = Formula(
        weights=ONE_COUNT,
        lump=pence(example["lump"]),
        most_fall=Decimal(example["fall"]) if example["fall"] else None,
        most_rise=Decimal(example["rise"]) if example["rise"] else None,
    )
    return shared(pot=100000, formula=formula, families=among)


@pytest.mark.rule("FUND-78")
@pytest.mark.parametrize("example", rows("sharing-money", "Limits"))
def test_limits_hold_some_and_the_others_share_the_rest(example: Example) -> None:
    if example["result"] == "refused":
        with pytest.raises(BadFact) as refused:
            limited(example)
        assert refused.value.rule == "FUND-78"
        return
    run = limited(example)
    assert run.pence == named_pence(example["result"])
    assert sum(run.exact.values()) == sum(run.pence.values()) == 100000


@pytest.mark.rule("FUND-78")
def test_a_run_names_whom_a_limit_holds_and_why_none_can_be() -> None:
    by_name = {row["what it shows"]: row for row in examples("sharing-money", "Limits")}
    held = {
        "no limits": (),
        "a floor": ("A",),
        "both": ("A", "C"),
        "one limit brings about another": ("A", "B"),
        "protected against rising": ("C",),
    }
    assert {name: limited(by_name[name]).held for name in held} == held
    fields = {
        "floors above the pot": "floor",
        "ceilings below the pot": "ceiling",
        "a floor above the ceiling": "limits",
        "lumps above the pot": "lump",
        "nobody counts": "counts",
    }
    for name, field in fields.items():
        with pytest.raises(BadFact) as refused:
            limited(by_name[name])
        assert refused.value.field == field


@pytest.mark.rule("FUND-78")
def test_a_formula_that_cannot_be_is_refused() -> None:
    formula = Formula(weights=ONE_COUNT)
    one = {"A": Family(counts={"count": 1})}
    bad: dict[str, Any] = {
        "weights": lambda: Formula(weights={"count": Fraction(9, 10)}),
        "lump": lambda: Formula(weights=ONE_COUNT, lump=-1),
        "most_fall": lambda: Formula(weights=ONE_COUNT, most_fall=-1),
        "most_rise": lambda: Formula(weights=ONE_COUNT, most_rise=0.1),  # type: ignore[arg-type]
        "count": lambda: Family(counts={"count": -1}),
        "floor": lambda: Family(counts={}, floor=-1),
        "ceiling": lambda: Family(counts={}, ceiling=-1),
        "last_year": lambda: Family(counts={}, last_year=-1),
        "counts": lambda: shared(pot=1, formula=formula, families={"A": Family(counts={})}),
        "families": lambda: shared(pot=1, formula=formula, families={}),
        "pot": lambda: shared(pot=-1, formula=formula, families=one),
    }
    for field, refusal in bad.items():
        with pytest.raises(BadFact) as refused:
            refusal()
        assert refused.value.field == field
    assert shared(pot=0, formula=formula, families=one).pence == {"A": 0}
    exactly = Formula(weights=ONE_COUNT, lump=50)
    assert shared(pot=50, formula=exactly, families=one).pence == {"A": 50}
    with pytest.raises(BadFact, match="lump sums are more than the pot"):
        shared(pot=49, formula=exactly, families=one)
    lumps = Formula(weights=ONE_COUNT, lump=30)
    floored = {"A": Family(counts=ONE_COUNT, floor=80), "B": Family(counts=ONE_COUNT)}
    with pytest.raises(BadFact, match="least amounts are more than the pot"):
        shared(pot=100, formula=lumps, families=floored)
    with pytest.raises(BadFact, match="add up to 1"):
        Formula(weights={"count": Fraction(11, 10)})
    free = Formula(weights=ONE_COUNT, most_fall=2)
    fallen = {"A": Family(counts=ONE_COUNT, last_year=500), "B": Family(counts=ONE_COUNT)}
    assert shared(pot=10, formula=free, families=fallen).pence == {"A": 5, "B": 5}
    nothing = {"A": Family(counts={"count": 0}, floor=3), "B": Family(counts=ONE_COUNT)}
    assert shared(pot=10, formula=formula, families=nothing).pence == {"A": 3, "B": 7}


COUNTS = st.integers(0, 50)
LIMIT = st.none() | st.integers(0, 400)


@pytest.mark.rule("FUND-78")
@given(
    st.dictionaries(
        st.sampled_from("ABCDEF"), st.tuples(COUNTS, COUNTS, LIMIT, LIMIT), min_size=1
    ),
    st.integers(0, 2000), st.integers(0, 100),
)  # fmt: skip
def test_a_pot_is_used_up_within_all_limits_in_any_order(
    given_: dict[str, tuple[int, int, int | None, int | None]], pot: int, lump: int
) -> None:
    formula = Formula(weights={"x": Fraction(2, 3), "y": Fraction(1, 3)}, lump=lump)
    among = {
        name: Family(counts={"x": x, "y": y}, floor=least, ceiling=most)
        for name, (x, y, least, most) in given_.items()
    }
    try:
        run = shared(pot=pot, formula=formula, families=among)
    except BadFact:
        return
    assert sum(run.pence.values()) == sum(run.exact.values()) == pot
    for name, (_, _, least, most) in given_.items():
        assert (least or 0) <= run.pence[name] <= (pot if most is None else most)
    back = dict(reversed(among.items()))
    assert shared(pot=pot, formula=formula, families=back).pence == run.pence


# --- more asked for than there is --------------------------------------------------------------


@pytest.mark.rule("FUND-88")
@pytest.mark.vector("FTV-13")
@pytest.mark.parametrize("example", rows("sharing-money", "More asked for than there is"))
def test_a_budget_that_is_too_small(example: Example) -> None:
    strategy = Strategy(example["strategy"])
    outcome = decide(budget=1560000, bids=BIDS, strategy=strategy)
    assert outcome.pence == named_pence(example["result"])
    assert outcome.left == pence(example["left"])
    assert outcome == decide(budget=1560000, bids=reversed(BIDS), strategy=strategy)
    assert list(outcome.pence) == [bid.key for bid in BIDS]
    basis = outcome.basis
    assert (basis.rule, basis.convention) == ("FUND-88", example["strategy"])
    assert (basis.number("budget"), basis.number("asked")) == (1560000, 2300000)
    assert str(basis.reasons[0]) == "£23,000 was asked for; there is £15,600."
    first = named_pence(examples("sharing-money", "More asked for than there is")[0]["result"])
    assert outcome.suggested == first
    assert outcome.above == ()


@pytest.mark.rule("FUND-88")
@given(
    st.lists(st.tuples(st.integers(0, 900), st.integers(0, 30)), min_size=1, max_size=8),
    st.integers(0, 4000), st.sampled_from(sorted(GIVES)),
)  # fmt: skip
def test_no_way_gives_more_than_there_is(
    asked: list[tuple[int, int]], budget: int, strategy: Strategy
) -> None:
    bids = [
        Bid(key=f"b{rank}", pence=pence_, rank=rank, points=points)
        for rank, (pence_, points) in enumerate(asked, start=1)
    ]
    if strategy is Strategy.POINTS_UNIT and not any(bid.points for bid in bids):
        with pytest.raises(BadFact, match="points to go by"):
            decide(budget=budget, bids=bids, strategy=strategy)
        return
    outcome = decide(budget=budget, bids=bids, strategy=strategy)
    assert sum(outcome.pence.values()) + outcome.left == budget
    assert outcome.left >= 0
    assert min(outcome.pence.values()) >= 0
    if strategy is not Strategy.POINTS_UNIT:
        assert outcome.above == ()
        assert outcome.left >= budget - sum(bid.pence for bid in bids)
    assert outcome == decide(budget=budget, bids=bids[::-1], strategy=strategy)


@pytest.mark.rule("FUND-88")
def test_the_ways_differ_where_something_does_not_fit() -> None:
    bids = [
        Bid(key="x", pence=70, rank=1, points=1),
        Bid(key="y", pence=50, rank=2, points=9),
        Bid(key="z", pence=30, rank=3),
    ]
    given_ = {way: decide(budget=100, bids=bids, strategy=way) for way in GIVES}
    assert given_[Strategy.RANK_STOP].pence == {"x": 70, "y": 0, "z": 0}
    assert given_[Strategy.RANK_SKIP].pence == {"x": 70, "y": 0, "z": 30}
    assert given_[Strategy.RANK_PARTIAL].pence == {"x": 70, "y": 30, "z": 0}
    assert given_[Strategy.POINTS_UNIT].pence == {"x": 10, "y": 90, "z": 0}
    assert given_[Strategy.POINTS_UNIT].above == ("y",)
    enough = decide(budget=150, bids=bids, strategy=Strategy.SCALE_ALL)
    assert (enough.pence, enough.left) == ({"x": 70, "y": 50, "z": 30}, 0)
    plenty = decide(budget=151, bids=bids, strategy=Strategy.SCALE_ALL)
    assert (plenty.pence, plenty.left) == ({"x": 70, "y": 50, "z": 30}, 1)
    for way in (Strategy.RANK_STOP, Strategy.RANK_SKIP, Strategy.RANK_PARTIAL):
        exactly = decide(budget=150, bids=bids, strategy=way)
        assert exactly.pence == {"x": 70, "y": 50, "z": 30}
    assert decide(budget=5, bids=[], strategy=Strategy.SCALE_ALL).left == 5


@pytest.mark.rule("FUND-88")
def test_people_may_decide_and_say_why() -> None:
    bids = (Bid(key="x", pence=70, rank=2), Bid(key="y", pence=50, rank=1))
    given_: dict[str, Any] = {"budget": 100, "bids": bids, "strategy": Strategy.MANUAL}
    chosen = {"x": 20, "y": 80}
    outcome = decide(**given_, chosen=chosen, reason="A school has closed.")
    assert (outcome.pence, outcome.left, outcome.above) == ({"y": 80, "x": 20}, 0, ("y",))
    assert outcome.suggested == {"y": 50, "x": 0}
    assert decide(**given_, chosen={"x": 20, "y": 70}, reason="So.").left == 10
    assert str(outcome.basis.reasons[1]) == "Decided by people: A school has closed."
    for wrong, field in (
        ({"chosen": chosen, "reason": " "}, "reason"),
        ({"chosen": chosen}, "reason"),
        ({"reason": "So."}, "chosen"),
        ({"chosen": {"x": 20}, "reason": "So."}, "chosen"),
        ({"chosen": {**chosen, "q": 0}, "reason": "So."}, "chosen"),
        ({"chosen": {"x": 21, "y": 80}, "reason": "So."}, "chosen"),
        ({"chosen": {"x": -1, "y": 80}, "reason": "So."}, "x"),
    ):
        with pytest.raises(BadFact) as refused:
            decide(**given_, **wrong)
        assert (refused.value.rule, refused.value.field) == ("FUND-88", field)


@pytest.mark.rule("FUND-88")
def test_bids_have_a_key_and_a_rank_of_their_own() -> None:
    one = Bid(key="x", pence=70, rank=1)
    for bids, field in (
        ((one, Bid(key="x", pence=1, rank=2)), "bids"),
        ((one, Bid(key="y", pence=1, rank=1)), "rank"),
    ):
        with pytest.raises(BadFact) as refused:
            decide(budget=5, bids=bids, strategy=Strategy.RANK_STOP)
        assert refused.value.field == field
    for field, value in (("pence", -1), ("rank", 0), ("points", -1)):
        given_: dict[str, Any] = {"key": "x", "pence": 1, "rank": 1, "points": 0, field: value}
        with pytest.raises(BadFact) as refused:
            Bid(**given_)
        assert refused.value.field == field
    with pytest.raises(BadFact):
        decide(budget=-1, bids=(one,), strategy=Strategy.RANK_STOP)


# --- rates -------------------------------------------------------------------------------------


@pytest.mark.rule("FUND-112")
@pytest.mark.parametrize("example", rows("sharing-money", "Rates"))
def test_a_rate_is_rounded_half_up(example: Example) -> None:
    part, whole = int(example["part"]), int(example["whole"])
    assert str(percent(part=part, whole=whole)) == example["percent"]


@pytest.mark.rule("FUND-112")
@pytest.mark.vector("FTV-25")
def test_published_sums_and_rates_agree() -> None:
    plans, support = {2025: 482640, 2026: 538547}, {2025: 1284284, 2026: 1319780}
    total = {year: plans[year] + support[year] for year in plans}
    assert total == {2025: 1766924, 2026: 1858327}
    assert total[2026] - total[2025] == 91403
    assert percent(part=91403, whole=total[2025], places=2) == Decimal("5.17")
    assert 72 + 253 == 325


@pytest.mark.rule("FUND-112")
def test_families_are_compared_by_pupil_and_with_the_middle() -> None:
    assert per_thousand(count=33, pupils=2850) == Fraction(33000, 2850)
    assert per_thousand(count=0, pupils=1) == 0
    assert middle(values=[5, 1, 3]) == 3
    assert middle(values=[Fraction(1, 2), 4, 1, 2]) == Fraction(3, 2)
    assert middle(values=[7]) == 7
    assert middle(values=[1, 2, 3, 5, 8, 13]) == 4
    rate = per_pupil(pence=1, pupils=2)
    assert (rate.pence, rate.basis.number("pupils"), rate.basis.number("pence")) == (1, 2, 1)
    assert str(rate.basis.reasons[0]) == "Divided by 2 pupils on roll."
    assert per_pupil(pence=0, pupils=1).pence == 0
    assert percent(part=0, whole=1, places=0) == 0
    for refusal in (
        lambda: per_pupil(pence=1, pupils=0),
        lambda: per_pupil(pence=-1, pupils=1),
        lambda: per_thousand(count=1, pupils=0),
        lambda: per_thousand(count=-1, pupils=1),
        lambda: percent(part=1, whole=0),
        lambda: percent(part=-1, whole=1),
        lambda: percent(part=1, whole=1, places=-1),
        lambda: middle(values=[]),
    ):
        with pytest.raises(BadFact) as refused:
            refusal()
        assert refused.value.rule == "FUND-112"
