"""How much a cell of a provision map says, whom it names, and which column is what."""

import pytest

from opensenco.exchange.kinds.provision_map.kind import MAP_FIELDS
from opensenco.exchange.readers.amounts import Amount, read_amount
from opensenco.exchange.readers.map_columns import Shape, shape_of
from opensenco.exchange.readers.map_names import looks_like_names, read_names
from opensenco.exchange.readers.map_rows import is_work, read_layer
from opensenco.exchange.readers.values import NameOrder
from opensenco.exchange.readers.words import Unreadable


@pytest.mark.parametrize(
    ("text", "times", "minutes"),
    [
        ("3x20", 3, 20), ("3 × 20", 3, 20), ("2 x 30 mins", 2, 30), ("20 mins x 3", 3, 20),
        ("20x3", 3, 20), ("5 x 10m", 5, 10), ("2 x 1h", 2, 60), ("daily 15", 5, 15),
        ("15 mins daily", 5, 15), ("twice weekly 20 mins", 2, 20), ("Tues 30", 1, 30),
        ("3 times a week for 20 minutes", 3, 20), ("Mon, Wed & Fri 20 mins", 3, 20),
        ("3 sessions of 20 mins", 3, 20), ("once a week 45 mins", 1, 45), ("1:1 3x20", 3, 20),
        ("Mon/Wed", 2, None), ("M/W/F", 3, None), ("2x weekly", 2, None), ("daily", 5, None),
        ("x3", 3, None), ("weekly", 1, None), ("20 mins", None, 20), ("20'", None, 20),
        ("Mon 9:15-9:30", 1, None), ("x", None, None), ("✓", None, None), ("Yes", None, None),
    ],
)  # fmt: skip
def test_a_cell_says_how_often_and_how_long_as_far_as_it_does(text, times, minutes):
    assert read_amount(text) == Amount(times=times, minutes=minutes)


def test_what_could_mean_two_things_is_kept_to_be_asked():
    assert read_amount("1.5h") == Amount(length=90)
    assert read_amount("1h 30") == Amount(length=90)
    assert read_amount("25 hours per week") == Amount(weekly=1500)
    assert read_amount("90 mins a week") == Amount(weekly=90)
    assert read_amount("2") == Amount(number="2")
    assert read_amount("3x20 with Mrs B") == Amount(3, 20, rest="with mrs b")
    assert [read_amount(text) for text in ("-", "No", "n/a", "0")] == [None] * 4


@pytest.mark.parametrize(
    "text",
    ["as needed", "=1+1", "2026-02-01", "0x20", "3x500", "26x10", "M", "Wave 2", "fortnightly 30",
     "3x20 until 14", "<script>", "9" * 500, "x" * 2_000, "1e9"],
)  # fmt: skip
def test_what_says_no_such_thing_is_refused(text):
    with pytest.raises(Unreadable):
        read_amount(text)


def names(cell, order=NameOrder.SURNAME_COMMA):
    return [(one.first, one.last, one.group) for one in read_names(cell, order)]


def test_names_in_one_cell_are_told_apart():
    assert names("Amara, Josh S and Tom") == [("Amara", "", ""), ("Josh", "S", ""), ("Tom", "", "")]
    assert names("Diallo, Amara; Smith, Josh") == [("Amara", "Diallo", ""), ("Josh", "Smith", "")]
    assert names("• Amara Diallo (Y3)\n• Josh (3x20, Y4)") == [
        ("Amara", "Diallo", "Y3"), ("Josh", "", "Y4"),
    ]  # fmt: skip
    (josh,) = read_names("Josh (3x20)", NameOrder.SURNAME_COMMA)
    assert josh.amount == Amount(3, 20)
    assert looks_like_names("Amara, Josh S")
    assert not any(map(looks_like_names, ["3x20", "see file", "£350", "2027-01-04", "a@b.example"]))


def test_layers_are_known_by_any_of_their_words():
    for text, layer in {
        "Wave 2": 2, "Targeted": 2, "universal offer": 1, "Wave 3: specialist": 3, "QFT": 1, "3": 3,
    }.items():  # fmt: skip
        assert read_layer(text) == layer
    with pytest.raises(Unreadable):
        read_layer("Phonics")
    assert [is_work(text) for text in ("TA / Teacher", "HLTA", "Mrs Malik")] == [True, True, False]


def guessed(header, *rows):
    return dict(zip(header, MAP_FIELDS.guess(header, rows).fields, strict=True))


def test_the_shape_of_a_map_is_seen_from_what_stands_in_it():
    long = guessed(["Pupil", "Intervention", "Frequency", "Led by", "Cost"])
    assert shape_of(long.values()) is Shape.LONG
    assert (long["Frequency"], long["Led by"], long["Cost"]) == ("often", "adult", None)
    matrix = guessed(
        ["Name", "Class", "SEN", "ELSA", "Our own club", "Sparkle", "Total", "Rocket"],
        ["Diallo, Amara", "3R", "K", "x", "Mon/Wed", "", "2", "3x10"],
        ["Smith, Josh", "3R", "Y", "", "x", "", "1", ""],
    )
    assert shape_of(matrix.values()) is Shape.BY_PUPIL
    assert [name for name, code in matrix.items() if code == "gets"] == [
        "ELSA", "Our own club", "Sparkle", "Rocket",
    ]  # fmt: skip
    turned = guessed(
        ["Wave", "Provision", "Year 3", "Year 4", "Cost"],
        ["2", "Lego club", "Amara, Josh", "", "£300"],
        ["2", "ELSA", "", "Tom B", "£200"],
    )
    assert shape_of(turned.values()) is Shape.BY_PROVISION
    assert (turned["Year 3"], turned["Year 4"], turned["Cost"]) == ("names", "names", None)
    crossed = guessed(
        [
            "Intervention",
            "Led by",
            "Amara D",
            "Hassan-Cole, Idris",
            "Tom (Y4)",
            "Autumn",
            "Jo",
            "No",
        ],
        ["Lego club", "TA", "x", "", "3x20", "x", "", ""],
        ["ELSA", "TA", "", "✓", "", "", "", ""],
    )
    assert shape_of(crossed.values()) is Shape.CROSSED
    assert [name for name, code in crossed.items() if code == "pupil_column"] == [
        "Amara D", "Hassan-Cole, Idris", "Tom (Y4)", "Jo",
    ]  # fmt: skip
    assert MAP_FIELDS.known_headings(["Provision", "Amara", "Josh"]) == 2
    assert MAP_FIELDS.known_headings(["Provision", "Monday", "Cost"]) == 0
    assert MAP_FIELDS.missing(["pupil_column"]) == ("provision",)
    assert MAP_FIELDS.missing(["often", "pupil_name"]) == ("provision",)
    assert MAP_FIELDS.missing(["gets"]) == ("pupil_name",)


def test_ticks_under_headings_that_nobody_knows_do_not_make_a_list_a_map():
    header = ["Surname", "Forename", "DOB", "Trip", "Photo"]
    rows = [["Diallo", "Amara", "01/02/2018", "x", "x"]]
    assert MAP_FIELDS.sure(header, rows) == 0
    assert MAP_FIELDS.sure([*header, "ELSA"], [[*rows[0], "x"]]) > 0
    assert MAP_FIELDS.sure(header, [[*rows[0][:4], "3x20"]]) > 0
