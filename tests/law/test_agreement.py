"""How far moderators agree (docs/law/agreement.md)."""

import re
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from opensenco.law.agreement.adjudication import Outcome, adjudicate, calibration
from opensenco.law.agreement.alpha import Scale, krippendorff, pairable
from opensenco.law.agreement.coefficient import Coefficient, Statistic, plain_agreement
from opensenco.law.agreement.gwet import ac1
from opensenco.law.agreement.kappa import Weights, cohen, fleiss
from opensenco.law.rule import BadFact
from opensenco.law.strength import Strength
from tests.law.money_pages import exact, rows
from tests.law.pages import Example, examples

Cases = list[tuple[int | None, ...]]


def ratings(text: str) -> Cases:
    """The cases of a cell: "two" raters' table, "counts" by level, "raters" by row, "cases"."""
    form, _, data = text.partition(" ")
    table = [line.split() for line in data.split(" / ")]
    if form == "two":
        return [
            (first, second)
            for first, line in enumerate(table)
            for second, times in enumerate(line)
            for _ in range(int(times))
        ]
    if form == "counts":
        return [
            tuple(level for level, times in enumerate(line) for _ in range(int(times)))
            for line in table
        ]
    lines = zip(*table, strict=True) if form == "raters" else data.split()
    return [tuple(None if score == "." else int(score) for score in case) for case in lines]


def figure(example: Example) -> Coefficient:
    statistic = Statistic(example["figure"])
    cases = ratings(example["data"])
    family, _, way = statistic.partition("-")
    if family == "cohen":
        found = cohen(ratings=cases, weights=Weights(way or "none"))
    elif family == "alpha":
        found = krippendorff(ratings=cases, scale=Scale(way))
    elif family == "fleiss":
        found = fleiss(ratings=cases)
    else:
        found = ac1(ratings=cases, levels=int(example["levels"]))
    assert found.statistic is statistic
    return found


def near(value: Fraction | None, text: str) -> bool:
    """Whether the value is what the cell says, to as many decimals as the cell has."""
    assert value is not None
    places = len(text.partition(".")[2])
    return abs(value - Fraction(text)) <= Fraction(1, 2 * 10**places)


RULE_OF = {"cohen": "FUND-52", "fleiss": "FUND-53", "alpha": "FUND-53", "gwet": "FUND-56"}


@pytest.mark.rule("FUND-52", "FUND-53", "FUND-56")
@pytest.mark.parametrize("example", rows("agreement", "Published tables"))
def test_published_figures_come_out(example: Example) -> None:
    found = figure(example)
    assert near(found.value, example["value"])
    assert not example["observed"] or near(found.observed, example["observed"])
    assert not example["expected"] or near(found.expected, example["expected"])
    assert found.rule == RULE_OF[found.statistic.partition("-")[0]]
    assert (found.strength, found.verified, found.why_not) == (Strength.PRACTICE, True, None)


@pytest.mark.rule("FUND-52", "FUND-53", "FUND-56")
@pytest.mark.parametrize("example", rows("agreement", "Our own examples"))
def test_percentages_stand_beside_each_figure(example: Example) -> None:
    found = figure(example)
    assert found.rounded() == example["value"]
    assert found.exact == exact(example["exact"])
    assert found.within_one == exact(example["within one"])


@pytest.mark.rule("FUND-52", "FUND-53", "FUND-56")
@pytest.mark.vector("FTV-14", "FTV-15", "FTV-16", "FTV-22")
def test_what_the_figures_are_made_of() -> None:
    by_name = {(row["what it shows"], row["figure"]): row for row in examples("agreement", "Our own examples")}  # noqa: E501  # fmt: skip
    plain = figure(by_name["FTV-14", "cohen"])
    assert (plain.observed, plain.expected) == (Fraction("0.75"), Fraction("0.265"))
    pairs = ratings(by_name["FTV-14", "cohen"]["data"])
    assert [sum(each) / 20 for each in zip(*pairs, strict=True)] == [1.5, 1.55]
    several = figure(by_name["FTV-15", "fleiss"])
    assert near(several.observed, "0.6667")
    assert near(several.expected, "0.2701")
    paradox = figure(by_name["FTV-16 people agree, kappa is below nought", "cohen"])
    assert (paradox.observed, paradox.expected) == (Fraction("0.9"), Fraction("0.905"))
    for name, number in (("FTV-22 the classic data", 26), ("FTV-22 funding", 21)):
        assert pairable(ratings=ratings(by_name[name, "alpha-ordinal"]["data"])) == number


@pytest.mark.rule("FUND-54")
@pytest.mark.parametrize("example", rows("agreement", "Not defined"))
def test_a_figure_that_is_not_defined_says_why(example: Example) -> None:
    found = figure(example)
    assert (found.value, found.defined, found.rounded()) == (None, False, "not defined")
    assert str(found.why_not) == example["why"]


