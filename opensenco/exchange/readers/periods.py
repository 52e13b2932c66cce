"""The days that a report says it is of, in the lines above its list."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from opensenco.exchange.readers.cells import as_written, tidy
from opensenco.exchange.readers.values import read_date
from opensenco.exchange.readers.words import Unreadable

Period = tuple[date, date]
_DATE = re.compile(
    r"\d{4}-\d{1,2}-\d{1,2}"
    r"|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}"
    r"|\d{1,2}(?:st|nd|rd|th)?[ -](?:of )?[A-Za-z]{3,9}\.?,?[ -]\d{2,4}",
    re.A,
)
#: words before a day on which somebody only made the report
_MADE = re.compile(
    r"\b(?:printed|print date|run|produced|generated|created|exported|report date|date of report"
    r"|as at|as of|on)\b[^\d]*$",
    re.I,
)
_FROM = re.compile(r"\b(?:from|start\w*|begin\w*|between|first day)\b[^\d]*$", re.I)
_TO = re.compile(r"\b(?:to|until|till|end\w*|up to|and|last day)\b[^\d]*$|[-–—]\s*$", re.I)


def period_above(lines: Iterable[Sequence[str]]) -> Period | None:
    """The first and last day that lines above a list name: "from 01/09/2026 to 12 Feb 2027".

    The day on which a report was made is none of them. None where they say no days, or more than
    two: then nobody could tell which are meant.
    """
    days = [found for line in lines for found in _days(" ".join(map(_plain, line)))]
    if len(days) != 2:
        return None
    (before, first), (between, last) = days
    told = _FROM.search(before) or _TO.search(between)
    return (first, last) if told and first <= last else None


def _plain(cell: str) -> str:
    return tidy(as_written(cell))


def _days(text: str) -> list[tuple[str, date]]:
    """Each day in a line with the words before it, but for the day on which it was made."""
    found, start = [], 0
    for one in _DATE.finditer(text):
        before = text[start : one.start()]
        start = one.end()
        try:
            day = read_date(one.group())
        except Unreadable:
            continue
        if not _MADE.search(before):
            found.append((before, day))
    return found
