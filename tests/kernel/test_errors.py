"""Every refusal carries one sentence and a stable word."""

import copy
import pickle
from datetime import date

import pytest

from opensenco.kernel.errors import (
    DomainError,
    Invalid,
    NotAllowed,
    NotFound,
    NotPossible,
    Stale,
)
from opensenco.kernel.words import sentence

ALL: list[type[DomainError]] = [DomainError, NotAllowed, NotPossible, NotFound, Stale]


@pytest.mark.parametrize("kind", ALL)
def test_a_refusal_without_words_of_its_own_has_a_usual_sentence(kind: type[DomainError]) -> None:
    assert kind().sentence.endswith(".")
    assert str(kind("Not on a Sunday.")) == "Not on a Sunday."


def test_each_kind_has_a_word_of_its_own() -> None:
    kinds: list[type[DomainError]] = [*ALL, Invalid]
    words = [kind.code for kind in kinds]
    assert len(set(words)) == len(words)


def test_a_refusal_keeps_its_values_apart_for_translation() -> None:
    refusal = NotPossible(sentence("Closed on {day}.", day=date(2027, 3, 10)))
    assert refusal.sentence == str(refusal) == "Closed on 10 March 2027."
    assert refusal.words.fill("Geschlossen am {day}.") == "Geschlossen am 10 March 2027."
    assert pickle.loads(pickle.dumps(refusal)).words == refusal.words  # noqa: S301


def test_an_invalid_field_is_still_named_after_copying_and_pickling() -> None:
    refusal = Invalid("review_on", "The review date must be after the start.")
    for same in (copy.copy(refusal), pickle.loads(pickle.dumps(refusal))):  # noqa: S301
        assert same.field == "review_on"
        assert same.sentence == "The review date must be after the start."
