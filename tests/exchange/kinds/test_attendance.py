"""A list of attendance: sessions or a percentage, over days that a column or a person says."""

from datetime import date

import pytest

from opensenco.exchange.operations.applying import apply_import
from opensenco.exchange.operations.imports import Reading, read_again
from opensenco.exchange.operations.undoing import undo_import
from opensenco.exchange.sentences import said
from opensenco.exchange.states import ImportKind
from opensenco.kernel.errors import NotAllowed
from opensenco.people.models import Pupil
from opensenco.support.models import Attendance
from opensenco.support.operations import records
from tests.exchange.lists import line, rows_of, staged
from tests.people import acting_as

pytestmark = pytest.mark.django_db
IDRIS = ("Hassan-Cole", "Idris", "04/05/2018")
GRACE = ("Atherton", "Grace", "12/09/2018")
SIMS = (
    "Legal Surname", "Legal Forename", "DOB", "Reg", "Poss", "Att", "Att %", "Auth Abs",
    "Unauth Abs", "Lates",
)  # fmt: skip
AUTUMN = {"starts": "2026-09-01", "ends": "2026-12-18"}


def attendance_list(actor, *rows, header=SIMS, once=None, **how):
    return staged(
        actor, *rows, header=header, kind=ImportKind.ATTENDANCE, file_name="attendance.csv",
        once=AUTUMN if once is None else once, **how,
    )  # fmt: skip


def applied(actor, file):
    return apply_import(actor=actor, file_import=file, version=file.version)


def of_idris():
    """Give his attendance of the autumn; the world has other spans."""
    idris = Pupil.objects.get(first_name="Idris")
    return Attendance.objects.filter(pupil=idris, ends=date(2026, 12, 18))


@pytest.mark.requirement("S4-40")
def test_sessions_are_kept_corrected_by_a_later_list_and_the_same_list_adds_nothing():
    row = (*IDRIS, "4R", "140", "126", "90.0", "10", "4", "3")
    with acting_as("senco") as actor:
        file = attendance_list(actor, row)
        assert [one.match for one in rows_of(file)] == ["new"]
        applied(actor, file)
        held = of_idris().get()
        assert (held.starts, held.ends) == (date(2026, 9, 1), date(2026, 12, 18))
        assert (held.possible, held.attended, held.percent) == (140, 126, None)
        assert (held.authorised, held.unauthorised, held.late) == (10, 4, 3)
        assert [one.match for one in rows_of(attendance_list(actor, row))] == ["unchanged"]
        later = attendance_list(actor, (*IDRIS, "4R", "140", "128", "", "", "", "3"))
        changes = line(later, 2).changes
        assert [(one["field"], one["before"], one["after"]) for one in changes] == [
            ("attended", 126, 128), ("authorised", 10, None), ("unauthorised", 4, None),
        ]  # fmt: skip
        later = applied(actor, later)
        held.refresh_from_db()
        assert (held.attended, held.authorised, held.version) == (128, None, 2)
        undo_import(actor=actor, file_import=later, version=later.version)
        held.refresh_from_db()
        assert (held.attended, held.authorised, held.unauthorised) == (126, 10, 4)
        # the first list goes back too, and may come again
        file.refresh_from_db()
        undo_import(actor=actor, file_import=file, version=file.version)
        held.refresh_from_db()
        assert held.in_error is False, "it was corrected since, so it stays"
        assert "changed it" in said(line(file, 2).reasons[-1])


def test_a_list_that_nobody_touched_goes_back_and_can_come_again():
    with acting_as("senco") as actor:
        file = applied(actor, attendance_list(actor, (*IDRIS, "4R", "10", "9", "", "", "", "")))
        undo_import(actor=actor, file_import=file, version=file.version)
        held = of_idris().get()
        assert held.in_error
        again = attendance_list(actor, (*IDRIS, "4R", "10", "9", "", "", "", ""))
        assert line(again, 2).match == "new"


def test_what_a_person_marked_or_corrected_here_is_not_brought_again():
    row = (*IDRIS, "4R", "10", "9", "", "", "", "")
    other = (*GRACE, "4R", "10", "8", "", "", "", "")
    with acting_as("senco") as actor:
        applied(actor, attendance_list(actor, row, other))
        first, second = Attendance.objects.filter(ends=date(2026, 12, 18)).order_by("id")
        records.mark_record_in_error(actor=actor, row=first, version=None, reason="Of his brother.")
        records.correct_attendance(
            actor=actor, rows=[second], values=[{"attended": 7}], version=1, by_hand=True
        )
        again = attendance_list(actor, row, other)
        assert [one.match for one in rows_of(again)] == ["unchanged", "unchanged"]
        assert "marked as made in error here on 10 March 2027" in said(line(again, 2).reasons[0])
        assert "The list says: 8 / 10" in said(line(again, 3).reasons[0])


