"""The shipped sets can all be asked, and what an answer says. No database."""

from dataclasses import replace

import pytest

from opensenco.participation.questions import (
    Question,
    QuestionWords,
    faults,
    in_words,
    next_steps,
    question_data,
    question_of,
    starters,
    worded,
)
from opensenco.participation.states import AskedOf, Kind


def test_every_shipped_set_can_be_asked_and_is_read_back_as_it_was():
    assert len(starters()) == 24
    for one in starters().values():
        words = one.words
        assert words.asked_of in AskedOf.values, one.code
        assert words.asked, one.code
        assert not faults(words), one.code
        codes = [question.code for question in words.questions]
        assert len(codes) == len(set(codes)), one.code
        assert tuple(question_of(question_data(q)) for q in words.questions) == words.questions
        merged = worded(words.intro + " ".join(q.text for q in words.questions), MERGES)
        assert "{" not in merged, one.code


MERGES = {"pupil": "Grace", "date": "8 March 2027", "last_review": "5 January 2027"}


def test_a_name_in_braces_that_is_none_of_ours_stays_as_it_was_written():
    assert worded("{pupil} and {secret.__class__}", MERGES) == "Grace and {secret.__class__}"


@pytest.mark.parametrize(
    ("not_yet", "begins"),
    [((), "Keep good teaching"), ((1, 2, 3), "Check hearing"), ((9,), "Talk with home")],
)
def test_a_screening_set_suggests_a_next_step_and_one_answer_can_bring_it_up_alone(not_yet, begins):
    words = starters()["screen-communication"].words
    answers = {f"q{n}": "not yet" if n in not_yet else "yes" for n in range(1, 11)}
    (told,) = next_steps(words, answers)
    assert told.startswith(begins)
    assert next_steps(words, {}) == []


def test_an_answer_is_read_as_it_was_given():
    table = Question("t", "?", Kind.TABLE, columns=("what", "weeks"))
    assert in_words(table, [["Cards", "6"], ["", ""]]) == ["what: Cards; weeks: 6"]
    assert in_words(Question("m", "?", Kind.MULTI), ["pair", "alone"]) == ["pair", "alone"]
    assert in_words(Question("n", "?", Kind.NUMBER), 0) == ["0"]
    assert in_words(table, []) == in_words(Question("x", "?", Kind.TEXT), "") == []
    assert Question("s", "?", Kind.SCALE, options=("0 to 10",)).steps[-1] == "10"


def test_a_choice_without_answers_to_choose_from_cannot_be_asked():
    choice = Question("c", "?", Kind.CHOICE, options=())
    words = QuestionWords("Ours", "staff", questions=(choice, replace(choice, kind=Kind.TABLE)))
    assert faults(words) == {0: "options", 1: "columns"}
