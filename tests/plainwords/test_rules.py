"""Plain rules about the words of a plan: each carries texts that must and must not fire."""

import tomllib
from importlib import resources

import pytest

from opensenco.plainwords.rules import WordingFault, quoted, read, remarks, rules

SOURCE = resources.files("opensenco.plainwords") / "plan-checker.toml"
DATA = tomllib.loads(SOURCE.read_text(encoding="utf-8"))
RULES = {rule.id: rule for rule in rules().wording}


def cases(key: str) -> list[tuple[str, str]]:
    return [(one["id"], text) for one in DATA["rule"] for text in one[key]]


def test_a_rule_fires_on_what_it_is_about():
    silent = [(r, text) for r, text in cases("test_hits") if RULES[r].found_in(text) is None]
    assert len(cases("test_hits")) > 100
    assert not silent


def test_a_rule_leaves_good_words_alone():
    fired = [(r, text) for r, text in cases("test_misses") if RULES[r].found_in(text) is not None]
    assert len(cases("test_misses")) > 100
    assert not fired


@pytest.mark.parametrize(
    "change",
    [{"kind": "perhaps"}, {"severity": "deadly"}, {"scopes": ["moon"]}, {"pattern": "("},
     {"pattern": ""}, {"id": "frequent"}, {"settled_by": "luck"}, {"category": "moon"}],
)  # fmt: skip
def test_a_rule_that_cannot_be_is_refused(change):
    broken = {**DATA, "rule": [{**DATA["rule"][0], **change}, *DATA["rule"][1:]]}
    with pytest.raises(WordingFault):
        read(broken)


def test_quotation_marks_are_those_of_print():
    assert quoted('"Often" isn\'t said.') == "“Often” isn’t said."
    assert not any('"' in rule.message + rule.better for rule in rules().wording)


def test_nothing_is_said_about_nothing():
    assert remarks("outcome", "  ") == []


def test_what_somebody_said_is_left_as_they_said_it():
    assert remarks("found", "He is lazy.")
    assert not remarks("found", "He says “they call me lazy” and wants it to stop.")


def test_what_the_record_holds_in_a_field_is_not_asked_of_the_words():
    vague = "Regular phonics."
    assert [one.rule for one in remarks("provision", vague)] == ["regular"]
    assert remarks("provision", vague, settled=["quantity"]) == []
