"""A behaviour log: each entry once, in the school's own words, and read by those who may."""

from datetime import date

import pytest

from opensenco.access.actions import Action
from opensenco.exchange.models import FileImport, ImportRow
from opensenco.exchange.operations.applying import apply_import
from opensenco.exchange.operations.imports import decide
from opensenco.exchange.operations.undoing import prospect, undo_import
from opensenco.exchange.sentences import said
from opensenco.exchange.states import Decision, ImportKind
from opensenco.gate.rows import NotYours, find
from opensenco.kernel.errors import NotAllowed
from opensenco.people.models import Pupil
from opensenco.support.models import Incident
from opensenco.support.operations import records
from tests.exchange.lists import line, rows_of, staged
from tests.people import acting_as

pytestmark = pytest.mark.django_db
HEADER = (
    "Pupil Name", "DOB", "Date", "Time", "Type", "Category", "Points", "Description",
    "Action Taken", "Recorded By",
)  # fmt: skip
IDRIS = ("Hassan-Cole, Idris", "04/05/2018")
PUSHED = (*IDRIS, "02/02/2027", "12:10", "Negative", "Physical", "-2", "Pushed in the queue.",
          "Talked it through", "J Birkett")  # fmt: skip
KIND = (*IDRIS, "03/02/2027", "", "Positive", "Kindness", "1", "", "", "")


def log(actor, *rows, header=HEADER):
    return staged(actor, *rows, header=header, kind=ImportKind.BEHAVIOUR, file_name="log.csv")


def applied(actor, file):
    return apply_import(actor=actor, file_import=file, version=file.version)


def of_idris():
    idris = Pupil.objects.get(first_name="Idris")
    return Incident.objects.filter(
        pupil=idris, in_error_at__isnull=True, on__gte=date(2027, 2, 1)
    ).order_by("on", "id")


@pytest.mark.requirement("S4-40")
def test_entries_come_once_even_where_two_say_the_same_and_go_back():
    with acting_as("senco") as actor:
        before = of_idris().count()
        file = log(actor, PUSHED, PUSHED, KIND)
        assert [one.match for one in rows_of(file)] == ["new"] * 3
        file = applied(actor, file)
        first, second, praise = of_idris()[before:] if before else of_idris()
        assert (first.category, first.points, first.place) == ("Physical", -2, "12:10")
        assert (first.words, first.done) == ("Pushed in the queue.", "Talked it through")
        assert (first.number, second.number) == (1, 2)
        assert (praise.praise, praise.category, first.praise) == (True, "Kindness", False)
        again = log(actor, PUSHED, PUSHED, KIND)
        assert {one.match for one in rows_of(again)} == {"unchanged"}
        # a third of the same day is one more, and what was done later corrects
        third = log(actor, (*PUSHED[:8], "Parents rang", "J Birkett"), PUSHED, PUSHED)
        assert [one.match for one in rows_of(third)] == ["changed", "unchanged", "new"]
        third = applied(actor, third)
        first.refresh_from_db()
        assert first.done == "Parents rang"
        undo_import(actor=actor, file_import=third, version=third.version)
        first.refresh_from_db()
        assert (first.done, of_idris().count()) == ("Talked it through", before + 3)
        assert len(prospect(actor, file).why()) == 1
        file.refresh_from_db()
        undo_import(actor=actor, file_import=file, version=file.version)
        assert [one.pk for one in of_idris()][before:] == [first.pk]


def test_an_entry_with_a_number_is_known_by_it_whatever_else_changed():
    header = ("Incident ID", "Pupil Name", "DOB", "Date", "Category", "Description")
    with acting_as("senco") as actor:
        row = ("88", *IDRIS, "02/02/2027", "Physical", "Pushed.")
        applied(actor, log(actor, row, header=header))
        moved = ("88", *IDRIS, "12/02/2027", "Verbal", "Shouted.")
        file = log(actor, moved, ("89", *moved[1:]), ("89", *row[1:]), header=header)
        assert [one.match for one in rows_of(file)] == ["changed", "new", "refused"]
        assert [(one["field"], one["after"]) for one in line(file, 2).changes] == [
            ("on", "2027-02-12"), ("category", "Verbal"), ("words", "Shouted."),
        ]  # fmt: skip
        file = applied(actor, file)
        assert of_idris().get(source_id="88").words == "Shouted."
        undo_import(actor=actor, file_import=file, version=file.version)
        assert of_idris().get(source_id="88").on == date(2027, 2, 2)


