"""One word on a record: gap, due or complete, with its reasons (docs/law/record-checks.md)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opensenco.law.checks.marker import (
    NEAR,
    PARENTS_NOT_TOLD,
    REVIEW_DUE,
    Marker,
    marked,
)
from opensenco.law.checks.needs import RankedNeed
from opensenco.law.checks.records import PupilRecord, gaps

TODAY = date(2027, 3, 10)
MAIN = (RankedNeed("SLCN", 1),)
near = st.dates(TODAY - timedelta(days=60), TODAY + timedelta(days=60))
records = st.builds(
    PupilRecord,
    status=st.sampled_from(["E", "K", "N"]),
    since=st.none() | near,
    needs=st.sampled_from([(), MAIN]),
    plan=st.booleans(),
    outcomes=st.integers(0, 3),
    review=st.none() | near,
)


@pytest.mark.rule("APD-11")
@given(records, st.booleans(), near)
def test_each_record_with_needs_has_one_marker_and_a_reason_unless_it_is_complete(
    record: PupilRecord, told: bool, today: date
) -> None:
    found = marked(record=record, told=told, today=today)
    if record.status == "N":
        assert found is None
        return
    assert found is not None
    assert bool(found.reasons) is (found.marker is not Marker.COMPLETE)
    lacks = gaps(record=record, today=today)
    assert found.reasons[: len(lacks)] == lacks
    if lacks:
        assert found.marker is Marker.GAP


@pytest.mark.rule("IDN-15")
@given(records, near)
def test_only_sen_support_that_has_begun_asks_whether_the_parents_were_told(
    record: PupilRecord, today: date
) -> None:
    found = marked(record=record, told=False, today=today)
    kinds = [one.kind for one in found.reasons] if found else []
    begun = record.since is None or record.since <= today
    assert (PARENTS_NOT_TOLD in kinds) is (record.status == "K" and begun)


@pytest.mark.rule("APD-05")
@given(records, near)
def test_a_day_later_a_record_that_nobody_touched_is_never_better(
    record: PupilRecord, today: date
) -> None:
    if record.since is not None and record.since > today:
        return
    order = [Marker.COMPLETE, Marker.DUE, Marker.GAP]
    now = marked(record=record, told=True, today=today)
    then = marked(record=record, told=True, today=today + timedelta(days=1))
    assert now is None or then is None or order.index(then.marker) >= order.index(now.marker)


@pytest.mark.parametrize(
    ("days", "marker", "kinds"),
    [
        (-1, Marker.GAP, ["review-overdue"]),
        (0, Marker.DUE, [REVIEW_DUE]),
        (NEAR.days, Marker.DUE, [REVIEW_DUE]),
        (NEAR.days + 1, Marker.COMPLETE, []),
    ],
)
def test_a_review_is_due_for_a_fortnight_before_its_day(
    days: int, marker: Marker, kinds: list[str]
) -> None:
    record = PupilRecord(
        status="K", since=date(2026, 9, 1), needs=MAIN, plan=True, outcomes=2,
        review=TODAY + timedelta(days=days),
    )  # fmt: skip
    found = marked(record=record, told=True, today=TODAY)
    assert found is not None
    assert (found.marker, [one.kind for one in found.reasons]) == (marker, kinds)
