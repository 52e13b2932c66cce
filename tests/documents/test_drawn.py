"""The line of a pupil's points on paper: drawn from the rows of its table, or not at all."""

import datetime as dt
from io import BytesIO
from typing import Any

from pypdf import PdfReader

from opensenco.documents.pdf.drawn import line_drawn, points_of
from opensenco.documents.pdf.pack import PackBlock, PackPaper, PackSection, pack_pdf

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


def test_a_pack_draws_the_line_as_a_picture_with_its_words_above_the_table():
    block = PackBlock("points", tuple(ROWS), "Paired reading: point by point")
    paper = PackPaper(
        place="Larkrise", title="Pack", about="Idris Hassan-Cole", words="For the review.",
        facts=(("For", "The meeting"),), left_out=(("Health", "not asked for"),), annexes=(),
        sections=(PackSection("Whether it helps", "Of today", (block,)),), as_on="",
        closing=("Shred after use.",), made_on=dt.date(2027, 3, 10),
    )  # fmt: skip
    reader = PdfReader(BytesIO(pack_pdf(paper)))
    words = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    assert "Aim line that day" in words
    assert "1,033.5" in words
    assert "with the aim line dashed" in alternatives(reader)


def alternatives(reader: PdfReader) -> str:
    """Give what a reader that cannot show pictures says instead of them."""
    root: Any = reader.trailer["/Root"]
    found, waiting = [], [root["/StructTreeRoot"]]
    while waiting:
        one = waiting.pop()
        one = one.get_object() if hasattr(one, "get_object") else one
        if isinstance(one, list):
            waiting += one
            continue
        if not hasattr(one, "get"):
            continue
        if one.get("/Alt"):
            found.append(str(one["/Alt"]))
        if "/K" in one:
            waiting.append(one["/K"])
    return " ".join(found)