def test_what_somebody_corrected_or_marked_here_is_not_brought_again():
    with acting_as("senco") as actor:
        applied(actor, log(actor, PUSHED, KIND))
        first, praise = of_idris().filter(category__in=["Physical", "Kindness"])
        records.correct_incidents(
            actor=actor, rows=[first], values=[{"words": "Was pushed."}], version=1, by_hand=True
        )
        records.mark_record_in_error(actor=actor, row=praise, version=None, reason="Not his.")
        again = log(actor, PUSHED, KIND)
        assert [one.match for one in rows_of(again)] == ["unchanged", "unchanged"]
        assert "corrected this here by hand" in said(line(again, 2).reasons[0])
        assert "marked as made in error" in said(line(again, 3).reasons[0])
        assert of_idris().get(category="Physical").words == "Was pushed."


def test_one_answer_about_a_name_serves_every_row_of_it():
    header = ("Student", "DOB", "Date", "Behaviour", "Comments")
    other = ("Hassan-Cole, Idris", "05/05/2018")
    with acting_as("senco") as actor:
        file = log(
            actor, (*other, "02/02/2027", "Calling out", ""), (*other, "03/02/2027", "Late", ""),
            ("Nobody, Nia", "", "02/02/2027", "Late", ""), header=header,
        )  # fmt: skip
        assert [one.match for one in rows_of(file)] == ["doubtful", "doubtful", "refused"]
        pk = line(file, 2).candidates[0]
        file = decide(actor=actor, file_import=file, version=1, answers={2: (Decision.USE, pk)})
        assert [one.match for one in rows_of(file)] == ["doubtful", "new", "refused"]
        assert "chosen for another row" in said(line(file, 3).reasons[0])
        applied(actor, file)
        assert {"Calling out", "Late"} <= {one.category for one in of_idris()}


@pytest.mark.parametrize(
    ("cells", "wrong"),
    [
        (("", "", "", "Physical", "1", "x", "", ""), "cell is empty"),
        (("02/02/2031", "", "", "Physical", "1", "x", "", ""), "still to come"),
        (("02/02/2015", "", "", "Physical", "1", "x", "", ""), "not born"),
        (("02/02/2027", "", "", "Physical", "lots", "x", "", ""), "not a number"),
        (("02/02/2027", "", "", "Physical", "1.5", "x", "", ""), "Points are whole"),
        (("02/02/2027", "", "Negative", "", "1", "", "", ""), "does not say what kind"),
        (("02/02/2027", "", "", "x" * 201, "1", "", "", ""), "longer than 200"),
    ],
)
def test_entries_that_cannot_be_are_refused(cells, wrong):
    with acting_as("senco") as actor:
        (row,) = rows_of(log(actor, (*IDRIS, *cells)))
        assert row.match == "refused"
        assert wrong in " ".join(said(fault["wrong"]) for fault in row.faults)


def test_a_formula_is_kept_as_words_and_a_log_without_kinds_is_known_by_its_first_words():
    header = ("Pupil Name", "DOB", "Date", "Description")
    with acting_as("senco") as actor:
        file = log(
            actor, (*IDRIS, "02/02/2027", "=HYPERLINK(1)"),
            (*IDRIS, "02/02/2027", "He said that " + "no " * 40), header=header,
        )  # fmt: skip
        assert "looks like a formula" in said(line(file, 2).notes[0]["said"])
        applied(actor, file)
        first, second = of_idris().filter(told_by="", points=None, praise=False).order_by("-id")[:2]
        assert second.words == "=HYPERLINK(1)"
        assert first.category.startswith("He said that no")
        assert first.category.endswith("…")


def test_who_may_not_read_the_log_neither_reads_it_in_nor_sees_its_list():
    with acting_as("senco") as actor:
        file = log(actor, PUSHED)
    with acting_as("admin") as actor:
        with pytest.raises(NotAllowed):
            log(actor, PUSHED)
        with pytest.raises(NotYours):
            find(actor, Action.IMPORT_PUPILS, FileImport, file.ref)
        assert ImportRow.objects.filter(file=file).exists()
