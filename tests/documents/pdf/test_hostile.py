"""Whatever anybody wrote is shown as written, and never obeyed."""

import dataclasses
import json
import re

import pytest
import typst
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pypdf import mult

from opensenco.documents.pdf import typeset
from opensenco.documents.pdf.plan import (
    Outcome,
    PlanPaper,
    Provision,
    Review,
    Said,
    Voice,
    plan_pdf,
)
from opensenco.documents.pdf.typeset import PaperError, PaperTooLongError
from tests.documents.pdf.papers import BARE, FULL, printed

pytestmark = pytest.mark.thorough


def everywhere(text: str) -> PlanPaper:
    """A paper with this text in a heading, a fact, a list, a table, a quotation and the foot."""
    return dataclasses.replace(
        FULL,
        school=text,
        pupil=text,
        called=text,
        plan_name=text,
        coordinator_word=text,
        voice=Voice(good_at=text, said_with=text),
        found=text,
        needs=(text, text),
        strategies=(text,),
        outcomes=(Outcome(text=text, target=text, provision=(Provision(what=text, group=text),)),),
        printed_by=text,
    )


MARKUP = [
    '#import "base.typ": *',
    '#read("/etc/passwd")',
    "#panic()",
    "#{1+1}",
    "$x^2$ and $ sum $",
    "*bold* _slanted_ `raw`",
    "= A heading",
    "- a list",
    "+ 1. / term: meaning",
    "[content] <label> @label",
    "// a remark",
    "/* a remark */",
    "\\u{1F600} \\ \\#",
    "\"quoted\" -- --- ... ~ 'x'",
    '"}, "title": "other", {"',
    "<b>&amp;</b> {{ 7*7 }} {% raw %}",
    "https://example.org",
]


@pytest.mark.parametrize("text", MARKUP)
def test_markup_is_shown_and_not_evaluated(text: str):
    paper = printed(everywhere(text))
    shown = "".join(paper.text.split())
    assert shown.count("".join(text.split())) >= 10
    assert [tag for tag, _ in paper.headings] == [
        tag for tag, _ in printed(everywhere("plain")).headings
    ]
    assert all("/Annots" not in page for page in paper.reader.pages)


def test_markup_after_a_word_from_right_to_left_is_not_evaluated_either():
    text = printed(everywhere("שלום #panic() *bold*")).text
    assert text.count("panic") >= 10
    assert text.count("*") >= 20


def test_a_text_of_100_000_characters_is_printed_to_its_end():
    numbered = [f"w{number}" for number in range(16_000)]
    text = " ".join(numbered)
    assert len(text) > 100_000
    promise = Provision(what=text, who="Jo")
    outcomes = (Outcome(text="Reads", provision=(promise,)),)
    paper = printed(dataclasses.replace(BARE, found=text, outcomes=outcomes))
    assert re.findall(r"\bw\d+\b", paper.text) == [*numbered, *numbered]


@pytest.mark.parametrize(
    "text",
    ["a" * 3000, "\n" * 90_000 + "end", "a\n" * 3000, "😀" * 3000, "e\u0301" * 3000, "中" * 900],
)
def test_no_text_runs_off_the_page(text: str):
    places: list[list[float]] = []

    def note(shown, outer, inner, _font, _size):
        if shown.strip():
            places.append(mult(inner, outer)[4:])

    provision = (Provision(what=text[:900], who="Jo", group=text[:300]),)
    outcomes = (Outcome(text="Reads", target=text[:600], provision=provision),)
    paper = printed(dataclasses.replace(BARE, found=text, pupil=text[:400], outcomes=outcomes))
    for page in paper.reader.pages:
        lines = page.extract_text(visitor_text=note).split("\n")
        assert max(map(len, lines)) < 160
    assert all(40 < across < 560 and 20 < up < 820 for across, up in places)


def test_a_long_word_is_broken_on_paper_and_whole_when_searched_for():
    address = "amara.okafor@larkrise-primary-school.county.example"
    outcome = Outcome(text="x", baseline="y", target=address, measured="z")
    paper = printed(dataclasses.replace(BARE, outcomes=(outcome,)))
    assert address in paper.text.replace(" ", "")
    assert "\u200b" not in paper.text


def test_more_than_a_paper_can_hold_is_refused_in_words():
    text = "word " * 20_000
    said = tuple(Said(who="A", words=text) for _ in range(7))
    review = Review(voices=said)
    with pytest.raises(PaperTooLongError, match="at most 600000 characters"):
        plan_pdf(dataclasses.replace(FULL, review=review))


def test_text_from_right_to_left_is_shown():
    arabic, hebrew = "مرحبا بالعالم", "שלום עולם"
    text = printed(dataclasses.replace(BARE, parents_said=f"{arabic}\n{hebrew}")).text
    for word in f"{arabic} {hebrew}".split():
        assert word in text


def test_an_order_to_turn_the_line_round_is_not_obeyed():
    assert "abc def" in printed(dataclasses.replace(BARE, found="abc \u202edef\u2066")).text


def test_nothing_and_half_characters_do_no_harm():
    text = printed(dataclasses.replace(BARE, found="before\x00after \ud800 \x1b[31m \ufffe")).text
    assert "beforeafter" in text
    assert "[31m" in text


def test_a_letter_that_cannot_be_drawn_leaves_a_mark_that_is_explained():
    paper = printed(dataclasses.replace(BARE, found="我们 read"))
    assert "\ufffd\ufffd read" in paper.text
    assert "\ufffd stands for a letter that this paper cannot show." in paper.text
    assert "stands for a letter" not in printed(FULL).text


def test_a_refusal_of_the_typesetter_holds_no_word_of_the_record(monkeypatch):
    def refuse(*_args: object, **_inputs: object) -> bytes:
        raise typst.TypstError("Idris", "Idris")

    monkeypatch.setattr(typst, "compile", refuse)
    with pytest.raises(PaperError) as refusal:
        plan_pdf(FULL)
    assert "Idris" not in str(refusal.value)
    assert refusal.value.__suppress_context__


def test_what_is_written_reaches_the_template_as_data_alone(monkeypatch):
    seen: dict[str, object] = {}

    def watch(source: str, **options: object) -> bytes:
        seen.update(options, source=source)
        return b""

    monkeypatch.setattr(typst, "compile", watch)
    plan_pdf(everywhere("#panic()"))
    inputs = seen.pop("sys_inputs")
    assert isinstance(inputs, dict)
    assert list(inputs) == ["data"]
    assert json.loads(inputs["data"])["school"] == "#panic()"
    assert "#panic()" not in repr(seen)
    assert seen["source"] == str(typeset.TEMPLATES / "plan.typ")


@example("0\u064c")  # an Arabic mark on a figure that the main font draws without it
@settings(max_examples=40)
@given(st.text(st.characters(codec=None), max_size=60))
def test_any_text_can_be_printed(text: str):
    assert plan_pdf(everywhere(text)).startswith(b"%PDF-1.7")
