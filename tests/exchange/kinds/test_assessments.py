"""Lists of results, long and wide: each result finds its test, its day and its measure."""

from datetime import date
from decimal import Decimal

import pytest

from opensenco.exchange.operations.applying import apply_import
from opensenco.exchange.operations.imports import Reading, read_again
from opensenco.exchange.operations.undoing import undo_import
from opensenco.exchange.sentences import said
from opensenco.exchange.states import ImportKind
from opensenco.people.models import Pupil
from opensenco.support.models import AssessmentResult
from opensenco.support.operations import records
from tests.exchange.lists import line, rows_of, staged
from tests.people import acting_as

pytestmark = pytest.mark.django_db
IDRIS = ("Hassan-Cole", "Idris", "04/05/2018")
GRACE = ("Atherton", "Grace", "12/09/2018")
WHO = ("Surname", "Forename", "DOB")
LONG = (*WHO, "Test", "Subject", "Date", "Standardised Score", "Reading Age", "Assessed By")
WIDE = (*WHO, "Class", "Reading Age Sept 2026", "Spelling SS", "CAT4 Verbal 12/10/2026",
        "Y1 Phonics", "KS2 Read Scaled", "Maths")  # fmt: skip


def results_list(actor, *rows, header=LONG, **how):
    return staged(
        actor, *rows, header=header, kind=ImportKind.ASSESSMENTS, file_name="results.csv", **how
    )


def applied(actor, file):
    return apply_import(actor=actor, file_import=file, version=file.version)


def of_idris():
    idris = Pupil.objects.get(first_name="Idris")
    return AssessmentResult.objects.filter(pupil=idris, in_error_at__isnull=True)


@pytest.mark.requirement("S4-40")
def test_a_long_list_has_one_test_in_a_row_and_goes_back():
    row = (*IDRIS, "NGRT", "Reading", "14/09/2026", "84", "7:02", "Ms Raman")
    with acting_as("senco") as actor:
        before = of_idris().count()
        file = applied(actor, results_list(actor, row))
        found = {one.measure: one for one in of_idris().filter(test="NGRT")}
        assert set(found) == {"standardised", "age"}
        score = found["standardised"]
        assert (score.area, score.on, score.number) == ("Reading", date(2026, 9, 14), Decimal(84))
        assert (found["age"].number, found["age"].assessed_by) == (Decimal(86), "Ms Raman")
        assert [one.match for one in rows_of(results_list(actor, row))] == ["unchanged"]
        later = results_list(actor, (*row[:6], "86", "7:02", ""))
        (one,) = line(later, 2).changes
        assert (one["before"]["number"], one["after"]["number"]) == ("84", "86")
        later = applied(actor, later)
        score.refresh_from_db()
        assert (score.number, score.assessed_by, score.version) == (Decimal(86), "Ms Raman", 2)
        undo_import(actor=actor, file_import=later, version=later.version)
        score.refresh_from_db()
        assert score.number == Decimal(84)
        file.refresh_from_db()
        undo_import(actor=actor, file_import=file, version=file.version)
        assert of_idris().count() == before + 1, "the score was corrected since; the age went back"
        assert line(file, 2).outcome == "kept"


def test_a_wide_list_has_a_test_in_a_column_with_its_day_or_one_for_all():
    row = (*IDRIS, "4R", "8.04", "<70", "91", "31", "EXS", "WTS")
    with acting_as("senco") as actor:
        file = results_list(actor, row, (*GRACE, "4R", "", "", "", "absent", "", ""), header=WIDE)
        assert "on which day" in said(file.columns["unclear"])
        file = read_again(
            actor=actor, file_import=file, version=file.version,
            reading=Reading(once={"on": "2027-02-01"}),
        )  # fmt: skip
        assert [one.match for one in rows_of(file)] == ["new", "unchanged"]
        assert "no result in this row" in said(line(file, 3).reasons[0])
        applied(actor, file)
        found = {
            one.test: (one.measure, one.number, one.words, one.on.isoformat())
            for one in of_idris().filter(on__gte=date(2026, 9, 1))
        }
        wanted = {
            "Reading Age": ("age", Decimal(100), "", "2026-09-01"),
            "Spelling SS": ("standardised", Decimal(70), "<70", "2027-02-01"),
            "CAT4 Verbal": ("standardised", Decimal(91), "", "2026-10-12"),
            "Y1 Phonics": ("phonics", Decimal(31), "", "2027-02-01"),
            "KS2 Read Scaled": ("scaled", None, "EXS", "2027-02-01"),
            "Maths": ("scale", None, "WTS", "2027-02-01"),
        }
        assert {name: found[name] for name in wanted} == wanted


