"""The sheet of a class on paper says all that it is given, tagged, and no more."""

import dataclasses
import datetime as dt
import re

from opensenco.documents.pdf.sheet import Row, SheetPaper, sheet_pdf
from tests.documents.pdf.papers import Printed, leaves

PAPER = SheetPaper(
    school="Larkrise Primary School",
    group="4R",
    adults=("Priya Raman",),
    coordinator_word="SENDCo",
    common=("Ten seconds to think",),
    rows=(
        Row(
            name="Idris H",
            health=("Carries an inhaler",),
            communication=("Signs when tired",),
            do=("Ten seconds to think", "Show a picture"),
            avoid="Long talk",
        ),
        Row(name="Grace A", do=("Ten seconds to think",)),
    ),
    size=27,
    printed_on=dt.date(2027, 3, 10),
)


def test_the_text_of_every_field_is_on_the_card_for_cover():
    text = Printed(sheet_pdf(dataclasses.replace(PAPER, cover=True))).text
    for value in leaves(dataclasses.replace(PAPER, cover=None)):  # type: ignore[arg-type]
        form = f"{value.day} {value:%B} {value.year}" if isinstance(value, dt.date) else str(value)
        assert re.search(rf"\b{form}\b", text), value
    assert "Covering 4R" in text


def test_it_is_a_table_with_heads_and_columns_that_nobody_fills_are_left_out():
    paper = Printed(sheet_pdf(dataclasses.replace(PAPER, rows=PAPER.rows[1:])))
    assert {"Table", "TH", "TD"} <= set(paper.tags)
    assert paper.headings[0] == ("H1", "4R: how to teach these pupils")
    assert "Health" not in paper.text
    assert "Do these" in paper.text


def test_a_class_without_anything_written_is_a_paper_all_the_same():
    paper = Printed(sheet_pdf(dataclasses.replace(PAPER, rows=(), common=())))
    assert "0 of 27 in this class or group, as at 10 March 2027." in paper.text
