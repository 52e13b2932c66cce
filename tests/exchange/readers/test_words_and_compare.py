import copy

from opensenco.exchange.readers.compare import Change, changes
from opensenco.exchange.readers.words import Fault, FileRefused, Sentence, say
from opensenco.kernel.errors import DomainError


def test_a_sentence_is_filled_and_can_be_translated() -> None:
    sentence = say("Line {line} is empty.", line=3)
    assert str(sentence) == "Line 3 is empty."
    assert sentence.translated(
        {"Line {line} is empty.": "Mae llinell {line} yn wag."}.__getitem__
    ) == ("Mae llinell 3 yn wag.")


def test_braces_in_a_value_stay_what_they_are() -> None:
    assert str(say("Two columns: {heading}.", heading="{0} {x}")) == "Two columns: {0} {x}."


def test_a_refusal_of_a_file_is_a_refusal_of_the_domain() -> None:
    refusal = FileRefused(say("No {thing}.", thing="header"))
    assert isinstance(refusal, DomainError)
    assert refusal.sentence == str(refusal) == "No header."
    assert copy.copy(refusal).said == Sentence("No {thing}.", (("thing", "header"),))


def test_what_a_cell_held_stays_out_of_representations() -> None:
    assert "Okafor" not in repr(Fault("Name", say("x"), say("y"), "Okafor"))
    assert "Okafor" not in repr(Change("surname", "Okafor", "Okafor-Bell"))


def test_changes_are_told_field_by_field() -> None:
    before = {"surname": "A", "forename": "B", "house": "Red", "eal": None}
    after = {"surname": "A", "forename": "C", "eal": None, "sex": "F"}
    assert changes(before, after) == (
        Change("forename", "B", "C"),
        Change("sex", None, "F"),
    )
    assert changes(after, after) == ()
    assert changes({}, {"eal": None}) == (Change("eal", None, None),)
