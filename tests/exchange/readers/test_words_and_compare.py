import copy

from opensenco.exchange.readers.compare import Change, changes
from opensenco.exchange.readers.words import Fault, FileRefused, Note, Unreadable
from opensenco.kernel.errors import DomainError
from opensenco.kernel.words import sentence

WRONG, MEND = sentence("Line {line} is empty.", line=3), sentence("Fill it in.")


def test_a_refusal_of_a_file_is_a_refusal_of_the_domain() -> None:
    refusal = FileRefused(WRONG)
    assert isinstance(refusal, DomainError)
    assert refusal.sentence == str(refusal) == "Line 3 is empty."
    assert copy.copy(refusal).words == WRONG


def test_a_cell_that_cannot_be_read_says_what_is_wrong_and_what_to_do() -> None:
    refusal = copy.copy(Unreadable(WRONG, MEND))
    assert (refusal.wrong, refusal.mend) == (WRONG, MEND)


def test_what_a_cell_held_stays_out_of_representations() -> None:
    assert "Okafor" not in repr(Fault("Name", WRONG, MEND, "Okafor"))
    assert "Okafor" not in repr(Note("Name", WRONG, "Okafor"))
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
