"""A SEN support plan on paper says what the record says."""

import dataclasses
import datetime as dt
import re
from typing import Any

import pytest
from django.utils import translation

from opensenco.documents.pdf.plan import (
    Agreement,
    Outcome,
    PlanPaper,
    Provision,
    Review,
    Said,
    Voice,
    initials,
    plan_pdf,
)
from tests.documents.pdf.papers import BARE, FULL, LANGUAGE_GROUP, leaves, printed, sample


def test_the_text_of_every_field_is_on_the_paper():
    paper = sample(PlanPaper)
    text = printed(paper).text
    for value in leaves(paper):
        if isinstance(value, dt.date):
            forms = [f"{value.day} {value:{month}} {value.year}" for month in ("%B", "%b")]
        else:
            forms = [str(value)]
        assert any(re.search(rf"\b{form}\b", text) for form in forms), value


@pytest.mark.rule("APD-03")
def test_the_parts_that_guidance_asks_of_a_plan_stand_under_their_labels():
    text = printed(FULL).text
    assert "Review by 11 December 2026" in text
    assert "Begins at 2 of 6 steps Aim 5 of 6 steps By 11 December 2026" in text
    assert "Provision Who How often Minutes Group From Until" in text
    assert "Language group Jo Birkett 3 times a week 20 1 to 4 14 Sep 2026 11 Dec 2026" in text


@pytest.mark.rule("APD-13")
def test_the_plan_and_its_coordinator_are_called_what_the_school_calls_them():
    paper = printed(dataclasses.replace(FULL, plan_name="My passport", coordinator_word="INCCO"))
    assert paper.headings[0] == ("H1", "My passport: Idris Hassan-Cole")
    assert "INCCO Amara Okafor" in paper.text
    assert "tell the class teacher or the INCCO." in paper.text


def test_the_child_speaks_first_and_no_diagnosis_is_asked_for():
    words = [words for tag, words in printed(FULL).headings if tag == "H2"]
    assert words[0] == "In Idris’s own words"
    assert not any(re.search("diagnos", field.name) for field in dataclasses.fields(PlanPaper))


def test_a_paper_without_content_has_no_heading_but_its_title():
    paper = printed(BARE)
    assert paper.headings == [("H1", "Support plan: Idris Hassan-Cole")]
    assert "No date is set" in paper.text
    assert "No agreement is recorded" in paper.text


EMPTIED = [
    ({"voice": Voice(said_on=dt.date(2026, 10, 12))}, {"In Idris’s own words"}),
    ({"strengths": " \n "}, {"Strengths"}),
    ({"needs": ("", "\x00")}, {"Needs, the greatest first"}),
    ({"found": "\u200b"}, {"What we found"}),
    ({"strategies": ()}, {"What changes in class"}),
    ({"parents_said": "", "at_home": ""}, {"Family"}),
    ({"agreed": (Agreement(who=""),)}, {"Who agreed to this plan"}),
    (
        {"outcomes": ()},
        {"What we are working towards", "Outcome 1", "Outcome 2", "Result for outcome 1"},
    ),
]


@pytest.mark.parametrize(("emptied", "gone"), EMPTIED)
def test_an_empty_part_takes_its_heading_with_it(emptied: dict[str, Any], gone: set[str]):
    left = {words for _, words in printed(dataclasses.replace(FULL, **emptied)).headings}
    assert {words for _, words in printed(FULL).headings} - left == gone


def test_an_empty_label_in_a_part_is_left_out():
    text = printed(dataclasses.replace(FULL, at_home="")).text
    assert "What parents and carers said" in text
    assert "What the family does at home" not in text


def test_a_review_that_has_not_been_held_is_not_mentioned():
    outcomes = tuple(dataclasses.replace(one, result=None) for one in FULL.outcomes)
    headings = printed(dataclasses.replace(FULL, outcomes=outcomes, review=None)).headings
    assert not any(words.startswith(("Review", "Result")) for _, words in headings)


def test_words_of_a_person_without_a_name_are_printed_all_the_same():
    review = Review(voices=(Said(who="", words="Good work."),))
    assert "Good work." in printed(dataclasses.replace(BARE, review=review)).text


def test_a_column_that_nobody_filled_is_left_out():
    spare = dataclasses.replace(LANGUAGE_GROUP, group="", minutes=None)
    paper = dataclasses.replace(BARE, outcomes=(Outcome(text="Tells", provision=(spare,)),))
    assert "Provision Who How often From Until" in printed(paper).text


def test_a_paper_of_the_past_says_so():
    assert "As it stood on" not in printed(FULL).text
    past = dataclasses.replace(FULL, as_on=dt.date(2026, 10, 9))
    assert "As it stood on 9 October 2026. The plan may have changed since." in printed(past).text


def test_every_page_says_whose_it_is_by_school_and_initials_alone():
    paper = dataclasses.replace(BARE, found="line\n" * 120)
    pages = printed(paper).pages
    assert len(pages) > 2
    for number, page in enumerate(pages, 1):
        foot = "Private. Larkrise Primary School. IH, cycle 3."
        assert page.endswith(f"{foot} Page {number} of {len(pages)}.")
        assert ("Hassan" in page) == (number == 1)


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Idris Hassan-Cole", "IH"), ("Zoë Anna Łuk", "ZŁ"), ("Bo", "B"), ("", ""), ("إدريس", "إ")],
)
def test_initials(name: str, letters: str):
    assert initials(name) == letters


def test_the_heads_of_a_long_table_repeat_and_its_rows_stay_whole():
    promises = tuple(
        Provision(what=f"first{n}x", who="Jo " * 70 + f"last{n}x", minutes=n) for n in range(40)
    )
    outcome = Outcome(text="Reads", provision=promises)
    pages = printed(dataclasses.replace(BARE, outcomes=(outcome,))).pages
    assert len(pages) > 2
    for page in pages[1:-1]:
        assert page.startswith("Provision Who Minutes")
        assert re.findall(r"first(\d+)x", page) == re.findall(r"last(\d+)x", page) != []


def test_an_outcome_stays_on_one_page():
    promises = tuple(Provision(what=f"Group {n}", who="the last" * (n == 6)) for n in range(7))
    outcome = Outcome(text="Tells a short event.", target="5 of 6", provision=promises)
    pages = printed(dataclasses.replace(BARE, outcomes=(outcome,) * 12)).pages
    assert len(pages) > 2
    for page in pages:
        assert page.count("Tells a short event.") == page.count("Group 6 the last") > 0


def test_the_same_paper_gives_the_same_bytes_dated_by_the_paper():
    assert plan_pdf(FULL) == plan_pdf(FULL)
    information = printed(FULL).reader.metadata
    assert information is not None
    assert information.creation_date == dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
    assert plan_pdf(dataclasses.replace(FULL, printed_on=dt.date(2026, 11, 24))) != plan_pdf(FULL)


def test_labels_come_in_the_language_of_the_reader():
    with translation.override("cy"):
        assert printed(FULL).root["/Lang"] == "cy-GB"
