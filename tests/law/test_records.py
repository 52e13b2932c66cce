"""Keeping records up (docs/law/record-checks.md)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opensenco.law.checks.needs import RankedNeed
from opensenco.law.checks.records import PupilRecord, gaps
from opensenco.law.rule import BadFact
from tests.law.pages import Example, day, examples, needs

TODAY = date(2027, 3, 10)
DAYS = st.dates(date(2026, 9, 1), date(2027, 7, 31))


@pytest.mark.rule("APD-03")
@pytest.mark.rule("APD-05")
@pytest.mark.rule("APD-11")
@pytest.mark.rule("IDN-09")
@pytest.mark.requirement("S1-13")
@pytest.mark.parametrize("example", examples("record-checks"), ids=str)
def test_the_page_s_examples(example: Example) -> None:
    record = PupilRecord(
        status=example["status"],
        since=day(example["since"]),
        needs=needs(example["needs"]),
        plan=example["plan"] == "yes",
        outcomes=int(example["outcomes"]),
        review=day(example["review"]),
    )
    found = gaps(record=record, today=TODAY)
    assert ", ".join(gap.kind for gap in found) == example["gaps"]
    assert all(gap.reasons for gap in found)


def test_the_examples_show_every_gap() -> None:
    shown = {kind for row in examples("record-checks") for kind in row["gaps"].split(", ")}
    assert shown == {
        "",
        "no-status-date",
        "no-need-type",
        "no-plan",
        "no-outcome",
        "no-review-date",
        "review-overdue",
    }


@pytest.mark.rule("APD-11")
def test_an_overdue_review_says_for_how_long() -> None:
    record = PupilRecord(
        status="K",
        since=date(2026, 9, 1),
        needs=(RankedNeed("SLCN", 1),),
        plan=True,
        outcomes=1,
        review=date(2027, 3, 9),
    )
    (gap,) = gaps(record=record, today=TODAY)
    assert str(gap.reasons[0]) == "The review was agreed for 9 March 2027, 1 day ago."


@pytest.mark.rule("APD-11")
@given(st.none() | DAYS, st.booleans(), st.integers(0, 3), st.none() | DAYS, DAYS, DAYS)
def test_a_record_left_alone_never_gets_better(
    since: date | None, plan: bool, outcomes: int, review: date | None, one: date, other: date
) -> None:
    record = PupilRecord(status="K", since=since, plan=plan, outcomes=outcomes, review=review)
    early, late = sorted((one, other))
    missing = {gap.kind for gap in gaps(record=record, today=early)} - {"no-status-date"}
    assert missing <= {gap.kind for gap in gaps(record=record, today=late)}


@pytest.mark.rule("IDN-06")
@pytest.mark.parametrize(("status", "words"), [("S", "old data"), ("k", "E, K or N")])
def test_a_record_has_one_of_the_three_statuses(status: str, words: str) -> None:
    with pytest.raises(BadFact, match=words):
        PupilRecord(status=status)
