"""Tests for exam access arrangements (docs/law/exam-access.md)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opensenco.law.checks.exam_access import (
    Candidate,
    Score,
    extra_time,
    form_8,
    speed_scores,
)
from opensenco.law.numbers.duties import BAND_TOP, LOW_SCORE
from opensenco.law.parameters import Origin, Overlay, Parameters
from opensenco.law.rule import BadFact, NotInForce
from tests.law.pages import Example, day, examples, name

DAY = date(2026, 3, 2)
AREAS = st.sampled_from(["reading", "writing", "processing"])
SCORES = st.builds(Score, AREAS, st.integers(60, 110))


def scores(text: str) -> tuple[Score, ...]:
    pairs = (part.split() for part in text.split(",") if part.strip())
    return tuple(Score(area, int(value)) for area, value in pairs)


def rows(heading: str) -> list[object]:
    return [
        pytest.param(
            row,
            id=name(row),
            marks=[pytest.mark.vector(row["vector"])] if row.get("vector") else [],
        )
        for row in examples("exam-access", heading)
    ]


@pytest.mark.rule("EXA-04")
@pytest.mark.parametrize("row", rows("Scores"))
def test_the_page_s_scores(row: Example) -> None:
    on = date.fromisoformat(row["day"])
    if row["enough"] == "not in force":
        with pytest.raises(NotInForce):
            speed_scores(scores=scores(row["scores"]), day=on)
        return
    found = speed_scores(scores=scores(row["scores"]), day=on)
    assert (found.met, found.verified) == (row["enough"] == "yes", row["verified"] == "yes")
    assert str(found.reasons[-1]).startswith("Unverified:") is not found.verified
    assert [used.key for used in found.used] == ["exa.low_score", "exa.score_band_top"]


@pytest.mark.rule("EXA-02", "EXA-04", "EXA-06")
@pytest.mark.parametrize("row", rows("Extra time"))
def test_the_page_s_extra_time(row: Example) -> None:
    candidate = Candidate(
        percent=int(row["percent"]),
        scores=scores(row["scores"]),
        ehc_plan=row["EHC plan"] == "yes",
        usual=row["usual"] == "yes",
    )
    told = extra_time(candidate=candidate, day=DAY)
    assert [each.rule for each in told] == ["EXA-04", "EXA-02", "EXA-06"]
    assert ", ".join("yes" if each.met else "no" for each in told) == row["told"]
    assert all(each.reasons and str(each.provision) for each in told)


@pytest.mark.rule("EXA-03")
@pytest.mark.parametrize("row", rows("Form 8"))
def test_the_page_s_form_8(row: Example) -> None:
    found = form_8(
        part_1=day(row["part 1"]),
        assessed=day(row["assessed"]),
        year_group=int(row["year group"]) if row["year group"] else None,
    )
    assert ", ".join(each.kind for each in found) == row["found"]
    assert all(each.reasons for each in found)


@pytest.mark.rule("EXA-04")
def test_the_reasons_say_what_was_counted() -> None:
    found = speed_scores(scores=scores("reading 84, writing 87"), day=DAY)
    assert str(found.reasons[0]) == "Areas with 84 or less: 1. Areas with 85 to 89: 1."


@pytest.mark.rule("EXA-04")
def test_a_school_enters_the_scores_of_the_next_booklet() -> None:
    next_year = date(2026, 9, 1)
    new = Parameters(
        [
            Overlay(LOW_SCORE.key, next_year, None, 80, "Booklet 2026/27", Origin.SCHOOL),
            Overlay(BAND_TOP.key, next_year, None, 85, "Booklet 2026/27", Origin.SCHOOL),
        ]
    )
    listed = scores("reading 84, writing 83")
    assert speed_scores(scores=listed, day=DAY, parameters=new).met
    later = speed_scores(scores=listed, day=next_year, parameters=new)
    assert not later.met
    assert later.verified
    half = Parameters(new.overlays[:1])
    assert not speed_scores(scores=listed, day=next_year, parameters=half).verified


@pytest.mark.rule("EXA-04")
@given(st.lists(SCORES, max_size=6), SCORES)
def test_a_further_score_never_takes_two_low_ones_away(listed: list[Score], more: Score) -> None:
    before = speed_scores(scores=listed, day=DAY)
    after = speed_scores(scores=[*listed, more], day=DAY)
    assert after.met or not before.met
    assert speed_scores(scores=reversed(listed), day=DAY) == before


@pytest.mark.rule("EXA-04")
@given(st.lists(st.builds(Score, st.just("writing"), st.integers(1, 200))))
def test_one_area_is_never_enough(listed: list[Score]) -> None:
    assert not speed_scores(scores=listed, day=DAY).met


def test_what_cannot_be_is_refused_by_name() -> None:
    assert [Candidate(percent=each).percent for each in (1, 100)] == [1, 100]
    for make, fact in (
        (lambda: Score(" ", 84), "area"),
        (lambda: Score("writing", 0), "score"),
        (lambda: Score("writing", 201), "score"),
        (lambda: Candidate(percent=0), "percent"),
        (lambda: Candidate(percent=101), "percent"),
    ):
        with pytest.raises(BadFact) as refused:
            make()
        assert refused.value.field == fact