def test_a_column_that_nobody_knows_becomes_a_test_when_a_person_says_so():
    header = (*WHO, "Boxall D", "Leuven")
    with acting_as("senco") as actor:
        file = results_list(actor, (*IDRIS, "12", "4"), header=header)
        assert "no column with results" in said(file.columns["unclear"])
        columns = {
            "Surname": "pupil_last_name", "Forename": "pupil_first_name", "DOB": "pupil_born",
            "Boxall D": "result_raw", "Leuven": "result_wellbeing",
        }  # fmt: skip
        reading = Reading(columns=columns, once={"on": "2027-01-11"})
        file = read_again(actor=actor, file_import=file, version=file.version, reading=reading)
        applied(actor, file)
        found = {one.test: (one.measure, one.number) for one in of_idris()}
        assert found["Boxall D"] == ("raw", Decimal(12))
        assert found["Leuven"] == ("wellbeing", Decimal(4))
        # the columns are remembered and the day is not
        again = results_list(actor, (*IDRIS, "12", "4"), header=header)
        assert "on which day" in said(again.columns["unclear"])


def test_a_long_list_with_one_column_of_results_takes_the_measure_from_the_test():
    header = (*WHO, "Assessment", "Date", "Result")
    day = "14/09/2026"
    with acting_as("senco") as actor:
        file = results_list(
            actor,
            (*IDRIS, "Salford Reading Age", day, "7y 11m"),
            (*IDRIS, "BPVS standardised score", day, "100"),
            (*IDRIS, "Y1 Phonics", day, "Wt"),
            (*IDRIS, "Writing", day, "2b"),
            (*IDRIS, "CAT4 Verbal", day, "below average"),
            header=header,
        )
        measures = [one["measure"] for row in rows_of(file) for one in row.values["results"]]
        assert measures == ["age", "standardised", "phonics", "scale", "scale"]
        assert "kept as words" in said(line(file, 6).notes[0]["said"])


@pytest.mark.parametrize(
    ("score", "age", "wrong"),
    [
        ("about 80", "", "not a number"),
        ("A", "", "not a number"),
        ("=SUM(A1)", "", "not a number"),
        ("12", "", "from 40 to 160"),
        ("", "8:13", "A year has 12 months"),
        ("", "8.1", "1 month or 10"),
        ("", "old", "not an age"),
        ("", "72:00", "Nobody has this age"),
    ],
)
def test_a_result_that_cannot_be_refuses_its_row(score, age, wrong):
    with acting_as("senco") as actor:
        row = (*IDRIS, "NGRT", "", "14/09/2026", score, age, "")
        (held,) = rows_of(results_list(actor, row))
        assert held.match == "refused"
        assert wrong in " ".join(said(fault["wrong"]) for fault in held.faults)


def test_two_results_of_one_test_and_day_and_pupils_nobody_knows_are_refused():
    day = "14/09/2026"
    with acting_as("senco") as actor:
        file = results_list(
            actor,
            (*IDRIS, "NGRT", "", day, "84", "", ""),
            (*IDRIS, "ngrt", "", day, "85", "", ""),
            (*IDRIS, "NGRT", "", day, "84", "", ""),
            ("Nobody", "Nia", "01/01/2018", "NGRT", "", day, "84", "", ""),
            ("", "", "04/05/2018", "NGRT", "", day, "84", "", ""),
            (*IDRIS, "NGRT", "", "14/09/2030", "84", "", ""),
            (*IDRIS, "NGRT", "", "", "84", "", ""),
            (*IDRIS, "NGRT", "", "14/09/2015", "84", "", ""),
        )
        assert [one.match for one in rows_of(file)] == [
            "new", "refused", "unchanged", *["refused"] * 5,
        ]  # fmt: skip


def test_what_a_person_corrected_or_marked_is_left_and_said():
    row = (*IDRIS, "NGRT", "", "14/09/2026", "84", "7:02", "")
    with acting_as("senco") as actor:
        applied(actor, results_list(actor, row))
        score = of_idris().get(test="NGRT", measure="standardised")
        age = of_idris().get(test="NGRT", measure="age")
        records.correct_results(
            actor=actor, rows=[score], values=[{"number": Decimal(94)}], version=1, by_hand=True
        )
        records.mark_record_in_error(actor=actor, row=age, version=None, reason="Not his paper.")
        again = line(results_list(actor, row), 2)
        assert (again.match, again.changes) == ("unchanged", [])
        told = " ".join(map(said, again.reasons))
        assert "The list says: NGRT, 14 September 2026: 84" in told
        assert "marked as made in error" in told
