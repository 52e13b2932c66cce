"""Text is mended only where a font cannot draw it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opensenco.documents.pdf.plain import BREAK, LOST, plain


@pytest.mark.parametrize(
    "text",
    [
        "I don’t know – £5, ½ and 2 × 20 “words”…",
        "Zoë Łukasiewicz, Đorđe, Ștefan, Ayşe, Ngọc",
        "Українською. Ελληνικά.",
        "نحن نقرأ كل يوم",
        "می\u200cکنم",
        "שָׁלוֹם",
        "हम रोज़ पढ़ते हैं।",
        "আমরা প্রতিদিন পড়ি।",
        "ਅਸੀਂ ਹਰ ਰੋਜ਼",
        "અમે દરરોજ વાંચીએ છીએ.",
        "நாங்கள் தினமும்",
        "one\ntwo\n\nthree",
    ],
)
def test_what_families_write_stays_as_it_is(text: str):
    assert plain(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("a\n\n \n\n\nb", "a\n\nb"),
        ("a\tb\x00\x07c", "a bc"),
        ("  a  ", "a"),
        ("e\u0301", "é"),
        ("\u3000wide\u3000", "wide"),
        ("abc\u202edef\u2069", "abcdef"),
        ("Good 😀👍🏽", "Good [grinning face][thumbs up sign]"),
        ("done ✓ → next ☐", "done [tick] -> next [ ]"),
        ("⚽\ufe0f", "[football]"),
        ("1\ufe0f\u20e3", "1"),
        ("👨\u200d👩", "[man][woman]"),
        ("🇬🇧", "GB"),
        ("\U0001d4ed\U0001d4fb", "dr"),
        ("中文", LOST * 2),
        ("\ud800x", LOST + "x"),
        ("a\u064e", "a" + LOST),
    ],
)
def test_what_no_font_draws_is_told_in_letters_or_marked(text: str, shown: str):
    assert plain(text) == shown


@pytest.mark.parametrize("text", ["", " \n\t", "\x00", "\u200b\u200d\xad", "\ufeff", "\u2028"])
def test_what_nobody_can_see_is_nothing(text: str):
    assert plain(text) == ""


def test_a_word_longer_than_a_column_may_break_and_an_ordinary_one_may_not():
    assert plain("neurodevelopmental") == "neurodevelopmental"
    assert plain("a" * 20).split(BREAK) == ["a" * 6, "a" * 6, "a" * 6, "aa"]


def test_a_break_never_parts_a_letter_from_its_mark():
    for piece in plain("q\u0323\u0307" * 20).split(BREAK):
        assert piece[0] == "q"


def test_bounds_that_no_honest_text_meets():
    assert plain("e" + "\u0323\u0301" * 5000).count("\u0301") <= 8
    assert plain("line\n" * 5000).count("\n") == 400
    assert plain("line\n" * 5000).split() == ["line"] * 5000
    assert plain("😀 " * 5000).count("[grinning face]") == 100


@given(st.text(st.characters(codec=None)))
def test_plain_text_is_plain_already(text: str):
    assert plain(plain(text)) == plain(text)
