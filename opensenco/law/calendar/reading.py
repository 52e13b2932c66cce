"""A school's calendar from the text of a file with the columns from, to and kind."""

import csv
from io import StringIO

from opensenco.kernel.dates import parse_day
from opensenco.kernel.errors import Invalid
from opensenco.kernel.words import mark, sentence
from opensenco.law.calendar.holidays import BankHolidays
from opensenco.law.calendar.school import CalendarRow, DayKind, SchoolCalendar
from opensenco.law.rule import BadFact
from opensenco.law.rulebook.counting import CAL_09

COLUMNS = ["from", "to", "kind"]


def read_calendar(text: str, name: str, holidays: BankHolidays) -> SchoolCalendar:
    """The calendar in `text`, known as `name` in refusals. The first line is `from,to,kind`.

    Raises BadFact of the fact `calendar`, with the line where one is wrong.
    """
    lines = csv.reader(StringIO(text.removeprefix("\ufeff"), newline=""))
    head = [cell.strip().casefold() for cell in next(lines, [])]
    if head != COLUMNS:
        raise _bad(mark("The first line of the calendar must be: from,to,kind."))
    rows = [
        _row(number, cells)
        for number, cells in enumerate(lines, start=2)
        if any(cell.strip() for cell in cells)
    ]
    try:
        return SchoolCalendar(name, tuple(rows), holidays)
    except Invalid as error:
        raise BadFact(CAL_09.id, "calendar", error.words) from None


def _row(number: int, cells: list[str]) -> CalendarRow:
    if len(cells) != len(COLUMNS):
        raise _bad(mark("Line {line} must have three parts: from, to and kind."), number)
    first, last, kind = (cell.strip() for cell in cells)
    if kind not in set(DayKind):
        kinds = ", ".join(DayKind)
        raise _bad(mark("Line {line}: the kind must be one of these: {kinds}."), number, kinds)
    try:
        row = CalendarRow(parse_day(first), parse_day(last), DayKind(kind))
    except Invalid as error:
        raise _bad(mark("Line {line}: {words}"), number, words=str(error)) from None
    if row.last < row.first:
        raise _bad(mark("Line {line} ends before it begins."), number)
    return row


def _bad(template: str, line: int = 0, kinds: str = "", words: str = "") -> BadFact:
    told = sentence(template, line=line, kinds=kinds, words=words) if line else template
    return BadFact(CAL_09.id, "calendar", told)
