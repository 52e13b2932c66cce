"""A school joins and leaves groups: what each file of members says of its spans."""

from datetime import date

from opensenco.exchange.readers.beside import Member
from opensenco.exchange.spans import Span, Spans, compare
from opensenco.exchange.states import GroupFamily

TODAY = date(2027, 3, 10)
FAMILIES = {
    "1": GroupFamily.TRUST, "2": GroupFamily.TRUST, "7": GroupFamily.FEDERATION,
    "9": GroupFamily.SPONSOR,
}  # fmt: skip
Y12, Y15, Y20 = date(2012, 9, 1), date(2015, 9, 1), date(2020, 9, 1)


def member(uid: str, joined: date | None, left: date | None = None, line: int = 2) -> Member:
    return Member(line, "900001", uid, f"Group {uid}", "", "", joined, left)


def span(uid: str, joined: date | None, left: date | None = None, *, seen: bool = False) -> Span:
    return Span(uid, "900001", joined, left, seen, pk=1)


def held(*given: Member, stored: tuple[Span, ...] = (), uids: tuple[str, ...] = ()) -> Spans:
    others = [Member(99, "900002", uid, "", "", "", Y12, None) for uid in uids]
    known = [Span(uid, "900002", Y12, pk=9) for uid in uids]
    return compare([*given, *others], [*stored, *known], FAMILIES, TODAY)


def days(spans: list[Span]) -> list[tuple[str, date | None, date | None]]:
    return [(one.uid, one.joined_on, one.left_on) for one in spans]


def test_the_same_file_changes_nothing():
    found = held(member("1", Y12), stored=(span("1", Y12),))
    assert (found.new, found.changed, len(found.unchanged)) == ([], [], 1)


def test_who_joins_another_trust_has_left_the_one_before():
    found = held(member("2", Y20), stored=(span("1", Y12),))
    assert days(found.new) == [("2", Y20, None)]
    assert days(found.changed) == [("1", Y12, date(2020, 8, 31))]
    assert not found.changed[0].left_seen


def test_both_trusts_in_one_file_are_put_one_after_the_other():
    found = held(member("2", Y20), member("1", Y12, line=3))
    assert days(found.new) == [("1", Y12, date(2020, 8, 31)), ("2", Y20, None)]


def test_two_trusts_from_one_day_cannot_be_and_the_first_is_set_aside():
    found = held(member("1", Y12), member("2", Y12, line=3))
    assert days(found.new) == [("2", Y12, None)]
    assert "again on line 3" in str(found.quarantined[0].reason)


def test_a_federation_and_a_sponsor_stand_beside_a_trust():
    found = held(member("1", Y12), member("7", Y12), member("9", Y12))
    assert len(found.new) == 3


def test_who_is_no_longer_in_a_group_of_the_file_was_seen_to_have_left():
    found = held(stored=(span("7", Y12),), uids=("7",))
    assert days(found.changed) == [("7", Y12, TODAY)]
    assert found.changed[0].left_seen


def test_a_file_without_that_group_says_nothing_of_its_members():
    found = held(stored=(span("7", Y12),), uids=("1",))
    assert (found.new, found.changed, found.missing) == ([], [], 1)


def test_who_comes_back_has_a_second_span():
    found = held(member("7", Y20), stored=(span("7", Y12, Y15),))
    assert days(found.new) == [("7", Y20, None)]
    assert days(found.unchanged) == [("7", Y12, Y15)]


def test_who_left_and_came_back_between_two_files_has_two_spans():
    found = held(member("7", Y20), stored=(span("7", Y12),))
    assert days(found.new) == [("7", Y20, None)]
    assert days(found.changed) == [("7", Y12, date(2020, 8, 31))]


def test_a_day_that_was_unknown_or_put_back_is_corrected():
    unknown = held(member("7", Y12), stored=(span("7", None),))
    earlier = held(member("7", Y12), stored=(span("7", Y15),))
    again = held(member("7", Y12), stored=(span("7", Y12, TODAY, seen=True),))
    for found in (unknown, earlier, again):
        assert (days(found.changed), found.new) == ([("7", Y12, None)], [])
