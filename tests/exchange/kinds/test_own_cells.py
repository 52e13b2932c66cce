"""A cell under a field of the school's own is read by the kind of that field, or refused."""

import pytest

from opensenco.exchange.kinds.pupils.own_cells import reader_of
from opensenco.exchange.readers.fields import Field
from opensenco.exchange.readers.pupil_columns import PUPIL_FIELDS, PupilField
from opensenco.exchange.readers.words import Unreadable

WAYS = ["School bus", "Bus, then walks", "Taxi"]


@pytest.mark.parametrize(
    ("kind", "cell", "read"),
    [
        ("line", "  Red \n house ", "Red house"),
        ("text", " One.  Two.\r\n\r\nThree. ", "One. Two.\n\nThree."),
        ("yes_no", "TRUE", True),
        ("yes_no", "n", False),
        ("date", "Sunday 14 February 2027", "2027-02-14"),
        ("number", "-1,200.0", -1200),
        ("choice", "school bus.", ["School bus"]),
        ("choice", "bus, then walks", ["Bus, then walks"]),
        ("choices", "taxi;School Bus; taxi", ["School bus", "Taxi"]),
        ("choices", "Bus, then walks", ["Bus, then walks"]),
        ("choices", "Taxi, school bus", ["School bus", "Taxi"]),
        ("choices", "Bus, then walks\nTaxi", ["Bus, then walks", "Taxi"]),
    ],
)
def test_a_cell_is_what_the_record_would_hold(kind, cell, read):
    assert reader_of(kind, WAYS)(cell) == read


@pytest.mark.parametrize(
    ("kind", "cell"),
    [
        ("line", "x" * 201), ("text", "x" * 2_001), ("yes_no", "maybe"), ("date", "1/1/1899"),
        ("date", "soon"), ("number", "1.5"), ("number", "1000001"), ("number", "٣"),
        ("choice", "School bus; Taxi"), ("choices", "School bus; Train"), ("choices", ";"),
    ],
)  # fmt: skip
def test_what_a_field_cannot_hold_is_refused(kind, cell):
    with pytest.raises(Unreadable):
        reader_of(kind, WAYS)(cell)


def test_a_name_that_a_list_uses_already_is_no_heading_of_ours_unless_the_list_leaves_it_out():
    more = [Field("a", "A", "Class"), Field("b", "B", "EAL"), Field("c", "C", "Calm | place")]
    whole = PUPIL_FIELDS.with_more(more, {PupilField.REGISTRATION_GROUP})
    guess = whole.guess(["Class", "EAL", "Pupil calm place"])
    assert guess.fields == (PupilField.REGISTRATION_GROUP, "b", "c")
    assert PUPIL_FIELDS.guess(["EAL"]).fields == (PupilField.EAL,)
