"""A school's calendar from the text of a file with the columns from, to and kind."""

import csv
from datetime import date
from io import StringIO
from itertools import pairwise

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
    lines = csv.reader(StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    try:
        head = [cell.strip().casefold() for cell in next(lines, [])]
        if head != COLUMNS:
            raise _bad(mark("The first line of the calendar must be: from,to,kind."))
        rows = [
            (lines.line_num, _row(lines.line_num, cells))
            for cells in lines
            if any(cell.strip() for cell in cells)
        ]
    except csv.Error:
        words = mark("Line {line} is not well written; look at its quotation marks.")
        raise _bad(words, lines.line_num) from None
    _check_together(rows)
    return SchoolCalendar(name, tuple(row for _, row in rows), holidays)


def _check_together(rows: list[tuple[int, CalendarRow]]) -> None:
    """Refuses terms that overlap, and days that are said to be both open and closed."""
    terms = sorted((row.first, row.last, line) for line, row in rows if row.kind is DayKind.TERM)
    for (_, last, line), (first, _, other) in pairwise(terms):
        if first <= last:
            words = mark("Line {line}: this term overlaps the one in line {other}.")
            raise _bad(words, max(line, other), other=min(line, other))
    opened = [(line, row) for line, row in rows if row.kind is DayKind.OPEN]
    for line, row in rows:
        for other, open_row in opened if row.kind is DayKind.CLOSED else ():
            both = row.span.overlap(open_row.span)
            if both is not None:
                words = mark("Line {line}: {day} is open as well, in line {other}.")
                raise _bad(words, line, other=other, day=both.first)


def _row(number: int, cells: list[str]) -> CalendarRow:
    if len(cells) != len(COLUMNS):
        raise _bad(mark("Line {line} must have three parts: from, to and kind."), number)
    first, last, kind = (cell.strip() for cell in cells)
    if kind not in set(DayKind):
        kinds = ", ".join(DayKind)
        raise _bad(
            mark("Line {line}: the kind must be one of these: {kinds}."), number, kinds=kinds
        )
    try:
        row = CalendarRow(parse_day(first), parse_day(last), DayKind(kind))
    except Invalid as error:
        raise _bad(mark("Line {line}: {words}"), number, words=str(error)) from None
    if row.last < row.first:
        raise _bad(mark("Line {line} ends before it begins."), number)
    return row


def _bad(template: str, line: int = 0, **values: str | int | date) -> BadFact:
    told = sentence(template, line=line, **values) if line else template
    return BadFact(CAL_09.id, "calendar", told)
