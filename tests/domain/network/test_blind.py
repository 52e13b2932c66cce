"""What leads to a child is found however it is written, and ordinary words are left alone."""

from datetime import date

import pytest

from opensenco.network.blind import GENERAL, Telling, found_in, without, words_of, written_days

WILL = Telling(
    words_of(["Will", "O’Brien-Çole", "Billy"]),
    (*written_days(date(2018, 5, 4)), "A123456789012"),
    words_of(["Priya Raman", "Larkrise Primary School"], shortest=3) - GENERAL,
)


@pytest.mark.parametrize(
    ("text", "must_go"),
    [
        ("Will can do it.", ("Will",)),
        ("WILL’S book", ("WILL’S",)),
        ("billy and Wills", ("billy", "Wills")),
        ("Mrs OBrien came", ("OBrien",)),
        ("the O'Brien family", ("O'Brien",)),
        ("said Cole-Smith", ("Cole-Smith",)),
        ("çole", ("çole",)),
        ("born 04/05/2018", ("04/05/2018",)),
        ("born 4.5.18", ("4.5.18",)),
        ("since 4th May 2018", ("4th May 2018",)),
        ("May 4, 2018", ("May 4, 2018",)),
        ("UPN a123456789012", ("a123456789012",)),
        # an ordinary word in small letters, a longer word, another day
        ("He will try.", ()),
        ("Goodwill, willing, Billings", ()),
        ("on 14 May 2018 and 4/5/20181", ()),
        ("", ()),
    ],
)
def test_what_must_go_is_found(text: str, must_go: tuple[str, ...]):
    assert found_in(text, WILL)[0] == must_go


def test_names_of_others_are_pointed_out_and_may_stay():
    assert found_in("Priya teaches at Larkrise School; he will.", WILL) == (
        (), ("Priya", "Larkrise", "will"),
    )  # fmt: skip


def test_a_proposal_leaves_nothing_that_must_go():
    text = "Will O’Brien-Çole, born 4/5/2018, tells it. Will's mother says he will."
    clean = without(text, WILL)
    assert clean == (
        "The pupil, born [a date or number], tells it. The pupil's mother says he will."
    )
    assert found_in(clean, WILL)[0] == ()