@pytest.mark.rule("FUND-54", "FUND-56")
def test_what_is_not_defined_still_shows_what_can_be_shown() -> None:
    same = cohen(ratings=[(1, 1), (1, 1)])
    assert [same.exact, same.within_one, same.cases] == [1, 1, 2]
    assert [same.observed, same.expected] == [1, 1]
    alone = fleiss(ratings=[(1,), (2,)])
    assert (alone.exact, alone.within_one, alone.cases, alone.observed) == (None, None, 2, None)
    assert fleiss(ratings=[(), ()]).defined is False
    assert str(krippendorff(ratings=[(), ()], scale=Scale.NOMINAL).why_not) == "No case was scored."
    everybody = ac1(ratings=[(1, 1), (1, 1)], levels=2)
    assert [everybody.value, everybody.expected] == [1, 0]
    assert plain_agreement(ratings=[]) == (None, None)
    mixed = plain_agreement(ratings=[(0, 1, 3), (2, 2, None), (None, 1, None)])
    assert mixed == (Fraction(1, 2), Fraction(2, 3))


HALVES: Any = [(0, 0.5)]


@pytest.mark.rule("FUND-55")
@pytest.mark.parametrize(("number", "few"), [(1, True), (19, True), (20, False), (21, False)])
def test_few_cases_are_marked(number: int, few: bool) -> None:
    cases: Cases = [(at % 2, at % 2) for at in range(number)] + [(1, None)]
    for found in (krippendorff(ratings=cases, scale=Scale.NOMINAL), ac1(ratings=cases, levels=2)):
        assert (found.cases, found.too_few) == (number, few)
        words = f"{number} case{'s' if number > 1 else ''}: too few cases to rely on."
        assert [str(note) for note in found.notes] == ([words] if few else [])
    assert cohen(ratings=cases[:-1]).too_few is few


@pytest.mark.rule("FUND-52", "FUND-53", "FUND-56")
@pytest.mark.parametrize(
    ("refusal", "words"),
    [
        (lambda: cohen(ratings=[(0, 1), (0,)]), "place for every moderator"),
        (lambda: cohen(ratings=[(0, 1, 2)]), "two moderators"),
        (lambda: cohen(ratings=[(0,)]), "two moderators"),
        (lambda: cohen(ratings=[(0, None)]), "A score is missing"),
        (lambda: fleiss(ratings=[(0, 1, None)]), "A score is missing"),
        (lambda: fleiss(ratings=[(0, 1), (0, 1, 2)]), "place for every moderator"),
        (lambda: fleiss(ratings=[(0, -1)]), "0 or more"),
        (lambda: krippendorff(ratings=HALVES, scale=Scale.ORDINAL), "whole number"),
        (lambda: krippendorff(ratings=[(0, True)], scale=Scale.ORDINAL), "whole number"),
        (lambda: ac1(ratings=[(0, 2)], levels=2), "above the highest level"),
        (lambda: ac1(ratings=[(0, 1)], levels=1), "2 or more"),
        (lambda: ac1(ratings=[(0, 1), (1,)], levels=2), "place for every moderator"),
    ],
)
def test_scores_that_cannot_be_are_refused(refusal: Any, words: str) -> None:
    with pytest.raises(BadFact, match=words):
        refusal()


def test_figures_are_rounded_half_away_from_nought() -> None:
    found = cohen(ratings=[(0, 0), (1, 1), (0, 1)])
    assert (found.value, found.rounded(), found.rounded(1)) == (Fraction(2, 5), "0.4000", "0.4")
    below = cohen(ratings=ratings("two 18 1 / 1 0"))
    assert (below.rounded(2), below.rounded(3), below.rounded(1)) == ("-0.05", "-0.053", "-0.1")
    near_nought = cohen(ratings=ratings("two 50 2 / 2 0"))
    assert near_nought.rounded(1) == "0.0"
    assert re.fullmatch(r"-0\.038\d", near_nought.rounded())


SCORES = st.lists(st.tuples(*[st.integers(0, 3)] * 3), min_size=2, max_size=12)
GAPS = st.lists(st.tuples(*[st.none() | st.integers(0, 3)] * 3), min_size=2, max_size=12)


@pytest.mark.rule("FUND-52", "FUND-53", "FUND-54", "FUND-56")
@given(SCORES, st.randoms())
def test_complete_figures_keep_to_their_bounds_in_any_order(scores: Cases, chance: Any) -> None:
    mixed = list(scores)
    chance.shuffle(mixed)
    for weights in Weights:
        pairs = [case[:2] for case in scores]
        found = cohen(ratings=pairs, weights=weights)
        assert found == cohen(ratings=[case[:2] for case in mixed], weights=weights)
        turned = cohen(ratings=[case[::-1] for case in pairs], weights=weights)
        assert found.value == turned.value
        upside = [(3 - one, 3 - other) for one, other in pairs]  # type: ignore[operator]
        assert found.value == cohen(ratings=upside, weights=weights).value
        assert found.value is None or -1 <= found.value <= 1
        agreed = all(one == other for one, other in pairs)
        assert found.value is None or (found.value == 1) == agreed
    several = fleiss(ratings=scores)
    assert several == fleiss(ratings=mixed)
    assert several.value == fleiss(ratings=[case[::-1] for case in scores]).value
    assert several.value is None or Fraction(-1, 2) <= several.value <= 1
    renamed = [tuple((1, 3, 0, 2)[score or 0] for score in case) for case in scores]
    assert several.value == fleiss(ratings=renamed).value