def test_the_days_are_asked_for_once_where_no_column_says_them():
    header = ("UPN", "Surname", "Forename", "DOB", "Year", "Reg", "% Attendance")
    with acting_as("senco") as actor:
        file = attendance_list(actor, ("", *IDRIS, "4", "4R", "94.74%"), header=header, once={})
        assert "first and last day" in said(file.columns["unclear"])
        reading = Reading(once={"starts": "2026-09-01", "ends": "2027-07-20"})
        file = read_again(actor=actor, file_import=file, version=file.version, reading=reading)
        assert "still to come" in said(file.columns["unclear"])
        reading = Reading(once=AUTUMN)
        file = read_again(actor=actor, file_import=file, version=file.version, reading=reading)
        applied(actor, file)
        assert str(of_idris().get().percent) == "94.74"


def test_workbook_percentages_and_spans_in_columns():
    header = ("Name", "From", "To", "Attendance %", "Absence %", "Late")
    with acting_as("senco") as actor:
        file = attendance_list(
            actor,
            ("Hassan-Cole, Idris", "01/09/2026", "18/12/2026", "0.947", "", "2"),
            ("Atherton, Grace", "2026-09-01", "18 Dec 2026", "1", "", ""),
            ("Wren, Poppy", "01/09/2026", "18/12/2026", "", "0.1", ""),
            ("Atherton, Grace", "05/01/2027", "12/02/2027", "0.5", "", ""),
            header=header, once={},
        )  # fmt: skip
        assert [one.match for one in rows_of(file)] == ["new", "new", "new", "new"]
        assert "parts of one" in " ".join(map(said, file.columns["notes"]))
        assert "by the name alone" in said(line(file, 2).reasons[0])
        assert [row.values["percent"] for row in rows_of(file)] == ["94.7", "100", "90", "50"]
        applied(actor, file)
        assert Attendance.objects.filter(ends__lte=date(2026, 12, 18), late=2).count() == 1


@pytest.mark.parametrize(
    ("cells", "wrong"),
    [
        (("140", "141", "", "", "", ""), "More sessions were attended"),
        (("140", "130", "", "9", "2", ""), "Attended and absent together"),
        (("0", "0", "", "", "", ""), "No session was possible"),
        (("", "", "104", "", "", ""), "from 0 to 100"),
        (("", "", "-3", "", "", ""), "from 0 to 100"),
        (("", "", "ninety", "", "", ""), "not a number"),
        (("", "", "=1+1", "", "", ""), "not a number"),
        (("", "130", "", "", "", ""), "not how many were possible"),
        (("140", "", "", "", "", ""), "does not say how much"),
        (("140", "12.5", "", "", "", ""), "whole numbers"),
        (("14", "12", "", "", "", "15"), "more lates than sessions"),
        (("99999", "1", "", "", "", ""), "so many sessions"),
    ],
)
def test_figures_that_cannot_be_refuse_their_row(cells, wrong):
    with acting_as("senco") as actor:
        file = attendance_list(actor, (*IDRIS, "4R", *cells))
        (row,) = rows_of(file)
        assert row.match == "refused"
        assert wrong in " ".join(said(fault["wrong"]) for fault in row.faults)


def test_unknown_pupils_days_to_come_and_second_figures_are_refused():
    header = ("Surname", "Forename", "DOB", "From", "To", "Attendance %")
    span = ("01/09/2026", "18/12/2026")
    with acting_as("senco") as actor:
        file = attendance_list(
            actor,
            ("Nobody", "Nia", "01/01/2018", *span, "90"),
            ("", "", "04/05/2018", *span, "90"),
            (*IDRIS, "01/09/2026", "18/12/2030", "90"),
            (*IDRIS, "18/12/2026", "01/09/2026", "90"),
            (*IDRIS, "01/09/2016", "18/12/2016", "90"),
            (*IDRIS, *span, "90"),
            (*IDRIS, *span, "91"),
            (*IDRIS, *span, "90"),
            ("Hassan-Cole", "Idris", "05/05/2018", *span, "90"),
            header=header, once={},
        )  # fmt: skip
        matches = [one.match for one in rows_of(file)]
        assert matches == [*["refused"] * 5, "new", "refused", "unchanged", "doubtful"]
        told = [" ".join(said(f["wrong"]) for f in row.faults) for row in rows_of(file)]
        for text, words in zip(
            told,
            ("No pupil here", "cell is empty", "still to come", "before the first", "not born"),
            strict=False,
        ):
            assert words in text
        assert "otherwise" in told[6]


def test_who_may_not_set_attendance_may_not_read_it_in():
    with acting_as("admin") as actor:
        applied(actor, attendance_list(actor, (*IDRIS, "4R", "10", "9", "", "", "", "")))
    with acting_as("teacher") as actor, pytest.raises(NotAllowed):
        attendance_list(actor, (*IDRIS, "4R", "10", "9", "", "", "", ""))
