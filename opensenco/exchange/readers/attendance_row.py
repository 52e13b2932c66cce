"""One row of a list of attendance: from when until when, and how much of it was attended.

Systems give sessions (half days), or a percentage, or both; where both stand the sessions are kept.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from opensenco.exchange.readers.cells import tidy
from opensenco.exchange.readers.fields import Field
from opensenco.exchange.readers.one_row import OneRow
from opensenco.exchange.readers.record_values import plain, read_number, read_percent, read_sessions
from opensenco.exchange.readers.table import Broken, Row
from opensenco.exchange.readers.values import read_date
from opensenco.exchange.readers.words import Unreadable
from opensenco.kernel.words import mark, sentence

FIELDS = (
    Field(
        "starts",
        mark("First day that counts"),
        "From|Start|Start Date|Date From|From Date|Period Start|Starts|First Day|Week Commencing",
        date=True,
    ),
    Field(
        "ends",
        mark("Last day that counts"),
        "To|End|End Date|Date To|To Date|Until|Period End|Ends|Last Day|Week Ending",
        date=True,
    ),
    Field(
        "possible",
        mark("Possible sessions"),
        "Sessions Possible|Possible Sessions|Possible|Poss|Possible Marks|Possible Attendances"
        "|Total Possible Sessions|Total Possible|Total Sessions|Sessions|Number of Sessions"
        "|No of Possible Sessions|Poss Sessions|Total Marks|Statutory Sessions Possible",
    ),
    Field(
        "attended",
        mark("Attended sessions"),
        "Sessions Attended|Attended Sessions|Attended|Att|Attendances|Actual Attendances|Presents"
        "|Present|Sessions Present|Present Sessions|Present Marks|Total Present|Total Attended"
        "|Att Sessions|Attended or AEA|Total Attendances",
    ),
    Field(
        "percent",
        mark("Attendance in per cent"),
        "% Attendance|Attendance %|Percentage Attendance|Attendance Percentage|Att %|% Att"
        "|% Attend|Attend %|% Present|Present %|% Attended|Attended %|Overall Attendance %"
        "|% Overall Attendance|Overall Attendance|YTD Attendance|Attendance YTD|Attendance YTD %"
        "|% Attendance YTD|Current Attendance|Attendance Rate|Percent Attendance|Attendance"
        "|Perc Attendance|Attendance Percent|Roll Call Attendance|Statutory Attendance %",
        missing=mark("This file has no column that says how much was attended."),
    ),
    Field(
        "missed",
        mark("Missed sessions"),
        "Sessions Missed|Missed Sessions|Missed|Absences|Absent|Total Absences|Total Absence"
        "|Sessions Absent|Absent Sessions|Total Absent",
    ),
    Field(
        "missed_percent",
        mark("Absence in per cent"),
        "% Absence|Absence %|% Absent|Absent %|% Missed|Missed %|Absence Rate|% Total Absence"
        "|Overall Absence %|Percentage Absence|Absence Percentage",
    ),
    Field(
        "authorised",
        mark("Authorised, sessions"),
        "Authorised Absences|Authorised Absence|Authorised|Auth Abs|Auth Absence|Auth Absences"
        "|Auth|Authorised Sessions|Sessions Authorised|Sessions Authorised Absence"
        "|Authorised Absence Sessions|Total Authorised|Authorised Missed",
    ),
    Field(
        "unauthorised",
        mark("Unauthorised, sessions"),
        "Unauthorised Absences|Unauthorised Absence|Unauthorised|Unauth Abs|Unauth Absence"
        "|Unauth Absences|Unauth|Unauthorised Sessions|Sessions Unauthorised"
        "|Sessions Unauthorised Absence|Unauthorised Absence Sessions|Total Unauthorised"
        "|Unauthorised Missed",
    ),
    Field(
        "authorised_percent",
        mark("Authorised, per cent"),
        "% Authorised Absence|% Authorised Absences|Authorised Absence %|Authorised %"
        "|% Authorised|Auth Abs %|% Auth Abs|Auth %|% Auth|Authorised Absences %",
    ),
    Field(
        "unauthorised_percent",
        mark("Unauthorised, per cent"),
        "% Unauthorised Absence|% Unauthorised Absences|Unauthorised Absence %|Unauthorised %"
        "|% Unauthorised|Unauth Abs %|% Unauth Abs|Unauth %|% Unauth|Unauthorised Absences %",
    ),
    Field(
        "late",
        mark("Lates, sessions"),
        "Lates|Late|Sessions Late|Late Sessions|Late Marks|Late Before Registration"
        "|Late Before Reg|Lates Before Reg|Lates Before Registration|Number of Lates|Times Late"
        "|Total Lates|Total Late|L",
    ),
)
PERCENTS = ("percent", "missed_percent", "authorised_percent", "unauthorised_percent")
TELLING = frozenset({"possible", "attended", *PERCENTS, "authorised", "unauthorised", "missed"})

NO_SESSION = mark("No session was possible, so there is no attendance to say.")
LEAVE_OUT = mark("Leave this row out.")
TOO_MANY = mark("More sessions were attended than were possible.")
TOO_MUCH = mark("Attended and absent together are more sessions than were possible.")
MORE_LATES = mark("There were more lates than sessions.")
MEND_FIGURES = mark("Check the figures of this row.")
HALF = mark("The row says how many sessions were attended and not how many were possible.")
NOTHING_SAID = mark("The row does not say how much was attended.")
TO_COME = mark("This day is still to come. Give the day until which the figures count.")
BACKWARDS = mark("The last day is before the first.")
OTHER_PERCENT = mark("The percentage does not follow from the sessions. The sessions are kept.")
FRACTIONS = mark("The percentages are written as parts of one: 0.95 was read as 95 %.")
_FEWEST = 2
_NEAR = Decimal(1)
_WHOLE = Decimal(100)


def parts_of_one(
    rows: Sequence[Row | Broken], columns: Mapping[str, Sequence[int]]
) -> frozenset[str]:
    """Which percentages of a list are written as a workbook keeps them: 0.95 for 95 %.

    A column is where every figure is from 0 to 1 and some lie between; once there is such a column,
    the others whose figures could be follow it.
    """
    places = {code: columns[code][0] for code in PERCENTS if columns.get(code)}
    found = {code for code, place in places.items() if _parts_of_one(rows, place, _FEWEST)}
    if found:
        found |= {code for code, place in places.items() if _parts_of_one(rows, place, 1)}
    return frozenset(found)


def _parts_of_one(rows: Sequence[Row | Broken], place: int, fewest: int) -> bool:
    numbers = []
    for row in rows:
        text = tidy(row.cells[place]) if isinstance(row, Row) else ""
        if not text:
            continue
        try:
            numbers.append(Decimal(text))
        except ArithmeticError:
            return False
    between = [number for number in numbers if 0 < number < 1]
    return len(between) >= fewest and all(0 <= number <= 1 for number in numbers)


def read_attendance(
    row: OneRow, today: date, once: Mapping[str, str], fractions: frozenset[str]
) -> dict[str, Any]:
    """Give the span and the figures of a row; what cannot be refuses it.

    Args:
        once: the first and last day of every row, where no column says them.
        fractions: columns that are written as parts of one.
    """
    return {**_span(row, today, once), **_figures(row, fractions)}


def _span(row: OneRow, today: date, once: Mapping[str, str]) -> dict[str, str]:
    days = {}
    for code in ("starts", "ends"):
        if row.layout.places(code) and not (code in once and not row.text(code)):
            found = row.need(code, read_date, None)
            days[code] = found.isoformat() if found else ""
        else:
            days[code] = once.get(code, "")
    if days["ends"] and days["ends"] > today.isoformat():
        row.fault("ends", sentence(TO_COME), sentence(MEND_FIGURES))
    elif days["starts"] and days["ends"] and days["ends"] < days["starts"]:
        row.fault("ends", sentence(BACKWARDS), sentence(MEND_FIGURES))
    return days


def _figures(row: OneRow, fractions: frozenset[str]) -> dict[str, Any]:
    counts = {
        code: row.must(code, read_sessions, None)
        for code in ("possible", "attended", "missed", "authorised", "unauthorised", "late")
    }
    percents = {code: _percent(row, code, fractions) for code in PERCENTS}
    missed, gone = counts.pop("missed"), percents.pop("missed_percent")
    possible = counts["possible"]
    if counts["attended"] is None and missed is not None and possible is not None:
        counts["attended"] = possible - missed
        if missed > possible:
            row.fault("missed", sentence(TOO_MUCH), sentence(MEND_FIGURES))
    if percents["percent"] is None and gone is not None:
        percents["percent"] = plain(_WHOLE - Decimal(gone))
    if row.faults:
        return {}
    if counts["possible"] is not None and counts["attended"] is not None:
        _check_sessions(row, counts, percents["percent"])
        percents["percent"] = None
    elif percents["percent"] is not None:
        counts |= {"possible": None, "attended": None}
    else:
        half = counts["attended"] is not None or missed is not None
        row.fault(_said_in(row), sentence(HALF if half else NOTHING_SAID), sentence(MEND_FIGURES))
    return {**counts, **percents}


def _said_in(row: OneRow) -> str:
    codes = ("attended", "percent", "missed", "missed_percent")
    return next((code for code in codes if row.layout.places(code)), "percent")


def _percent(row: OneRow, code: str, fractions: frozenset[str]) -> str | None:
    if code not in fractions:
        return row.must(code, read_percent, None)
    return row.must(code, lambda text: read_percent(plain(_parts(text) * _WHOLE)), None)


def _parts(text: str) -> Decimal:
    try:
        return Decimal(text)
    except ArithmeticError:
        read_number(text)
        raise Unreadable(sentence("This is not a number."), sentence("Write a number.")) from None


def _check_sessions(row: OneRow, counts: Mapping[str, Any], percent: str | None) -> None:
    possible, attended = counts["possible"], counts["attended"]
    absent = (counts["authorised"] or 0) + (counts["unauthorised"] or 0)
    if possible < 1:
        row.fault("possible", sentence(NO_SESSION), sentence(LEAVE_OUT))
    elif attended > possible:
        row.fault("attended", sentence(TOO_MANY), sentence(MEND_FIGURES))
    elif attended + absent > possible:
        row.fault("authorised", sentence(TOO_MUCH), sentence(MEND_FIGURES))
    elif (counts["late"] or 0) > possible:
        row.fault("late", sentence(MORE_LATES), sentence(MEND_FIGURES))
    elif percent is not None and abs(_WHOLE * attended / possible - Decimal(percent)) > _NEAR:
        row.note("percent", sentence(OTHER_PERCENT))