@pytest.mark.rule("FUND-53", "FUND-54", "FUND-56")
@given(GAPS, st.randoms())
def test_figures_with_gaps_keep_to_their_bounds_in_any_order(scores: Cases, chance: Any) -> None:
    mixed = list(scores)
    chance.shuffle(mixed)
    alone = [(*case, None) for case in [*scores, (2, None, None), (None, None, None)]]
    for scale in Scale:
        found = krippendorff(ratings=scores, scale=scale)
        assert found == krippendorff(ratings=mixed, scale=scale)
        assert found.value == krippendorff(ratings=alone, scale=scale).value
        turned = [case[::-1] for case in scores]
        assert found.value == krippendorff(ratings=turned, scale=scale).value
        assert found.value is None or found.value <= 1
        if found.value is not None:
            assert (found.value == 1) == (found.exact == 1)
    wide = [tuple(None if score is None else 7 * score + 2 for score in case) for case in scores]
    interval = krippendorff(ratings=scores, scale=Scale.INTERVAL).value
    assert interval == krippendorff(ratings=wide, scale=Scale.INTERVAL).value
    ordinal = krippendorff(ratings=scores, scale=Scale.ORDINAL).value
    assert ordinal == krippendorff(ratings=wide, scale=Scale.ORDINAL).value
    chance_free = ac1(ratings=scores, levels=4)
    assert chance_free == ac1(ratings=mixed, levels=4)
    assert chance_free.value is None or -1 <= chance_free.value <= 1
    assert chance_free.expected is None or 0 <= chance_free.expected <= Fraction(1, 4)


@pytest.mark.rule("FUND-53")
@given(SCORES)
def test_alpha_by_names_and_fleiss_differ_only_by_the_size_of_the_sample(scores: Cases) -> None:
    several = fleiss(ratings=scores)
    assume(several.value is not None)
    alpha = krippendorff(ratings=scores, scale=Scale.NOMINAL).value
    assert several.value is not None
    assert alpha == 1 - (1 - several.value) * (1 - Fraction(1, 3 * len(scores)))


@pytest.mark.rule("FUND-48")
@pytest.mark.parametrize("example", rows("agreement", "Two scores and a third"))
def test_two_scores_and_a_third(example: Example) -> None:
    found = adjudicate(
        first=int(example["first"]),
        second=int(example["second"]),
        third=int(example["third"]) if example["third"] else None,
        tolerance=int(example["tolerance"]),
    )
    assert found.outcome is Outcome(example["outcome"])
    assert found.level == (int(example["level"]) if example["level"] else None)
    assert found.rule == "FUND-48"
    assert str(found.reason).endswith(".")


@pytest.mark.rule("FUND-48")
@given(st.integers(0, 5), st.integers(0, 5), st.integers(0, 5), st.integers(0, 3))
def test_the_order_of_two_moderators_is_no_matter(
    one: int, other: int, third: int, tolerance: int
) -> None:
    first = adjudicate(first=one, second=other, tolerance=tolerance)
    assert first == adjudicate(first=other, second=one, tolerance=tolerance)
    scores: dict[str, int] = {"third": third, "tolerance": tolerance}
    if first.outcome is Outcome.THIRD:
        settled = adjudicate(first=one, second=other, **scores)
        assert settled == adjudicate(first=other, second=one, **scores)
        assert settled.level == sorted((one, other, third))[1]
    else:
        with pytest.raises(BadFact, match="too far apart"):
            adjudicate(first=one, second=other, **scores)


@pytest.mark.rule("FUND-48")
def test_one_level_apart_is_the_usual_tolerance() -> None:
    assert adjudicate(first=1, second=2).outcome is Outcome.DISCUSS
    assert adjudicate(first=1, second=3).outcome is Outcome.THIRD
    for field in ("first", "second", "third", "tolerance"):
        given_: dict[str, Any] = {"first": 0, "second": 5, "third": 3, field: -1}
        with pytest.raises(BadFact) as refused:
            adjudicate(**given_)
        assert refused.value.field == field


@pytest.mark.rule("FUND-51")
@pytest.mark.parametrize("example", rows("agreement", "Anchor cases"))
def test_a_moderator_s_anchors(example: Example) -> None:
    agreed, scored = (
        [int(level) for level in example[name].split()] for name in ("agreed", "scored")
    )
    found = calibration(agreed=agreed, scored=scored)
    assert found is not None
    assert (found.exact, found.cases, found.rule) == (
        int(example["exact"]),
        len(agreed),
        "FUND-51",
    )
    assert near(found.bias, example["bias"])
    assert near(found.error, example["error"])


@pytest.mark.rule("FUND-51")
def test_without_anchors_there_is_nothing_to_say() -> None:
    assert calibration(agreed=[], scored=[]) is None
    for agreed, scored in (([1], []), ([-1], [1]), ([1], [-1])):
        with pytest.raises(BadFact):
            calibration(agreed=agreed, scored=scored)
