"""Cells and headings of attendance, results and behaviour, without a database."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from opensenco.exchange.kinds.records.assessments import ASSESSMENT_FIELDS
from opensenco.exchange.kinds.records.attendance import ATTENDANCE_FIELDS
from opensenco.exchange.kinds.records.behaviour import BEHAVIOUR_FIELDS
from opensenco.exchange.readers.assessment_columns import MEASURES, day_in, named_in
from opensenco.exchange.readers.periods import period_above
from opensenco.exchange.readers.record_values import (
    beyond,
    nothing_reached,
    read_age,
    read_percent,
    read_points,
    read_praise,
    read_result,
    read_sessions,
)
from opensenco.exchange.readers.words import Unreadable

LIMITS = {"standardised": (40, 160), "scaled": (80, 120), "phonics": (0, 40), "raw": (0, 9)}
READ: list[tuple[Callable[[str], Any], str, Any]] = [
    (read_sessions, "1,520", 1520),
    (read_sessions, "152.0", 152),
    (read_percent, "94.74 %", "94.74"),
    (read_percent, "100.00", "100"),
    (read_percent, "0", "0"),
    (read_points, "-3", -3),
    (read_praise, "House Point", True),
    (read_praise, "Negative behaviour", False),
    (read_age, "8:04", 100),
    (read_age, "08:04:00", 100),
    (read_age, "8y 4m", 100),
    (read_age, "8 years 4 months", 100),
    (read_age, "8 years", 96),
    (read_age, "8.04", 100),
    (read_age, "8.10", 106),
    (read_age, "8.4", 100),
    (read_age, "100 months", 100),
    (read_age, "100", 100),
    (beyond, "<70", "70"),
    (beyond, "130+", "130"),
    (beyond, "Below 5:06", "5:06"),
    (beyond, "104", None),
]
NOT_READ: list[tuple[Callable[[str], Any], str, str]] = [
    (read_sessions, "12.5", "whole numbers"),
    (read_sessions, "-1", "so many sessions"),
    (read_sessions, "1,52", "not a number"),
    (read_percent, "104", "from 0 to 100"),
    (read_points, "99999", "Points are whole"),
    (read_praise, "perhaps", "whether this is praise"),
    (read_age, "8:14", "12 months"),
    (read_age, "8.1", "1 month or 10"),
    (read_age, "3", "not an age"),
    (read_age, "90:00", "Nobody has this age"),
]


@pytest.mark.parametrize(("reader", "text", "value"), READ, ids=lambda one: str(one)[:20])
def test_a_cell_is_read(reader: Callable[[str], Any], text: str, value: Any) -> None:
    assert reader(text) == value


@pytest.mark.parametrize(("reader", "text", "wrong"), NOT_READ, ids=lambda one: str(one)[:20])
def test_a_cell_is_refused_with_its_mend(
    reader: Callable[[str], Any], text: str, wrong: str
) -> None:
    with pytest.raises(Unreadable) as refusal:
        reader(text)
    assert wrong in str(refusal.value.wrong)
    assert str(refusal.value.mend)


@pytest.mark.parametrize(
    ("measure", "text", "value"),
    [
        ("standardised", "84", ("84", "")),
        ("standardised", "<70", ("70", "<70")),
        ("scaled", "HNM", (None, "HNM")),
        ("phonics", "32/40", ("32", "")),
        ("phonics", "Wa", (None, "WA")),
        ("age", "Below 5:06", ("66", "Below 5:06")),
        ("scale", "Working towards", (None, "Working towards")),
        ("scale", "3.5", ("3.5", "")),
    ],
)
def test_a_result_is_read_in_its_measure(
    measure: str, text: str, value: tuple[str | None, str]
) -> None:
    assert read_result(measure, text, LIMITS) == value


def test_a_score_beyond_its_measure_and_letters_are_refused_and_a_dash_is_no_result() -> None:
    for measure, text in (("standardised", "12"), ("scaled", "121"), ("standardised", "A"),
                          ("phonics", "41"), ("raw", "ten")):  # fmt: skip
        with pytest.raises(Unreadable):
            read_result(measure, text, LIMITS)
    assert all(map(nothing_reached, ("-", "n/a", "Absent", "ABS")))
    assert not nothing_reached("0")


#: headings as systems and teachers write them, and what each is taken for
ASSESSED = {
    "Reading Age": "result_age", "Salford Reading Age Autumn 2": "result_age",
    "Spelling Age (y:m)": "result_age", "Spelling SS": "result_standardised",
    "CAT4 Verbal": "result_standardised", "NGRT SAS": "result_standardised",
    "Y1 Phonics": "result_phonics", "Phonics Mark Year 2": "result_phonics",
    "KS2 Read Scaled": "result_scaled", "KS2 Maths Scaled Score": "result_scaled",
    "Maths Percentile": "result_percentile", "Leuven Wellbeing": "result_wellbeing",
    "Writing": "result_scale", "Maths TA": "result_scale", "Reading Raw Score": "result_raw",
    "Class": None, "Home Language": None, "Year Group": None, "Address": None, "SEN Status": None,
    "At Expected Standard": None, "Telephone Number": None, "% Attendance": None,
    "Registration": None, "Admission Number": None,
}  # fmt: skip


def test_headings_of_a_wide_table_promise_their_measure_and_others_promise_none() -> None:
    guess = ASSESSMENT_FIELDS.guess(list(ASSESSED))
    found = dict(zip(ASSESSED, guess.fields, strict=True))
    assert found == ASSESSED
    assert {code for code in found.values() if code} <= set(MEASURES)


@pytest.mark.parametrize(
    ("heading", "day", "test"),
    [
        ("Reading Age Sept 2026", date(2026, 9, 1), "Reading Age"),
        ("CAT4 Verbal 12/10/2026", date(2026, 10, 12), "CAT4 Verbal"),
        ("Spelling SS (14 Sep 2026)", date(2026, 9, 14), "Spelling SS"),
        ("NTS Maths - Jan 27", date(2027, 1, 1), "NTS Maths"),
        ("KS2 Maths", None, "KS2 Maths"),
        ("Maths Autumn 2", None, "Maths Autumn 2"),
        ("PUMA 31/02/2026", None, "PUMA"),
    ],
)
def test_a_heading_names_its_test_and_perhaps_its_day(
    heading: str, day: date | None, test: str
) -> None:
    assert (day_in(heading), named_in(heading)) == (day, test)


def test_a_count_and_a_percentage_of_one_name_are_told_apart() -> None:
    header = ["UPN", "Poss", "Att", "Att %", "Auth Abs", "% Auth Abs", "Unauth Abs", "Lates"]
    assert ATTENDANCE_FIELDS.guess(header).fields == (
        "pupil_upn", "possible", "attended", "percent", "authorised", "authorised_percent",
        "unauthorised", "late",
    )  # fmt: skip


def test_headings_of_behaviour_logs_are_known() -> None:
    header = ["Student", "Date", "Type", "Behaviour", "Points", "Comments", "Action Taken",
              "Lesson", "Location", "Staff", "Incident ID"]  # fmt: skip
    assert BEHAVIOUR_FIELDS.guess(header).fields == (
        "pupil_name", "on", "type", "category", "points", "words", "done", "place", "place",
        "told_by", "source_id",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "days"),
    [
        ([["Attendance from 01/09/2026 to 12/02/2027"]], ("2026-09-01", "2027-02-12")),
        ([["Period: 1st September 2026 – 12 Feb 2027"]], ("2026-09-01", "2027-02-12")),
        ([["Start date", "2026-09-01"], ["End date", "2027-02-12"]], ("2026-09-01", "2027-02-12")),
        ([["Between 1.9.26 and 12.2.27"], ["Run on 13.2.27"]], ("2026-09-01", "2027-02-12")),
        ([["Printed 13/02/2027"]], None),
        ([["From 12/02/2027 to 01/09/2026"]], None),
        ([["Terms from 01/09/2026 to 18/12/2026 and 05/01/2027 to 12/02/2027"]], None),
        ([["Year 2026/2027, week 12 to 14"]], None),
        ([], None),
    ],
)
def test_days_above_a_list_are_read_where_it_is_clear_which_are_meant(lines, days):
    found = period_above(lines)
    assert found == (tuple(map(date.fromisoformat, days)) if days else None)
