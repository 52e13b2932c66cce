"""Sentences that a page can translate."""

from datetime import date

import pytest

from opensenco.kernel.words import counted, mark, say, sentence

ON = date(2027, 3, 10)


def test_a_sentence_speaks_english_by_itself() -> None:
    assert str(sentence("Agreed on {day} by {who}.", day=ON, who="all")) == (
        "Agreed on 10 March 2027 by all."
    )
    assert mark("As it is.") == "As it is."
    assert say(date(2028, 2, 29)) == "29 February 2028"


@pytest.mark.parametrize(
    ("count", "words"), [(0, "0 days left"), (1, "1 day left"), (2, "2 days left")]
)
def test_words_follow_the_number(count: int, words: str) -> None:
    assert str(counted("{count} day left", "{count} days left", count=count)) == words


def test_words_can_be_translated_without_losing_their_values() -> None:
    words = counted("{count} day left until {on}", "{count} days left until {on}", count=2, on=ON)
    assert words.chosen() == "{count} days left until {on}"
    assert words.fill("Noch {count} Tage bis {on}") == "Noch 2 Tage bis 10 March 2027"
    assert words.fill("{on}", written=lambda value: f"<{value}>") == "<2027-03-10>"


def test_signs_in_a_sentence_or_its_values_do_no_harm() -> None:
    assert str(sentence("Use {braces} and 100 %.")) == "Use {braces} and 100 %."
    assert str(sentence("By {who}.", who="{count} & <b>")) == "By {count} & <b>."
