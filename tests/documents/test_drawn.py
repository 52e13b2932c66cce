"""The line of a pupil's points on paper: drawn from the rows of its table, or not at all."""

import datetime as dt

from opensenco.documents.pdf.drawn import line_drawn, points_of

ROWS = [
    ("8 February 2027", "30 (entry)", "30", "", "Ana"),
    ("22 February 2027", "1,033.5", "38", "0.5 behind", "Ana"),
    ("10 March 2027", "41 (exit)", "46.2", "5.2 behind", "Ana <b>"),
]


def test_points_and_aims_are_read_from_what_the_table_says():
    scores, aims = points_of(ROWS)
    assert scores[1] == (dt.date(2027, 2, 22), 1033.5)
    assert [aim for _day, aim in aims] == [30, 38, 46.2]


def test_a_picture_holds_numbers_and_days_and_nothing_that_somebody_wrote():
    drawn = line_drawn(ROWS)
    assert drawn.startswith("<svg")
    assert drawn.count("<circle") == 3
    assert "stroke-dasharray" in drawn
    assert "Ana" not in drawn


def test_one_point_or_days_that_cannot_be_read_are_not_drawn():
    assert line_drawn(ROWS[:1]) == ""
    assert line_drawn([("some day", "4", "", "", ""), ("later", "5", "", "", "")]) == ""
    assert "dasharray" not in line_drawn([(on, score, "", "", "") for on, score, *_ in ROWS])
