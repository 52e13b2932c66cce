"""Who goes where when a year turns, as proposed: known schools, and any school there could be."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opensenco.people.turning.moves import (
    MOVING,
    ClassNow,
    Doubt,
    Kind,
    Own,
    Proposal,
    Rules,
    Standing,
    propose,
)
from opensenco.people.turning.names import moved_up

FIRST, EVE = date(2027, 9, 2), date(2027, 9, 1)
RULES = Rules(FIRST, EVE, 6)


@pytest.mark.parametrize(
    ("name", "year", "known", "becomes"),
    [
        ("3 Oak", 3, ["4 Oak"], "4 Oak"),
        ("4R", 4, [], "5R"),
        ("Year 3 Elm", 3, ["year 4 elm"], "year 4 elm"),
        ("10B", 10, [], "11B"),
        ("9A", 9, ["10A"], "10A"),
        ("R Oak", 0, ["1 Oak"], "1 Oak"),
        ("Reception Oak", 0, ["Year 1 Oak", "1 Oak"], "Year 1 Oak"),
        ("RH", 0, ["1H"], "1H"),
        ("RH", 0, [], ""),
        ("1/2 Elm", 2, ["3/4 Elm"], "3/4 Elm"),
        ("Oak", 3, ["Elm"], ""),
        ("Room 12", 3, [], ""),
        ("Squirrels 3", 4, [], ""),
    ],
)
def test_a_class_is_called_what_it_would_be_a_year_later(name, year, known, becomes):
    assert moved_up(name, year, known) == becomes


def school(*classes: tuple[str, list[int]], rules: Rules = RULES) -> dict[str, set[str]]:
    """Give into which classes each class goes; "" stands for leaving, "?" for not said."""
    rows = [ClassNow(pk, name) for pk, (name, _years) in enumerate(classes, start=1)]
    pupils = [
        Standing(100 * pk + n, year, year + 1, now=pk)
        for pk, (_name, years) in enumerate(classes, start=1)
        for n, year in enumerate(years)
    ]
    found: dict[str, set[str]] = {name: set() for name, _years in classes}
    for one in propose(rules, rows, pupils).moves:
        assert one.now is not None
        into = "" if one.kind is Kind.LEAVES else one.into or "?"
        found[classes[one.now - 1][0]].add(into)
    return found


def test_a_primary_of_two_forms_moves_up_along_its_names():
    goes = school(
        ("R Oak", [0] * 9), ("1 Oak", [1] * 9), ("1 Elm", [1] * 9), ("2 Oak", [2] * 9),
        ("2 Elm", [2] * 9), ("6 Oak", [6] * 9),
    )  # fmt: skip
    assert goes == {
        "R Oak": {"1 Oak"}, "1 Oak": {"2 Oak"}, "1 Elm": {"2 Elm"}, "2 Oak": {"3 Oak"},
        "2 Elm": {"3 Elm"}, "6 Oak": {""},
    }  # fmt: skip


def test_a_small_school_with_mixed_classes_keeps_the_younger_half():
    goes = school(("Acorns", [0] * 8 + [1] * 7), ("Oaks", [2] * 9 + [3] * 9), ("Elms", [4] * 9))
    assert goes["Acorns"] == {"Acorns", "?"}
    assert school(("1/2 Elm", [1, 1, 2, 2]), ("3/4 Elm", [3, 4])) == {
        "1/2 Elm": {"1/2 Elm", "3/4 Elm"}, "3/4 Elm": {"3/4 Elm", "5/6 Elm"},
    }  # fmt: skip


def test_named_classes_of_one_form_go_into_the_class_of_the_next_year():
    assert school(("Foxes", [3] * 5), ("Owls", [4] * 5), ("Bats", [5] * 5)) == {
        "Foxes": {"Owls"}, "Owls": {"Bats"}, "Bats": {"Bats"},
    }  # fmt: skip


def test_in_a_special_school_pupils_stay_with_their_class_and_leave_at_the_end():
    rules = Rules(FIRST, EVE, 14)
    goes = school(("Willow", [3, 4, 5, 5]), ("Rowan", [9, 10, 11, 12, 13, 14]), rules=rules)
    assert goes["Willow"] == {"Willow"}
    assert "" in goes["Rowan"]
    assert "Rowan" in goes["Rowan"]


def test_a_child_taught_out_of_their_year_goes_with_the_class():
    assert school(("4 Oak", [4] * 9 + [3]), ("5 Oak", [5] * 9)) == {
        "4 Oak": {"5 Oak"}, "5 Oak": {"6 Oak"},
    }  # fmt: skip


def one(**values) -> Standing:
    return Standing(**{"pupil": 1, "year": 4, "by_age": 5, "now": 1, **values})


def only(standing: Standing, rules: Rules = RULES):
    (move,) = propose(rules, [ClassNow(1, "4R", 7), ClassNow(2, "5R")], [standing]).moves
    return move


def test_what_was_decided_of_a_pupil_comes_before_what_is_proposed():
    back = only(one(own=Own("stays")))
    assert (back.kind, back.after, back.into) == (Kind.STAYS, 4, "4R")
    on = only(one(year=6, own=Own("up", into="Sixth form")))
    assert (on.kind, on.after, on.into) == (Kind.UP, 7, "Sixth form")
    skips = only(one(own=Own("year", year_group=6)))
    assert (skips.after, skips.doubts) == (6, (Doubt.NO_CLASS,))
    early = only(one(own=Own("leaves", leave_on=date(2027, 7, 1), left_to="Hill")))
    assert (early.leave_on, early.left_to) == (date(2027, 7, 1), "Hill")
    apart = only(one(own=Own("", into="5B")))
    assert (apart.kind, apart.after, apart.into) == (Kind.UP, 5, "5B")


def test_joiners_leavers_and_those_who_have_moved_are_left_alone():
    assert only(one(joined_on=FIRST, later=2, now=None)).into == "5R"
    assert only(one(joined_on=FIRST, now=None)).doubts == (Doubt.NO_CLASS,)
    assert only(one(left_on=date(2027, 8, 15))).kind is Kind.GONE
    assert only(one(later=2)).into == "5R"
    assert only(one(year=5, moved=True)).kind is Kind.ALREADY
    assert only(one(year=7)).doubts == (Doubt.ABOVE,)
    assert only(one(by_age=4)).doubts == (Doubt.AHEAD,)
    assert only(one(year=None)).doubts[0] is Doubt.NO_YEAR


YEARS = st.one_of(st.none(), st.integers(-3, 14))
DAYS = st.one_of(st.none(), st.dates(date(2020, 1, 1), date(2028, 12, 31)))
NAMES = st.sampled_from(
    ["R Oak", "1 Oak", "1/2 Elm", "3R", "4R", "Oak", "Owls", "Year 6", "10B", "N", "Room 3", "6"]
)


@st.composite
def any_school(draw):
    names = draw(st.lists(NAMES, unique_by=str.casefold, max_size=6))
    classes = [ClassNow(pk, name) for pk, name in enumerate(names, start=1)]
    some = st.sampled_from([None, *(row.pk for row in classes)])
    own = st.one_of(
        st.none(),
        st.builds(
            Own, st.sampled_from(["", "up", "stays", "year", "leaves"]), YEARS,
            st.sampled_from(["", "4R", "New"]),
        ),
    )  # fmt: skip
    pupils = [
        Standing(
            pupil=number, year=draw(YEARS), by_age=draw(st.integers(-3, 14)),
            joined_on=draw(DAYS), left_on=draw(DAYS), now=draw(some), later=draw(some),
            own=draw(own), moved=draw(st.booleans()),
        )
        for number in range(draw(st.integers(0, 12)))
    ]  # fmt: skip
    highest = draw(YEARS)
    return Rules(FIRST, EVE, highest), classes, pupils


@settings(max_examples=300, deadline=None)
@given(any_school())
def test_everybody_has_one_move_that_can_be_written(case):
    rules, classes, pupils = case
    found: Proposal = propose(rules, classes, pupils)
    assert [move.pupil for move in found.moves] == [row.pupil for row in pupils]
    assert found == propose(rules, classes, list(pupils))
    for row, move in zip(pupils, found.moves, strict=True):
        assert move.after is None or -3 <= move.after <= 14
        if move.kind is Kind.LEAVES:
            assert move.leave_on is not None
            assert not move.into
            decided = row.own is not None and row.own.goes == "leaves"
            assert decided or (
                row.year is not None
                and (row.year == 14 or (rules.highest is not None and row.year >= rules.highest))
            )
        if move.kind in MOVING:
            assert bool(move.into) or Doubt.NO_CLASS in move.doubts
        if move.kind is Kind.UP:
            assert row.year is None or move.after == row.year + 1
        if (row.left_on and row.left_on < FIRST) or (row.joined_on and row.joined_on >= FIRST):
            assert move.kind in (Kind.GONE, Kind.JOINS)
    ways = sum(way.pupils for way in found.ways)
    kinds = (Kind.UP, Kind.ALREADY)
    assert ways == sum(m.kind in kinds and m.now is not None for m in found.moves)
